"""Which letters fit a case as it stands, the best first, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake_app.core.authorities import COMPLY, Library, Mandate
from intake_app.core.case import CaseFile
from intake_app.core.case_clock import is_over
from intake_app.core.casefile import Certification, Charge, Detainer, Protection
from intake_app.core.custody_clock import ClockState
from intake_app.core.findings import Setting
from intake_app.core.letters import jail_parts as jail
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.kinds import (
    CANCEL,
    CERTIFY,
    CLIENT,
    CONDITIONS,
    COURT_NOTICE,
    DECLINE,
    EXPIRED,
    ICE_RECORDS,
    JAIL_RECORDS,
    KINDS,
    LetterKind,
    Recipient,
)
from intake_app.core.safe_contact import Address, where_to_write
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    FacilityKind,
    ProtectedPlace,
    Suspected,
    YesNo,
)


@dataclass(frozen=True)
class Fit:
    """A kind of letter that fits; `why` is one sentence for the user."""

    kind: str
    why: str


def fitting(case: CaseFile, library: Library, setting: Setting) -> tuple[Fit, ...]:
    """The kinds that fit a case today, best first; each once. Never empty.

    What fits may still be blocked: a missing answer is then asked for in place. `case` holds only
    what the member's keys open, so victim facts make a letter fit only for who may see them.
    """
    head = Letterhead("", "", setting.zone)
    holidays = frozenset(setting.reference.holidays)
    facts = letter_facts(case, head, setting.now, DECLINE, None, holidays)
    found: dict[str, Fit] = {}
    for fit in (*_to_the_jail(facts, library, setting), *_to_others(case, setting)):
        found.setdefault(fit.kind, fit)
    return tuple(found.values())


def to_a_jail(fits: Iterable[Fit]) -> LetterKind:
    """The best of them that goes to the jail; else the plain request, whose gate says why not."""
    kinds = (KINDS[fit.kind] for fit in fits)
    return next((kind for kind in kinds if kind.to is Recipient.JAIL), DECLINE)


def _to_the_jail(facts: LetterFacts, library: Library, setting: Setting) -> Iterator[Fit]:
    detainer, clock = facts.detainer, facts.clock
    held = not facts.out_of_custody and facts.custody.facility_kind is not FacilityKind.ICE
    if detainer is None or is_over(detainer) or not held:
        return
    if clock is not None and clock.state is ClockState.EXPIRED_ALL_READINGS:
        yield Fit(EXPIRED.key, "The 48 hours are over, however they are counted.")
    if clock is not None and clock.state is ClockState.NO_HOLD_REQUESTED:
        if clock.hours_over:
            yield Fit(EXPIRED.key, "Release is past, and the form asks for no hold.")
        else:
            yield Fit(CLIENT.key, "The form asks the jail for notice only; the client should know.")
        return
    mandate = library.state_on(facts.state, setting.today).mandate if facts.state else None
    if mandate in COMPLY:
        yield from _under_a_mandate(facts)
    elif mandate in (Mandate.PROHIBITS, Mandate.LIMITS):
        yield Fit(DECLINE.key, "State law forbids or limits holds on a detainer.")
    elif mandate is Mandate.PERMITS:
        yield Fit(DECLINE.key, "State law leaves the hold to the jail.")
    else:
        why = "The facility’s state is not known yet." if mandate is None else ""
        yield Fit(DECLINE.key, why or "State law is not settled: an attorney checks it first.")
    if (
        clock is not None
        and clock.state is ClockState.PLAIN_PAST_REG_RUNNING
        and detainer.form is DetainerForm.I247A
    ):
        yield Fit(EXPIRED.key, "The form’s own 48 hours are over; an attorney may act on them.")


def _under_a_mandate(facts: LetterFacts) -> Iterator[Fit]:
    state = facts.custody.facility_state
    where = state.label if state else "the state"
    if jail.defects(facts):
        yield Fit(
            CONDITIONS.key,
            f"The law of {where} directs jails to comply, and the form lacks what it should have.",
        )
        yield Fit(CANCEL.key, "ICE can be asked to cancel the detainer.")
    else:
        yield Fit(
            CANCEL.key,
            f"The law of {where} directs jails to comply, and nothing is known to be missing.",
        )
        yield Fit(CONDITIONS.key, "Where an exception of state law may be told to the jail.")


def _to_others(case: CaseFile, setting: Setting) -> Iterator[Fit]:
    alive = any(not is_over(one) for one in case.all(Detainer))
    if alive and _grounds_for_ice(case):
        yield Fit(CANCEL.key, "There is a ground on which ICE can be asked to cancel it.")
    if case.one(Certification).crime is not None or case.one(Protection).u_certifier:
        yield Fit(CERTIFY.key, "The client may ask for a certification.")
    if any(one.outcome is ChargeOutcome.PENDING for one in case.all(Charge)) and alive:
        yield Fit(COURT_NOTICE.key, "A charge is pending: the defense should know of the detainer.")
    if alive and not any(one.copy_seen is YesNo.YES for one in case.all(Detainer)):
        yield Fit(JAIL_RECORDS.key, "We have no copy of the detainer.")
    if isinstance(where_to_write(case, setting.today), Address):
        yield Fit(CLIENT.key, "The client can be written to safely.")
    if alive:
        yield Fit(CANCEL.key, "ICE can be asked to cancel the detainer.")
    yield Fit(JAIL_RECORDS.key, "The jail’s records show what happened, and when.")
    yield Fit(ICE_RECORDS.key, "ICE’s records show why the detainer was issued.")
    yield Fit(CLIENT.key, "The client should know what was done; hand it over in person.")


def _grounds_for_ice(case: CaseFile) -> bool:
    protection = case.one(Protection)
    told = (Suspected.YES, Suspected.SUSPECTED)
    elsewhere = (None, ProtectedPlace.NONE, ProtectedPlace.UNKNOWN)
    return (
        any(one.person_matches is YesNo.NO for one in case.all(Detainer))
        or protection.told_by_abuser in told
        or protection.protected_place not in elsewhere
    )
