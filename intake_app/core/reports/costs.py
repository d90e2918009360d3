"""What custody on detainers cost a county, by two methods, with every input printed.

Method A adds up the midnights people were held after their release was due. Method B is that of
the Fiscal Impact Analysis (Ramos, September 2013): detainers, times how much longer a stay with
a detainer is, times the cost of a day. Both use published figures only, so a cost tells nothing
that its lines do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.core.reports.release import Costs


@dataclass(frozen=True)
class CostLine:
    """One input as printed: what it is, and its value with where it comes from."""

    label: str
    words: str


@dataclass(frozen=True)
class CostEstimate:
    """One method: its lines, and the dollars; None where a figure it needs is withheld.

    `note` says why there are no dollars; empty otherwise.
    """

    title: str
    lines: tuple[CostLine, ...]
    dollars: float | None
    note: str = ""

    @property
    def words(self) -> str:
        """The result as printed."""
        return "withheld" if self.dollars is None else in_dollars(self.dollars)


_A = "Cost of the midnights held after release was due"
_B = "Cost of the longer stay of people with a detainer"
_WITHHELD = "A figure this needs is withheld to protect people."


def cost_of_nights(midnights: float | None, costs: Costs) -> CostEstimate | None:
    """Method A: published midnights held after release was due, times the cost of a day.

    None where no cost of a day was given.
    """
    if costs.per_day is None:
        return None
    lines = (CostLine("Midnights held after release was due", _number(midnights)), _per_day(costs))
    if midnights is None:
        return CostEstimate(_A, lines, None, _WITHHELD)
    return CostEstimate(_A, lines, round(midnights * costs.per_day, 2))


def cost_of_longer_stays(
    cases: int | None, days_with: float | None, costs: Costs
) -> CostEstimate | None:
    """Method B: cases, times the mean days in jail with a detainer less those without, times cost.

    `cases` is the published number of cases whose days in jail are known, `days_with` their
    published mean. None where the cost of a day or the mean stay without was not given.
    """
    if costs.per_day is None or costs.days_without is None:
        return None
    lines = [
        CostLine("Cases whose days in jail are known", _number(cases)),
        CostLine("Mean days in jail with a detainer", _number(days_with)),
        CostLine(
            "Mean days in jail without a detainer",
            _with_source(_number(costs.days_without), costs.days_without_source),
        ),
        _per_day(costs),
    ]
    if cases is None or days_with is None:
        return CostEstimate(_B, tuple(lines), None, _WITHHELD)
    longer = days_with - costs.days_without
    if longer <= 0:
        note = "The stay with a detainer was no longer, so this method shows no cost."
        return CostEstimate(_B, tuple(lines), 0.0, note)
    added = cases * longer
    lines.insert(3, CostLine("Days added", _number(added)))
    return CostEstimate(_B, tuple(lines), round(added * costs.per_day, 2))


def in_dollars(value: float) -> str:
    """Whole dollars as printed: $12,818,400."""
    return f"${value:,.0f}"


def _per_day(costs: Costs) -> CostLine:
    per_day = costs.per_day or 0.0
    words = f"${per_day:,.0f}" if per_day == int(per_day) else f"${per_day:,.2f}"
    return CostLine("Cost of one day in jail", _with_source(words, costs.per_day_source))


def _with_source(words: str, source: str) -> str:
    return f"{words} ({source})" if source else words


def _number(value: float | None) -> str:
    """With thousands separated and no needless decimals; “withheld” for None."""
    if value is None:
        return "withheld"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
