"""Sentences about answers that can hardly be true; nothing that may be true is called wrong."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.case_checks import HAPPENED, ORDER, ZONES, When, check_findings
from intake_app.core.casefile import (
    Charge,
    Consent,
    Contact,
    Custody,
    Detainer,
    Immigration,
    Intake,
    Person,
    Phone,
    Transfer,
)
from intake_app.core.fields import Kind, question, questions, title_of
from intake_app.core.findings import Finding, Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    ReleasedTo,
    State,
    YesNo,
    Zone,
)
from tests.cases import HERE, case_of

NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
MIAMI = ZoneInfo("America/New_York")


def found(*records: Any) -> list[Finding]:
    return list(check_findings(case_of(*records), HERE))


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=MIAMI)  # type: ignore[misc, arg-type]  # year to minute


def test_an_ordinary_case_is_left_in_peace() -> None:
    assert not found(
        Intake(opened_on=date(2026, 11, 20)),
        Person(born=PartialDate(1987), a_number="A012-345-678", ssn_last4="0000"),
        Contact(email="a@mail.example"),
        Phone(number="(305) 555-0142 ext. 7"),
        Custody(
            arrested_at=at(2026, 11, 18, 23, 40),
            booked_on=PartialDate(2026, 11, 19),
            facility="Metro West",
            facility_state=State.FL,
            facility_zone=Zone.EASTERN,
            in_custody=YesNo.YES,
            bail_posted_at=at(2026, 11, 20, 9, 10),
            release_due_at=at(2026, 11, 25, 9, 0),
        ),
        Charge(outcome=ChargeOutcome.PLEA, sentence_days=10, suspended_days=10, max_months=2),
        Detainer(form=DetainerForm.I247A, issued_on=PartialDate(2017, 4, 2)),
        Consent(signed_on=date(2026, 11, 20), expires_on=date(2026, 12, 20)),
    )


@pytest.mark.parametrize(
    ("cls", "name"),
    [(cls, name) for cls, names in HAPPENED.items() for name in names],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_what_has_happened_does_not_lie_in_the_future(cls: type, name: str) -> None:
    kind = question(cls, name).kind
    later = NOW + timedelta(days=3)
    values: dict[Kind, Any] = {
        Kind.TIME: later.astimezone(MIAMI),
        Kind.DATE: later.date(),
        Kind.PARTIAL_DATE: PartialDate.of(later.date()),
    }
    said = [one for one in found(cls(**{name: values[kind]})) if one.field == name]
    assert [one.weight for one in said] == [Weight.WARN]
    assert "in the future" in said[0].words
    assert said[0].record is cls
    assert said[0].entry_id == (1 if title_of(cls).many else None)
    # A month that has begun may be meant, and today is not the future anywhere.
    month = {Kind.PARTIAL_DATE: PartialDate(2026, 11), Kind.DATE: NOW.date()}
    value = month.get(kind, NOW.astimezone(MIAMI))
    assert not [one for one in found(cls(**{name: value})) if "future" in one.words]


@pytest.mark.parametrize(
    ("cls", "name", "after"),
    [(cls, *pair) for cls, pairs in ORDER.items() for pair in pairs],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_what_comes_after_is_not_before(cls: type, name: str, after: str) -> None:
    def on(field: str, day: date) -> Any:
        match question(cls, field).kind:
            case Kind.TIME:
                return datetime(day.year, day.month, day.day, 12, tzinfo=MIAMI)
            case Kind.PARTIAL_DATE:
                return PartialDate.of(day)
            case _:
                return day

    early, late = date(2026, 3, 2), date(2026, 3, 5)
    wrong = found(cls(**{name: on(name, late), after: on(after, early)}))
    said = [one for one in wrong if one.field == after and "is before" in one.words]
    assert len(said) == 1
    assert question(cls, name).label in said[0].words
    for one, two in ((early, late), (early, early)):
        right = found(cls(**{name: on(name, one), after: on(after, two)}))
        assert not [one for one in right if "is before" in one.words]


def test_every_date_of_a_case_is_thought_about() -> None:
    """A new question with a date is checked, or listed here with the reason it can't be."""
    free = {
        "release_due_at",  # may be to come
        "release_due_on",
        "outcome_on",  # a plea hearing may be set
        "arraigned_on",
        "expires_on",  # to come by its nature
        "recheck_by",
        "order_expires",
        "next_hearing",
        "next_court_at",
        "due_on",
        "retention_until",
    }
    from intake_app.core.casefile import RECORDS

    dates = {
        one.name
        for cls in RECORDS
        for one in questions(cls)
        if one.kind in (Kind.TIME, Kind.DATE, Kind.PARTIAL_DATE)
        and one.name not in HAPPENED.get(cls, ())
    }
    assert dates == free


days = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@given(days, days)
def test_a_part_of_a_date_is_wrong_only_where_every_day_of_it_is(one: date, two: date) -> None:
    whole = When.of(two).surely_before(When.of(one))
    assert whole == (two < one)
    for part in (PartialDate(one.year), PartialDate(one.year, one.month)):
        if When.of(two).surely_before(When.of(part)):
            assert two < part.first
        if two >= part.first:
            assert not When.of(two).surely_before(When.of(part))


@pytest.mark.parametrize(
    ("records", "field", "words"),
    [
        ([Person(a_number="A1234567")], "a_number", "8 or 9 digits; this has 7"),
        ([Person(a_number="A1234567890")], "a_number", "this has 10"),
        ([Person(ssn_last4="078-05-1120")], "ssn_last4", "last 4 digits"),
        ([Person(born=PartialDate(1890, 1, 1))], "born", "The year 1890"),
        ([Person(born=PartialDate(1905))], "born", "That would be 120 years"),
        ([Phone(number="555-0142")], "number", "10 digits"),
        ([Contact(email="nobody at home")], "email", "has an @"),
        (
            [Custody(in_custody=YesNo.YES, released_to=ReleasedTo.COMMUNITY)],
            "in_custody",
            "released or taken",
        ),
        (
            [Custody(in_custody=YesNo.YES, released_at=at(2026, 11, 21, 8, 0))],
            "in_custody",
            "released or taken",
        ),
        (
            [Custody(in_custody=YesNo.NO, released_to=ReleasedTo.STILL_HELD)],
            "released_to",
            "says no",
        ),
        ([Custody(bail_refused=YesNo.YES)], "bail_posted_at", "The 48 hours run from then"),
        (
            [
                Custody(
                    release_due_at=at(2026, 11, 20, 9, 0),
                    release_due_on=PartialDate(2026, 11, 21),
                )
            ],
            "release_due_on",
            "on another day",
        ),
        (
            [Custody(facility_state=State.FL, facility_zone=Zone.PACIFIC)],
            "facility_zone",
            "Florida does not keep Pacific time",
        ),
        (
            [Custody(facility="Metro West", facility_state=State.FL)],
            "facility_zone",
            "the office’s own time",
        ),
        (
            [Charge(outcome=ChargeOutcome.PENDING, outcome_on=PartialDate(2026, 12, 1))],
            "outcome_on",
            "make it a to-do",
        ),
        ([Charge(outcome=ChargeOutcome.NOLLE, sentence_days=30)], "sentence_days", "No sentence"),
        ([Charge(sentence_days=10, suspended_days=11)], "suspended_days", "More days"),
        ([Charge(sentence_days=400, max_months=12)], "max_months", "longer than this"),
        (
            [Detainer(form=DetainerForm.I247A, issued_on=PartialDate(2017, 4, 1))],
            "issued_on",
            "no Form I-247A on that day",
        ),
        (
            [Person(born=PartialDate(1990, 5, 1)), Immigration(first_entry=PartialDate(1989))],
            "first_entry",
            "before the person was born",
        ),
        (
            [
                Custody(arrested_at=at(2026, 11, 18, 9, 0)),
                Transfer(moved_at=at(2026, 11, 17, 9, 0)),
            ],
            "moved_at",
            "before the arrest",
        ),
        (
            [
                Custody(arrested_at=at(2026, 11, 1, 9, 0), released_at=at(2026, 11, 5, 9, 0)),
                Detainer(received_at=at(2026, 11, 6, 9, 0)),
            ],
            "received_at",
            "had left by then",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_sentence_stands_beside_its_question(records: list[Any], field: str, words: str) -> None:
    said = [one for one in found(*records) if one.field == field]
    assert len(said) == 1, said
    assert words in said[0].words


def test_a_minor_is_told_at_once() -> None:
    (said,) = found(Person(born=PartialDate(2009, 11, 23)))
    assert said.weight is Weight.ALARM
    assert "16 years old" in said.words
    assert not found(Person(born=PartialDate(2008, 11, 22)))
    # Somebody born in that year may be of age.
    assert not found(Person(born=PartialDate(2008)))


def test_every_state_keeps_some_time() -> None:
    kept = {state for states in ZONES.values() for state in states.split()}
    assert kept == {state.value for state in State}
    assert set(ZONES) == set(Zone)


def test_no_sentence_repeats_a_name_or_a_number() -> None:
    secret = "A7654321"
    for one in found(Person(a_number=secret, ssn_last4="9876543"), Phone(number="12-34")):
        for text in (secret, "7654321", "9876543", "12-34"):
            assert text not in one.words + one.why
