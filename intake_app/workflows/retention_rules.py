"""The office's rules of how long what is kept: nothing is preset, an attorney decides."""

from datetime import datetime

from intake_app.core.errors import BadAnswer
from intake_app.core.retention import LONGEST
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import PurgePart
from intake_app.store.office import Office
from intake_app.store.retention import rules
from intake_app.store.retention.rules import KeptRule

__all__ = ["KeptRule", "add_rule", "read_rules", "remove_rule"]


def read_rules(office: Office) -> tuple[KeptRule, ...]:
    """The rules that stand, the shortest first. Administrators only."""
    require(office.member.role, Act.DESTROY)
    with office.reading() as connection:
        return rules.read_rules(connection)


def add_rule(office: Office, part: PurgePart, months: int, now: datetime) -> None:
    """Set after how many months from closing a part is destroyed, in place of its rule before.

    Raises `BadAnswer` for less than one month or more than a hundred years.
    """
    require(office.member.role, Act.DESTROY)
    if not 1 <= months <= LONGEST:
        raise BadAnswer("A rule can have 1 to 1,200 months. Enter the months from closing.")
    with office.writing() as connection:
        rules.add_rule(office, connection, part, months, now)


def remove_rule(office: Office, rule_id: int, now: datetime) -> None:
    """Take a rule out; raise `AppError` where it is out already."""
    require(office.member.role, Act.DESTROY)
    with office.writing() as connection:
        rules.remove_rule(office, connection, rule_id, now)
