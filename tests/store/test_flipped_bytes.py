"""One flipped byte anywhere in database, log or key files: noticed and named, never read as true.

Every answer that is read afterwards is compared with the truth. Each place is one of: refused with
a sentence that names the file; told at opening; mended from the other copy; found by the check; or
without effect, where everything in the file is as it was.
"""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake_app.core.casefile import Charge, Intake, Person
from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.store.high_water import LOG
from intake_app.store.keyring import KEY_COPY, KEY_FILE
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.workflows.add_document import add_document
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_office import check_office
from intake_app.workflows.find_people import find_people
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.manage_members import list_members
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_documents import list_documents, read_document
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import take_file
from tests.conftest import NOW
from tests.offices import new_office, unlocked
from tests.papers import pdf
from tests.soak import how_many

PLACES = how_many(96, 1000)
PARTS = 4
FILES = (DATABASE, LOG, KEY_FILE, KEY_COPY)

REFUSED, TOLD, MENDED = "refused", "told at opening", "mended from the other copy"
FOUND, AT_THE_READ = "found by the check", "refused at the read"
OVERWRITTEN, NOTHING = "overwritten by the log, which holds the page", "without effect"


@dataclass(frozen=True)
class Crashed:
    """A folder as a crash leaves it, with edits in the log, and what is in it."""

    folder: Path
    cases: tuple[int, ...]
    truth: dict[str, object]


def told_by(office: Office, cases: tuple[int, ...]) -> dict[str, object]:
    """Everything the office answers, each by itself; `OfficeDamaged` where it refuses."""
    asked: dict[str, Callable[[], object]] = {
        "people": lambda: find_people(office, ""),
        "members": lambda: list_members(office),
    }
    for case in cases:
        asked[f"case {case}"] = lambda case=case: open_case(office, case)  # type: ignore[misc]
        asked[f"history {case}"] = lambda case=case: case_history(office, case)  # type: ignore[misc]
        asked[f"papers {case}"] = lambda case=case: papers(office, case)  # type: ignore[misc]
    for table in sorted(TABLES - {"history"}):
        asked[table] = lambda table=table: rows_of(office, table)  # type: ignore[misc]
    return {what: answer(ask) for what, ask in asked.items()}


TABLES = {"cases", "drafts", "person", "charge", "intake", "documents", "document_parts", "office"}


def answer(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except OfficeDamaged as error:
        assert any(name in error.sentence for name in FILES), error.sentence
        return OfficeDamaged


def papers(office: Office, case: int) -> list[tuple[str, bytes]]:
    return [
        (one.title, whole(read_document(office, one.id))) for one in list_documents(office, case)
    ]


def pages_in(log: Path) -> set[int]:
    """The pages a log holds, counted from 0."""
    content = log.read_bytes()
    frames = range(32, len(content), 24 + 4096)
    return {int.from_bytes(content[at : at + 4], "big") - 1 for at in frames}


def rows_of(office: Office, table: str) -> list[str]:
    with office.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - ours
        return sorted(map(repr, found))


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Crashed:
    """Old cases in the database; newer edits, and a draft at the end, only in the log."""
    place = tmp_path_factory.mktemp("flipped")
    paper = place / "paper.pdf"
    paper.write_bytes(pdf())
    with new_office(place / "office").office as office:
        cases = tuple(start_intake(office, NOW).case_id for _ in range(6))
        for case in cases:
            save_answer(office, case, Person, None, "surname", f"Quintanilla {case}", NOW)
            save_answer(office, case, Intake, None, "summary", f"told {case} " * 300, NOW)
            whole(add_document(office, case, take_file(paper, lambda: False), None, NOW))
    with unlocked(place / "office") as office:
        for case in cases[2:]:
            save_answer(office, case, Person, None, "given", f"Ana {case}", NOW)
            charge = add_entry(office, case, Charge, NOW).entry_id
            save_answer(office, case, Charge, charge, "charge_text", "theft", NOW)
        keep_draft(office, cases[0], Intake, None, "summary", "half a word")
        truth = told_by(office, cases)
        shutil.copytree(place / "office", place / "crashed")
    assert (place / "crashed" / LOG).stat().st_size > 40_000
    return Crashed(place / "crashed", cases, truth)


def meet(folder: Path, sound: Crashed) -> str:
    """Open a damaged office, read everything and check it; return what came of it."""
    try:
        office = unlocked(folder)
    except AppError as error:
        assert any(name in error.sentence for name in FILES), error.sentence
        return REFUSED
    with office:
        said = " ".join(office.losses)
        answers = told_by(office, sound.cases)
        check = check_office(office)
    assert not said or any(name in said for name in FILES), said
    if "missing" in said and "key file" not in said:
        assert check, "the check says it too"
        return TOLD
    wrong = [
        what
        for what, truth in sound.truth.items()
        if answers[what] is not OfficeDamaged and answers[what] != truth
    ]
    assert not wrong
    if said:
        return MENDED
    refused = any(found is OfficeDamaged for found in answers.values())
    if refused:
        assert check, "what is refused at the read is found by the check"
    return AT_THE_READ if refused else FOUND if check else NOTHING


def test_an_unharmed_crash_is_whole_and_says_nothing(crashed: Crashed, tmp_path: Path) -> None:
    """So that the tests below fail and pass for the right reason."""
    folder = Path(shutil.copytree(crashed.folder, tmp_path / "office"))
    assert meet(folder, crashed) == NOTHING
    with unlocked(folder) as office:
        assert office.notices == ()
    assert not list(folder.glob("*wal*"))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_flipped_byte_is_never_silent(crashed: Crashed, tmp_path: Path, part: int) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - places, not keys
    chosen = random.Random(seed)  # noqa: S311 - places, not keys
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in FILES}
    silent = []
    for number in range(PLACES // PARTS):
        name = (DATABASE, LOG, DATABASE, LOG, KEY_FILE, DATABASE, LOG, KEY_COPY)[number % 8]
        folder = Path(shutil.copytree(crashed.folder, tmp_path / str(number)))
        content = bytearray((folder / name).read_bytes())
        place = chosen.randrange(len(content))
        change = 1 << chosen.randrange(8) if number % 2 else chosen.randrange(1, 256)
        content[place] ^= change
        (folder / name).write_bytes(content)
        started = time.monotonic()
        outcome = meet(folder, crashed)
        assert time.monotonic() - started < 60, "it hung"
        if outcome == NOTHING and name == DATABASE:
            assert place // 4096 in pages_in(crashed.folder / LOG)
            assert meet(folder, crashed) == NOTHING, "it is whole now"
            with unlocked(folder) as office:
                assert check_office(office) == ()
            outcome = OVERWRITTEN
        outcomes[name][outcome] += 1
        if outcome == NOTHING:
            silent.append((name, place, change))
        shutil.rmtree(folder)
    sys.stderr.write(f"seed {seed}: { {name: dict(found) for name, found in outcomes.items()} }\n")
    assert silent == [], f"seed {seed}"
