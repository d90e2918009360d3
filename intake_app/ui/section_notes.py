"""What stands beside a section's title: how many rows it has, or what is still open in it."""

from dataclasses import dataclass
from typing import Any

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Protection, Section
from intake_app.core.fields import questions, title_of
from intake_app.core.vocabulary import YesNo
from intake_app.ui.theme import Tone


@dataclass(frozen=True)
class Note:
    """Words beside a section: plain where there is no tone; `spoken` is for screen readers."""

    words: str = ""
    tone: Tone | None = None
    spoken: str = ""


def note_of(section: Section, case: CaseFile) -> Note:
    """The note of one section of a case."""
    if Protection in section.records and case.one(Protection).survivor is YesNo.YES:
        return Note("DV", Tone.PROTECTED, "domestic violence")
    if len(section.records) == 1 and title_of(section.records[0]).many:
        count = len(case.kept(section.records[0]))
        return Note(str(count), None, f"{count} recorded") if count else Note()
    if not section.records:
        return Note()
    record = section.records[0]
    if record in section.only:
        return Note()
    first: Any = case.one(record)
    if not any(getattr(first, asked.name) is not None for asked in questions(record)):
        return Note()
    missing = sum(
        one.wanted
        and getattr(first, one.name) is None
        and (not one.shown_after or getattr(first, one.shown_after) is not None)
        for one in questions(record)
    )
    if not missing:
        return Note("✓", None, "nothing open")
    return Note(f"{missing} open", Tone.SOON, f"{missing} open")
