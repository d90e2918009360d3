"""What of a closed case is to be destroyed on a day, and what waits, and why.

A case's own “Keep until” and “Then destroy” go before the office's rules. Nothing is preset: how
long a file must be kept differs by state, by kind of case and with the funder (ABA Model Rule
1.15(a) asks five years for records of client property; many bars ask more), so an attorney
decides the months.

Nothing of an open case is ever destroyed, nor of one with a standing detainer or an open to-do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake_app.core.errors import AppError
from intake_app.core.purge_parts import TOLD, with_all
from intake_app.core.vocabulary import CaseStatus, PurgePart

LONGEST = 1_200
"""Months a rule may say: a hundred years."""

LONGEST_PAUSE = timedelta(days=45)
"""An office without an entry for longer has a wrong clock, more likely than not."""

_OVER = (CaseStatus.CLOSED, CaseStatus.REJECTED)


@dataclass(frozen=True)
class Rule:
    """The office destroys this part of cases closed so many months ago."""

    id: int
    part: PurgePart
    months: int

    @property
    def sentence(self) -> str:
        """The rule as people read it."""
        return f"{self.part.label}, {months_told(self.months)} after closing"


@dataclass(frozen=True)
class Standing:
    """What decides about one case. detainer: one stands; to_dos: how many are not done.

    destroyed: parts that are gone already, each with the day.
    """

    case_id: int
    number: str
    status: CaseStatus | None
    closed_on: date | None
    keep_until: date | None
    then: tuple[PurgePart, ...]
    detainer: bool
    to_dos: int
    destroyed: Mapping[PurgePart, date]


@dataclass(frozen=True)
class Due:
    """A case whose time is over. parts: the widest, without those they hold; why: the rules."""

    case_id: int
    number: str
    parts: tuple[PurgePart, ...]
    why: str


@dataclass(frozen=True)
class Waits:
    """A case whose time is over and that must not be destroyed yet."""

    case_id: int
    number: str
    why: str


def decide(case: Standing, rules: Iterable[Rule], today: date) -> Due | Waits | None:
    """What is to happen with a case today; None where its time is not over."""
    wanted = _wanted(case, tuple(rules), today)
    left = {
        part: (day, why) for part, (day, why) in wanted.items() if not _is_gone(case, part, day)
    }
    if not left:
        if case.status in _OVER and case.closed_on is None and case.keep_until is None and rules:
            return Waits(case.case_id, case.number, "it has no closing date")
        return None
    holds = _holds_back(case)
    if holds:
        return Waits(case.case_id, case.number, holds)
    parts = _widest(left)
    why = "; ".join(dict.fromkeys(left[part][1] for part in parts))
    return Due(case.case_id, case.number, parts, why)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def months_told(months: int) -> str:
    """A number of months as people say it."""
    if months % 12 == 0 and months:
        return "1 year" if months == 12 else f"{months // 12} years"
    return "1 month" if months == 1 else f"{months} months"


def require_right_clock(now: datetime, earlier: datetime | None, newest: datetime | None) -> None:
    """Raise `AppError` where the computer's clock can't be right: much would be due at once.

    earlier: the newest entry of the history from before today; newest: of all.
    """
    if newest is not None and newest - now > timedelta(hours=1):
        raise AppError(
            "The office file has entries that are later than this computer’s clock. Nothing was "
            "destroyed: set the clock right, then try again."
        )
    if earlier is not None and now - earlier > LONGEST_PAUSE:
        raise AppError(
            f"This computer’s clock is {(now - earlier).days} days past the last day somebody "
            "worked in this office. Nothing was destroyed: set the clock right. If it is right, "
            "work in the office today and try again tomorrow."
        )


def _wanted(
    case: Standing, rules: tuple[Rule, ...], today: date
) -> dict[PurgePart, tuple[date, str]]:
    """Each part whose time is over, since when, and by what."""
    if case.keep_until is not None and today <= case.keep_until:
        return {}
    if case.keep_until is not None and case.then:
        why = "the case’s own “Keep until”"
        return dict.fromkeys(case.then, (case.keep_until, why))
    found: dict[PurgePart, tuple[date, str]] = {}
    if case.closed_on is None:
        return found
    for rule in rules:
        day = months_after(case.closed_on, rule.months)
        if day <= today and (rule.part not in found or day < found[rule.part][0]):
            found[rule.part] = (day, f"rule “{rule.sentence}”")
    return found


def _is_gone(case: Standing, part: PurgePart, due: date) -> bool:
    """Destroyed on that day or later; what was typed anew after an earlier time goes again."""
    return any(
        part in with_all((gone,)) and (gone is PurgePart.WHOLE or day >= due)
        for gone, day in case.destroyed.items()
    )


def _holds_back(case: Standing) -> str:
    if case.status not in _OVER:
        return "it is still open"
    if case.detainer:
        return "a detainer still stands"
    if case.to_dos:
        return "a to-do is open" if case.to_dos == 1 else f"{case.to_dos} to-dos are open"
    return ""


def _widest(parts: Iterable[PurgePart]) -> tuple[PurgePart, ...]:
    asked = set(parts)
    return tuple(
        part
        for part in PurgePart
        if part in asked and not any(part in with_all((other,)) for other in asked - {part})
    )


def parts_told(parts: Iterable[PurgePart]) -> str:
    """The parts in the middle of a sentence."""
    return ", ".join(TOLD[part] for part in parts)
