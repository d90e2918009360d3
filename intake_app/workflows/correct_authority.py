"""An attorney corrects an entry of the library; it is in no letter until it is checked."""

from datetime import datetime

from intake_app.core.answers import clean
from intake_app.core.authority_checks import CheckAction, Entry, corrected
from intake_app.core.authority_text import entry_hash, entry_text
from intake_app.core.errors import BadAnswer
from intake_app.core.roles import Act, require
from intake_app.store.authority_checks import add_check
from intake_app.store.office import Office
from intake_app.workflows.check_authority import the_entry
from intake_app.workflows.letter_sources import office_library


def correct_authority(
    office: Office, name: str, entry: Entry, now: datetime, note: str = ""
) -> None:
    """Keep an entry as the attorney rewrote it; `name` is an authority's id or "state FL".

    Raise `BadAnswer` for a changed quotation, for anything the library's own files would refuse,
    and where nothing was changed.
    """
    require(office.member.role, Act.CHECK_AUTHORITIES)
    before = the_entry(office, name)
    after = corrected(before, entry_text(entry), office_library(office).library)
    if entry_hash(after) == entry_hash(before):
        raise BadAnswer("Nothing was changed.")
    add_check(
        office,
        now,
        name,
        CheckAction.CORRECTED,
        entry_hash(before),
        text=entry_text(after),
        note=clean(note),
        before=entry_text(before),
    )
