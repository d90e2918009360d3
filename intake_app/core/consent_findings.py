"""What is to be said about each consent: over, over soon, incomplete, signed by the wrong person.

What follows from a protected answer stands beside a protected question.
"""

from collections.abc import Iterator
from datetime import timedelta

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile
from intake_app.core.casefile import Consent
from intake_app.core.consents import (
    IN_FORCE,
    USUAL_DAYS,
    ConsentState,
    consent_state,
    is_withdrawn,
    may_not_sign,
    missing,
    one_recipient,
    signed_for,
    usual_end,
)
from intake_app.core.fields import question
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, may
from intake_app.core.vocabulary import ConsentKind, SignedBy, YesNo

ENDS_SOON = timedelta(days=7)
_LAW = "34 U.S.C. 12291(b)(2): informed, written, reasonably time-limited."
_PRACTICE = (
    "That a consent can be taken back at any time, by word of mouth too, is practice (NNEDV), not "
    "the words of the statute."
)
_NO_ABUSER = "34 U.S.C. 12291(b)(2): an abuser may not consent for the client."


def consent_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Where each consent stands and what it lacks."""
    protected = may(setting.role, Act.SEE_PROTECTED)
    for entry in case.kept(Consent):
        for weight, words, why, field, offer in _about(entry.record, setting, protected):
            yield Finding(weight, words, Consent, why, field, entry.id, offer)


_Said = tuple[Weight, str, str, str, object]


def _about(consent: Consent, setting: Setting, protected: bool) -> Iterator[_Said]:
    state = consent_state(consent, setting.today)
    if protected:
        yield from _protected(consent)
    if is_withdrawn(consent, setting.today):
        field = "withdrawn_how" if consent.withdrawn_on is None else "withdrawn_on"
        words = "Taken back: from that moment nothing more may be told."
        yield Weight.WARN, words, _PRACTICE, field, None
        return
    if consent.withdrawn_on is not None:
        words = (
            "This day is still to come, so the consent holds until then. If it was taken back "
            "already, mend the day or say how: then it ends at once."
        )
        yield Weight.WARN, words, _PRACTICE, "withdrawn_on", None
    yield from _signer(consent)
    yield from _end(consent, state, setting)
    if consent.recipient and not one_recipient(consent.recipient):
        words = "Name exactly one person or agency. Make one consent for each."
        yield Weight.WARN, words, _LAW, "recipient", None
    if state is ConsentState.NOT_YET:
        yield Weight.WARN, "This day is still to come: not in force yet.", "", "signed_on", None
    # A form half filled in is not scolded for what comes further down: only once it is signed.
    absent = [name for name in missing(consent) if name != "expires_on"]
    if absent and state in IN_FORCE:
        labels = ", ".join(question(Consent, name).label for name in absent)
        words = f"Signed, but incomplete: it opens nothing yet. To be answered: {labels}."
        yield Weight.WARN, words, _LAW, "signed_on", None


def _protected(consent: Consent) -> Iterator[_Said]:
    if consent.guardian_is_abuser is YesNo.YES:
        words = "Void: an abuser may not sign. Ask an attorney who can sign for the client."
        yield Weight.ALARM, words, _NO_ABUSER, "guardian_is_abuser", None
    elif signed_for(consent) and consent.guardian_is_abuser is not YesNo.NO:
        words = "Answer this: until then no victim fact may be told with this consent."
        yield Weight.WARN, words, _NO_ABUSER, "guardian_is_abuser", None
    counting = consent.kind in (ConsentKind.REPORTING, ConsentKind.REPRESENTATION)
    if consent.signed_on is not None and not consent.facts and not counting:
        words = "No facts are chosen, so this consent opens none."
        yield Weight.WARN, words, _LAW, "facts", None


def _signer(consent: Consent) -> Iterator[_Said]:
    if consent.signed_by is SignedBy.OTHER:
        words = (
            "Void: nobody else may sign. If a court gave this person the right to, answer “A "
            "legal guardian”."
        )
        yield Weight.WARN, words, _LAW, "signed_by", None
    elif consent.signed_by is SignedBy.PARENT and consent.parent_signs is not YesNo.YES:
        words = "For a minor, the minor and a parent sign together."
        yield Weight.WARN, words, _LAW, "signed_by", None


def _end(consent: Consent, state: ConsentState, setting: Setting) -> Iterator[_Said]:
    ends, usual = consent.expires_on, usual_end(consent)
    if ends is None:
        if usual is not None and not may_not_sign(consent):
            on = show_date(PartialDate.of(usual))
            words = f"Required. {USUAL_DAYS} days from the signature would be {on}."
            yield Weight.WARN, words, _LAW, "expires_on", usual
        return
    if consent.signed_on is not None and ends < consent.signed_on:
        yield Weight.WARN, "It ends before it was signed.", "", "expires_on", None
    elif state is ConsentState.EXPIRED:
        words = "Over: it opens nothing any more. Ask the client again, in a new consent."
        yield Weight.WARN, words, _LAW, "expires_on", None
    elif state in IN_FORCE and ends <= setting.today + ENDS_SOON:
        left = (ends - setting.today).days
        when = {0: "Ends today.", 1: "Ends tomorrow."}.get(left, f"Ends in {left} days.")
        words = f"{when} Ask the client whether it shall go on, in a new consent."
        yield Weight.WARN, words, "", "expires_on", None
