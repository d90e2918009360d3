"""The timeline of a case: what happened in order, and when time runs out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Charge, Custody, Detainer, Transfer
from intake_app.core.custody_story import CustodyStory, Mark, custody_story
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    DetainerStatus,
    LiftReason,
    ReleaseBasis,
    ReleasedTo,
    State,
    YesNo,
    Zone,
)

MIAMI = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MIAMI)


def case(*records: Any) -> CaseFile:
    entries: dict[type, tuple[Entry[Any], ...]] = {}
    for number, record in enumerate(records, start=1):
        kept = entries.get(type(record), ())
        entries[type(record)] = (*kept, Entry(number, record))
    return CaseFile(1, "2026-0001", entries)


def story(*records: Any, now: datetime = NOW, days: frozenset[date] = frozenset()) -> CustodyStory:
    return custody_story(case(*records), MIAMI.key, now, days)


def lines(told: CustodyStory) -> list[str]:
    return [f"{moment.when}: {moment.words}" for moment in told.moments]


MARIE = (
    Custody(
        arrested_at=at(18, 23, 40),
        arresting_agency="Miami-Dade PD",
        booked_on=PartialDate(2026, 11, 18),
        fingerprinted_at=at(19, 1, 15),
        facility_state=State.FL,
        bail_set=Decimal("2500"),
        bail_posted_at=at(20, 8),
        bail_refused=YesNo.YES,
        bail_refused_at=at(20, 8, 30),
        release_due_at=at(20, 9, 10),
        release_basis=ReleaseBasis.NO_CHARGES,
    ),
    Charge(outcome=ChargeOutcome.DISMISSED, outcome_on=PartialDate(2026, 11, 20)),
    Charge(outcome=ChargeOutcome.NOLLE, outcome_on=PartialDate(2026, 11, 20)),
    Charge(outcome=ChargeOutcome.PENDING, outcome_on=PartialDate(2026, 11, 21)),
    Detainer(
        form=DetainerForm.I247A, received_at=at(19, 14), served=YesNo.YES, served_at=at(19, 15)
    ),
    Transfer(moved_at=at(21, 6, 30), facility="Metro West"),
)


def test_everything_known_in_order() -> None:
    told = story(*MARIE)
    assert lines(told) == [
        "Wed 18 Nov 23:40: arrested · Miami-Dade PD",
        "Wed 18 Nov: booked",
        "Thu 19 Nov 01:15: fingerprints taken",
        "Thu 19 Nov 14:00: detainer lodged (I-247A)",
        "Thu 19 Nov 15:00: detainer served on the person",
        "Fri 20 Nov: 2 charges ended: dismissed, nolle prosequi or declined",
        "Fri 20 Nov 08:00: bail posted or tendered · $2,500",
        "Fri 20 Nov 08:30: bail refused because of the detainer",
        "Fri 20 Nov 09:10: no charges filed: release due",
        "Sat 21 Nov 06:30: moved to Metro West",
        "Sun 22 Nov 09:10 EST: form limit passed",
        "Tue 24 Nov 09:10 EST: regulation limit",
    ]
    marks = [moment.mark for moment in told.moments]
    assert marks == [Mark.DONE] * 10 + [Mark.PASSED, Mark.AHEAD]
    assert told.standing
    assert told.reading is not None


def test_each_limit_names_its_source_and_a_transfer_says_it_is_an_argument() -> None:
    told = {moment.words: moment for moment in story(*MARIE).moments}
    assert told["form limit passed"].source.startswith("Plain 48 hours: Form I-247A")
    assert "8 C.F.R. § 287.7(d)" in told["regulation limit"].source
    assert "starts no new 48 hours" in told["moved to Metro West"].source
    assert not any("287.7" in note for note in story(*MARIE).notes)


def test_the_offices_holidays_move_the_regulations_limit() -> None:
    told = story(*MARIE, days=frozenset({date(2026, 11, 23)}))
    assert lines(told)[-1] == "Wed 25 Nov 09:10 EST: regulation limit"


def test_a_limit_passes_with_the_clock() -> None:
    after = story(*MARIE, now=at(24, 9, 11))
    assert lines(after)[-1] == "Tue 24 Nov 09:10 EST: regulation limit passed"
    assert after.moments[-1].mark is Mark.PASSED


def test_a_limit_that_was_not_reached_never_comes_and_one_that_was_stays() -> None:
    """Released on Sunday at noon: the form's limit had passed, the regulation's had not."""
    released = Custody(
        facility_state=State.FL,
        release_due_at=at(20, 9, 10),
        released_at=at(22, 11),
        released_to=ReleasedTo.ICE,
    )
    told = story(released, Detainer(form=DetainerForm.I247A))
    assert lines(told) == [
        "Fri 20 Nov 09:10: release due",
        "Sun 22 Nov 09:10 EST: form limit passed",
        "Sun 22 Nov 11:00: went to: ICE",
    ]


def test_where_only_the_day_is_known_the_earliest_limit_is_no_accusation() -> None:
    due = Custody(facility_state=State.FL, release_due_on=PartialDate(2026, 11, 20))
    told = story(due, Detainer(form=DetainerForm.I247A))
    assert lines(told) == [
        "Fri 20 Nov: release due",
        "Sun 22 Nov 00:00 EST: form limit, at the earliest",
        "Mon 23 Nov 00:00 EST: form limit",
        "Tue 24 Nov 00:00 EST: regulation limit, at the earliest",
        "Wed 25 Nov 00:00 EST: regulation limit",
    ]
    assert [one.mark for one in told.moments] == [Mark.DONE, Mark.DONE, *([Mark.AHEAD] * 3)]


def test_a_form_that_leaves_out_weekends_itself_is_not_said_to_have_a_48_hour_limit() -> None:
    old = Detainer(form=DetainerForm.I247, edition=PartialDate(2011, 12))
    told = story(MARIE[0], old)
    assert "Sun 22 Nov 09:10 EST: plain 48 hours passed" in lines(told)


def test_a_form_that_asks_for_no_hold_has_no_limits_and_says_so() -> None:
    told = story(MARIE[0], Detainer(form=DetainerForm.I247G))
    assert not any("limit" in line for line in lines(told))
    assert any("no hold" in note for note in told.notes)


def test_a_detainer_that_ended_has_no_limits() -> None:
    ended = Detainer(
        form=DetainerForm.I247A,
        status=DetainerStatus.CANCELLED,
        issued_on=PartialDate(2026, 11, 17),
        ended_on=PartialDate(2026, 11, 21),
        lift_reason=LiftReason.LIFTED,
    )
    told = story(MARIE[0], ended)
    assert not told.standing
    assert told.reading is None
    assert "Tue 17 Nov: detainer issued (I-247A)" in lines(told)
    assert lines(told)[-1] == "Sat 21 Nov: detainer cancelled · lifted"
    assert not any("limit" in line for line in lines(told))


def test_a_second_detainer_starts_no_second_clock() -> None:
    told = story(*MARIE, Detainer(form=DetainerForm.I247A, received_at=at(21, 9)))
    assert sum("limit" in line for line in lines(told)) == 2


def test_a_case_with_a_year_that_cant_be_right_still_tells_its_story() -> None:
    told = story(Custody(release_due_at=at(20, 9).replace(year=2206)), Detainer())
    assert told.standing
    assert told.reading is None
    assert lines(told) == ["Thu 20 Nov 2206 09:00: release due"]
    assert told.moments[0].mark is Mark.AHEAD


def test_times_are_told_on_the_facilitys_clock() -> None:
    there = Custody(facility_zone=Zone.PACIFIC, arrested_at=at(18, 23, 40))
    assert lines(story(there)) == ["Wed 18 Nov 20:40: arrested"]


def test_nothing_known_is_nothing_told() -> None:
    told = story()
    assert told.moments == ()
    assert not told.standing
    assert told.notes == ()


TIMES = st.none() | st.integers(0, 30 * 24 * 60).map(
    lambda minutes: datetime(2026, 11, 10, tzinfo=MIAMI) + timedelta(minutes=minutes)
)
DAYS = st.none() | st.dates(date(2026, 11, 10), date(2026, 12, 10)).map(PartialDate.of)


@given(TIMES, DAYS, TIMES, TIMES, DAYS, TIMES, st.sampled_from([*DetainerForm, None]), TIMES)
def test_it_is_always_in_order_of_days_and_red_means_over(
    arrested: datetime | None,
    booked: PartialDate | None,
    due: datetime | None,
    released: datetime | None,
    due_on: PartialDate | None,
    other: datetime | None,
    form: DetainerForm | None,
    now: datetime | None,
) -> None:
    now = now or NOW
    told = story(
        Custody(
            arrested_at=arrested,
            booked_on=booked,
            release_due_at=due,
            release_due_on=due_on,
            released_at=released,
            other_hold_at=other,
        ),
        Detainer(form=form),
        now=now,
    )
    days = [moment.at.astimezone(MIAMI).date() for moment in told.moments]
    assert days == sorted(days)
    for moment in told.moments:
        if moment.mark is Mark.PASSED:
            assert moment.at < now
            assert moment.words.endswith("passed")
            assert moment.source
        if moment.mark is Mark.AHEAD:
            assert moment.at > now - timedelta(seconds=1)
