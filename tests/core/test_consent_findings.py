"""What is said about consents: over, over soon, incomplete, signed by the wrong person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Consent, questions_for
from intake_app.core.consent_findings import consent_findings
from intake_app.core.findings import Finding, Weight
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ConsentKind, SignedBy, SignedHow, WithdrawnHow, YesNo
from tests.cases import HERE
from tests.core.test_consents import TODAY, WHOLE

NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
DAY = timedelta(days=1)


def found(consent: Consent, role: Role = Role.PARALEGAL) -> list[Finding]:
    case = CaseFile(1, "26-1", {Consent: (Entry(5, consent),)})
    setting = replace(HERE, role=role)
    told = list(consent_findings(case, setting))
    assert all((one.record, one.entry_id) == (Consent, 5) and one.field for one in told)
    return told


def fields(consent: Consent) -> list[str]:
    return [one.field for one in found(consent)]


def test_a_whole_consent_in_force_needs_no_words() -> None:
    assert found(WHOLE) == []
    assert found(Consent()) == []


def test_an_end_is_required_and_thirty_days_are_offered() -> None:
    (one,) = found(replace(WHOLE, signed_on=TODAY, expires_on=None))
    assert one.words == "Required. 30 days from the signature would be 22 Dec 2026."
    assert (one.field, one.offer) == ("expires_on", date(2026, 12, 22))


@pytest.mark.parametrize(
    ("left", "words"),
    [(0, "Ends today."), (1, "Ends tomorrow."), (7, "Ends in 7 days."), (8, ""), (-1, "Over:")],
)
def test_it_says_when_a_consent_ends_soon(left: int, words: str) -> None:
    told = found(replace(WHOLE, expires_on=TODAY + left * DAY))
    assert [one.field for one in told] == (["expires_on"] if words else [])
    assert all(one.words.startswith(words) for one in told)


def test_an_end_before_the_signature_is_said() -> None:
    (one,) = found(replace(WHOLE, expires_on=date(2026, 11, 1)))
    assert "before it was signed" in one.words


def test_taking_back_ends_it_and_nothing_else_matters() -> None:
    assert fields(replace(WHOLE, withdrawn_how=WithdrawnHow.ORAL)) == ["withdrawn_how"]
    over = replace(WHOLE, withdrawn_on=TODAY, expires_on=TODAY - DAY, purpose=None)
    assert fields(over) == ["withdrawn_on"]
    (later,) = found(replace(WHOLE, withdrawn_on=TODAY + DAY))
    assert "still to come" in later.words


def test_what_an_incomplete_consent_lacks_is_listed_once_it_is_signed() -> None:
    (one,) = found(replace(WHOLE, purpose=None, free_choice=None))
    assert one.words == (
        "Signed, but incomplete: it opens nothing yet. To be answered: Purpose, Told that help "
        "does not depend on it."
    )
    assert found(replace(WHOLE, purpose=None, signed_on=None)) == []
    assert found(replace(WHOLE, purpose=None, signed_how=SignedHow.NOT_SIGNED)) == []


def test_one_recipient_only() -> None:
    assert "recipient" in fields(replace(WHOLE, recipient="Anyone"))
    assert "recipient" in fields(replace(WHOLE, recipient="The jail; the consulate"))


def test_who_may_not_sign() -> None:
    (abuser,) = found(replace(WHOLE, guardian_is_abuser=YesNo.YES))
    assert (abuser.field, abuser.weight) == ("guardian_is_abuser", Weight.ALARM)
    assert fields(replace(WHOLE, signed_by=SignedBy.OTHER)) == ["signed_by"]
    assert "signed_by" in fields(replace(WHOLE, signed_by=SignedBy.PARENT))
    assert fields(replace(WHOLE, signed_by=SignedBy.GUARDIAN)) == ["guardian_is_abuser"]


def test_facts_are_asked_for_where_something_is_told() -> None:
    assert fields(replace(WHOLE, facts=None)) == ["facts"]
    assert fields(replace(WHOLE, facts=None, kind=ConsentKind.REPORTING)) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"signed_by": SignedBy.GUARDIAN},
        {"guardian_is_abuser": YesNo.YES, "signed_by": SignedBy.GUARDIAN, "expires_on": None},
        {"facts": None},
        {"facts": None, "purpose": None, "expires_on": TODAY - DAY},
    ],
)
def test_a_volunteer_is_told_nothing_of_protected_questions(answers: dict[str, Any]) -> None:
    """Her case file holds neither answer: what she is told is the same whatever they are."""
    consent = replace(WHOLE, **answers)
    hers = replace(consent, facts=None, guardian_is_abuser=None)
    asked = {one.name for one in questions_for(Role.VOLUNTEER, Consent)}
    told = found(hers, Role.VOLUNTEER)
    assert {one.field for one in told} <= asked
    words = " ".join(f"{one.words} {one.why}" for one in told).lower()
    assert not any(word in words for word in ("abus", "violence", "victim", "protect"))
