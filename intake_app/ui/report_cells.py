"""A protected table laid out in lines of words, as it stands on the screen. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake_app.core.disclosure.figures import TOTAL, WITHHELD, Place, ProtectedTable
from intake_app.core.reports.release import Amounts, ReportPart
from intake_app.core.reports.shares import change_since, known_of_all, shares_of
from intake_app.documents.report_words import COUNTED


@dataclass(frozen=True)
class Cells:
    """Words in lines and columns; the first column is the label of its line.

    `strong` are the places of lines that are totals; `total_column` whether the last column is
    one.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()
    total_column: bool = False


def said(figure: int | None) -> str:
    """A figure, or the one sign for a withheld one."""
    return WITHHELD if figure is None else f"{figure:,}"


def place_in(table: ProtectedTable, row: int, column: int, third: int) -> Place:
    """The place of a figure in a table of none to three sides."""
    return (row, column, third)[: len(table.shape.axes)]


def counts(part: ReportPart, third: int, *, before: bool = False) -> Cells:
    """The counts of a part. A table of one side has the year before beside it.

    third: the line of the third side that is shown. before: the year before itself, for tables
    with more than one side; the part must have one.
    """
    table = part.table
    if before and part.year_before is not None:
        table = part.year_before
    axes = table.shape.axes
    if len(axes) < 2:
        return _one_sided(table, part.year_before)
    rows, columns = axes[0].labels, axes[1].labels
    return Cells(
        title=part.part.title,
        heads=(axes[0].title, *columns),
        lines=tuple(
            (
                label,
                *(said(table.at(place_in(table, r, c, third))) for c in range(len(columns))),
            )
            for r, label in enumerate(rows)
        ),
        strong=frozenset({len(rows) - 1}),
        total_column=True,
    )


def _one_sided(table: ProtectedTable, before: ProtectedTable | None) -> Cells:
    shape = table.shape
    labels = shape.axes[0].labels if shape.axes else (TOTAL,)
    heads = [shape.axes[0].title if shape.axes else "", COUNTED[shape.population].capitalize()]
    lines = [[label, said(figure)] for label, figure in zip(labels, table.figures, strict=True)]
    if before is not None:
        heads += ["A year before", "Change"]
        then = dict(zip(_groups(before), before.figures, strict=True))
        changes = change_since(table, before)
        for line, group, change in zip(lines, _groups(table), changes, strict=True):
            line += [
                # A group that was published otherwise then has no figure of its own.
                said(then[group]) if group in then else "–",
                WITHHELD if change is None else f"{change:+,}".replace("-", "−"),
            ]
            if group not in then:
                line[-1] = "–"
    return Cells(
        title=shape.title,
        heads=tuple(heads),
        lines=tuple(tuple(line) for line in lines),
        strong=frozenset({len(lines) - 1}),
    )


def _groups(table: ProtectedTable) -> list[frozenset[str]]:
    """What each figure of a table of one side or none takes together; the total last."""
    axes = table.shape.axes
    return [*(group.words for group in axes[0].groups), frozenset()] if axes else [frozenset()]


def shares(part: ReportPart, unknown: Collection[str]) -> list[str]:
    """The percentages of a part as lines, each with for how many the answer is known.

    unknown: the answers of the first side that are none.
    """
    if not part.table.shape.axes:
        return []
    known = {one.of: one.words for one in known_of_all(part.table, unknown)}
    return [
        f"{one.label}{''.join(f', {of}' for of in one.of)}: {one.words}"
        + ("" if one.percent is None else f" ({known[one.of]})")
        for one in shares_of(part.table, part.part.shares, unknown)
    ]


def amounts(part: ReportPart, threshold: int) -> Cells | None:
    """Numbers added up over the lines of a part; None where it has none."""
    if not part.amounts:
        return None
    if not part.table.shape.axes:
        return _without_sides(part, threshold)
    shape = part.table.shape
    heads = [" and ".join(axis.title for axis in shape.axes)]
    for each in part.amounts:
        heads += [
            f"{each.title}: known for",
            f"{each.unit} in all",
            f"mean {each.unit}",
            f"median {each.unit}",
            f"reached by at least {threshold}",
        ]
    lines = [
        (_label(shape.labels(place)), *_numbers(part, part.amounts, place, spot))
        for spot, place in enumerate(shape.places())
    ]
    return Cells(
        title=f"{part.part.title}: amounts",
        heads=tuple(heads),
        lines=tuple(lines),
        strong=frozenset({len(lines) - 1}),
    )


def _without_sides(part: ReportPart, threshold: int) -> Cells:
    """One line for each number, where there is nothing to break it down by."""
    return Cells(
        title=f"{part.part.title}: amounts",
        heads=("", "Known for", "In all", "Mean", "Median", f"Reached by at least {threshold}"),
        lines=tuple(
            (f"{each.title} ({each.unit})", *_numbers(part, (each,), (), 0))
            for each in part.amounts
        ),
    )


def _label(labels: tuple[str, ...]) -> str:
    return " · ".join(labels) if labels else TOTAL


def _numbers(part: ReportPart, every: Sequence[Amounts], place: Place, spot: int) -> list[str]:
    numbers = []
    for each in every:
        known = part.known.get(each.measure)
        numbers.append(said(known.at((*place, 0)) if known is not None else None))
        numbers += [_amount(value) for value in _values(each, spot)]
    return numbers


def _values(one: Amounts, spot: int) -> tuple[float | None, ...]:
    return one.totals[spot], one.means[spot], one.medians[spot], one.reached[spot]


def _amount(value: float | None) -> str:
    """Rounded to two digits already; printed without more."""
    return WITHHELD if value is None else f"{value:,.10g}"
