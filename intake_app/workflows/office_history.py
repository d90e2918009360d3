"""The history of the whole office."""

from intake_app.core.errors import BadAnswer
from intake_app.core.roles import Act, require
from intake_app.store.office import Office
from intake_app.store.office_history import PAGE, DeedPage, DeedQuery, read_deeds


def office_history(
    office: Office, query: DeedQuery, before: int | None = None, limit: int = PAGE
) -> DeedPage:
    """Who did what, newest first, one page at a time; for administrators.

    before: what the page ahead gave as `older`. limit: -1 for everything.
    """
    require(office.member.role, Act.SEE_OFFICE_HISTORY)
    if query.since and query.until and query.since > query.until:
        raise BadAnswer("The first day is after the last. Turn them round.")
    with office.reading() as connection:
        return read_deeds(office, connection, query, before, limit)
