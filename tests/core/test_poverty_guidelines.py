"""Which guideline holds, and what looks like a slip. Every figure here is invented."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from intake_app import paths
from intake_app.core.errors import BadAnswer
from intake_app.core.office_reference import PovertyGuideline
from intake_app.core.poverty_guidelines import (
    REGIONS,
    STALE_AFTER,
    doubts,
    in_force,
    is_stale,
    key_of,
    region_of,
    require_possible,
    yearly_amount,
)
from intake_app.core.vocabulary import State

TODAY = date(2026, 11, 22)
INVENTED = PovertyGuideline(
    effective_on=date(2026, 1, 15),
    region="48",
    first_person=Decimal(16_000),
    each_more=Decimal(5_600),
    source="INVENTED, vol. 0 p. 0",
    checked_on=TODAY,
    checked_by="A. Ruiz",
)
OLDER = replace(INVENTED, effective_on=date(2025, 1, 12), first_person=Decimal(15_700))


def test_every_state_has_its_region_and_territories_have_none() -> None:
    assert region_of("AK") == "AK"
    assert region_of("HI") == "HI"
    assert [state.value for state in State if region_of(state.value) is None] == ["GU", "PR", "VI"]
    assert region_of("DC") == region_of("FL") == "48"
    assert {region_of(state.value) for state in State} - {None} == set(REGIONS)


def test_the_guideline_in_force_on_the_day_of_the_intake_is_taken() -> None:
    both = (INVENTED, OLDER)
    assert in_force(both, "48", TODAY) is INVENTED
    assert in_force(both, "48", date(2026, 1, 15)) is INVENTED
    assert in_force(both, "48", date(2026, 1, 14)) is OLDER
    assert in_force(tuple(reversed(both)), "48", TODAY) is INVENTED
    assert in_force(both, "48", date(2025, 1, 11)) is None
    assert in_force(both, "AK", TODAY) is None


def test_a_guideline_of_more_than_fourteen_months_is_stale() -> None:
    assert not is_stale(INVENTED, date(2027, 3, 15))
    assert is_stale(INVENTED, date(2027, 3, 20))
    assert not is_stale(INVENTED, INVENTED.effective_on + STALE_AFTER)
    assert is_stale(INVENTED, INVENTED.effective_on + STALE_AFTER + timedelta(days=1))


def test_each_further_person_adds_the_same() -> None:
    assert yearly_amount(INVENTED, 1) == 16_000
    assert yearly_amount(INVENTED, 4) == 16_000 + 3 * 5_600
    with pytest.raises(ValueError, match="somebody"):
        yearly_amount(INVENTED, 0)


def test_what_can_not_be_a_guideline_is_refused() -> None:
    require_possible(INVENTED)
    for wrong in (
        replace(INVENTED, first_person=Decimal(0)),
        replace(INVENTED, each_more=Decimal(0)),
        replace(INVENTED, source=""),
        replace(INVENTED, region="PR"),
    ):
        with pytest.raises(BadAnswer):
            require_possible(wrong)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"first_person": Decimal(5_600), "each_more": Decimal(16_000)}, "swapped"),
        ({"effective_on": date(2027, 1, 15)}, "future"),
        ({"first_person": Decimal("1333.33"), "each_more": Decimal("466.67")}, "not a month’s"),
        ({"effective_on": OLDER.effective_on}, "saving replaces it"),
    ],
)
def test_a_slip_is_doubted(slip: dict[str, object], said: str) -> None:
    typed = replace(INVENTED, **slip)  # type: ignore[arg-type]  # fields of several types
    assert any(said in one for one in doubts(typed, (OLDER,), TODAY))


def test_a_good_one_is_not_doubted_nor_is_a_correction_of_it() -> None:
    assert doubts(INVENTED, (OLDER,), TODAY) == ()
    assert doubts(INVENTED, (), TODAY) == ()
    corrected = replace(INVENTED, each_more=Decimal(5_700))
    assert doubts(corrected, (INVENTED, OLDER), TODAY, replaces=key_of(INVENTED)) == ()
    assert doubts(corrected, (INVENTED, OLDER), TODAY)


def test_the_shipped_table_is_empty() -> None:
    """A figure that nobody at the office has checked must never ship."""
    folder = paths.resources() / "poverty"
    assert [file.name for file in folder.iterdir()] == ["guidelines.toml"]
    told = tomllib.loads((folder / "guidelines.toml").read_text("utf-8"))
    assert told["guideline"] == []
    assert "42 U.S.C. 9902(2)" in told["source"]
    assert not any(
        word.strip("$,.").replace(",", "").isdigit() and len(word) > 4
        for word in (folder / "guidelines.toml").read_text("utf-8").split()
    )
