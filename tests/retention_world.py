"""A case with everything a file can hold of somebody, closed long ago, and one beside it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from intake_app.core.casefile import RECORDS, Detainer, Intake, Note, OtherName, Person, ToDo
from intake_app.core.fields import Kind, title_of
from intake_app.core.vocabulary import (
    CaseStatus,
    DetainerStatus,
    LetterAnswer,
    LetterResult,
    PurgePart,
    SentBy,
)
from intake_app.store.drafts import keep_draft
from intake_app.store.office import Office
from intake_app.store.retention.purging import Destroyed, Purge
from intake_app.workflows.add_document import add_document
from intake_app.workflows.check_conflicts import Decision, check_conflicts
from intake_app.workflows.decide_conflict import decide_conflict
from intake_app.workflows.destroy_records import destroy_records
from intake_app.workflows.due_for_destruction import due_for_destruction
from intake_app.workflows.open_case import open_case
from intake_app.workflows.reauthenticate import reauthenticate
from intake_app.workflows.record_letter import record_answer, record_sending
from intake_app.workflows.retention_rules import add_rule
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests.conftest import NOW, PASSPHRASE
from tests.examples import EVERY_QUESTION, example
from tests.store.test_letters import CHOSEN, approved, draft
from tests.workflows.test_add_document import PAPER

LATER = NOW + timedelta(hours=1)
LONG = TakenFile(bytes(range(256)) * 6_000, PAPER.media, "The title of a long paper")
WHO = {"given": "Zoraida", "surname": "Quetzalcoatl", "second_surname": "Iturbide"}
REASON = "Zoraida is somebody else, by her birth date"


def full_case(office: Office) -> int:
    """Every question answered, papers, letters, a draft of words, a removed row, a check; closed.

    office: open for an attorney, who may answer everything.
    """
    case = start_intake(office, NOW).case_id
    for cls in RECORDS:
        entry = add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
        for asked in (one for record, one in EVERY_QUESTION if record is cls):
            value = example(cls, asked)
            if asked.kind in (Kind.LINE, Kind.TEXT):
                value = f"{value} old"
            save_answer(office, case, cls, entry, asked.name, value, NOW)
            save_answer(office, case, cls, entry, asked.name, example(cls, asked), NOW)
    for name, value in WHO.items():
        save_answer(office, case, Person, None, name, value, NOW)
    gone = add_entry(office, case, OtherName, NOW).entry_id
    assert gone is not None
    save_answer(office, case, OtherName, gone, "name", "A removed alias", NOW)
    remove_entry(office, case, OtherName, gone, NOW)
    whole(add_document(office, case, PAPER, b"picture" * 99, NOW))
    whole(add_document(office, case, LONG, None, NOW, protected=True))
    letter = approved(office, case)
    record_sending(office, letter.id, date(2026, 11, 22), SentBy.FAX, NOW)
    record_answer(
        office,
        letter.id,
        date(2026, 11, 22),
        LetterAnswer.AGREED,
        LetterResult.RELEASED,
        "Spoke with her mother",
        NOW,
    )
    draft(office, case, replace(CHOSEN, next_step="A draft tells of her"))
    with office.writing() as connection:
        keep_draft(office, connection, case, Intake, None, "summary", "Half-typed words of hers")
    check_conflicts(office, case, NOW)
    close(office, case)
    return case


def case_beside(office: Office, decided: bool = True) -> int:
    """Another case, still open, whose check found the person of the first."""
    case = start_intake(office, NOW).case_id
    for name, value in WHO.items():
        save_answer(office, case, Person, None, name, value, NOW)
    seen = check_conflicts(office, case, NOW)
    assert seen.check_id is not None
    assert seen.matches
    if decided:
        decide_conflict(office, case, seen.check_id, Decision.OTHER_PERSON, REASON, NOW)
    return case


def close(office: Office, case: int, on: date = date(2020, 1, 1)) -> None:
    """Nothing stands in the way: closed, no detainer, no to-do, no date of its own."""
    opened = open_case(office, case, NOW)
    for one in opened.kept(Detainer):
        save_answer(office, case, Detainer, one.id, "status", DetainerStatus.CANCELLED, NOW)
    for to_do in opened.kept(ToDo):
        save_answer(office, case, ToDo, to_do.id, "done_on", on, NOW)
    answers: tuple[tuple[str, Any], ...] = (
        ("status", CaseStatus.CLOSED),
        ("closed_on", on),
        ("retention_until", None),
        ("purge_parts", None),
    )
    for name, value in answers:
        save_answer(office, case, Intake, None, name, value, NOW)


def closed_case(office: Office, story: str = "A story", on: date = date(2020, 1, 1)) -> int:
    """A small closed case with a name, a summary and a note."""
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "surname", "Quetzalcoatl", NOW)
    save_answer(office, case, Intake, None, "summary", story, NOW)
    entry = add_entry(office, case, Note, NOW).entry_id
    save_answer(office, case, Note, entry, "words", f"{story} in a note", NOW)
    close(office, case, on)
    return case


def purge(office: Office, part: PurgePart, now: datetime = LATER) -> Purge:
    """Set a rule and destroy what is due by it. office: open for an administrator."""
    add_rule(office, part, 12, now)
    return destroy_due(office, now)


def destroy_due(office: Office, now: datetime = LATER) -> Purge:
    """Destroy what is due."""
    proof = reauthenticate(office, PASSPHRASE, now)
    return whole(destroy_records(office, due_for_destruction(office, now), proof, now))


def of_case(case: int, *parts: PurgePart, at: datetime = LATER, number: int = 1) -> Purge:
    """A run over one case."""
    return Purge(number, at, 1, "A. Ruiz", (Destroyed(case, "2026-0001", parts, "a rule"),))
