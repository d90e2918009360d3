"""What the detainers of an episode say: which paper stands for it, its flags, what became of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.convictions import most_serious_charge
from intake_app.core.custody_clock import NO_HOLD_FORMS
from intake_app.core.fields import Choice
from intake_app.core.partial_date import PartialDate
from intake_app.core.reports.words import UNKNOWN
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerStatus,
    LiftReason,
    ReleasedTo,
    Review,
    WarrantAttached,
    YesNo,
)

_EDITIONS: tuple[tuple[date, str], ...] = (
    (date(2010, 8, 1), "before_2010_08"),
    (date(2011, 6, 1), "2010_08"),
    (date(2011, 12, 1), "2011_06"),
    (date(2012, 12, 1), "2011_12"),
    (date(2015, 1, 1), "2012_12"),
    (date(2017, 1, 1), "2015"),
    (date(2025, 1, 1), "2017"),
)
_WARRANTS = {
    WarrantAttached.NONE: "none",
    WarrantAttached.I200: "administrative",
    WarrantAttached.I205: "administrative",
    WarrantAttached.JUDICIAL: "judicial",
}
_BECAME = {
    DetainerStatus.ACTIVE: "active",
    DetainerStatus.CANCELLED: "cancelled",
    DetainerStatus.DECLINED: "declined",
    DetainerStatus.EXPIRED: "expired",
}
_TAKEN_TO = (ReleasedTo.ICE, ReleasedTo.CBP)
_ELSEWHERE = (
    *(ReleasedTo.USMS, ReleasedTo.OTHER_AGENCY, ReleasedTo.PRISON),
    *(ReleasedTo.HOSPITAL, ReleasedTo.DIED),
)


def day_of_paper(detainer: Detainer) -> date | None:
    """The day a detainer was issued, or else received by the jail; None where neither is whole."""
    if detainer.issued_on is not None and detainer.issued_on.whole:
        return detainer.issued_on.first
    return detainer.received_at.date() if detainer.received_at else None


def first_paper(detainers: Iterable[Detainer]) -> tuple[date, date] | None:
    """The earliest and the latest day the first detainer can be of; None where no day is known."""
    spans = []
    for detainer in detainers:
        day = day_of_paper(detainer)
        if day is not None:
            spans.append((day, day))
        elif detainer.issued_on is not None:
            spans.append((detainer.issued_on.first, detainer.issued_on.last))
    if not spans:
        return None
    return min(first for first, _ in spans), min(last for _, last in spans)


def in_order(detainers: Iterable[Detainer]) -> list[Detainer]:
    """By day, those without one last, as they were entered."""
    return sorted(detainers, key=lambda one: day_of_paper(one) or date.max)


def leading_paper(detainers: Sequence[Detainer]) -> Detainer:
    """The detainer that stands for an episode: the first that asks for a hold, or the first."""
    return min(in_order(detainers), key=lambda one: one.form in NO_HOLD_FORMS)


def paper_words(
    detainers: Sequence[Detainer], custody: Custody, charges: Sequence[Charge]
) -> dict[str, str]:
    """The answers about the detainers, by the id of their dimension."""
    lead = leading_paper(detainers)
    return {
        "form": lead.form.value.replace(" ", "_") if lead.form else UNKNOWN,
        "edition": _edition(lead.edition),
        "box": lead.box.value if lead.box else UNKNOWN,
        "issued_by": lead.issued_by.value if lead.issued_by else UNKNOWN,
        "warrant": _warrant(detainers),
        "served": _any([one.served for one in detainers], YesNo.YES, YesNo.NO),
        "neutral_review": _any([one.neutral_review for one in detainers], Review.YES, Review.NO),
        "detainer_outcome": _became(detainers),
        "picked_up": _picked_up(detainers, custody),
        "before_disposition": _before_disposition(detainers, charges),
    }


def _edition(printed: PartialDate | None) -> str:
    if printed is None:
        return UNKNOWN
    first, last = _span_of_editions(printed.first), _span_of_editions(printed.last)
    return first if first == last else UNKNOWN


def _span_of_editions(day: date) -> str:
    return next((word for before, word in _EDITIONS if day < before), "2025")


def _warrant(detainers: Iterable[Detainer]) -> str:
    found = {_WARRANTS.get(one.warrant or WarrantAttached.UNKNOWN, UNKNOWN) for one in detainers}
    return next(word for word in ("judicial", "administrative", UNKNOWN, "none") if word in found)


def _any(answers: Sequence[Choice | None], yes: Choice, no: Choice) -> str:
    if yes in answers:
        return "yes"
    return "no" if all(answer is no for answer in answers) else UNKNOWN


def _taken(detainers: Iterable[Detainer]) -> bool:
    return any(
        one.status is DetainerStatus.EXECUTED or one.lift_reason is LiftReason.BOOKED
        for one in detainers
    )


def _became(detainers: Sequence[Detainer]) -> str:
    if _taken(detainers):
        return "taken"
    if any(one.status is DetainerStatus.ACTIVE for one in detainers):
        return "active"
    standing = [one for one in in_order(detainers) if one.status is not DetainerStatus.SUPERSEDED]
    if not standing or standing[-1].status is None:
        return UNKNOWN
    return _BECAME.get(standing[-1].status, UNKNOWN)


def _picked_up(detainers: Sequence[Detainer], custody: Custody) -> str:
    """Where the person went; not known where the custody and the detainers do not agree."""
    went, taken = custody.released_to, _taken(detainers)
    if went in _TAKEN_TO:
        return "ice"
    if went is ReleasedTo.COMMUNITY:
        return UNKNOWN if taken else "never"
    if went is ReleasedTo.STILL_HELD:
        return UNKNOWN if taken else "held"
    if taken:
        return "ice"
    if went in _ELSEWHERE:
        return "other"
    here = custody.in_custody is YesNo.YES and custody.released_at is None and went is None
    return "held" if here else UNKNOWN


def _before_disposition(detainers: Sequence[Detainer], charges: Sequence[Charge]) -> str:
    most, first = most_serious_charge(charges), first_paper(detainers)
    if most is None:
        return UNKNOWN
    if most.outcome is ChargeOutcome.PENDING:
        return "none_yet" if most.outcome_on is None else UNKNOWN
    if most.outcome_on is None or first is None:
        return UNKNOWN
    if first[1] < most.outcome_on.first:
        return "before"
    return "after" if first[0] > most.outcome_on.last else UNKNOWN
