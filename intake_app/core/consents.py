"""Whether a consent is in force on a day, and what it opens: for one recipient, for a time.

The rule is 34 U.S.C. 12291(b)(2): nothing a client told is passed on without her informed,
written, reasonably time-limited consent, and an abuser may not give it. It binds grantees under
the Violence Against Women Act; the program keeps it for everybody. That consent can be taken
back at any moment and by word of mouth is practice, not statute.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum

from intake_app.core.casefile import Consent, Protection
from intake_app.core.names import fold
from intake_app.core.vocabulary import ConsentKind, FactGroup, SignedBy, SignedHow, YesNo

USUAL_DAYS = 30
"""How long a consent usually lasts: our choice; the statute says “reasonably time-limited”."""


class ConsentState(Enum):
    """Where a consent stands on a day."""

    UNSIGNED = "not signed"
    NOT_YET = "not yet in force"
    INCOMPLETE = "incomplete"
    VALID = "in force"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VOID = "void"


ENDED = (ConsentState.WITHDRAWN, ConsentState.VOID, ConsentState.EXPIRED)
"""What was once given and opens nothing any more, the plainest reason first."""

IN_FORCE = (ConsentState.VALID, ConsentState.INCOMPLETE)
"""Given, and not over. An incomplete one opens no fact to anybody."""

_NO_RECIPIENT = frozenset(
    {
        *("to whom it may concern", "whom it may concern", "whoever asks", "whoever it concerns"),
        *("anyone", "anybody", "everyone", "everybody", "all", "all agencies", "any agency"),
        *("any", "various", "several", "others", "n a", "none", "unknown", "not known", "tbd"),
    }
)

_SIGNED_FOR = (SignedBy.PARENT, SignedBy.GUARDIAN, SignedBy.MINOR_AND_PARENT)


def consent_state(consent: Consent, day: date) -> ConsentState:
    """Where one consent stands. A consent lasts to the end of the day on which it ends."""
    if is_withdrawn(consent, day):
        return ConsentState.WITHDRAWN
    if may_not_sign(consent):
        return ConsentState.VOID
    if consent.signed_on is None or consent.signed_how is SignedHow.NOT_SIGNED:
        return ConsentState.UNSIGNED
    if consent.signed_on > day:
        return ConsentState.NOT_YET
    if consent.expires_on is not None and consent.expires_on < day:
        return ConsentState.EXPIRED
    return ConsentState.INCOMPLETE if missing(consent) else ConsentState.VALID


def is_withdrawn(consent: Consent, day: date) -> bool:
    """Whether it was taken back: at once, however it was said, and with or without its day.

    Only a day still to come, with nothing said yet about how, does not count: the client is then
    still to take it back.
    """
    if consent.withdrawn_how is not None:
        return True
    return consent.withdrawn_on is not None and consent.withdrawn_on <= day


def may_not_sign(consent: Consent) -> bool:
    """Whether whoever signed could not consent for the client: an abuser, or some other person."""
    return consent.guardian_is_abuser is YesNo.YES or consent.signed_by is SignedBy.OTHER


def missing(consent: Consent) -> tuple[str, ...]:
    """Names of the questions without which a consent is not informed, written and limited.

    Which facts may be told is not among them: a consent without facts opens none.
    """
    return tuple(_missing(consent))


def _missing(consent: Consent) -> Iterator[str]:
    if consent.kind is None:
        yield "kind"
    if not one_recipient(consent.recipient):
        yield "recipient"
    if not consent.purpose:
        yield "purpose"
    if consent.risks_explained is not YesNo.YES:
        yield "risks_explained"
    if consent.signed_how is None:
        yield "signed_how"
    if consent.signed_by is None:
        yield "signed_by"
    elif consent.signed_by is SignedBy.PARENT and consent.parent_signs is not YesNo.YES:
        yield "parent_signs"
    if consent.language is None:
        yield "language"
    if consent.expires_on is None:
        yield "expires_on"
    if consent.free_choice is not YesNo.YES:
        yield "free_choice"


def one_recipient(recipient: str | None) -> bool:
    """Whether this names exactly one person or agency."""
    words = fold(recipient or "")
    return bool(words) and words not in _NO_RECIPIENT and ";" not in (recipient or "")


def usual_end(consent: Consent) -> date | None:
    """When a consent would end that lasts as long as usual; None before it is signed."""
    return consent.signed_on and consent.signed_on + timedelta(days=USUAL_DAYS)


def opens(
    consents: Iterable[Consent], group: FactGroup, recipient: str, day: date
) -> Consent | None:
    """The consent that lets a group of facts be told to exactly this recipient on this day.

    None where there is none: then they may not be told. Of several the one that lasts longest.
    Counting is no telling, so a consent to it opens nothing. Where somebody signed for the
    client, victim facts wait until the file says that it was not the abuser.
    """
    wanted = fold(recipient)
    found = [
        consent
        for consent in consents
        if consent_state(consent, day) is ConsentState.VALID
        and consent.kind is not ConsentKind.REPORTING
        and group in (consent.facts or ())
        and wanted
        and fold(consent.recipient or "") == wanted
        and (group is not FactGroup.VICTIM or not _signer_in_doubt(consent))
    ]
    return max(found, key=lambda consent: consent.expires_on or date.min, default=None)


def _signer_in_doubt(consent: Consent) -> bool:
    return consent.signed_by in _SIGNED_FOR and consent.guardian_is_abuser is not YesNo.NO


def signed_for(consent: Consent) -> bool:
    """Whether a parent or a guardian signed."""
    return consent.signed_by in _SIGNED_FOR


def best_state(consents: Iterable[Consent], kind: ConsentKind, day: date) -> ConsentState | None:
    """Where the consents of one kind stand taken together; None where there is none.

    One that is in force counts; without one the plainest reason why none is.
    """
    states = {consent_state(consent, day) for consent in consents if consent.kind is kind}
    order = (*IN_FORCE, *ENDED, ConsentState.NOT_YET, ConsentState.UNSIGNED)
    return next((state for state in order if state in states), None)


def counts_in_reports(protection: Protection, consents: Sequence[Consent], day: date) -> bool:
    """Whether the victim facts of a case may be counted in a summary on this day.

    Needs the client's yes: under Protection, or in a consent to counting. Where such consents
    were given, one must be in force: taken back, expired or void, it closes the counting. Totals
    that name nobody may be shared by law (34 U.S.C. 12291(b)(2)(D)(i)); asking first is our rule.
    Works with the answers a coordinator's keys open.
    """
    if protection.consent_reporting not in (None, YesNo.YES):
        return False
    state = best_state(consents, ConsentKind.REPORTING, day)
    if state in IN_FORCE:
        return True
    return state not in ENDED and protection.consent_reporting is YesNo.YES
