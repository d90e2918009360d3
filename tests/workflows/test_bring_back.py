"""Whatever was deleted is listed for 30 days for those who may see it, and comes back whole."""

from datetime import date, timedelta

import pytest

from intake_app.core.casefile import RECORDS, Abuser, Charge
from intake_app.core.directory import DirectoryEntry
from intake_app.core.document_media import Media
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.fields import questions, title_of
from intake_app.core.letters.options import LetterOptions
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.core.roles import KEYS, Role
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.deleted import KEPT_FOR, overdue
from intake_app.store.deleted_things import DeletedThing, What
from intake_app.store.office import Office
from intake_app.workflows.add_document import add_document
from intake_app.workflows.addressees import addressees_of, keep_addressee, remove_addressee
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.keep_letter import discard_letter, keep_letter
from intake_app.workflows.open_case import open_case
from intake_app.workflows.own_kinds import copy_of, keep_own_kind, own_kinds_of, remove_own_kind
from intake_app.workflows.protect_document import protect_document
from intake_app.workflows.read_documents import list_documents
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.remove_document import remove_document
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.set_holidays import add_holiday, remove_holiday
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests.conftest import NOW
from tests.examples import example
from tests.offices import staff, unlocked

PAPER = TakenFile(b"%PDF-1.4 order", Media.PDF, "Order of release")


def rows_of(case_id: int, office: Office) -> None:
    """One row of every kind, answered and then removed."""
    for cls in RECORDS:
        if title_of(cls).many:
            entry = add_entry(office, case_id, cls, NOW).entry_id
            for asked in questions(cls):
                if asked.decides is None:
                    save_answer(office, case_id, cls, entry, asked.name, example(cls, asked), NOW)
            remove_entry(office, case_id, cls, entry, NOW)


def things_of(office: Office) -> dict[str, DeletedThing]:
    return {f"{one.what.name} {one.table}": one for one in deleted_things(office, NOW)}


def delete_everything(office: Office) -> int:
    """Something of every kind is made and deleted, by an attorney; return its case."""
    case_id = start_intake(office, NOW).case_id
    delete_case(office, start_intake(office, NOW).case_id, NOW)
    rows_of(case_id, office)
    paper = whole(add_document(office, case_id, PAPER, None, NOW)).id
    remove_document(office, paper, NOW)
    secret = whole(add_document(office, case_id, PAPER, None, NOW)).id
    whole(protect_document(office, secret, NOW, protected=True))
    remove_document(office, secret, NOW)
    discard_letter(office, keep_letter(office, case_id, "decline", LetterOptions(), NOW), NOW)
    entry = DirectoryEntry(AddresseeKind.JAIL, agency="Example County Jail", state="FL")
    remove_addressee(office, keep_addressee(office, entry, NOW).id, NOW)
    own = copy_of(office, "client")
    keep_own_kind(office, OwnKind("thanks", "Our thanks", own.like, own.text), NOW, new=True)
    remove_own_kind(office, "thanks", NOW)
    add_holiday(office, date(2027, 3, 31), "Cesar Chavez Day", NOW)
    remove_holiday(office, date(2027, 3, 31), NOW)
    return case_id


@pytest.fixture
def attorney(office: Office) -> Office:
    staff(office)
    folder = office.folder
    office.close()
    return unlocked(folder, Role.ATTORNEY)


def test_everything_is_listed_recognised_and_comes_back_as_it_was(attorney: Office) -> None:
    with attorney as office:
        case_id = delete_everything(office)
        things = deleted_things(office, NOW)
        many = [cls for cls in RECORDS if title_of(cls).many]
        assert len(things) == len(many) + len(What) - 1 + 1
        assert {one.what for one in things} == set(What)
        for one in things:
            assert one.by == "Attorney Person"
            assert one.at == NOW
            assert one.days_left == 30
            assert one.words or one.what is What.CASE, one
            assert bool(one.number) == (one.case_id is not None)
        for one in things:
            bring_back(office, one, NOW)
        assert deleted_things(office, NOW) == ()
        case = open_case(office, case_id)
        for cls in many:
            row: object = case.all(cls)[0]
            for asked in questions(cls):
                kept = None if asked.decides is not None else example(cls, asked)
                assert getattr(row, asked.name) == kept, asked.name
        assert [one.title for one in list_documents(office, case_id)] == [PAPER.title] * 2
        assert [one.kind for one in letters_of(office, case_id)] == ["decline"]
        assert [one.agency for one in addressees_of(office)] == ["Example County Jail"]
        assert [one.title for one in own_kinds_of(office)] == ["Our thanks"]
        assert office.reference.holidays == {date(2027, 3, 31): "Cesar Chavez Day"}
        for one in things:
            with pytest.raises(AppError):
                bring_back(office, one, NOW)
        assert office.damage() == []


