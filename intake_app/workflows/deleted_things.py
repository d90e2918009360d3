"""List what was deleted and can be brought back."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import deleted_things as kept
from intake_app.store.deleted_things import DeletedThing
from intake_app.store.office import Office


def deleted_things(office: Office, now: datetime) -> tuple[DeletedThing, ...]:
    """What this member may bring back, the newest first."""
    require(office.member.role, Act.WRITE_CASES)
    with office.reading() as connection:
        return kept.deleted_things(office, connection, now)
