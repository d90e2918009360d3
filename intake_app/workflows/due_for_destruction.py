"""What would be destroyed today, how much of it, and what waits and why. Nothing is changed."""

from dataclasses import dataclass
from datetime import datetime

from intake_app.core.retention import Waits
from intake_app.core.roles import Act, may, require
from intake_app.store.office import Office
from intake_app.store.retention import due, purging
from intake_app.store.retention.purging import Counts, Destroyed, Purge
from intake_app.store.retention.rules import checks_that_found

__all__ = ["DueNow", "Waits", "due_for_destruction", "how_many_due"]


@dataclass(frozen=True)
class DueNow:
    """What is due. done: by case, with the rule; checks: of other cases, that had found somebody
    of these. unfinished: an earlier run that was cut off before the file was rewritten.
    """

    done: tuple[Destroyed, ...]
    waits: tuple[Waits, ...]
    checks: tuple[int, ...]
    counts: Counts
    unfinished: Purge | None

    @property
    def cases(self) -> int:
        """How many cases something is destroyed of."""
        return len({one.case_id for one in self.done if one.case_id is not None})


def due_for_destruction(office: Office, now: datetime) -> DueNow:
    """Work out what is due today, with counts. Administrators only."""
    require(office.member.role, Act.DESTROY)
    with office.reading() as connection:
        done, waits = due.work_out(office, connection, now)
        checks = tuple(checks_that_found(office, connection, done))
        return DueNow(
            done=done,
            waits=waits,
            checks=checks,
            counts=purging.count(connection, done, checks),
            unfinished=due.unfinished(connection),
        )


def how_many_due(office: Office, now: datetime) -> int:
    """How many cases are due, for the desk; 0 for a member who may not destroy anything."""
    if not may(office.member.role, Act.DESTROY):
        return 0
    with office.reading() as connection:
        done, _waits = due.work_out(office, connection, now)
    return len({one.case_id for one in done if one.case_id is not None})
