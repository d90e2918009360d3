"""When a consent is in force, and what it opens: for one recipient, and not a day longer."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from intake_app.core.casefile import Consent, Protection
from intake_app.core.consents import (
    ConsentState,
    best_state,
    consent_state,
    counts_in_reports,
    missing,
    one_recipient,
    opens,
    usual_end,
)
from intake_app.core.places import Language
from intake_app.core.vocabulary import (
    ConsentKind,
    FactGroup,
    SignedBy,
    SignedHow,
    WithdrawnHow,
    YesNo,
)

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
JAIL = "Example County Jail"
WHOLE = Consent(
    kind=ConsentKind.LETTER,
    recipient=JAIL,
    facts=(FactGroup.IDENTITY, FactGroup.VICTIM),
    purpose="To ask the jail not to hold her",
    risks_explained=YesNo.YES,
    alternatives=YesNo.YES,
    signed_on=TODAY - 10 * DAY,
    signed_how=SignedHow.WET,
    signed_by=SignedBy.CLIENT,
    language=Language.of("es"),
    expires_on=TODAY + 20 * DAY,
    free_choice=YesNo.YES,
)


def with_(**answers: Any) -> Consent:
    return replace(WHOLE, **answers)


def told(consent: Consent, recipient: str = JAIL, group: FactGroup = FactGroup.VICTIM) -> bool:
    return opens([consent], group, recipient, TODAY) is not None


STATES: list[tuple[dict[str, Any], ConsentState]] = [
    ({}, ConsentState.VALID),
    ({"signed_how": SignedHow.ELECTRONIC}, ConsentState.VALID),
    ({"signed_on": TODAY, "expires_on": TODAY}, ConsentState.VALID),
    ({"signed_on": None}, ConsentState.UNSIGNED),
    ({"signed_how": SignedHow.NOT_SIGNED}, ConsentState.UNSIGNED),
    ({"signed_how": None}, ConsentState.INCOMPLETE),
    ({"signed_on": TODAY + DAY}, ConsentState.NOT_YET),
    ({"expires_on": TODAY - DAY}, ConsentState.EXPIRED),
    ({"expires_on": None}, ConsentState.INCOMPLETE),
    ({"recipient": None}, ConsentState.INCOMPLETE),
    ({"recipient": "  "}, ConsentState.INCOMPLETE),
    ({"recipient": "To whom it may concern"}, ConsentState.INCOMPLETE),
    ({"recipient": "The jail; ICE"}, ConsentState.INCOMPLETE),
    ({"purpose": None}, ConsentState.INCOMPLETE),
    ({"kind": None}, ConsentState.INCOMPLETE),
    ({"language": None}, ConsentState.INCOMPLETE),
    ({"risks_explained": None}, ConsentState.INCOMPLETE),
    ({"free_choice": None}, ConsentState.INCOMPLETE),
    ({"free_choice": YesNo.NO}, ConsentState.INCOMPLETE),
    ({"signed_by": None}, ConsentState.INCOMPLETE),
    ({"signed_by": SignedBy.PARENT}, ConsentState.INCOMPLETE),
    ({"signed_by": SignedBy.PARENT, "parent_signs": YesNo.YES}, ConsentState.VALID),
    ({"signed_by": SignedBy.MINOR_AND_PARENT}, ConsentState.VALID),
    ({"signed_by": SignedBy.GUARDIAN}, ConsentState.VALID),
    ({"signed_by": SignedBy.OTHER}, ConsentState.VOID),
    ({"guardian_is_abuser": YesNo.YES}, ConsentState.VOID),
    ({"guardian_is_abuser": YesNo.UNKNOWN}, ConsentState.VALID),
    ({"withdrawn_on": TODAY}, ConsentState.WITHDRAWN),
    ({"withdrawn_on": TODAY - DAY}, ConsentState.WITHDRAWN),
    ({"withdrawn_how": WithdrawnHow.ORAL}, ConsentState.WITHDRAWN),
    ({"withdrawn_how": WithdrawnHow.ORAL, "withdrawn_on": TODAY + DAY}, ConsentState.WITHDRAWN),
    ({"withdrawn_on": TODAY + DAY}, ConsentState.VALID),
    ({"withdrawn_on": TODAY, "expires_on": TODAY - DAY}, ConsentState.WITHDRAWN),
]


@pytest.mark.parametrize(("answers", "state"), STATES)
def test_the_state_of_a_consent(answers: dict[str, Any], state: ConsentState) -> None:
    consent = with_(**answers)
    assert consent_state(consent, TODAY) is state
    # Nothing but a whole consent in force opens a fact to anybody.
    assert told(consent) is (state is ConsentState.VALID and consent.signed_by is SignedBy.CLIENT)


def test_a_consent_ends_with_its_last_day() -> None:
    last = WHOLE.expires_on
    assert last is not None
    assert consent_state(WHOLE, last) is ConsentState.VALID
    assert consent_state(WHOLE, last + DAY) is ConsentState.EXPIRED


@pytest.mark.parametrize(
    ("recipient", "same"),
    [
        (JAIL, True),
        ("example county JAIL", True),
        (" Example  County Jail ", True),
        ("Éxample County Jail", True),
        ("Example County", False),
        ("Example County Jail Annex", False),
        ("ICE", False),
        ("", False),
    ],
)
def test_a_consent_opens_to_exactly_its_recipient(recipient: str, same: bool) -> None:
    assert told(WHOLE, recipient) is same


@pytest.mark.parametrize("recipient", ["anyone", "To Whom It May Concern", "All", "any agency"])
def test_a_consent_to_everybody_is_a_consent_to_nobody(recipient: str) -> None:
    assert not one_recipient(recipient)
    assert not told(with_(recipient=recipient), recipient)


def test_a_consent_opens_only_the_facts_it_names() -> None:
    assert told(WHOLE, group=FactGroup.IDENTITY)
    assert not told(WHOLE, group=FactGroup.HEALTH)
    assert not told(with_(facts=None), group=FactGroup.IDENTITY)
    assert not told(with_(facts=()), group=FactGroup.IDENTITY)


def test_consent_to_counting_tells_nobody_anything() -> None:
    assert not told(with_(kind=ConsentKind.REPORTING))


@pytest.mark.parametrize("signer", [SignedBy.GUARDIAN, SignedBy.MINOR_AND_PARENT, SignedBy.PARENT])
def test_victim_facts_wait_until_the_signer_is_known_not_to_be_the_abuser(
    signer: SignedBy,
) -> None:
    consent = with_(signed_by=signer, parent_signs=YesNo.YES)
    assert not told(consent)
    assert not told(replace(consent, guardian_is_abuser=YesNo.UNKNOWN))
    assert told(consent, group=FactGroup.IDENTITY)
    assert told(replace(consent, guardian_is_abuser=YesNo.NO))
    assert not told(replace(consent, guardian_is_abuser=YesNo.YES), group=FactGroup.IDENTITY)


def test_of_several_the_one_that_lasts_longest() -> None:
    longer = with_(expires_on=TODAY + 25 * DAY)
    over = with_(expires_on=TODAY - DAY)
    assert opens([WHOLE, longer, over], FactGroup.VICTIM, JAIL, TODAY) is longer


def test_one_in_force_counts_and_otherwise_the_plainest_reason() -> None:
    over, back = with_(expires_on=TODAY - DAY), with_(withdrawn_on=TODAY)
    letter = ConsentKind.LETTER
    assert best_state([], letter, TODAY) is None
    assert best_state([over, WHOLE], letter, TODAY) is ConsentState.VALID
    assert best_state([over, back], letter, TODAY) is ConsentState.WITHDRAWN
    assert best_state([over, with_(signed_on=None)], letter, TODAY) is ConsentState.EXPIRED
    assert best_state([WHOLE], ConsentKind.MEDIA, TODAY) is None


def test_the_usual_end_is_thirty_days_after_the_signature() -> None:
    assert usual_end(with_(signed_on=date(2026, 11, 22))) == date(2026, 12, 22)
    assert usual_end(with_(signed_on=None)) is None
    assert missing(with_(expires_on=None)) == ("expires_on",)


YES, NO = Protection(consent_reporting=YesNo.YES), Protection(consent_reporting=YesNo.NO)
COUNTING = with_(kind=ConsentKind.REPORTING)


@pytest.mark.parametrize(
    ("protection", "consents", "counted"),
    [
        (YES, [], True),
        (Protection(), [], False),
        (NO, [], False),
        (NO, [COUNTING], False),
        (Protection(consent_reporting=YesNo.UNKNOWN), [COUNTING], False),
        (YES, [COUNTING], True),
        (Protection(), [COUNTING], True),
        (YES, [replace(COUNTING, withdrawn_how=WithdrawnHow.ORAL)], False),
        (YES, [replace(COUNTING, withdrawn_on=TODAY)], False),
        (YES, [replace(COUNTING, expires_on=TODAY - DAY)], False),
        (YES, [replace(COUNTING, guardian_is_abuser=YesNo.YES)], False),
        (YES, [replace(COUNTING, withdrawn_on=TODAY), COUNTING], True),
        (YES, [replace(COUNTING, signed_on=None)], True),
        (Protection(), [replace(COUNTING, signed_on=None)], False),
        (YES, [with_(withdrawn_on=TODAY)], True),
        # A coordinator's keys open neither recipient nor purpose.
        (Protection(), [replace(COUNTING, recipient=None, purpose=None)], True),
    ],
)
def test_counting_needs_a_yes_and_ends_with_its_consent(
    protection: Protection, consents: list[Consent], counted: bool
) -> None:
    assert counts_in_reports(protection, consents, TODAY) is counted
