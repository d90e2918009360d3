"""Policies: sorted by a question's own answers, and worked out from protected figures alone."""

from dataclasses import replace

import pytest

from intake_app.core.disclosure.figures import ProtectedTable, Shape
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.counting import count
from intake_app.core.reports.policies import (
    HONOR_ALL,
    HONOR_NONE,
    HONORED,
    ILLUSTRATION,
    JUDICIAL_WARRANT,
    NEUTRAL_REVIEW,
    Policy,
    conviction_policy,
    declared_policies,
    policies_of,
    simulate,
    simulation_parts,
)
from intake_app.core.reports.policies import MEASURES as ADDED_UP
from intake_app.core.reports.release import Amounts, Costs, ReportPart
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, check_part
from tests.amount_cases import Q1
from tests.report_rows import invented_rows

COSTS = Costs(per_day=140.0)


def _shape(part: Part) -> Shape:
    axes = (DIMENSIONS[s.dimension].axis(dict(s.groups), title=s.title) for s in part.sides)
    return Shape(part.id, part.title, Population.EPISODES, Q1, tuple(axes))


def _prepared(part: Part, counts: list[int | None], totals: list[float | None]) -> ReportPart:
    nothing = (None,) * len(totals)
    amounts = tuple(
        Amounts(m, MEASURES[m].title, MEASURES[m].unit, tuple(totals), nothing, nothing, nothing)
        for m in part.measures
    )
    return ReportPart(part, ProtectedTable(_shape(part), tuple(counts)), amounts=amounts)


def _all() -> dict[str, ReportPart]:
    totals, judicial, conviction, review = simulation_parts(declared_policies())
    made = [
        _prepared(totals, [400], [9000.0]),
        _prepared(judicial, [30, 300, 70, 400], [700.0, 6800.0, 1500.0, 9000.0]),
        _prepared(conviction, [None, 340, None, 400], [None, 8000.0, None, 9000.0]),
        _prepared(review, [0, 400, 0, 400], [None, 9000.0, None, 9000.0]),
    ]
    return {each.part.id: each for each in made}


def test_every_policy_is_an_ordinary_part_that_sorts_every_answer() -> None:
    parts = simulation_parts(declared_policies())
    assert [part.id for part in parts] == [
        "policy_totals", "policy_judicial_warrant", "policy_conviction", "policy_neutral_review",
    ]  # fmt: skip
    found = invented_rows(500)
    for part in parts:
        check_part(part, Population.EPISODES, DIMENSIONS, MEASURES)
        assert part.measures == ADDED_UP
        shape = _shape(part)
        assert all(
            [group.label for group in axis.groups] == ["Honored", "Not honored", "Not known"]
            for axis in shape.axes
        )
        assert int(count(shape, found).counts.flat[-1]) == 500
        if part.sides:
            (side,) = part.sides
            words = {word for _, group in side.groups for word in group}
            assert words == set(DIMENSIONS[side.dimension].words)


def test_who_is_honored_under_each() -> None:
    def honored(policy: Policy) -> set[str]:
        return set(dict(simulation_parts([policy])[1].sides[0].groups)[HONORED])

    assert honored(JUDICIAL_WARRANT) == {"judicial"}
    assert honored(NEUTRAL_REVIEW) == {"yes"}
    assert honored(conviction_policy()) == {"felony_violent", "felony_other"}
    assert honored(conviction_policy(["misdemeanor"], "conviction")) == {"misdemeanor"}
    case = simulation_parts([conviction_policy(["felony"], "conviction")])[1].sides[0]
    assert {"pending", "none"} <= dict(case.groups)["Not honored"]
    assert dict(case.groups)["Not known"] == DIMENSIONS["conviction"].unknown


def test_another_list_of_convictions_is_another_table() -> None:
    lists = [(["felony_violent"], "worst_conviction"), (["felony_violent", "felony_other"],
             "worst_conviction"), (["felony"], "conviction")]  # fmt: skip
    policies = [conviction_policy(*each) for each in lists]
    assert len({policy.part_id for policy in policies}) == 3
    assert len({policy.definition for policy in policies}) == 3
    for policy in policies:
        part = simulation_parts([policy])[1]
        prepared = {part.id: _prepared(part, [1, 2, 3, 6], [None] * 4)}
        assert policies_of(prepared) == declared_policies(policy)
    assert policies_of({}) == declared_policies()


@pytest.mark.parametrize(("honored", "dimension"), [
    (["none"], "worst_conviction"), (["unknown"], "worst_conviction"), ([], "worst_conviction"),
    (["pending"], "conviction"), (["judicial"], "warrant"),
])  # fmt: skip
def test_what_is_no_list_of_convictions(honored: list[str], dimension: str) -> None:
    with pytest.raises(ValueError, match="conviction"):
        conviction_policy(honored, dimension)


def test_side_by_side_and_withheld_stays_withheld() -> None:
    made = simulate(declared_policies(), _all(), COSTS)
    assert made.caution == ILLUSTRATION
    assert "illustration" in made.caution
    assert made.titles[:2] == ("Honor every detainer", "Honor none")
    lines = {line.label: line.words for line in made.lines}
    assert lines["Detainers honored"] == ("400", "0", "30", "s", "0")
    assert lines["Released when release was due"] == ("0", "400", "300", "340", "400")
    assert lines["Not known under this policy"] == ("0", "0", "70", "s", "0")
    assert lines["Hours held on detainers"] == ("9,000", "0", "700", "s", "0")
    assert lines["Hours not held"] == ("0", "9,000", "6,800", "8,000", "9,000")
    assert lines["Minor children of those held"] == ("9,000", "0", "700", "s", "0")
    assert lines["Cost of the midnights held"] == ("$1,260,000", "$0", "$98,000", "s", "$0")
    assert lines["Cost spared"] == ("$0", "$1,260,000", "$952,000", "$1,120,000", "$1,260,000")


def test_without_a_cost_of_a_day_there_are_no_dollars() -> None:
    made = simulate(declared_policies(), _all(), Costs())
    assert not any("Cost" in line.label for line in made.lines)
    assert {outcome.cost for outcome in made.outcomes} == {None}


def test_a_part_that_was_left_out_has_no_figures() -> None:
    parts = _all()
    del parts["policy_conviction"]
    del parts["policy_totals"]
    made = simulate(declared_policies(), parts, COSTS)
    lines = {line.label: line.words for line in made.lines}
    assert lines["Detainers honored"] == ("s", "0", "30", "s", "0")
    assert lines["Released when release was due"] == ("0", "s", "300", "s", "400")


def test_totals_withheld_are_withheld_under_honor_all_and_none() -> None:
    parts = _all()
    totals = parts["policy_totals"]
    hidden = tuple(replace(each, totals=(None,)) for each in totals.amounts)
    parts["policy_totals"] = replace(totals, amounts=hidden)
    everybody, nobody = simulate((HONOR_ALL, HONOR_NONE), parts, COSTS).outcomes
    assert everybody.held["hours_held"] is None
    assert everybody.cost is None
    assert nobody.held["hours_held"] == 0
    assert nobody.spared["hours_held"] is None
