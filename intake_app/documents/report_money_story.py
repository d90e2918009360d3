"""What follows from published amounts: costs by both methods, and policies side by side."""

from collections.abc import Iterator
from dataclasses import replace

from intake_app.core.reports.costs import CostEstimate, cost_of_longer_stays, cost_of_nights
from intake_app.core.reports.policies import policies_of, simulate
from intake_app.core.reports.release import Costs, Report, ReportPart
from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_figures import Row, figure_table
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import PLAIN, SMALL, Setter

_HEAD = replace(PLAIN, bold=True, before=12, after=1)
_NOTE = replace(SMALL, after=3)


def costs_story(report: Report, costs: Costs, setter: Setter, root: Element) -> Iterator[Block]:
    """Both methods of cost with their inputs, where the report has what they need."""
    for part in report.parts:
        if not part.table.shape.axes:
            for estimate in _estimates(part, costs):
                yield from _estimate(estimate, setter, root)


def policies_story(report: Report, costs: Costs, setter: Setter, root: Element) -> Iterator[Block]:
    """The policies of a simulation side by side, where the report is one."""
    parts = {part.part.id: part for part in report.parts}
    policies = policies_of(parts)
    if not any(policy.part_id in parts for policy in policies):
        return
    simulation = simulate(policies, parts, costs)
    heading = setter.plain("Policies side by side", _HEAD, root.add("H3"))
    heading.keep = True
    yield heading
    yield setter.plain(simulation.caution, _NOTE, root.add("P"))
    rows = [Row(line.label, line.words) for line in simulation.lines]
    yield from figure_table(["Under each policy", *simulation.titles], rows, setter, root)
    for outcome in simulation.outcomes:
        runs = (Run(f"{outcome.policy.title}. ", bold=True), Run(outcome.policy.definition))
        yield setter.block(runs, _NOTE, root.add("P"))


def _estimates(part: ReportPart, costs: Costs) -> Iterator[CostEstimate]:
    amounts = {each.measure: each for each in part.amounts}
    known = {measure: table.figures[0] for measure, table in part.known.items()}
    made = []
    if "midnights_held" in amounts:
        made.append(cost_of_nights(amounts["midnights_held"].totals[0], costs))
    if "days_in_jail" in amounts:
        stay = amounts["days_in_jail"].means[0]
        made.append(cost_of_longer_stays(known.get("days_in_jail"), stay, costs))
    yield from (estimate for estimate in made if estimate is not None)


def _estimate(estimate: CostEstimate, setter: Setter, root: Element) -> Iterator[Block]:
    heading = setter.plain(estimate.title, _HEAD, root.add("H3"))
    heading.keep = True
    yield heading
    rows = [Row(line.label, (line.words,)) for line in estimate.lines]
    rows.append(Row("Estimated cost", (estimate.words,), strong=True))
    yield from figure_table(["What it is worked out from", "Figure"], rows, setter, root)
    if estimate.note:
        yield setter.plain(estimate.note, _NOTE, root.add("P"))
