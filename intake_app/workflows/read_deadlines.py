"""Read when to give notice of deadlines: times, and nothing of any case."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from intake_app.core.case_clock import clock_of, standing_detainer
from intake_app.core.deadline_notices import Notice, notices_of
from intake_app.core.roles import Act, require
from intake_app.store.desk import held_cases, last_change
from intake_app.store.office import Office


@dataclass(frozen=True)
class Deadlines:
    """The notices of every clock, soonest first in each, and the `mark` of what they rest on."""

    clocks: tuple[tuple[Notice, ...], ...]
    mark: tuple[int, frozenset[date], date]


def read_deadlines(
    office: Office, now: datetime, known: Deadlines | None = None
) -> Deadlines | None:
    """When to give notice, from `now` on; None where nothing has changed since `known`."""
    require(office.member.role, Act.READ_CASES)
    zone, days = office.profile.zone, frozenset(office.reference.holidays)
    with office.reading() as connection:
        mark = (last_change(connection), days, office.today(now))
        if known is not None and known.mark == mark:
            return None
        held = held_cases(connection)
    clocks = []
    for case in held:
        found = standing_detainer(case.detainers, case.custody, zone, now, days)
        if found is not None and found[1] is not None and found[1].next_alert is not None:
            read = partial(clock_of, found[0], case.custody, zone, added_days=days)
            clocks.append(tuple(notices_of(read, now)))
    return Deadlines(tuple(clocks), mark)
