"""Facts of a case in the words of a letter: counts, release, dates and times."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome, DetainerForm, ReleaseBasis
from intake_app.documents.letter_language import SPOKEN, day_in, moment_in, month_in

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
    DetainerForm.I247N: "a Form I-247N",
    DetainerForm.I247X: "a Form I-247X",
    DetainerForm.I247G: "a Form I-247G",
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
        f"{number_in_words(count)} {level}{'count' if count == 1 else 'counts'}, {outcome}"
        for (level, outcome), count in counted.items()
    )


def number_in_words(count: int) -> str:
    """`two`; digits above ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def form_in_words(detainer: Detainer | None) -> str:
    """`a Form I-247A`; empty where the form is not known."""
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


def day_in_words(day: date, language: str = "en") -> str:
    """`November 22, 2026`."""
    return day_in(SPOKEN[language], day)


def partial_in_words(day: PartialDate, language: str = "en") -> str:
    """`November 22, 2026`, `November 2026` or `2026`."""
    if day.whole:
        return day_in_words(day.first, language)
    return month_in(SPOKEN[language], day.first) if day.month else f"{day.year}"


def moment_in_words(moment: datetime, language: str = "en") -> str:
    """`Monday, November 23, 2026, at 12:00 noon EST`, in the zone the moment carries."""
    return moment_in(SPOKEN[language], moment)
