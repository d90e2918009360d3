"""An attorney has compared an entry of the library with a text, today."""

from datetime import datetime

from intake_app.core.answers import clean
from intake_app.core.authority_checks import CheckAction, Entry
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.store.authority_checks import add_check
from intake_app.store.office import Office
from intake_app.workflows.letter_sources import office_library


def check_authority(
    office: Office, name: str, seen: str, now: datetime, note: str = "", *, with_source: bool
) -> None:
    """Keep the check of one entry; `name` is an authority's id or "state FL".

    seen: `entry_hash` of the words the attorney had before her. with_source: whether she compared
    them with the source itself or with another text that gives its words. Raise `AppError` where
    the entry says something else by now.
    """
    require(office.member.role, Act.CHECK_AUTHORITIES)
    entry = the_entry(office, name)
    if entry_hash(entry) != seen:
        raise AppError("This entry was changed since you opened it. Read it again, then check it.")
    action = CheckAction.WITH_SOURCE if with_source else CheckAction.WITH_OTHER
    add_check(office, now, name, action, seen, note=clean(note))


def the_entry(office: Office, name: str) -> Entry:
    """The entry as the office has it; raise `AppError` where there is none."""
    entry = office_library(office).entry(name)
    if entry is None:
        raise AppError("There is no such entry in the library. Open the page again.")
    return entry
