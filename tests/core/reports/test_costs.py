"""Both methods of cost, and the published one worked out again."""

import pytest

from intake_app.core.reports.costs import cost_of_longer_stays, cost_of_nights, in_dollars
from intake_app.core.reports.release import Costs

RAMOS = Costs(140.0, "Fiscal Impact Analysis, 2013", 21.0, "Fiscal Impact Analysis, 2013")


def test_the_fiscal_impact_analysis_of_2013_comes_out() -> None:
    # 91,560 added jail days are 2,616 detainers of 35 days more: 56 with a detainer, 21 without.
    assert 91_560 / 35 == 2_616
    made = cost_of_longer_stays(2_616, 56.0, RAMOS)
    assert made is not None
    assert made.dollars == 12_818_400
    assert made.words == "$12,818,400"
    assert [(line.label, line.words) for line in made.lines] == [
        ("Cases whose days in jail are known", "2,616"),
        ("Mean days in jail with a detainer", "56"),
        ("Mean days in jail without a detainer", "21 (Fiscal Impact Analysis, 2013)"),
        ("Days added", "91,560"),
        ("Cost of one day in jail", "$140 (Fiscal Impact Analysis, 2013)"),
    ]


def test_midnights_times_the_cost_of_a_day() -> None:
    made = cost_of_nights(450.0, Costs(per_day=113.5))
    assert made is not None
    assert made.dollars == 51_075
    assert [line.words for line in made.lines] == ["450", "$113.50"]
    assert made.note == ""


@pytest.mark.parametrize(("cases", "days"), [(None, 56.0), (2_616, None)])
def test_a_withheld_figure_withholds_the_cost(cases: int | None, days: float | None) -> None:
    longer, nights = cost_of_longer_stays(cases, days, RAMOS), cost_of_nights(None, RAMOS)
    for made in (longer, nights):
        assert made is not None
        assert made.dollars is None
        assert made.words == "withheld"
        assert "withheld" in {line.words for line in made.lines}
        assert made.note
        assert "Days added" not in {line.label for line in made.lines}


def test_what_the_user_did_not_give_leaves_the_method_out() -> None:
    assert cost_of_nights(450.0, Costs(days_without=21.0)) is None
    assert cost_of_longer_stays(100, 56.0, Costs(per_day=140.0)) is None
    assert cost_of_longer_stays(100, 56.0, Costs(days_without=21.0)) is None


def test_a_stay_that_is_no_longer_costs_nothing() -> None:
    made = cost_of_longer_stays(100, 20.0, RAMOS)
    assert made is not None
    assert made.dollars == 0
    assert "no longer" in made.note


def test_dollars() -> None:
    assert in_dollars(50_048.4) == "$50,048"
