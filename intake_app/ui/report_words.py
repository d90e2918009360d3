"""What the reports page says about a whole release, in plain words. Knows no Qt."""

from __future__ import annotations

from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.release import Prepared
from intake_app.core.reports.rows import Population
from intake_app.documents.report_words import COUNTED, counted


def how_many(prepared: Prepared) -> str:
    """How many of everything there is in a release; a withheld number is said to be withheld."""
    totals: dict[Population, int | None] = {}
    for table in prepared.tables:
        total = table.figures[-1]
        known = totals.get(table.shape.population)
        totals[table.shape.population] = known if known is not None else total
    return ", ".join(
        f"number of {COUNTED[kind]} withheld" if total is None else counted(total, COUNTED[kind])
        for kind, total in totals.items()
    )


def shown_and_withheld(prepared: Prepared) -> str:
    """The first sentence of the check (disclosure.md 1.4)."""
    tables = counted(len(prepared.tables), "tables")
    figures = counted(prepared.figures, "figures")
    shown = prepared.figures - prepared.withheld
    head = f"{how_many(prepared)}, {tables}, {figures}"
    return f"{head[0].upper()}{head[1:]}: {shown:,} shown, {prepared.withheld:,} withheld."


def checked(prepared: Prepared) -> str:
    """What was tried against it, and what came of it."""
    done = prepared.confirmation
    earlier = (
        f" and {counted(done.earlier_figures, 'earlier figures')} of "
        f"{counted(done.earlier_releases, 'releases')}"
        if done.earlier_releases
        else ""
    )
    return (
        f"Checked against these{earlier}: no group smaller than {prepared.asked.threshold} can be "
        f"worked out. Withheld figures attacked: {done.cells_attacked:,}; {done.failures:,} gave "
        "way."
    )


def legend(prepared: Prepared) -> str:
    """What the one sign means, and when a 0 is one."""
    guarded = any(table.shape.guard is not Guard.NONE for table in prepared.tables)
    zeros = (
        "A 0 is shown as 0, unless it would tell of victims, or that all have one answer: then s "
        "may be 0."
        if guarded
        else "A 0 is shown as 0."
    )
    return f"s = withheld to protect people; may be small or large. {zeros}"


def all_published(prepared: Prepared) -> bool:
    """Whether these very figures are out already, all of them."""
    parts = {part.part.id for report in prepared.reports for part in report.parts}
    return bool(parts) and parts <= prepared.published_before


def kept(prepared: Prepared) -> str:
    """What a release freezes, or that these very figures are out already."""
    if all_published(prepared):
        return "These very figures were published before; they will be the same again."
    parts = {part.part.id for report in prepared.reports for part in report.parts}
    before = len(parts & prepared.published_before)
    same = (
        f"{counted(before, 'tables')} of {len(parts)} published before: the same figures. "
        if before
        else ""
    )
    return (
        f"{same}What is published is kept for good. Later tables of these dates are counted from "
        "the same records, whatever is changed in a case since."
    )


GOES_OUT = (
    "Goes into the files: the tables, their dates, the rules and the version.\n"
    "Never: names, dates of birth, case numbers, places smaller than a county."
)
