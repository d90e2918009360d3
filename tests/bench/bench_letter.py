"""One letter, from the case in memory to the bytes, against the same text on a bare canvas."""

import statistics
import textwrap
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Charge, Custody, Detainer, Person
from intake_app.core.letter_facts import Letterhead, letter_facts
from intake_app.core.letter_gate import gate
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    ReleaseBasis,
    State,
    YesNo,
    Zone,
)
from intake_app.documents.fonts import FontNames, font_names
from intake_app.documents.letter_template import Block
from intake_app.documents.letter_text import Letter, write_letter
from intake_app.documents.typeset import typeset_letter
from intake_app.workflows import shipped
from tests.bench.figures import Figure

_ROUNDS = 60
_NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def measure() -> list[Figure]:
    """Median milliseconds of a letter to a jail in California, both in turn."""
    fonts = shipped.letter_fonts()
    letter = _letter()
    lines = _lines(letter, font_names(fonts))

    def ours() -> object:
        return typeset_letter(_letter(), fonts).pdf

    def bare() -> object:
        return _bare(lines)

    mine, peer = _medians(ours, bare)
    words = "same text, same fonts on a bare ReportLab canvas"
    return [
        Figure("one letter, gate, words and page", mine, "ms", words, mine / peer, 3),
        Figure("a bare canvas", peer, "ms"),
    ]


def _letter() -> Letter:
    case = CaseFile(
        1,
        "2026-0001",
        {
            Person: (Entry(1, Person(given="Hương", surname="Nguyễn", booking_number="26-1")),),
            Custody: (Entry(1, _custody()),),
            Charge: (Entry(1, Charge(outcome=ChargeOutcome.PENDING)),),
            Detainer: (Entry(1, Detainer(form=DetainerForm.I247A)),),
        },
    )
    head = Letterhead("Legal Aid Office of the Bay", "100 Example Avenue", Zone.EASTERN.value)
    facts = letter_facts(case, head, None, None, _NOW)
    library = shipped.library()
    result = gate("decline", facts, library, _NOW.date(), Role.ATTORNEY)
    return write_letter(facts, result, library, shipped.letter_text("decline"))


def _custody() -> Custody:
    return Custody(
        facility="Example County Jail",
        facility_address="1 Example Street\nExample, CA 90000",
        facility_state=State.CA,
        facility_zone=Zone.PACIFIC,
        in_custody=YesNo.YES,
        release_basis=ReleaseBasis.BAIL_BOND,
        release_due_at=(_NOW + timedelta(days=2)).astimezone(ZoneInfo(Zone.PACIFIC.value)),
    )


def _bare(lines: Sequence[tuple[str, str]]) -> bytes:
    """The lines of the letter, each in its font, and nothing else."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER)
    for first in range(0, len(lines), 48):
        for row, (font, line) in enumerate(lines[first : first + 48]):
            canvas.setFont(font, 10.5)
            canvas.drawString(72, 720 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _lines(letter: Letter, names: FontNames) -> list[tuple[str, str]]:
    """All words of the letter in lines, bold and italic where the letter has them."""
    bold = {paragraph.text for paragraph in letter.body if paragraph.block is Block.HEADING}
    italic = {
        paragraph.text for paragraph in letter.body if any(run.italic for run in paragraph.runs)
    }

    def font(text: str) -> str:
        return names.style(bold=text in bold or text.startswith("Re: "), italic=text in italic)

    return [
        (font(whole), line)
        for whole in letter.text.splitlines()
        for line in textwrap.wrap(whole, 92)
    ]


def _medians(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken[3:]) for taken in times]
