"""One row of facts for each detainer episode: one booking with one or more detainers.

From facts and protected answers only; nothing in here knows a name. “Not known” is an answer,
and never a guess; a number that can't be known is NaN.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake_app.core.case_clock import zone_of
from intake_app.core.casefile import (
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Household,
    Person,
    Protection,
    Transfer,
)
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.episode_charges import charge_words
from intake_app.core.reports.episode_hold import hold_of
from intake_app.core.reports.episode_papers import day_of_paper, first_paper, paper_words
from intake_app.core.reports.episode_people import (
    family_words,
    is_counted_victim,
    minor_children,
    person_words,
)
from intake_app.core.reports.row_building import RowBuilder
from intake_app.core.reports.rows import Population
from intake_app.core.vocabulary import ReleasedTo


@dataclass(frozen=True)
class EpisodeCase:
    """The records of one case that are read for a summary, without any identity answer."""

    detainers: Sequence[Detainer]
    custody: Custody = field(default_factory=Custody)
    charges: Sequence[Charge] = ()
    transfers: Sequence[Transfer] = ()
    person: Person = field(default_factory=Person)
    household: Household = field(default_factory=Household)
    dependents: Sequence[Dependent] = ()
    protection: Protection = field(default_factory=Protection)
    consents: Sequence[Consent] = ()


@dataclass(frozen=True)
class Seen:
    """When and where cases are looked at.

    now: what is later has not happened. today: the office's day, on which a consent must be in
    force. zone: the office's, for facilities without one. added_days: its own holidays.
    """

    now: datetime
    today: date
    zone: str
    added_days: frozenset[date] = frozenset()


@dataclass(frozen=True)
class EpisodeFacts:
    """One row: its day, answers by the id of their dimension, numbers by that of their measure."""

    day: date
    words: Mapping[str, str]
    numbers: Mapping[str, float]


def episode_rows(cases: Iterable[tuple[int, EpisodeCase]], seen: Seen) -> Dated:
    """A row for each case that can be counted; the number is that of the case, never published.

    Reads the cases one after the other, so they may be as many as there are.
    """
    rows = RowBuilder(Population.EPISODES)
    for number, case in cases:
        facts = episode_facts(case, seen)
        if facts is not None:
            rows.add(number, facts.day, facts.words, facts.numbers)
    return rows.done()


def episode_facts(case: EpisodeCase, seen: Seen) -> EpisodeFacts | None:
    """The facts of one case; None without a detainer, or without a day to count it by."""
    day = counted_on(case.detainers, case.custody)
    if day is None:
        return None
    hold = hold_of(case.detainers, case.custody, seen.zone, seen.now, seen.added_days)
    victim = is_counted_victim(case.protection, case.consents, seen.today)
    words = {
        **charge_words(case.charges),
        **paper_words(case.detainers, case.custody, case.charges),
        **person_words(case.person, case.custody),
        **family_words(case.household, case.dependents),
        "past_48_plain": hold.plain,
        "past_48_rule": hold.rule,
        "transferred": "yes" if case.transfers else "no",
        "victim": "yes" if victim else "no",
    }
    numbers = {
        "hours_held": hold.hours,
        "midnights_held": hold.midnights,
        "days_to_detainer": _days_to_detainer(case),
        "days_in_jail": _days_in_jail(case.custody, seen),
        "minor_children": minor_children(case.household, case.dependents),
    }
    return EpisodeFacts(day, words, numbers)


def counted_on(detainers: Sequence[Detainer], custody: Custody) -> date | None:
    """The day a case is counted by: of its first detainer, or else of booking or arrest.

    None without a detainer, and where none of these days is known.
    """
    if not detainers:
        return None
    known = [day for detainer in detainers if (day := day_of_paper(detainer)) is not None]
    return min(known) if known else _jailed_on(custody)


def _jailed_on(custody: Custody) -> date | None:
    if custody.booked_on is not None and custody.booked_on.whole:
        return custody.booked_on.first
    return custody.arrested_at.date() if custody.arrested_at else None


def _days_to_detainer(case: EpisodeCase) -> float:
    jailed, paper = _jailed_on(case.custody), first_paper(case.detainers)
    if jailed is None or paper is None or paper[0] != paper[1]:
        return math.nan
    return _days(jailed, paper[0])


def _days_in_jail(custody: Custody, seen: Seen) -> float:
    jailed, left = _jailed_on(custody), custody.released_at
    if jailed is None or left is None or left > seen.now:
        return math.nan
    if custody.released_to is ReleasedTo.STILL_HELD:
        return math.nan
    return _days(jailed, left.astimezone(ZoneInfo(zone_of(custody, seen.zone))).date())


def _days(first: date, last: date) -> float:
    # Days that run backward are a slip of the pen, or belong to another booking.
    return float((last - first).days) if last >= first else math.nan
