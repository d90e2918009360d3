"""The office the matrix of roles is walked on: one of everything, by the numbers of its rows."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from intake_app.core.casefile import Charge, Person, Protection
from intake_app.core.directory import DirectoryEntry
from intake_app.core.document_media import Media
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import AddresseeKind, YesNo
from intake_app.store import members
from intake_app.store.deleted_things import DeletedThing, What
from intake_app.store.office import Office
from intake_app.store.office_history import DeedKind, DeedQuery, read_deeds
from intake_app.workflows import (
    add_document,
    addressees,
    allow_rows,
    approve_letter,
    block_authority,
    case_history,
    check_conflicts,
    deleted_things,
    keep_letter,
    own_kinds,
    remove_document,
    save_case,
    set_poverty_guideline,
    start_intake,
)
from intake_app.workflows.set_poverty_guideline import TypedGuideline
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.letters import DECLINE, case_for_a_letter
from tests.offices import new_office, staff, unlocked

PAPER = TakenFile(papers.pdf(), Media.PDF, "Detainer")
GUIDELINE = TypedGuideline(date(2026, 1, 15), "48", Decimal(16_000), Decimal(5_600), "INVENTED")


@dataclass(frozen=True)
class World:
    """What stands in the office the workflows are tried on, by the numbers of its rows."""

    case: int
    """A case a letter can be written of; a victim's, with every kind of paper."""

    other: int
    charge: int
    to_delete: int
    deleted: DeletedThing
    draft: int
    to_discard: int
    approved: int
    unsent: int
    paper: int
    to_remove: int
    removed: int
    to_undo: int
    office_line: int
    """The line that tells of an entry added to the directory; `other_line` of another."""

    other_line: int

    check: int
    jail: DirectoryEntry
    to_take_out: int
    folder: Path


def build(folder: Path) -> World:
    """Make the office, with a member of each role, and close it."""
    with new_office(folder).office as office:
        staff(office)
        members.add_member(office, "leaver", "L. Leaver", Role.VOLUNTEER, PASSPHRASE, NOW)
        allow_rows.allow_rows(office, allowed=True, now=NOW)
    with unlocked(folder, Role.ATTORNEY) as office:
        return _filled(office, folder)


def _filled(office: Office, folder: Path) -> World:
    case, other, third = (case_for_a_letter(office) for _ in range(3))
    save_case.save_answer(office, case, Protection, None, "survivor", YesNo.YES, NOW)
    save_case.save_answer(office, other, Person, None, "given", "Beatriz", NOW)
    change = case_history.case_history(office, other)[0].seq
    charge = save_case.add_entry(office, other, Charge, NOW).entry_id
    gone = save_case.add_entry(office, other, Charge, NOW).entry_id
    save_case.remove_entry(office, other, Charge, gone, NOW)
    things = deleted_things.deleted_things(office, NOW)
    letters = [
        keep_letter.keep_letter(office, one, DECLINE, LetterOptions(), NOW)
        for one in (case, other, third)
    ]
    approve_letter.approve_letter(office, other, DECLINE, LetterOptions(), NOW)
    approve_letter.approve_letter(office, third, DECLINE, LetterOptions(), NOW)
    discarded = keep_letter.keep_letter(office, third, DECLINE, LetterOptions(), NOW)
    found = [whole(add_document.add_document(office, other, PAPER, None, NOW)) for _ in range(3)]
    remove_document.remove_document(office, found[2].id, NOW)
    check = check_conflicts.check_conflicts(office, other, NOW).check_id
    assert check is not None
    entries = [
        addressees.keep_addressee(office, DirectoryEntry(AddresseeKind.JAIL, agency=name), NOW)
        for name in ("Ñandú County Jail", "Elsewhere Jail", "A Third Jail", "A Fourth Jail")
    ]
    with office.reading() as connection:
        page = read_deeds(office, connection, DeedQuery(kind=DeedKind.OFFICE))
    added = [one.seq for one in page.deeds[:2]]
    copy = own_kinds.copy_of(office, DECLINE)
    own_kinds.keep_own_kind(office, replace(copy, key="ours"), NOW, new=True)
    set_poverty_guideline.set_poverty_guideline(office, GUIDELINE, NOW)
    block_authority.block_authority(office, "C02", "It was reversed.", NOW)
    return World(
        case=case,
        other=other,
        charge=charge,
        to_delete=start_intake.start_intake(office, NOW).case_id,
        deleted=next(one for one in things if one.what is What.ROW),
        draft=letters[0],
        to_discard=discarded,
        approved=letters[1],
        unsent=letters[2],
        paper=found[0].id,
        to_remove=found[1].id,
        removed=found[2].id,
        to_undo=change,
        office_line=added[0],
        other_line=added[1],
        check=check,
        jail=entries[0],
        to_take_out=entries[1].id,
        folder=folder,
    )
