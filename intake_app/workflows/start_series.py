"""Start a new series of published figures where the ledger of the old one is lost."""

from datetime import date, datetime, timedelta

from intake_app.core.errors import NotSafe
from intake_app.core.reports.series import EntryKind
from intake_app.core.roles import Act, require
from intake_app.store.ledger import append, begin_anew, read_running_series
from intake_app.store.office import Office


def start_new_series(office: Office, now: datetime) -> date:
    """Start a new series; returns the first day its first period can have.

    For a ledger that was cut or lost, or an office brought back from a backup older than its
    last release. Nothing dated up to today is published in the new series, since it may have
    been in the old one. The old figures can't be published again. Only an administrator may.
    """
    require(office.member.role, Act.START_SERIES)
    earliest = office.today(now) + timedelta(days=1)
    with office.writing() as connection:
        try:
            series = read_running_series(office, connection)
        except NotSafe:
            # How many series there were is not known: today's date tells them apart.
            told = {"series": int(f"{now:%Y%m%d}"), "earliest": earliest.isoformat()}
            begin_anew(office, connection, told, now)
        else:
            told = {"series": series.number + 1, "earliest": earliest.isoformat()}
            append(office, connection, EntryKind.SERIES, told, None, now)
    return earliest
