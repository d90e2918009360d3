"""Offices that publish: invented cases written as an import writes them, quarter after quarter."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from intake_app.core.casefile import Charge, Custody, Detainer, Household, Protection
from intake_app.core.partial_date import PartialDate
from intake_app.core.reports.periods import Period, Window, read_period
from intake_app.core.reports.tables import Part, Side
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DetainerForm,
    DetainerStatus,
    YesNo,
)
from intake_app.store.bulk_cases import WholeCase, write_cases
from intake_app.store.office import Office

T = TypeVar("T")

HERE = ZoneInfo("America/New_York")

LEVELS = (ChargeLevel.FELONY, ChargeLevel.MISDEMEANOR, ChargeLevel.CRIMINAL_TRAFFIC)
OUTCOMES = (
    ChargeOutcome.DISMISSED,
    ChargeOutcome.PLEA,
    ChargeOutcome.PENDING,
    ChargeOutcome.WITHHELD,
    ChargeOutcome.NOT_GUILTY,
    ChargeOutcome.DIVERTED,
)


def after(day: date) -> datetime:
    """Noon of the next day, when somebody publishes."""
    return datetime.combine(day + timedelta(days=1), time(12), HERE)


def window_of(*periods: str) -> Window:
    """A window of these periods."""
    return Window(tuple(read_period(each) for each in periods))


def add_cases(office: Office, seed: int, period: Period, many: int) -> None:
    """Cases with a detainer of that period; some say little, a few are of survivors."""
    random = Random(seed)  # noqa: S311 - cases, not keys
    days = (period.end - period.start).days
    dates = [period.start + timedelta(days=random.randint(0, days)) for _ in range(many)]
    write_cases(office, (_case(random, day) for day in dates))


def _case(random: Random, day: date) -> WholeCase:
    booked = day - timedelta(days=random.choice((0, 0, 1, 2, 9)))
    due = datetime.combine(day, time(20), HERE)
    freed = due + timedelta(hours=random.choice((3, 20, 47, 49, 70, 200)))
    records: dict[type, Sequence[object]] = {
        Detainer: [
            Detainer(
                form=random.choice((DetainerForm.I247A, None)),
                issued_on=PartialDate(day.year, day.month, day.day),
                status=_weighted(random, tuple(DetainerStatus)),
            )
        ],
        Charge: [Charge(level=_weighted(random, LEVELS), outcome=_weighted(random, OUTCOMES))],
        Custody: [
            Custody(
                booked_on=PartialDate(booked.year, booked.month, booked.day),
                release_due_at=due,
                released_at=freed if random.random() < 0.8 else None,
            )
        ],
        Household: [Household(children=_weighted(random, (0, 1, 2, 3, None)))],
    }
    if random.random() < 0.06:
        records[Protection] = [Protection(survivor=YesNo.YES, consent_reporting=YesNo.YES)]
    at = datetime.combine(day, time(15), HERE)
    return WholeCase({cls: tuple(kept) for cls, kept in records.items()}, at, at, 1)


def _weighted(random: Random, words: Sequence[T]) -> T:
    """The first words more often than the last: most groups of an office are small."""
    return random.choices(words, [0.55**i for i in range(len(words))])[0]


def own(name: str, *dimensions: str) -> Part:
    """A table of one's own by these questions."""
    return Part(name, name, tuple(Side(each) for each in dimensions))


def ledger_state(office: Office) -> list[object]:
    """How much stands in the ledger and the history."""
    with office.reading() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*), max(rowid) FROM {table}").all()  # noqa: S608
            for table in ("releases", "history")
        ]
