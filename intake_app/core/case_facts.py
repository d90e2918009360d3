"""One row of facts for each case that can be counted, from answers no one can be named by.

The unit is a case with a detainer (one booking with one or more detainers, counted once).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.convictions import most_serious_charge
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome


@dataclass(frozen=True)
class CaseFacts:
    """What a summary may know of one case."""

    detained_on: date
    level: ChargeLevel
    outcome: ChargeOutcome


def case_facts(
    charges: Sequence[Charge], detainers: Sequence[Detainer], custody: Custody
) -> CaseFacts | None:
    """The facts of one case; None for one without a detainer or without a date to count it by."""
    counted_on = _detained_on(detainers, custody) if detainers else None
    if counted_on is None:
        return None
    most_serious = most_serious_charge(charges)
    if most_serious is None:
        return CaseFacts(counted_on, ChargeLevel.UNKNOWN, ChargeOutcome.UNKNOWN)
    return CaseFacts(
        counted_on,
        most_serious.level or ChargeLevel.UNKNOWN,
        most_serious.outcome or ChargeOutcome.UNKNOWN,
    )


def _detained_on(detainers: Sequence[Detainer], custody: Custody) -> date | None:
    known = [day for detainer in detainers if (day := _issued_on(detainer)) is not None]
    if known:
        return min(known)
    if custody.booked_on is not None and custody.booked_on.whole:
        return custody.booked_on.first
    return custody.arrested_at.date() if custody.arrested_at else None


def _issued_on(detainer: Detainer) -> date | None:
    if detainer.issued_on is not None and detainer.issued_on.whole:
        return detainer.issued_on.first
    return detainer.received_at.date() if detainer.received_at else None
