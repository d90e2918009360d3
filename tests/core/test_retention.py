"""What is due, what waits and what is left alone, day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import AppError
from intake_app.core.purge_parts import with_all
from intake_app.core.retention import (
    Due,
    Rule,
    Standing,
    Waits,
    decide,
    months_after,
    months_told,
    require_right_clock,
)
from intake_app.core.vocabulary import CaseStatus, PurgePart

NARRATIVE, IDENTITY, WHOLE = PurgePart.NARRATIVE, PurgePart.IDENTITY, PurgePart.WHOLE
RULES = (Rule(1, NARRATIVE, 12), Rule(2, IDENTITY, 84))
CLOSED = Standing(
    case_id=7,
    number="2020-0007",
    status=CaseStatus.CLOSED,
    closed_on=date(2020, 1, 31),
    keep_until=None,
    then=(),
    detainer=False,
    to_dos=0,
    destroyed={},
)


def due_on(case: Standing, day: date, *rules: Rule) -> tuple[PurgePart, ...]:
    found = decide(case, rules or RULES, day)
    assert found is None or isinstance(found, Due)
    return found.parts if found else ()


def test_each_part_is_due_on_its_day_and_the_wider_one_takes_the_narrower_along() -> None:
    assert due_on(CLOSED, date(2021, 1, 30)) == ()
    assert due_on(CLOSED, date(2021, 1, 31)) == (NARRATIVE,)
    assert due_on(CLOSED, date(2027, 1, 31)) == (IDENTITY,)
    found = decide(CLOSED, RULES, date(2021, 1, 31))
    assert isinstance(found, Due)
    assert found.why == "rule “Narrative, 1 year after closing”"


def test_without_rules_and_dates_nothing_is_ever_due() -> None:
    assert decide(CLOSED, (), date(2999, 1, 1)) is None


def test_the_case_s_own_date_goes_before_the_rules() -> None:
    own = replace(CLOSED, keep_until=date(2030, 5, 5), then=(WHOLE,))
    assert due_on(own, date(2030, 5, 5)) == ()  # kept until the end of that day
    assert due_on(own, date(2030, 5, 6)) == (WHOLE,)
    assert due_on(replace(own, then=()), date(2030, 5, 5)) == ()
    assert due_on(replace(own, then=()), date(2030, 5, 6)) == (IDENTITY,)
    early = replace(CLOSED, keep_until=date(2020, 2, 2), then=(NARRATIVE,))
    assert due_on(early, date(2040, 1, 1)) == (NARRATIVE,)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": CaseStatus.OPEN}, "it is still open"),
        ({"status": None}, "it is still open"),
        ({"detainer": True}, "a detainer still stands"),
        ({"to_dos": 1}, "a to-do is open"),
        ({"to_dos": 3}, "3 to-dos are open"),
    ],
)
def test_what_is_held_back_waits_with_its_reason(change: dict[str, object], why: str) -> None:
    case = replace(CLOSED, **change)  # type: ignore[arg-type]  # what each case changes
    assert decide(case, RULES, date(2040, 1, 1)) == Waits(7, "2020-0007", why)
    assert decide(case, RULES, date(2020, 3, 1)) is None
    own = replace(case, keep_until=date(2021, 1, 1), then=(WHOLE,))
    assert decide(own, (), date(2040, 1, 1)) == Waits(7, "2020-0007", why)


def test_a_closed_case_without_a_day_is_told() -> None:
    case = replace(CLOSED, closed_on=None)
    assert decide(case, RULES, date(2040, 1, 1)) == Waits(7, "2020-0007", "it has no closing date")
    assert decide(case, (), date(2040, 1, 1)) is None


def test_what_is_gone_is_not_due_again_unless_it_was_closed_anew_since() -> None:
    day = date(2027, 2, 1)
    assert due_on(replace(CLOSED, destroyed={IDENTITY: day}), day) == ()
    assert due_on(replace(CLOSED, destroyed={WHOLE: date(2020, 2, 2)}), day) == ()
    # The narrative went in 2021; the names are due in 2027 all the same.
    assert due_on(replace(CLOSED, destroyed={NARRATIVE: date(2021, 2, 1)}), day) == (IDENTITY,)
    again = replace(CLOSED, closed_on=date(2025, 1, 1), destroyed={NARRATIVE: date(2021, 2, 1)})
    assert due_on(again, day) == (NARRATIVE,)


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.integers(0, 1_200),
    st.sampled_from([*CaseStatus, None]),
    st.booleans(),
    st.integers(0, 2),
    st.dates(date(1950, 1, 1), date(2200, 1, 1)),
)
def test_nothing_open_is_ever_due(
    closed: date, months: int, status: CaseStatus | None, detainer: bool, to_dos: int, today: date
) -> None:
    case = replace(CLOSED, closed_on=closed, status=status, detainer=detainer, to_dos=to_dos)
    found = decide(case, (Rule(1, WHOLE, months),), today)
    over = status in (CaseStatus.CLOSED, CaseStatus.REJECTED)
    free = over and not detainer and not to_dos
    assert isinstance(found, Due) == (free and months_after(closed, months) <= today)


def test_months_are_counted_as_people_count_them() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert months_after(date(2026, 11, 30), 84) == date(2033, 11, 30)
    assert months_after(date(9000, 1, 1), 1_200_000) == date.max
    told = [months_told(n) for n in (1, 2, 12, 18, 84)]
    assert told == ["1 month", "2 months", "1 year", "18 months", "7 years"]


def test_a_clock_that_can_not_be_right_is_refused() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    require_right_clock(now, None, None)
    require_right_clock(now, now - timedelta(days=45), now)
    with pytest.raises(AppError, match="46 days past"):
        require_right_clock(now, now - timedelta(days=46), now)
    with pytest.raises(AppError, match="later than this computer"):
        require_right_clock(now, None, now + timedelta(hours=2))


def test_the_whole_holds_everything_and_identity_the_texts_and_papers() -> None:
    assert with_all((WHOLE,)) == set(PurgePart)
    assert with_all((IDENTITY,)) == set(PurgePart) - {WHOLE}
    assert with_all((NARRATIVE,)) == {NARRATIVE}
    assert with_all(()) == set()
