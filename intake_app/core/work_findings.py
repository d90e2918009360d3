"""What is to be said about the work on a case: to-dos, time, and how it is closed."""

from collections.abc import Iterator
from typing import Any

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile, Entry
from intake_app.core.case_clock import stands
from intake_app.core.casefile import Custody, Detainer, Intake, Note, TimeSpent, ToDo
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import CaseStatus

_DAY = 24 * 60
_CLOSING = {
    "closed_on": ("On which day was the case closed?", "Reports count a case in that quarter."),
    "closing_category": (
        "Closed with what help?",
        "Legal Services Corporation case service reports count closed cases by this.",
    ),
}


def work_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Overdue to-dos, time in all, days to offer, and what a closed case still lacks."""
    yield from _to_dos(case, setting)
    yield from _time(case)
    yield from _days(case, setting)
    intake = case.one(Intake)
    if intake.status is CaseStatus.CLOSED:
        yield from _closed(case, intake, setting)


def _to_dos(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    for entry in case.kept(ToDo):
        due = entry.record.due_on
        if due is not None and due < setting.today and entry.record.done_on is None:
            yield Finding(
                Weight.WARN, "Overdue: not done yet.", ToDo, field="due_on", entry_id=entry.id
            )


def _time(case: CaseFile) -> Iterator[Finding]:
    entries = case.kept(TimeSpent)
    spent = [entry.record.minutes for entry in entries if entry.record.minutes is not None]
    if spent:
        entered = "1 entry" if len(spent) == 1 else f"{len(spent)} entries"
        yield Finding(Weight.NOTE, f"Time in all: {in_hours(sum(spent))}, {entered}.", TimeSpent)
    for entry in entries:
        minutes = entry.record.minutes
        if minutes is not None and not 0 < minutes <= _DAY:
            yield Finding(
                Weight.WARN,
                "Minutes of one day: more than none, and 1,440 at the most.",
                TimeSpent,
                field="minutes",
                entry_id=entry.id,
            )


def _days(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Today is offered for a new note or new time, and never filled in unasked."""
    for record, field in ((Note, "written_on"), (TimeSpent, "worked_on")):
        kept: tuple[Entry[Any], ...] = case.kept(record)
        for entry in kept:
            if getattr(entry.record, field) is None:
                today = setting.today
                yield Finding(
                    Weight.NOTE, _today(setting), record, "", field, entry.id, offer=today
                )


def _today(setting: Setting) -> str:
    return f"Today, {show_date(PartialDate.of(setting.today))}?"


def _closed(case: CaseFile, intake: Any, setting: Setting) -> Iterator[Finding]:
    for field, (words, why) in _CLOSING.items():
        if getattr(intake, field) is None:
            day = field == "closed_on"
            said = f"{words} {_today(setting)}" if day else words
            offer = setting.today if day else None
            yield Finding(Weight.WARN, said, Intake, why, field, offer=offer)
    open_to_dos = sum(1 for one in case.all(ToDo) if one.done_on is None)
    if open_to_dos:
        left = "1 to-do is" if open_to_dos == 1 else f"{open_to_dos} to-dos are"
        yield Finding(Weight.WARN, f"The case is closed and {left} not done.", ToDo)
    if case.one(Custody).released_at is not None:
        return
    for entry in case.kept(Detainer):
        if stands(entry.record):
            yield Finding(
                Weight.WARN,
                "The case is closed, so this clock is no longer on the desk. What became of the "
                "detainer?",
                Detainer,
                field="status",
                entry_id=entry.id,
            )


def in_hours(minutes: int) -> str:
    """`3 h 25 min`, or `40 min`."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours:,} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
    return " ".join(parts)
