"""From a case to its one row: the day, the numbers, and whatever the case may say."""

import dataclasses
import math
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.core.casefile import (
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Household,
    Person,
    Protection,
    Transfer,
)
from intake_app.core.fields import Compartment, Kind, Question, questions
from intake_app.core.partial_date import PartialDate
from intake_app.core.reports.catalogue import DIMENSIONS, dimensions_of, measures_of
from intake_app.core.reports.episodes import (
    EpisodeCase,
    Seen,
    counted_on,
    episode_facts,
    episode_rows,
)
from intake_app.core.reports.rows import Population
from intake_app.core.vocabulary import ReleasedTo, YesNo
from tests.conftest import NOW
from tests.county_jail import county, county_rows

MIAMI = ZoneInfo("America/New_York")
HAWAII = ZoneInfo("Pacific/Honolulu")
SEEN = Seen(NOW, NOW.date(), MIAMI.key)
ISSUED = Detainer(issued_on=PartialDate(2026, 11, 20))
NAN = math.nan


@pytest.mark.parametrize(
    ("detainers", "custody", "day"),
    [
        ([], Custody(booked_on=PartialDate(2026, 11, 20)), None),
        ([ISSUED], Custody(), date(2026, 11, 20)),
        ([ISSUED, Detainer(issued_on=PartialDate(2026, 11, 3))], Custody(), date(2026, 11, 3)),
        (
            [
                Detainer(
                    issued_on=PartialDate(2026, 11),
                    received_at=datetime(2026, 11, 19, 23, 30, tzinfo=HAWAII),
                )
            ],
            Custody(),
            date(2026, 11, 19),
        ),
        ([Detainer()], Custody(booked_on=PartialDate(2026, 11, 18)), date(2026, 11, 18)),
        (
            [Detainer()],
            Custody(
                booked_on=PartialDate(2026),
                arrested_at=datetime(2026, 11, 17, 23, 59, tzinfo=MIAMI),
            ),
            date(2026, 11, 17),
        ),
        ([Detainer()], Custody(booked_on=PartialDate(2026, 11)), None),
        ([Detainer(issued_on=PartialDate(2026))], Custody(), None),
    ],
)
def test_the_day_a_case_is_counted_by(
    detainers: list[Detainer], custody: Custody, day: date | None
) -> None:
    assert counted_on(detainers, custody) == day
    facts = episode_facts(EpisodeCase(detainers, custody), SEEN)
    assert (facts.day if facts else None) == day


def numbers(*detainers: Detainer, seen: Seen = SEEN, **custody: Any) -> Any:
    facts = episode_facts(EpisodeCase(detainers or (ISSUED,), Custody(**custody)), seen)
    assert facts is not None
    return facts.numbers


ARRESTED = datetime(2026, 11, 17, 23, 59, tzinfo=MIAMI)


@pytest.mark.parametrize(
    ("custody", "detainers", "days"),
    [
        ({"booked_on": PartialDate(2026, 11, 18)}, [ISSUED], 2),
        ({"booked_on": PartialDate(2026, 11, 20)}, [ISSUED], 0),
        ({"booked_on": PartialDate(2026, 11, 18), "arrested_at": ARRESTED}, [ISSUED], 2),
        ({"booked_on": PartialDate(2026, 11), "arrested_at": ARRESTED}, [ISSUED], 3),
        ({"booked_on": PartialDate(2026, 11, 21)}, [ISSUED], NAN),
        ({}, [ISSUED], NAN),
        ({"booked_on": PartialDate(2026, 11, 18)}, [Detainer()], NAN),
        # The first may be of any day of November.
        (
            {"booked_on": PartialDate(2026, 10, 30)},
            [ISSUED, Detainer(issued_on=PartialDate(2026, 11))],
            NAN,
        ),
    ],
)
def test_days_from_booking_to_the_detainer(
    custody: dict[str, Any], detainers: list[Detainer], days: float
) -> None:
    found = numbers(*detainers, **custody)["days_to_detainer"]
    assert found == pytest.approx(days, nan_ok=True)


LEFT = datetime(2026, 11, 21, 0, 30, tzinfo=MIAMI)


def test_days_in_jail() -> None:
    booked: dict[str, Any] = {"booked_on": PartialDate(2026, 11, 18)}
    assert numbers(**booked, released_at=LEFT)["days_in_jail"] == 3
    # In the zone of the jail it was still the day before.
    utc: dict[str, Any] = {"released_at": LEFT.astimezone(UTC) - timedelta(hours=1)}
    assert numbers(**booked, **utc)["days_in_jail"] == 2
    for unknown in (
        booked,
        {"released_at": LEFT},
        {**booked, "released_at": LEFT, "released_to": ReleasedTo.STILL_HELD},
        {**booked, "released_at": NOW + timedelta(hours=1)},
        {"booked_on": PartialDate(2026, 11, 22), "released_at": LEFT},
    ):
        assert math.isnan(numbers(**unknown)["days_in_jail"])


def test_a_transfer_on_file_says_that_there_was_one() -> None:
    for transfers, word in (([], "no"), ([Transfer()], "yes")):
        facts = episode_facts(EpisodeCase([ISSUED], transfers=transfers), SEEN)
        assert facts is not None
        assert facts.words["transferred"] == word


