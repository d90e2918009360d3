"""One letter, from the case in memory to the bytes, against the same text made in other ways.

And 500 in one go on an office file, each read, written, set and kept as the program does it.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Charge, Custody, Detainer, Intake, Person
from intake_app.core.letters.facts import Letterhead, letter_facts
from intake_app.core.letters.gate import gate
from intake_app.core.letters.options import LetterOptions
from intake_app.core.letters.rules import Asked
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    ReleaseBasis,
    State,
    YesNo,
    Zone,
)
from intake_app.documents.fonts import font_names
from intake_app.documents.letter_text import Letter, write_letter
from intake_app.documents.typeset import typeset_letter
from intake_app.store.bulk_cases import WholeCase, write_cases
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import OfficeProfile
from intake_app.workflows import shipped
from intake_app.workflows.create_office import create_office
from intake_app.workflows.steps import whole
from intake_app.workflows.write_batch import Batch, Became, running_clocks
from tests.bench.figures import Figure
from tests.bench.letter_peers import Lines, bare, lines_of, other_program, platypus
from tests.bench.peer_environment import NotMeasured

_ROUNDS = 60
_LETTERS = 500
_NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
_OTHERS = (
    # way, what it is called, rounds, how many times slower than ours it must be
    ("weasyprint", "WeasyPrint 70.0", 20, 3),
    ("docxtpl", "python-docx-template and LibreOffice", 5, 30),
)


def measure() -> list[Figure]:
    """Median milliseconds of a letter to a jail in California, and of its peers in the same run."""
    fonts = shipped.letter_fonts()
    names = font_names(fonts)
    lines = lines_of(_letter())
    mine, canvas, plain = _medians(
        lambda: typeset_letter(_letter(), fonts).pdf,
        partial(bare, lines, names),
        partial(platypus, lines, names),
    )
    words = "same text, same fonts on a bare ReportLab canvas"
    return [
        Figure("one letter, gate, words and page", mine, "ms", words, mine / canvas, 3),
        Figure("a bare canvas", canvas, "ms"),
        Figure("Platypus, plain paragraphs", plain, "ms"),
        *_batch(canvas),
        *(_against(mine, lines, *other) for other in _OTHERS),
    ]


def _against(mine: float, lines: Lines, way: str, name: str, rounds: int, times: int) -> Figure:
    """The ratio is ours to theirs, so that the limit is something not to be passed."""
    try:
        theirs = statistics.median(other_program(way, lines, rounds))
    except NotMeasured as why:
        return Figure(f"one letter, {name}", float("nan"), "ms", f"not measured: {why}")
    words = f"ours is {theirs / mine:.1f} times as fast; at least {times} is promised"
    return Figure(f"one letter, {name}", theirs, "ms", words, mine / theirs, 1 / times)


def _batch(canvas: float) -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        office = create_office(
            Path(place) / "office",
            OfficeProfile(
                "Legal Aid Office of the Bay", "FL", "100 Example Avenue", Zone.EASTERN.value
            ),
            "administrator",
            "Administrator",
            "a passphrase for the bench",
            _NOW,
            OWASP_MINIMUM,
        ).office
        due = _custody(_NOW - timedelta(hours=3))
        records = {**_records(), Intake: (Intake(),), Custody: (due,)}
        one = WholeCase(records, _NOW, _NOW, office.member.id)
        write_cases(office, [one] * _LETTERS)
        started = time.perf_counter()
        batch = Batch(office, running_clocks(office, _NOW), _NOW, waiting=False)
        whole(batch.steps())
        taken = time.perf_counter() - started
        written = batch.count(Became.WRITTEN)
        office.close()
    if written != _LETTERS:
        raise RuntimeError(f"of {_LETTERS} letters {written} were written")
    each = taken * 1000 / _LETTERS
    words = "the bare canvas; ours is read from the file and kept there too"
    return [
        Figure(f"{_LETTERS} letters in one go, kept in the office file", taken, "s"),
        Figure("each of them", each, "ms", words, each / canvas, 3),
    ]


def _letter() -> Letter:
    entries = {cls: tuple(Entry(1, one) for one in kept) for cls, kept in _records().items()}
    case = CaseFile(1, "2026-0001", entries)
    head = Letterhead("Legal Aid Office of the Bay", "100 Example Avenue", Zone.EASTERN.value)
    facts = letter_facts(case, head, _NOW)
    library = shipped.library()
    result = gate(Asked(facts, library, _NOW.date(), Role.ATTORNEY, LetterOptions()))
    return write_letter(facts, result, library, shipped.letter_text("decline"))


def _records() -> dict[type, tuple[Any, ...]]:
    return {
        Person: (Person(given="Hương", surname="Nguyễn", booking_number="26-1"),),
        Custody: (_custody(_NOW + timedelta(days=2)),),
        Charge: (Charge(outcome=ChargeOutcome.PENDING),),
        Detainer: (Detainer(form=DetainerForm.I247A),),
    }


def _custody(due: datetime) -> Custody:
    return Custody(
        facility="Example County Jail",
        facility_address="1 Example Street\nExample, CA 90000",
        facility_state=State.CA,
        facility_zone=Zone.PACIFIC,
        in_custody=YesNo.YES,
        release_basis=ReleaseBasis.BAIL_BOND,
        release_due_at=due.astimezone(ZoneInfo(Zone.PACIFIC.value)),
    )


def _medians(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken[3:]) for taken in times]
