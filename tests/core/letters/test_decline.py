"""Every rule that blocks a letter, once; and what a letter may know of a case."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.authorities import COMPLY, Library, Mandate
from intake_app.core.authority_files import read_authorities
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import (
    Charge,
    Consent,
    Contact,
    Custody,
    Dependent,
    Detainer,
    Immigration,
    Person,
)
from intake_app.core.letters.decline import Say
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.gate import GateResult, gate
from intake_app.core.letters.jail_parts import Part
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.letters.rules import Asked, WhoCanOpen
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    ConsentKind,
    CustodyBasis,
    DetainerAsks,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    FacilityKind,
    GuiltBasis,
    IssuedBy,
    MannerOfEntry,
    ReleaseBasis,
    ReleasedTo,
    Safe,
    SignedBy,
    State,
    WarrantAttached,
    WithdrawnHow,
    YesNo,
    Zone,
)

FOLDER = Path(__file__).parents[3] / "resources" / "authorities"
LIBRARY: Library = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})
PACIFIC = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=PACIFIC)
OFFICE = Letterhead("Example Legal Aid", "1 Example Street", "America/Los_Angeles")

PERSON: dict[str, Any] = {"given": "Ana", "surname": "Prueba", "booking_number": "B-1"}
CUSTODY: dict[str, Any] = {
    "facility": "Example County Jail",
    "facility_state": State.CA,
    "facility_zone": Zone.PACIFIC,
    "held_by_287g": YesNo.NO,
    "in_custody": YesNo.YES,
    "release_basis": ReleaseBasis.BAIL_BOND,
}
DETAINER: dict[str, Any] = {"form": DetainerForm.I247A, "status": DetainerStatus.ACTIVE}
CHARGE: dict[str, Any] = {"level": ChargeLevel.FELONY, "outcome": ChargeOutcome.PENDING}


def facts(*more: Any, **changes: dict[str, Any]) -> LetterFacts:
    """A case that any prohibiting state lets pass, with changes by kind of record."""
    records: list[Any] = [
        Person(**PERSON | changes.get("person", {})),
        Custody(**CUSTODY | changes.get("custody", {})),
        Detainer(**DETAINER | changes.get("detainer", {})),
        Charge(**CHARGE | changes.get("charge", {})),
        *more,
    ]
    kept: dict[type, tuple[Entry[Any], ...]] = {}
    for number, record in enumerate(records):
        kept[type(record)] = (*kept.get(type(record), ()), Entry(number, record))
    return letter_facts(CaseFile(1, "26-1", kept), OFFICE, NOW)


def asked(
    known: LetterFacts,
    role: Role = Role.PARALEGAL,
    on: date | None = None,
    ticked: frozenset[str] = frozenset(),
) -> GateResult:
    return gate(Asked(known, LIBRARY, on or NOW.date(), role, LetterOptions(ticked=ticked)))


def rules(result: GateResult) -> list[tuple[str, str]]:
    return [(blocker.rule, blocker.who_can_open) for blocker in result.blockers]


def test_a_complete_case_in_a_prohibiting_state_passes() -> None:
    result = asked(facts())
    assert result.open
    assert {Say.STATE_LAW, Say.CHOICE, Part.LIABILITY, Say.NO_ADJUDICATION} <= result.say
    assert {"F01", "F02", "C01", "L30"} <= result.citable


@pytest.mark.parametrize(
    "state", [s for s in State if LIBRARY.state_on(s.value, NOW.date()).mandate in COMPLY]
)
@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ATTORNEY, Role.ADMINISTRATOR])
def test_where_the_law_requires_compliance_nobody_can_open(state: State, role: Role) -> None:
    result = asked(facts(custody={"facility_state": state}), role, ticked=frozenset({"F01", "C01"}))
    assert rules(result) == [("R3", WhoCanOpen.NOBODY)]
    rule = LIBRARY.states[state.value]
    assert rule.citation in result.blockers[0].why
    assert state.label in result.blockers[0].why


def test_a_stale_duty_still_blocks() -> None:
    later = NOW.date() + timedelta(days=300)
    result = asked(facts(custody={"facility_state": State.FL}), Role.ATTORNEY, later)
    assert ("R3", WhoCanOpen.NOBODY) in rules(result)


def test_an_unknown_state_is_open_to_an_attorney_only() -> None:
    known = facts(custody={"facility_state": State.WY})
    for role in (Role.PARALEGAL, Role.ADMINISTRATOR):
        assert rules(asked(known, role)) == [("STATE_UNKNOWN", WhoCanOpen.ATTORNEY)]
    result = asked(known, Role.ATTORNEY)
    assert result.open
    assert Say.ASK_BASIS in result.say
    assert not {Say.CHOICE, Say.STATE_LAW} & result.say
    assert any("you have checked it" in warning for warning in result.warnings)


def test_a_stale_permission_becomes_unknown() -> None:
    result = asked(facts(), Role.PARALEGAL, NOW.date() + timedelta(days=200))
    assert result.state_mandate is not None
    assert result.state_mandate.mandate is Mandate.UNKNOWN
    assert ("STATE_UNKNOWN", WhoCanOpen.ATTORNEY) in rules(result)


def test_state_law_that_is_only_consistent_needs_a_tick() -> None:
    known = facts(custody={"facility_state": State.MD})
    bare = asked(known)
    assert bare.open
    assert Say.STATE_LAW not in bare.say
    assert Say.ASK_BASIS in bare.say
    assert "L41" in bare.left_out
    tick = frozenset({"L41"})
    assert Say.STATE_LAW in asked(known, Role.ATTORNEY, ticked=tick).say
    assert Say.STATE_LAW not in asked(known, Role.PARALEGAL, ticked=tick).say


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"person": {"given": None, "surname": None}}, "Surname"),
        ({"person": {"booking_number": None}}, "Booking number"),
        ({"custody": {"facility": None}}, "Held at"),
        ({"custody": {"facility_state": None}}, "Facility state"),
        ({"detainer": {"form": None}}, "Form"),
        ({"detainer": {"form": DetainerForm.UNKNOWN}}, "Form"),
        ({"charge": {"outcome": None}}, "Outcome"),
        ({"charge": {"outcome": ChargeOutcome.UNKNOWN}}, "Outcome"),
        ({"custody": {"release_basis": None}}, "Release due"),
    ],
)
def test_each_missing_fact_is_named_with_its_question(
    changes: dict[str, dict[str, Any]], question: str
) -> None:
    result = asked(facts(**changes))
    assert rules(result) == [("MISSING", WhoCanOpen.CASEWORKER)]
    assert question in result.blockers[0].why
    assert "under " in result.blockers[0].why


def test_an_empty_case_lists_every_missing_fact_at_once() -> None:
    empty = letter_facts(CaseFile(1, "26-1", {}), OFFICE, NOW)
    assert [blocker.rule for blocker in asked(empty).blockers] == ["MISSING"] * 7


@pytest.mark.parametrize(
    "custody",
    [
        {"in_custody": YesNo.NO},
        {"released_at": NOW - timedelta(hours=1)},
        {"released_to": ReleasedTo.ICE},
        {"facility_kind": FacilityKind.ICE},
    ],
)
def test_nobody_declines_for_a_person_no_longer_held(custody: dict[str, Any]) -> None:
    assert rules(asked(facts(custody=custody))) == [("NOT_IN_CUSTODY", WhoCanOpen.CASEWORKER)]


@pytest.mark.parametrize("form", [DetainerForm.I247N, DetainerForm.I247G, DetainerForm.I247X])
def test_forms_that_ask_for_no_hold_are_blocked(form: DetainerForm) -> None:
    assert rules(asked(facts(detainer={"form": form}))) == [("NOTICE_ONLY", WhoCanOpen.NOBODY)]


def test_a_detainer_recorded_as_notice_only_is_blocked() -> None:
    result = asked(facts(detainer={"asks": (DetainerAsks.NOTIFY,)}))
    assert rules(result) == [("NOTICE_ONLY", WhoCanOpen.CASEWORKER)]


@pytest.mark.parametrize(
    "status",
    [
        DetainerStatus.CANCELLED,
        DetainerStatus.EXPIRED,
        DetainerStatus.DECLINED,
        DetainerStatus.SUPERSEDED,
        DetainerStatus.EXECUTED,
    ],
)
def test_a_detainer_that_is_over_is_blocked(status: DetainerStatus) -> None:
    assert rules(asked(facts(detainer={"status": status})))[0][0] == "DETAINER_OVER"


def test_a_judges_warrant_blocks() -> None:
    result = asked(facts(detainer={"warrant": WarrantAttached.JUDICIAL}), Role.ATTORNEY)
    assert rules(result) == [("JUDICIAL_WARRANT", WhoCanOpen.NOBODY)]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_a_role_that_may_not_write_letters_is_blocked(role: Role) -> None:
    assert rules(asked(facts(), role)) == [("ROLE", WhoCanOpen.OTHER_ROLE)]


def test_a_stale_authority_blocks_until_an_attorney_checks_it() -> None:
    result = asked(facts(), Role.ATTORNEY, NOW.date() + timedelta(days=400))
    assert [rule for rule in rules(result) if rule[0] == "R2"] == [("R2", WhoCanOpen.ATTORNEY)] * 3


def test_withdrawn_consent_blocks_until_it_is_given_again() -> None:
    back = Consent(kind=ConsentKind.LETTER, withdrawn_on=date(2026, 11, 20))
    again = Consent(kind=ConsentKind.LETTER, signed_on=date(2026, 11, 21))
    assert rules(asked(facts(back))) == [("CONSENT", WhoCanOpen.CASEWORKER)]
    assert asked(facts(back, again)).open


LETTER: dict[str, Any] = {"kind": ConsentKind.LETTER, "signed_on": date(2026, 10, 20)}


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"expires_on": date(2026, 11, 22)}, "has expired"),
        ({"guardian_is_abuser": YesNo.YES}, "is void"),
        ({"signed_by": SignedBy.OTHER}, "is void"),
        ({"withdrawn_how": WithdrawnHow.ORAL}, "taken back"),
        ({"withdrawn_how": WithdrawnHow.ORAL, "expires_on": date(2026, 11, 1)}, "taken back"),
    ],
)
def test_a_consent_that_is_over_closes_the_letter(answers: dict[str, Any], why: str) -> None:
    result = asked(facts(Consent(**LETTER | answers)))
    assert rules(result) == [("CONSENT", WhoCanOpen.CASEWORKER)]
    assert why in result.blockers[0].why
    assert asked(facts(Consent(**LETTER | answers), Consent(**LETTER))).open


@pytest.mark.parametrize(
    "answers",
    [{"expires_on": date(2026, 11, 23)}, {"withdrawn_on": date(2026, 11, 24)}, {"signed_on": None}],
)
def test_a_consent_that_is_not_over_closes_nothing(answers: dict[str, Any]) -> None:
    assert asked(facts(Consent(**LETTER | answers))).open


def addressed(to: Addressee, *more: Any) -> GateResult:
    records: list[Any] = [
        *(Person(**PERSON), Custody(**CUSTODY), Detainer(**DETAINER), Charge(**CHARGE)),
        *more,
    ]
    kept = {type(one): (Entry(number, one),) for number, one in enumerate(records)}
    return asked(
        letter_facts(CaseFile(1, "26-1", kept), OFFICE, NOW, options=LetterOptions(addressee=to))
    )


@pytest.mark.parametrize(
    "to",
    [
        Addressee(name="Ana Prueba"),
        Addressee(title="Ms. ANA PRUEBA, by hand"),
        Addressee(title="Resident", lines=("12 Real Street", "Miami")),
    ],
)
def test_what_is_addressed_to_the_client_stops(to: Addressee) -> None:
    home = Contact(home_address="12 Real Street\nMiami", safe_to_mail=Safe.NO)
    result = addressed(to, home)
    assert rules(result) == [("SAFE_CONTACT", WhoCanOpen.CASEWORKER)]
    assert "not safe" in result.blockers[0].why
    assert "Real Street" not in result.blockers[0].why
    safe = Contact(
        home_address="12 Real Street\nMiami", safe_to_mail=Safe.YES, confirmed_on=date(2026, 11, 1)
    )
    assert "no letter to the client" in addressed(to, safe).blockers[0].why


def test_what_is_addressed_to_the_jail_does_not_stop() -> None:
    home = Contact(home_address="12 Real Street\nMiami", safe_to_mail=Safe.NO)
    for to in (Addressee(title="Sheriff"), Addressee(name="Ana Otra", lines=("9 Jail Road",))):
        assert addressed(to, home).open


@pytest.mark.parametrize(
    "text",
    [
        "bond paid by her sister",
        "hearing on Monday, Lucía will pay",
        "release, then removal to Honduras",
        "court in Honduras",
        "asked with A 098 765 432",
        "charge dropped, she is the victim",
        "undocumented, judge signs Monday",
    ],
)
def test_free_text_that_would_give_something_away_is_blocked(text: str) -> None:
    known = facts(
        Dependent(name="Lucía Prueba"),
        person={"country_of_birth": Country.HN, "a_number": "A098765432"},
        custody={"release_basis": None, "release_expected": text},
    )
    result = asked(known)
    assert rules(result) == [("FREE_TEXT", WhoCanOpen.CASEWORKER)]
    assert text not in result.blockers[0].why


@pytest.mark.parametrize("text", ["bond hearing on Monday", "status conference, then release"])
def test_plain_free_text_passes(text: str) -> None:
    result = asked(facts(custody={"release_basis": None, "release_expected": text}))
    assert result.open


def test_a_287g_hold_takes_liability_away_and_shows_the_adverse_law() -> None:
    for known in (
        facts(custody={"held_by_287g": YesNo.YES}),
        facts(detainer={"issued_by": IssuedBy.OFFICER_287G}),
    ):
        result = asked(known)
        assert result.open
        assert Part.LIABILITY not in result.say
        assert result.adverse == ("F07",)
    unknown = asked(facts(custody={"held_by_287g": None}))
    assert {Part.LIABILITY, Part.UNLESS_287G} <= unknown.say
    assert asked(facts()).adverse == ()


def test_defects_of_the_form_are_said_only_where_they_are_known() -> None:
    assert not {Part.NO_WARRANT, Part.NO_BASIS, Part.NOT_SERVED} & asked(facts()).say
    defects = {
        "warrant": WarrantAttached.NONE,
        "box": DetainerBox.NEITHER,
        "served": YesNo.NO,
    }
    assert {Part.NO_WARRANT, Part.NO_BASIS, Part.NOT_SERVED} <= asked(facts(detainer=defects)).say
    old = {"form": DetainerForm.I247D, "issued_on": PartialDate(2017, 6, 1)}
    assert Part.OLD_FORM in asked(facts(detainer=old)).say


def test_cases_that_hardly_fit_are_cited_only_where_they_bind() -> None:
    bare = {"warrant": WarrantAttached.NONE}
    virginia = facts(custody={"facility_state": State.VA}, detainer=bare)
    assert Part.SEIZURE_4TH in asked(virginia, Role.ATTORNEY).say
    assert Part.SEIZURE_4TH not in asked(facts(detainer=bare)).say
    alabama = facts(custody={"facility_state": State.AL})
    assert Part.SEIZURE_11TH in asked(alabama, Role.ATTORNEY).say
    assert Part.SEIZURE_11TH not in asked(facts()).say


@pytest.mark.parametrize(
    ("outcome", "true"),
    [
        (ChargeOutcome.PENDING, True),
        (ChargeOutcome.DISMISSED, True),
        (ChargeOutcome.WITHHELD, True),
        (ChargeOutcome.DIVERTED, False),
        (ChargeOutcome.DEFERRED, False),
        (ChargeOutcome.PLEA, False),
        (ChargeOutcome.CONVICTED, False),
        (ChargeOutcome.NGRI, False),
        (ChargeOutcome.VACATED, False),
    ],
)
def test_no_adjudication_is_said_only_where_it_is_true(outcome: ChargeOutcome, true: bool) -> None:
    assert (Say.NO_ADJUDICATION in asked(facts(charge={"outcome": outcome})).say) is true


def test_one_open_or_guilty_count_takes_the_sentence_away() -> None:
    for other in (
        Charge(outcome=ChargeOutcome.PLEA),
        Charge(outcome=ChargeOutcome.UNKNOWN),
        Charge(),
    ):
        assert Say.NO_ADJUDICATION not in asked(facts(other)).say
    serving = facts(custody={"custody_basis": CustodyBasis.SERVING})
    assert Say.NO_ADJUDICATION not in asked(serving).say


def test_a_recorded_plea_takes_the_sentence_away_and_a_diversion_before_one_allows_it() -> None:
    pleaded = {"outcome": ChargeOutcome.DISMISSED, "guilt_basis": GuiltBasis.GUILTY}
    assert Say.NO_ADJUDICATION not in asked(facts(charge=pleaded)).say
    early = {"outcome": ChargeOutcome.DIVERTED, "guilt_basis": GuiltBasis.NONE}
    assert Say.NO_ADJUDICATION in asked(facts(charge=early)).say


def test_of_several_detainers_the_latest_open_one_counts() -> None:
    newer = Detainer(form=DetainerForm.I247A, issued_on=PartialDate(2026, 11, 1))
    known = facts(newer, detainer={"status": DetainerStatus.CANCELLED})
    assert known.detainer == newer
    assert asked(known).open


def test_the_answer_is_asked_for_by_noon_of_the_next_working_day() -> None:
    # Monday 23 Nov 2026; Thursday the 26th is Thanksgiving.
    def by(now: datetime, **custody: Any) -> datetime:
        kept = Custody(**CUSTODY | custody)
        case = CaseFile(1, "26-1", {Custody: (Entry(1, kept),)})
        return letter_facts(case, OFFICE, now).reply_by

    assert by(NOW) == datetime(2026, 11, 24, 12, tzinfo=PACIFIC)
    assert by(NOW + timedelta(days=2)) == datetime(2026, 11, 27, 12, tzinfo=PACIFIC)
    assert by(NOW + timedelta(days=4)) == datetime(2026, 11, 30, 12, tzinfo=PACIFIC)
    due = datetime(2026, 11, 23, 17, tzinfo=PACIFIC)
    assert by(NOW, release_due_at=due) == due
    soon = datetime(2026, 11, 23, 10, 20, tzinfo=PACIFIC)
    assert by(NOW, release_due_at=soon) == datetime(2026, 11, 23, 11, 15, tzinfo=PACIFIC)
    assert by(NOW.astimezone(UTC)).utcoffset() == timedelta(hours=-8)


def test_facts_hold_nothing_of_alienage_or_family() -> None:
    known = facts(
        Immigration(manner_of_entry=MannerOfEntry.NOT_INSPECTED, court="Secret Court"),
        Dependent(name="Lucía Secreta"),
        person={"country_of_birth": Country.HN, "a_number": "A098765432"},
    )
    shown = repr(known)
    for secret in ("Honduras", "098765432", "Lucía", "not_inspected", "Secret Court"):
        assert secret not in shown
