"""Acts on cases: typing, importing, adding papers."""

import csv
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from intake_app.core.casefile import Charge, Intake, Person
from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.store.drafts import drafts_of
from intake_app.store.office import Office
from intake_app.workflows.add_document import add_document
from intake_app.workflows.export_document import export_document
from intake_app.workflows.find_people import find_people
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_documents import list_documents, read_document
from intake_app.workflows.remove_document import remove_document
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests.conftest import NOW
from tests.faults.act import Act, Say, attempt, numbers, office_in, sound
from tests.offices import new_office, proof_of, unlocked

CASE = 1
TIMES = 12


def one_case(folder: Path) -> None:
    """An office with one empty case."""
    with new_office(office_in(folder)).office as office:
        assert start_intake(office, NOW).case_id == CASE


def type_answers(folder: Path, say: Say) -> None:
    """Short answers, long ones, drafts, rows added and removed; what is refused is passed over."""
    with unlocked(office_in(folder)) as office:
        say("open")
        for number in range(1, TIMES + 1):
            _type_once(office, number, say)


def _type_once(office: Office, number: int, say: Say) -> None:
    long = f"{number} " * 4000
    for what, record, field, words in (
        ("surname", Person, "surname", f"Surname {number}"),
        ("summary", Intake, "summary", long),
    ):
        attempt(
            say,
            f"{what} {number}",
            partial(save_answer, office, CASE, record, None, field, words, NOW),
        )
    draft = f"{number} words on their way"
    attempt(
        say,
        f"draft {number}",
        partial(keep_draft, office, CASE, Person, None, "given", draft),
    )
    try:
        entry = add_entry(office, CASE, Charge, NOW).entry_id
    except AppError as error:
        say("sentence", error.sentence)
        return
    say("charge", entry)
    if number % 2:
        say("removing", entry)
        attempt(say, f"removed {entry}", partial(remove_entry, office, CASE, Charge, entry, NOW))


def typed(folder: Path, said: Sequence[str]) -> None:
    """Every acknowledged answer is there, or a later one that was on its way."""
    with sound(folder) as office:
        # The drafts first: opening a case makes answers of them.
        with office.reading() as connection:
            drafts = {one.field: one.words for one in drafts_of(office, connection, CASE)}
        found = open_case(office, CASE)
        kept = {
            "surname": int((found.one(Person).surname or "Surname 0").split()[1]),
            "summary": int((found.one(Intake).summary or "0").split()[0]),
            "draft": int(drafts.get("given", "0").split()[0]),
        }
        for what, number in kept.items():
            assert number >= max(numbers(said, what), default=0), (what, number)
        entries = {entry.id for entry in found.kept(Charge)}
        assert set(numbers(said, "charge")) - set(numbers(said, "removing")) <= entries
        assert not set(numbers(said, "removed")) & entries
        (row,) = find_people(office, "")
        assert row.name == (found.one(Person).surname or "")


# Importing.

PEOPLE = 60
MAPPING = """
source = "jail"
title = "Jail"
case = "ref"
[set]
"intake.mode" = "import"
[[rows]]
make = "charge"
same_when = ["charge_text"]
[[answer]]
fill = "person.surname"
column = "name"
[[answer]]
fill = "charge.charge_text"
column = "charge"
[[answer]]
fill = "charge.sentence_days"
column = "days"
"""


def jail_table(days: int) -> bytes:
    """A table of `PEOPLE` people with two charges each, all sentenced to as many days."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(("ref", "name", "charge", "days"))
    for number in range(PEOPLE):
        rows.writerow((f"B{number}", f"Núñez {number}", "THEFT", days))
        rows.writerow((f"B{number}", f"Núñez {number}", "DUI", days))
    return made.getvalue().encode()


def import_twice(folder: Path, say: Say) -> None:
    """A table of new people, and the same again with every sentence changed."""
    with unlocked(office_in(folder)) as office:
        say("open")
        for days in (30, 60):
            import_cases(office, jail_table(days), MAPPING, NOW)
            say("imported", days)


def imported(folder: Path, said: Sequence[str]) -> None:
    """All of a table or nothing of it."""
    with sound(folder) as office:
        people = find_people(office, "Núñez")
        assert len(people) in (0, PEOPLE)
        days = {
            charge.sentence_days or 0
            for person in people
            for charge in open_case(office, person.case_id).all(Charge)
        }
        assert len(days) == bool(people)
        assert max(days, default=0) >= max(numbers(said, "imported"), default=0)
        # It goes through when it is done again, and adds nobody twice.
        import_cases(office, jail_table(60), MAPPING, NOW)
        assert len(find_people(office, "Núñez")) == PEOPLE


# Papers.

CONTENT = b"%PDF-1.4\n" + bytes(range(256)) * 12_000


def add_paper(folder: Path, say: Say) -> None:
    """Add a document of several parts, save a copy of it outside, remove it."""
    with unlocked(office_in(folder)) as office:
        say("open")
        paper = TakenFile(CONTENT, Media.PDF, "Detainer")
        document = whole(add_document(office, CASE, paper, None, NOW))
        say("added", document.id)
        whole(export_document(office, document.id, folder / "copy.pdf", proof_of(office), NOW))
        say("copied", document.id)
        say("removing", document.id)
        remove_document(office, document.id, NOW)
        say("removed", document.id)


def paper_kept(folder: Path, said: Sequence[str]) -> None:
    """The document is in the case with every byte, or nothing is left of it."""
    copy = folder / "copy.pdf"
    if copy.exists() or numbers(said, "copied"):
        assert copy.read_bytes() == CONTENT
    with sound(folder) as office:
        there = {one.id for one in list_documents(office, CASE)}
        assert set(numbers(said, "added")) - set(numbers(said, "removing")) <= there
        assert not set(numbers(said, "removed")) & there
        for number in there:
            assert whole(read_document(office, number)) == CONTENT


CASE_ACTS = (
    Act("saving", one_case, type_answers, typed),
    Act("importing", one_case, import_twice, imported),
    Act("documents", one_case, add_paper, paper_kept),
)
