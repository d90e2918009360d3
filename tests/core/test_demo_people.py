"""The invented people of the demonstration office: the same each time, lifelike, nobody real."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from intake_app import paths
from intake_app.core.answers import from_stored, to_stored
from intake_app.core.casefile import (
    RECORDS,
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Intake,
    OtherName,
    Person,
    Phone,
    Protection,
)
from intake_app.core.custody_clock import ClockState, read_clock
from intake_app.core.demo_material import Material, read_material
from intake_app.core.demo_people import DemoCase, demo_cases
from intake_app.core.fields import Compartment, Kind, questions
from intake_app.core.vocabulary import (
    CaseStatus,
    ChargeLevel,
    ChargeOutcome,
    CitizenClaim,
    DetainerAsks,
    DetainerForm,
    DetainerStatus,
    WarrantAttached,
    YesNo,
)

R = TypeVar("R")

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 12, 11, tzinfo=NEW_YORK)
COUNT = 300


@pytest.fixture(scope="module", name="material")
def _material() -> Material:
    folder = paths.db_folder() / "demo"
    return read_material(
        {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    )


@pytest.fixture(scope="module", name="cases")
def _cases(material: Material) -> list[DemoCase]:
    return list(demo_cases(material, COUNT, 1, NOW))


def every(cases: list[DemoCase], cls: type[R]) -> list[R]:
    return [record for case in cases for record in case.records[cls]]


def one(case: DemoCase, cls: type[R]) -> R:
    kept: tuple[R, ...] = case.records[cls]
    return kept[0] if kept else cls()


def answers(cases: list[DemoCase]) -> Iterator[tuple[type, Any, Any]]:
    for case in cases:
        for cls, records in case.records.items():
            for record in records:
                for asked in questions(cls):
                    value = getattr(record, asked.name)
                    if value is not None:
                        yield cls, asked, value


def states_of(case: DemoCase, now: datetime) -> list[ClockState]:
    custody = one(case, Custody)
    if one(case, Intake).status in (CaseStatus.CLOSED, CaseStatus.REJECTED):
        return []
    known = custody.release_due_on
    return [
        read_clock(
            form=detainer.form or DetainerForm.UNKNOWN,
            edition=None,
            state=custody.facility_state,
            zone=custody.facility_zone or "America/New_York",
            release_due=custody.release_due_at or (known.first if known else None),
            received=detainer.received_at,
            served=None,
            stopped_at=custody.other_hold_at,
            ended_at=custody.released_at,
            now=now,
        ).state
        for detainer in case.records[Detainer]
        if detainer.status in (None, DetainerStatus.ACTIVE)
    ]


def test_the_same_seed_gives_the_same_people_and_another_seed_others(
    material: Material, cases: list[DemoCase]
) -> None:
    assert list(demo_cases(material, COUNT, 1, NOW)) == cases
    others = list(demo_cases(material, COUNT, 2, NOW))
    assert len(others) == COUNT
    same = sum(one(a, Person) == one(b, Person) for a, b in zip(cases, others, strict=True))
    assert same < COUNT / 10


def test_a_case_is_made_only_when_it_is_asked_for(material: Material) -> None:
    first = list(islice(demo_cases(material, 50_000_000, 1, NOW), 40))
    assert len(first) == 40


@pytest.mark.parametrize("count", [0, 1, 7, 15, 16, 17])
def test_a_small_office_has_as_many_cases_as_asked(material: Material, count: int) -> None:
    assert len(list(demo_cases(material, count, 3, NOW))) == count


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 11, 23, 8, 0, tzinfo=NEW_YORK),
        datetime(2026, 11, 24, 18, 0, tzinfo=NEW_YORK),
        datetime(2026, 11, 28, 9, 30, tzinfo=ZoneInfo("America/Los_Angeles")),
    ],
)
def test_every_state_of_the_clock_occurs(material: Material, now: datetime) -> None:
    made = demo_cases(material, COUNT, 1, now)
    found = Counter(state for case in made for state in states_of(case, now))
    assert set(found) == set(ClockState)


def test_on_a_thursday_only_the_state_that_no_thursday_has_is_missing(material: Material) -> None:
    """48 hours back from a Thursday lie no weekend and no holiday: both readings end together."""
    now = datetime(2026, 10, 22, 12, 0, tzinfo=NEW_YORK)
    made = demo_cases(material, COUNT, 1, now)
    found = {state for case in made for state in states_of(case, now)}
    assert found == set(ClockState) - {ClockState.PLAIN_PAST_REG_RUNNING}


def test_every_compartment_kind_and_record_has_answers(cases: list[DemoCase]) -> None:
    found = list(answers(cases))
    assert {asked.keep for _, asked, _ in found} == set(Compartment)
    assert {asked.kind for _, asked, _ in found} == set(Kind)
    assert {cls for cls, _, _ in found} == set(RECORDS)


def test_every_answer_can_be_kept_and_read_back(cases: list[DemoCase]) -> None:
    for _, asked, value in answers(cases):
        assert from_stored(asked, to_stored(asked, value)) == value, asked.name


def test_answers_are_missing_everywhere(cases: list[DemoCase]) -> None:
    """No question is answered in every case, apart from what starts a case."""
    always = {"opened_on", "status"}
    for cls in RECORDS:
        for asked in questions(cls):
            if asked.name in always:
                continue
            full = all(
                case.records[cls]
                and all(getattr(r, asked.name) is not None for r in case.records[cls])
                for case in cases
            )
            assert not full, asked.name


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_each_promised_state_has_a_case_ready_for_a_letter(material: Material, seed: int) -> None:
    ready = set()
    for case in demo_cases(material, 15, seed, NOW):
        person, custody = one(case, Person), one(case, Custody)
        pending = any(
            charge.outcome is ChargeOutcome.PENDING and charge.charge_text
            for charge in case.records[Charge]
        )
        holding = any(
            detainer.form is DetainerForm.I247A
            and detainer.status is DetainerStatus.ACTIVE
            and DetainerAsks.HOLD in (detainer.asks or ())
            and detainer.warrant is not WarrantAttached.JUDICIAL
            for detainer in case.records[Detainer]
        )
        release = custody.release_expected or custody.release_due_at
        if (
            person.surname
            and person.given
            and person.booking_number
            and custody.facility
            and custody.facility_address
            and custody.in_custody is YesNo.YES
            and release
            and pending
            and holding
        ):
            ready.add(custody.facility_state)
    assert ready >= {"PA", "CA", "NY", "IL", "TX", "FL", "OH"}


def test_nobody_can_be_reached_or_mistaken(material: Material, cases: list[DemoCase]) -> None:
    for phone in every(cases, Phone):
        assert re.fullmatch(r"\(\d{3}\) 555-01\d\d", phone.number or "")
    for person in every(cases, Person):
        assert person.a_number is None or re.fullmatch(r"A000\d{5}", person.a_number)
    jails = {jail.name for state in material.jails.values() for jail in state}
    assert {c.facility for c in every(cases, Custody) if c.facility} <= jails
    for _, asked, value in answers(cases):
        if isinstance(value, str) and asked.name.endswith("address") and "\n" in value:
            assert value.endswith(" 00000")


def test_names_come_with_their_accents_and_scripts(material: Material) -> None:
    cases = list(demo_cases(material, 3000, 1, NOW))
    people = [one(case, Person) for case in cases]
    others = "".join(other.name or "" for other in every(cases, OtherName))
    letters = set(others + "".join(f"{p.given or ''}{p.surname or ''}" for p in people))
    assert letters >= set("ñéúçłş")
    assert any("А" <= letter <= "я" for letter in letters)
    assert any("Α" <= letter <= "ω" for letter in letters)
    assert letters & set("ễầạơ")
    assert len({p.country_of_birth for p in people}) > 25
    assert len({p.language_spoken for p in people}) > 20
    assert sum(bool(p.second_surname) for p in people) > 1000


def test_it_looks_like_an_ordinary_year(cases: list[DemoCase]) -> None:
    charges = every(cases, Charge)
    small = (ChargeLevel.MISDEMEANOR, ChargeLevel.CRIMINAL_TRAFFIC, ChargeLevel.INFRACTION)
    assert sum(charge.level in small for charge in charges) > 0.7 * len(charges)
    assert {charge.outcome for charge in charges} >= set(ChargeOutcome)
    ended = Counter(charge.outcome for charge in charges)
    dropped = ended[ChargeOutcome.DISMISSED] + ended[ChargeOutcome.NOLLE]
    assert dropped > 0.3 * len(charges)

    survivors = [p for p in every(cases, Protection) if p.survivor is YesNo.YES]
    assert COUNT / 14 < len(survivors) < COUNT / 6
    assert {p.hide_from_lists for p in survivors} >= {YesNo.YES, None}
    assert len(every(cases, Dependent)) > COUNT / 2
    assert {p.us_citizen_claim for p in every(cases, Person)} >= {
        CitizenClaim.NO,
        CitizenClaim.CLAIMS,
        CitizenClaim.DERIVATIVE,
        CitizenClaim.DOCUMENTED,
    }

    consents, today = every(cases, Consent), NOW.date()
    assert any(c.withdrawn_on for c in consents)
    assert any(c.expires_on and c.expires_on < today for c in consents)
    assert any(c.expires_on and c.expires_on >= today and not c.withdrawn_on for c in consents)


def test_a_year_has_cells_to_withhold_and_cells_to_publish(cases: list[DemoCase]) -> None:
    cells: Counter[tuple[Any, Any]] = Counter()
    quarters = set()
    for case in cases:
        opened = one(case, Intake).opened_on or date.min
        quarters.add((opened.year, (opened.month - 1) // 3))
        if case.records[Charge] and opened >= date(2025, 11, 22):
            top = case.records[Charge][0]
            cells[top.level, top.outcome] += 1
    assert len(quarters) >= 5
    assert sum(1 <= count <= 10 for count in cells.values()) >= 5
    assert sum(count > 10 for count in cells.values()) >= 3


def test_things_happen_in_order_and_not_in_the_future(cases: list[DemoCase]) -> None:
    for case in cases:
        intake, custody = one(case, Intake), one(case, Custody)
        assert case.started_at <= case.changed_at <= NOW
        assert intake.opened_on is not None
        if intake.closed_on:
            assert intake.opened_on <= intake.closed_on <= date(2026, 11, 22)
        moments = [custody.arrested_at, *(d.received_at for d in case.records[Detainer])]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert all(moment <= NOW for moment in known)
        for moment in (custody.released_at, custody.other_hold_at, custody.custody_confirmed_at):
            assert moment is None or moment <= NOW
        for charge in case.records[Charge]:
            on = charge.outcome_on
            assert on is None or on.first <= date(2026, 11, 22)
