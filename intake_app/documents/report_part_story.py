"""One part of a report on paper: its figures, percentages, amounts and the year before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake_app.core.disclosure.figures import TOTAL, WITHHELD, Axis, ProtectedTable
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.release import Amounts, ReportPart
from intake_app.core.reports.shares import (
    Known,
    Percent,
    change_since,
    known_of_all,
    percent_of,
    shares_of,
)
from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_figures import Bar, Bars, Row, figure_table
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import PLAIN, SMALL, Setter
from intake_app.documents.report_grid import Grid, Value, grids
from intake_app.documents.report_words import COUNTED, answers_together, meaning

PART = replace(PLAIN, bold=True, before=12, after=1)
_BEFORE = ("Year before", "Change")
_MOST_ACROSS = 9
"""Columns of numbers a page is wide enough for."""
_SUB = replace(SMALL, bold=True, before=6)
_NOTE = replace(SMALL, after=3)
_SHARE = replace(PLAIN, size=9.5, leading=13)


def part_story(part: ReportPart, threshold: int, setter: Setter, root: Element) -> Iterator[Block]:
    """The blocks of one part; elements for it are added to `root`."""
    shape = part.table.shape
    heading = setter.plain(part.part.title, PART, root.add("H3"))
    heading.keep = True
    yield heading
    if not shape.axes:
        yield from _total(part, setter, root)
    elif len(shape.axes) == 1:
        yield from _one_side(part, setter, root)
    else:
        yield from _sides(part, setter, root)
    for amounts in part.amounts:
        if len(shape.axes) < 2:
            yield from _amounts(part, amounts, threshold, setter, root)
    yield from _shares(part, setter, root)
    for words in _notes(part):
        yield setter.plain(words, _NOTE, root.add("P"))
    if part.year_before is not None and len(shape.axes) > 1:
        yield from _year_before(part, part.year_before, setter, root)


def unknown_of(axis: Axis) -> frozenset[str]:
    """The answers along a side that are none."""
    dimension = DIMENSIONS.get(axis.dimension)
    return dimension.unknown if dimension else frozenset()


def percents(part: ReportPart) -> tuple[Percent, ...]:
    """The percentages a part is asked for."""
    if not part.part.shares or not part.table.shape.axes:
        return ()
    unknown = unknown_of(part.table.shape.axes[0])
    return shares_of(part.table, part.part.shares, unknown)


def known_by_line(part: ReportPart) -> dict[tuple[str, ...], Known]:
    """How many answers of the first side are known, for each line across the other sides."""
    unknown = unknown_of(part.table.shape.axes[0])
    return {known.of: known for known in known_of_all(part.table, unknown)}


def shown(value: Value) -> str:
    """A figure as printed."""
    if value is None:
        return WITHHELD
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}".rstrip("0")


def _total(part: ReportPart, setter: Setter, root: Element) -> list[Block]:
    """The one figure of a part without sides."""
    counts = COUNTED[part.table.shape.population]
    before = _before(part)
    heads = ["What is counted", counts.capitalize(), *(_BEFORE if before else ())]
    cells = (shown(part.table.figures[0]), *(before[0] if before else ()))
    return figure_table(heads, [Row(f"All {counts}", cells)], setter, root)


def _one_side(part: ReportPart, setter: Setter, root: Element) -> list[Block]:
    """Label, count, the year before, and a bar for each answer that is one."""
    axis, table = part.table.shape.axes[0], part.table
    counts = COUNTED[table.shape.population].capitalize()
    before = _before(part)
    heads = [axis.title, counts, *(_BEFORE if before else ())]
    unknown = unknown_of(axis)
    percent = _percent_each(part)
    most = max((n for n in percent if n is not None), default=0)
    rows = []
    for line, label in enumerate(axis.labels):
        total, figure = label == TOTAL, table.figures[line]
        cells = (shown(figure), *(before[line] if before else ()))
        bar = None
        if not total and not axis.groups[line].words <= unknown:
            value = percent[line]
            bar = Bar(value / most, f"{value}%") if value and most else Bar(None, _no_bar(value))
        rows.append(Row(label, cells, bar, strong=total))
    bars = None
    if any(n is not None for n in percent):
        (known,) = known_by_line(part).values()
        bars = Bars(f"Percent of the {known.known:,} known", _alternative(part, rows, known))
    else:
        rows = [replace(row, bar=None) for row in rows]
    return figure_table(heads, rows, setter, root, bars)


def _no_bar(percent: int | None) -> str:
    return "withheld" if percent is None else f"{percent}%"


def _percent_each(part: ReportPart) -> list[int | None]:
    """Each group of the one side, of all whose answer is known."""
    (known,) = known_by_line(part).values()
    unknown = unknown_of(part.table.shape.axes[0])
    return [
        None if line is None or line <= unknown else percent_of(figure, known.known)
        for figure, line in zip(part.table.figures, _lines(part.table), strict=True)
    ]


def _alternative(part: ReportPart, rows: Sequence[Row], known: Known) -> str:
    told = "; ".join(f"{row.label} {row.bar.words}" for row in rows if row.bar)
    return f"Bar chart: {part.part.title}, {known.words}. {told}."


def _before(part: ReportPart) -> list[tuple[str, str]] | None:
    """The figure of the year before and the change, for each line of a part of one side."""
    before = part.year_before
    if before is None:
        return None
    then = dict(zip(_lines(before), before.figures, strict=True))
    changes = change_since(part.table, before)
    told = []
    for line, change in zip(_lines(part.table), changes, strict=True):
        if line not in then:
            told.append(("–", "–"))
        else:
            told.append((shown(then[line]), WITHHELD if change is None else signed(change)))
    return told


def _lines(table: ProtectedTable) -> list[frozenset[str] | None]:
    groups = table.shape.axes[0].groups if table.shape.axes else ()
    return [*(group.words for group in groups), None]


def signed(change: int) -> str:
    """A change with its sign."""
    return f"+{change:,}" if change > 0 else f"–{-change:,}" if change else "0"


def _sides(part: ReportPart, setter: Setter, root: Element) -> Iterator[Block]:
    for grid in grids(part):
        if not grid.title.endswith(": not known"):
            yield from _grid(grid, setter, root)


def _grid(grid: Grid, setter: Setter, root: Element) -> Iterator[Block]:
    if len(grid.columns) > max(_MOST_ACROSS, len(grid.rows)):
        grid = grid.turned()
    if grid.title:
        title = setter.plain(grid.title, _SUB, root.add("P"))
        title.keep = True
        yield title
    last = len(grid.rows) - 1
    rows = [
        Row(label, tuple(map(shown, values)), strong=number == last)
        for number, (label, values) in enumerate(grid.rows)
    ]
    yield from figure_table([grid.corner, *grid.columns], rows, setter, root)


def _year_before(
    part: ReportPart, before: ProtectedTable, setter: Setter, root: Element
) -> Iterator[Block]:
    words = f"The same table for {before.shape.window.words}, as it was published"
    title = setter.plain(words, _SUB, root.add("P"))
    title.keep = True
    yield title
    for grid in grids(ReportPart(part.part, before)):
        yield from _grid(grid, setter, root)


def _amounts(
    part: ReportPart, amounts: Amounts, threshold: int, setter: Setter, root: Element
) -> list[Block]:
    shape = part.table.shape
    labels = shape.axes[0].labels if shape.axes else (f"All {COUNTED[shape.population]}",)
    known = part.known.get(amounts.measure)
    heads = [
        f"{amounts.title} ({amounts.unit})",
        f"Known, of all {COUNTED[shape.population]}",
        "Total",
        "Mean",
        "Median",
        f"Reached by {threshold} or more",
    ]
    rows = []
    for line, label in enumerate(labels):
        told = WITHHELD
        figure = known.figures[line * 3] if known else None
        everybody = part.table.figures[line]
        if figure is not None:
            told = shown(figure) if everybody is None else f"{figure:,} of {everybody:,}"
        numbers = (amounts.totals, amounts.means, amounts.medians, amounts.reached)
        cells = (told, *(shown(each[line]) for each in numbers))
        rows.append(Row(label, cells, strong=bool(shape.axes) and label == TOTAL))
    return figure_table(heads, rows, setter, root)


def _shares(part: ReportPart, setter: Setter, root: Element) -> Iterator[Block]:
    """A sentence for a share of one side; across other sides a table with bars."""
    made = percents(part)
    if not made:
        return
    known = known_by_line(part)
    if len(part.table.shape.axes) == 1:
        labels = {group.label for group in part.table.shape.axes[0].groups}
        for percent in made:
            # A bar says it already.
            if percent.label not in labels:
                runs = (Run(f"{percent.label}: "), Run(percent.words, bold=True))
                yield setter.block(runs, _SHARE, root.add("P"))
        return
    for label in dict.fromkeys(percent.label for percent in made):
        lines = [percent for percent in made if percent.label == label]
        yield from _share_table(part, label, lines, known, setter, root)


def _share_table(
    part: ReportPart,
    label: str,
    lines: Sequence[Percent],
    known: dict[tuple[str, ...], Known],
    setter: Setter,
    root: Element,
) -> list[Block]:
    most = max((line.percent or 0 for line in lines), default=0)
    rows = []
    for line in lines:
        bar = (
            Bar(line.percent / most, line.words) if line.percent and most else Bar(None, line.words)
        )
        name = ", ".join(line.of)
        strong = all(word == TOTAL for word in line.of)
        rows.append(Row(name, (known[line.of].words,), bar, strong=strong))
    others = ", ".join(axis.title for axis in part.table.shape.axes[1:])
    told = "; ".join(f"{row.label} {row.bar.words}" for row in rows if row.bar)
    bars = Bars(f"{label}, percent of known", f"Bar chart: {label}, by {others}. {told}.")
    heads = [others, "Answer known"]
    return figure_table(heads, rows, setter, root, bars)


def _notes(part: ReportPart) -> Iterator[str]:
    """What s means here, how many are known, and which answers stand together."""
    shape = part.table.shape
    says = []
    if any(table.withheld for table in part.tables):
        says.append(f"{meaning(shape.guard)}.")
    if len(shape.axes) == 1 and unknown_of(shape.axes[0]):
        (known,) = known_by_line(part).values()
        says.append(
            f"Answer known: {known.words.replace(' known of', ' of')}."
            if known.known is not None and known.all is not None
            else "How many answers are known is withheld."
        )
    together = [words for axis in shape.axes for words in answers_together(axis)]
    if says:
        yield " ".join(says)
    if together:
        yield f"Taken together: {'. '.join(together)}."