def test_a_row_for_each_case_that_can_be_counted() -> None:
    cases = [
        (7, EpisodeCase([ISSUED])),
        (8, EpisodeCase([])),
        (3, EpisodeCase([ISSUED], household=Household(children=2))),
    ]
    dated = episode_rows(iter(cases), SEEN)
    assert dated.keys == (7, 3)
    assert dated.days == (date(2026, 11, 20),) * 2
    assert np.isnan(dated.rows.numbers["minor_children"][0])
    assert dated.rows.numbers["minor_children"][1] == 2
    assert episode_rows([], SEEN).rows.size == 0


def answers_to(asked: Question) -> st.SearchStrategy[Any]:
    whole = st.dates(date(1890, 1, 1), date(2110, 1, 1))
    vocabulary = list(asked.vocabulary or [])
    match asked.kind:
        case Kind.CHOICE:
            found: st.SearchStrategy[Any] = st.sampled_from(vocabulary)
        case Kind.CHOICES:
            found = st.lists(st.sampled_from(vocabulary), max_size=3).map(tuple)
        case Kind.DATE:
            found = whole
        case Kind.PARTIAL_DATE:
            found = st.one_of(
                whole.map(PartialDate.of),
                whole.map(lambda day: PartialDate(day.year, day.month)),
                whole.map(lambda day: PartialDate(day.year)),
            )
        case Kind.TIME:
            near = st.integers(-100_000, 100_000).map(
                lambda minutes: (NOW + timedelta(minutes=minutes)).astimezone(MIAMI)
            )
            far = whole.map(lambda day: datetime(day.year, 3, 8, 1, 30, tzinfo=MIAMI, fold=1))
            found = st.one_of(near, near, far)
        case Kind.NUMBER | Kind.MONEY:
            found = st.integers(-2, 400)
        case _:
            found = st.one_of(st.text(max_size=12), st.sampled_from(["ICE", "Broward County"]))
    return st.one_of(st.none(), found)


def records(cls: Any) -> st.SearchStrategy[Any]:
    open_ones = {
        asked.name: answers_to(asked)
        for asked in questions(cls)
        if Compartment.IDENTITY.value.isdisjoint(asked.keep.value)
    }
    return st.fixed_dictionaries(open_ones).map(lambda answers: cls(**answers))


CASES = st.builds(
    EpisodeCase,
    detainers=st.lists(records(Detainer), min_size=1, max_size=3),
    custody=records(Custody),
    charges=st.lists(records(Charge), max_size=3),
    transfers=st.lists(records(Transfer), max_size=1),
    person=records(Person),
    household=records(Household),
    dependents=st.lists(records(Dependent), max_size=3),
    protection=records(Protection),
    consents=st.lists(records(Consent), max_size=2),
)


@settings(max_examples=120)
@given(CASES)
def test_whatever_a_case_says_every_dimension_has_one_of_its_words(case: EpisodeCase) -> None:
    facts = episode_facts(case, SEEN)
    if facts is None:
        return
    assert set(facts.words) == {each.id for each in dimensions_of(Population.EPISODES)}
    assert set(facts.numbers) == {each.id for each in measures_of(Population.EPISODES)}
    for name, word in facts.words.items():
        words = DIMENSIONS[name].words
        assert word in words if words else 1 < len(word) <= 40
    for value in facts.numbers.values():
        assert math.isnan(value) or value >= 0
    assert episode_rows([(1, case)], SEEN).rows.size == 1
    # The two readings can't fall apart the wrong way round.
    assert not (facts.words["past_48_rule"] == "yes" and facts.words["past_48_plain"] == "no")
    hours, past = facts.numbers["hours_held"], facts.words["past_48_plain"]
    if not math.isnan(hours) and past != "unknown" and hours > 0:
        assert (hours > 48) == (past == "yes") or case.custody.facility_state == "NC"


@settings(max_examples=40)
@given(CASES)
def test_nobody_is_told_to_be_a_victim_who_did_not_agree(case: EpisodeCase) -> None:
    silent = dataclasses.replace(
        case, protection=dataclasses.replace(case.protection, consent_reporting=YesNo.NO)
    )
    facts = episode_facts(silent, SEEN)
    assert facts is None or facts.words["victim"] == "no"


@county
def test_the_county_file() -> None:
    dated = county_rows()
    assert dated.rows.size == len(set(dated.keys)) == 9_490
    assert (min(dated.days).year, max(dated.days).year) == (1991, 2016)
    columns = dated.rows.columns

    def counted(name: str) -> Counter[str]:
        codes = columns[name].codes.tolist()
        return Counter(columns[name].words[code] for code in codes)

    # 7,928 detainers ended with ICE; some bookings had two of them.
    assert counted("detainer_outcome")["taken"] == counted("picked_up")["ice"] == 7_907
    assert counted("charge_level")["felony"] == 2_190
    assert counted("outcome")["dismissed"] == 549
    assert counted("victim") == {"no": 9_490}
    assert set(counted("past_48_plain")) == {"unknown"}
    assert all(np.isnan(values).all() for values in dated.rows.numbers.values())