def test_after_30_days_nothing_is_listed_or_brought_back_and_all_is_overdue(
    attorney: Office,
) -> None:
    with attorney as office:
        delete_everything(office)
        things = deleted_things(office, NOW)
        later = NOW + KEPT_FOR + timedelta(seconds=1)
        assert deleted_things(office, later) == ()
        with office.reading() as connection:
            assert overdue(connection, NOW + KEPT_FOR) == ()
            due = {(one.table, one.row) for one in overdue(connection, later)}
        # A holiday tells nothing of a client; history alone knows it.
        known = {(one.table, one.row) for one in things if one.what is not What.HOLIDAY}
        assert due == known
        for one in things:
            with pytest.raises(AppError, match=r"30 days ago|too long ago"):
                bring_back(office, one, later)


def test_a_row_of_a_deleted_case_waits_for_its_case(attorney: Office) -> None:
    with attorney as office:
        case_id = start_intake(office, NOW).case_id
        entry = add_entry(office, case_id, Charge, NOW).entry_id
        remove_entry(office, case_id, Charge, entry, NOW)
        (row,) = deleted_things(office, NOW)
        delete_case(office, case_id, NOW)
        (case,) = deleted_things(office, NOW)
        assert (row.what, case.what) == (What.ROW, What.CASE)
        with pytest.raises(AppError, match="That case was deleted"):
            bring_back(office, row, NOW)
        # The case stands for all its rows.
        later = NOW + KEPT_FOR + timedelta(days=1)
        with office.reading() as connection:
            assert [one.table for one in overdue(connection, later)] == ["cases"]
        bring_back(office, case, NOW)
        assert deleted_things(office, NOW) == (row,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ATTORNEY])
def test_each_member_is_told_what_her_keys_and_role_open(attorney: Office, role: Role) -> None:
    with attorney as office:
        delete_everything(office)
        all_of_it, folder = things_of(office), office.folder
    with unlocked(folder, role) as office:
        if role is Role.COORDINATOR:
            with pytest.raises(NotAllowed):
                deleted_things(office, NOW)
            shown = {}
        else:
            shown = things_of(office)
            assert "CASE cases" in shown or role is Role.VOLUNTEER
        if role is Role.VOLUNTEER:
            assert {one.what for one in shown.values()} == {What.ROW, What.DOCUMENT}
            closed = {
                title_of(cls).table
                for cls in RECORDS
                if not any(one.keep.value <= KEYS[role] for one in questions(cls))
            }
            assert title_of(Abuser).table in closed
            assert not closed & {one.table for one in shown.values()}
            assert (
                len([one for one in deleted_things(office, NOW) if one.what is What.DOCUMENT]) == 1
            )
        for name, thing in all_of_it.items():
            if name not in shown:
                with pytest.raises(AppError):
                    bring_back(office, thing, NOW)


def test_a_draft_does_not_come_back_over_a_newer_one(attorney: Office) -> None:
    with attorney as office:
        case_id = start_intake(office, NOW).case_id
        discard_letter(office, keep_letter(office, case_id, "decline", LetterOptions(), NOW), NOW)
        (thing,) = deleted_things(office, NOW)
        newer = keep_letter(office, case_id, "decline", LetterOptions(), NOW)
        with pytest.raises(AppError, match="begun since"):
            bring_back(office, thing, NOW)
        discard_letter(office, newer, NOW)
        bring_back(office, thing, NOW)
        assert [one.id for one in letters_of(office, case_id)] == [thing.row]


def test_days_left_count_down(attorney: Office) -> None:
    with attorney as office:
        delete_case(office, start_intake(office, NOW).case_id, NOW)
        gone = [timedelta(days=days, hours=1) for days in (0, 1, 28, 29)]
        left = [deleted_things(office, NOW + one)[0].days_left for one in gone]
        assert left == [29, 28, 1, 0]
