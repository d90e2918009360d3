"""An attorney blocks an entry of the library, or lifts a block of the office's own."""

from datetime import datetime

from intake_app.core.answers import clean
from intake_app.core.authorities import Authority
from intake_app.core.authority_checks import CheckAction, may_unblock
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import BadAnswer
from intake_app.core.roles import Act, require
from intake_app.store.authority_checks import add_check
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.check_authority import the_entry


def block_authority(office: Office, name: str, reason: str, now: datetime) -> None:
    """From now on no letter cites it; the reason is told to whoever would have."""
    authority, said = _asked(office, name, reason)
    if authority.blocked:
        raise BadAnswer("This entry is blocked already.")
    add_check(office, now, name, CheckAction.BLOCKED, entry_hash(authority), note=said)


def unblock_authority(office: Office, name: str, reason: str, now: datetime) -> None:
    """Lift a block of the office; one that ships with the program stays."""
    authority, said = _asked(office, name, reason)
    if not authority.blocked:
        raise BadAnswer("This entry is not blocked.")
    if not may_unblock(name, shipped.library()):
        raise BadAnswer(
            "This block ships with the program and stays. If you have checked that the text may be "
            "cited, add an entry of the office."
        )
    add_check(office, now, name, CheckAction.UNBLOCKED, entry_hash(authority), note=said)


def _asked(office: Office, name: str, reason: str) -> tuple[Authority, str]:
    require(office.member.role, Act.CHECK_AUTHORITIES)
    entry = the_entry(office, name)
    if not isinstance(entry, Authority):
        raise BadAnswer("A state’s rule can’t be blocked. Correct it instead.")
    said = clean(reason)
    if not said:
        raise BadAnswer("Say why, so that others know.")
    return entry, said
