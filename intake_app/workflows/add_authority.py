"""An attorney adds an entry of the office's own to the library; it waits for its check."""

from dataclasses import replace
from datetime import datetime

from intake_app.core.authorities import Authority, Status
from intake_app.core.authority_checks import CheckAction
from intake_app.core.authority_files import read_office_entry
from intake_app.core.authority_text import entry_hash, entry_text
from intake_app.core.roles import Act, require
from intake_app.store.authority_checks import add_check
from intake_app.store.office import Office
from intake_app.workflows.letter_sources import office_library


def add_authority(office: Office, authority: Authority, now: datetime) -> str:
    """Keep it under the next id of the office, O01 and so on, and return that.

    Whatever `authority` says of its id and its check, nobody has compared it yet. Raise
    `BadAnswer` for anything the library's own files would refuse.
    """
    require(office.member.role, Act.CHECK_AUTHORITIES)
    library = office_library(office)
    fresh = replace(
        authority,
        id=library.next_id(),
        status=Status.UNVERIFIED,
        verified_on=office.today(now),
        blocked=False,
        blocked_reason="",
    )
    read = read_office_entry(entry_text(fresh), library.library)
    add_check(office, now, fresh.id, CheckAction.ADDED, entry_hash(read), text=entry_text(read))
    return fresh.id
