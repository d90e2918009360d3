"""A release on paper from its title to its limits, as blocks that go down the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake_app.core.reports.release import Prepared, Report
from intake_app.core.reports.tables import Compare
from intake_app.documents.letter_template import Run
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.pdf_contents import contents
from intake_app.documents.pdf_figures import Row, figure_table
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import (
    LINE,
    LISTED,
    OFFICE,
    OFFICE_LINES,
    PLAIN,
    SIDE,
    SMALL,
    TEXT,
    Setter,
    Style,
    rule,
)
from intake_app.documents.report_made import Made
from intake_app.documents.report_money_story import costs_story, policies_story
from intake_app.documents.report_part_story import known_by_line, part_story, percents
from intake_app.documents.report_words import (
    NOT_OF_PEOPLE,
    NOT_PROMISED,
    counted,
    frequency,
    guarantees,
    legend,
    populations,
)

_ONE_PAGE = 40
"""Entries of a list of contents that stand together."""
_TITLE = "Immigration detainers"
_MAIN = Style(size=24, leading=31, bold=True, after=0)
_DATES = Style(size=15, leading=21, after=2)
_UNDER = replace(SMALL, after=12)
_SECTION = Style(size=14, leading=18, bold=True, before=24, after=5)
_DEFINITION = replace(TEXT, size=9.6, leading=13.2, after=4)
_COMPARED = replace(SMALL, size=9, leading=12, left=96, before=3, after=3)
_FIGURE = replace(_COMPARED, bold=True, left=0, right=LINE - 86)


@dataclass(frozen=True)
class Heading:
    """A heading the list of contents names: its words and the block it stands in."""

    words: str
    block: Block


@dataclass(frozen=True)
class Story:
    """The blocks of a report in order, and its headings."""

    blocks: list[Block]
    headings: list[Heading]


def report_title(prepared: Prepared) -> str:
    """What the report is called."""
    return f"{_TITLE}, {prepared.asked.window.words}"


def report_story(
    prepared: Prepared, made: Made, setter: Setter, root: Element, page_of: dict[int, int]
) -> Story:
    """All of it; elements are added to `root`.

    page_of: by the `id` of a heading's block, the page it came to stand on; filled by the
    caller before the blocks are drawn.
    """
    headings: list[Heading] = []
    front = list(_front(prepared, made, setter, root))
    front.append(_heading("Contents", setter, root))
    listing = root.add("TOC")
    body: list[Block] = []
    for title, blocks in _sections(prepared, made, setter, root):
        headings.append(Heading(title, blocks[0]))
        body += blocks
    entries = [(heading.words, id(heading.block)) for heading in headings]
    listed = list(contents(entries, page_of, setter, listing))
    if len(listed) <= _ONE_PAGE:
        for block in listed[:-1]:
            block.keep = True
    return Story([*front, *listed, *body], headings)


def _front(prepared: Prepared, made: Made, setter: Setter, root: Element) -> Iterator[Block]:
    window = prepared.asked.window
    yield setter.plain(made.office, OFFICE, root.add("P"))
    lines = [line for line in made.lines.splitlines() if line.strip()]
    office = root.add("P") if lines else root
    for line in lines:
        yield setter.plain(line, OFFICE_LINES, office)
    yield rule(8, 16)
    yield setter.plain(_TITLE, _MAIN, root.add("H1"))
    yield setter.plain(f"{window.words[0].upper()}{window.words[1:]}", _DATES, root.add("P"))
    days = f"{day_in_words(window.start)} to {day_in_words(window.end)}"
    yield setter.plain(
        f"{days}. Made on {day_in_words(made.made_at.date())}.", _UNDER, root.add("P")
    )
    for population in populations(part for report in prepared.reports for part in report.parts):
        words = (Run(NOT_OF_PEOPLE[population], bold=True),)
        yield setter.block(words, TEXT, root.add("P"))
    yield setter.plain(
        "The figures are from the records of this office about people held on immigration "
        "detainers. They are not a sample of all people held, and say nothing about those who "
        "never reached the office.",
        TEXT,
        root.add("P"),
    )
    yield from _at_a_glance(prepared, setter, root)


def _at_a_glance(prepared: Prepared, setter: Setter, root: Element) -> Iterator[Block]:
    """Every percentage of the release in one table."""
    rows = []
    for report in prepared.reports:
        for part in report.parts:
            if len(part.table.shape.axes) != 1:
                continue
            for percent in percents(part):
                known = known_by_line(part)[()].words
                title = part.part.title.rstrip(".")
                label = title if title == percent.label else f"{title}: {percent.label}"
                rows.append(Row(label, (percent.words, known, report.table.code)))
    if rows:
        heading = setter.plain("At a glance", _SECTION, root.add("H2"))
        heading.keep = True
        yield heading
        yield from figure_table(
            ["What is counted", "Percent", "Answer known", "Table"], rows, setter, root
        )


def _sections(
    prepared: Prepared, made: Made, setter: Setter, root: Element
) -> Iterator[tuple[str, list[Block]]]:
    yield "How to read the figures", list(_reading(prepared, setter, root))
    for report in prepared.reports:
        title = f"{report.table.code}  {report.table.title}".strip()
        yield title, list(_report(report, prepared, setter, root, title))
    yield "Limits", list(_limits(prepared, setter, root))
    yield "How it was checked", list(_checked(prepared, made, setter, root))


def _heading(words: str, setter: Setter, root: Element) -> Block:
    made = setter.plain(words, _SECTION, root.add("H2"))
    made.keep = True
    return made


def _reading(prepared: Prepared, setter: Setter, root: Element) -> Iterator[Block]:
    threshold = prepared.asked.threshold
    yield _heading("How to read the figures", setter, root)
    listing = root.add("L", attributes="/A <</O /List /ListNumbering /Disc>>")
    for words in (
        legend(table.shape.guard for table in prepared.tables),
        f"Counts from 1 to {threshold - 1} are withheld, and as many other counts as it takes "
        "that no one can work them out by adding or subtracting, here or together with "
        "earlier reports. One sign stands for all of them.",
        "Counts that are shown are true, and totals are the sums of their lines.",
        "Percentages are of those whose answer is known, to whole numbers. None is worked out "
        "from a withheld count. How many are known stands with each.",
        "Hours, days and children that are added up are rounded to two significant digits.",
        f"The longest times are not printed: each would be one person’s. Printed instead is what "
        f"{threshold} or more reached or passed.",
        "A bar is as long as its percentage, which is printed after it. Where a percentage is "
        "withheld, the line is named and no bar is drawn.",
    ):
        item = listing.add("LI")
        label = item.add("Lbl")
        block = setter.block((Run(words),), LISTED, item.add("LBody"), "•")
        block.mark_element, block.mark_left = label, 2
        yield block


def _report(
    report: Report, prepared: Prepared, setter: Setter, root: Element, title: str
) -> Iterator[Block]:
    yield _heading(title, setter, root)
    definition = setter.plain(report.table.definition, _DEFINITION, root.add("P"))
    definition.keep = len(definition.lines) <= 6
    yield definition
    yield from policies_story(report, prepared.asked.costs, setter, root)
    for part in report.parts:
        yield from part_story(part, prepared.asked.threshold, setter, root)
    yield from costs_story(report, prepared.asked.costs, setter, root)
    yield from _comparisons(report.table.compare, setter, root)


def _comparisons(compare: Sequence[Compare], setter: Setter, root: Element) -> Iterator[Block]:
    """Published figures, each hanging before what it says, where it stands and its caution."""
    if not compare:
        return
    words = replace(PLAIN, bold=True, before=12, after=1)
    heading = setter.plain("To compare with", words, root.add("H3"))
    heading.keep = True
    yield heading
    for each in compare:
        yield _comparison(each, setter, root)


def _comparison(compare: Compare, setter: Setter, root: Element) -> Block:
    runs = (
        Run(f"{compare.of.rstrip('.')}. "),
        Run(f"{compare.source.rstrip('.')}. ", italic=True),
        Run(compare.caution),
    )
    figure = setter.plain(compare.figure, _FIGURE, root.add("P"))
    says = setter.block(runs, _COMPARED, root.add("P"))
    leading = _COMPARED.leading

    def draw(pen: Pen, top: float, _again: bool) -> None:
        for block in (figure, says):
            if block.element:
                pen.lines(block.lines, block.element, SIDE + block.left, top, leading)

    tall = max(len(figure.lines), len(says.lines)) * leading
    return Block(height=tall, draw=draw, before=3, after=3, whole=True)


def _limits(prepared: Prepared, setter: Setter, root: Element) -> Iterator[Block]:
    window = prepared.asked.window
    yield _heading("Limits", setter, root)
    out = [advice.part_id for advice in prepared.left_out]
    for words in (
        "The figures are what the office knew when the period was first published. What became "
        "known later does not change them; late cases are counted in the next period.",
        f"Published for {frequency(window)}. A case belongs to one published period only.",
        "What families and clients told the office was not checked with others, unless a "
        "definition says so.",
        f"Left out, because no way was found to show it safely: {', '.join(out)}." if out else "",
        NOT_PROMISED,
    ):
        if words:
            yield setter.plain(words, TEXT, root.add("P"))


def _checked(prepared: Prepared, made: Made, setter: Setter, root: Element) -> Iterator[Block]:
    checked, threshold = prepared.confirmation, prepared.asked.threshold
    yield _heading("How it was checked", setter, root)
    earlier = (
        f" and {counted(checked.earlier_figures, 'earlier figures')}"
        if checked.earlier_figures
        else ""
    )
    yield setter.plain(
        f"{counted(prepared.figures, 'figures')}: {prepared.figures - prepared.withheld:,} shown, "
        f"{prepared.withheld:,} withheld. Checked against these{earlier}: no group smaller than "
        f"{threshold} can be worked out. {checked.attacker}, version {checked.attacker_version}, "
        f"tried {checked.cells_attacked:,} withheld figures and increases and found "
        f"{checked.failures} small ones that could be worked out. Solver: {checked.solver}.",
        TEXT,
        root.add("P"),
    )
    listing = root.add("L", attributes="/A <</O /List /ListNumbering /Disc>>")
    for words in guarantees(threshold).values():
        item = listing.add("LI")
        label = item.add("Lbl")
        block = setter.block((Run(words),), LISTED, item.add("LBody"), "•")
        block.mark_element, block.mark_left = label, 2
        yield block
    yield setter.plain(
        f"Intake Desk {made.product_version}, release {made.release_id}. The figures stand as "
        "CSV and XLSX beside this report.",
        SMALL,
        root.add("P"),
    )
