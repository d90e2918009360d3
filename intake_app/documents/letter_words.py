"""Facts of a case in the words of a letter: counts, release, dates and times."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome, DetainerForm, ReleaseBasis

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_LEVELS = {
    ChargeLevel.FELONY: "felony ",
    ChargeLevel.MISDEMEANOR: "misdemeanor ",
    ChargeLevel.CRIMINAL_TRAFFIC: "criminal traffic ",
    ChargeLevel.INFRACTION: "infraction ",
    ChargeLevel.CIVIL: "civil ",
}

_OUTCOMES = {
    ChargeOutcome.PENDING: "pending",
    ChargeOutcome.NO_CHARGES: "no charge filed",
    ChargeOutcome.DISMISSED: "dismissed",
    ChargeOutcome.NOLLE: "not prosecuted",
    ChargeOutcome.DIVERTED: "diverted",
    ChargeOutcome.DEFERRED: "deferred",
    ChargeOutcome.WITHHELD: "adjudication withheld",
    ChargeOutcome.NOT_GUILTY: "not guilty",
    # How it closed would tell of the person's health.
    ChargeOutcome.NGRI: "closed",
    ChargeOutcome.PLEA: "concluded by judgment",
    ChargeOutcome.TRIAL: "concluded by judgment",
    ChargeOutcome.CONVICTED: "concluded by judgment",
    ChargeOutcome.REDUCED: "reduced",
    ChargeOutcome.VACATED: "vacated",
}

_RELEASE = {
    ReleaseBasis.BAIL_BOND: "on a bail bond",
    ReleaseBasis.CASH_BAIL: "on cash bail",
    ReleaseBasis.RECOGNIZANCE: "on recognizance",
    ReleaseBasis.DISMISSED: "because the charges were dismissed",
    ReleaseBasis.NO_CHARGES: "because no charges were filed",
    ReleaseBasis.NOT_GUILTY: "because of a verdict of not guilty",
    ReleaseBasis.TIME_SERVED: "because the sentence is served",
    ReleaseBasis.SUSPENDED: "on a suspended or deferred sentence",
    ReleaseBasis.COURT_ORDER: "by order of the court",
    ReleaseBasis.NO_PROBABLE_CAUSE: "because the court found no probable cause",
    ReleaseBasis.QUASHED: "because the warrant was quashed",
    ReleaseBasis.TRANSFER: "by transfer",
}

_FORMS = {
    DetainerForm.I247: "a Form I-247",
    DetainerForm.I247D: "a Form I-247D",
    DetainerForm.I247A: "a Form I-247A",
    DetainerForm.ORAL: "a request made by word of mouth",
    DetainerForm.NONE_SEEN: "one that we have not been shown",
}


def charges_in_words(charges: Iterable[Charge]) -> str:
    """`one felony count, pending; two misdemeanor counts, dismissed`, never what it is about."""
    counted = Counter(
        (_LEVELS.get(charge.level, "") if charge.level else "", _OUTCOMES[charge.outcome])
        for charge in charges
        if charge.outcome in _OUTCOMES
    )
    return "; ".join(
        f"{_number(count)} {level}{'count' if count == 1 else 'counts'}, {outcome}"
        for (level, outcome), count in counted.items()
    )


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def form_in_words(detainer: Detainer | None) -> str:
    """`a Form I-247A`; empty for a form that asks for no hold."""
    return _FORMS.get(detainer.form, "") if detainer and detainer.form else ""


def release_in_words(custody: Custody, zone: str) -> str:
    """`on Monday, November 23, 2026, at 9:10 a.m. EST, on a bail bond`; empty if unknown."""
    if custody.release_due_at:
        when = f"on {moment_in_words(custody.release_due_at.astimezone(ZoneInfo(zone)))}"
    elif custody.release_due_on:
        when = ("on " if custody.release_due_on.whole else "in ") + partial_in_words(
            custody.release_due_on
        )
    else:
        when = ""
    basis = _RELEASE[custody.release_basis] if custody.release_basis else ""
    return ", ".join(part for part in (when, basis) if part)


def is_past(custody: Custody, now: datetime, zone: str) -> bool:
    """Whether the time at which release was due has passed for certain."""
    if custody.release_due_at:
        return custody.release_due_at <= now
    if custody.release_due_on:
        return custody.release_due_on.last < now.astimezone(ZoneInfo(zone)).date()
    return False


def day_in_words(day: date) -> str:
    """`November 22, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def partial_in_words(day: PartialDate) -> str:
    """`November 22, 2026`, `November 2026` or `2026`."""
    if day.whole:
        return day_in_words(day.first)
    return f"{day.first:%B} {day.year}" if day.month else f"{day.year}"


def moment_in_words(moment: datetime) -> str:
    """`Monday, November 23, 2026, at 12:00 noon EST`, in the zone the moment carries."""
    hour = f"{(moment.hour - 1) % 12 + 1}:{moment:%M}"
    half = "a.m." if moment.hour < 12 else "p.m."
    if moment.minute == 0 and moment.hour in (0, 12):
        half = "noon" if moment.hour else "midnight"
    return f"{moment:%A}, {day_in_words(moment.date())}, at {hour} {half} {moment:%Z}"
