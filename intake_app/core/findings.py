"""What the program has to say about a case: what is wrong, open, urgent, or follows from it.

A finding is a sentence with its weight, its reason, and the place it belongs to. Rules in `core`
make findings; the case page shows those of a question beside it and the others in a card of
their section. A finding never stops anybody from saving.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.case import CaseFile
from intake_app.core.office_reference import OfficeReference
from intake_app.core.roles import Role


class Weight(Enum):
    """How much a finding matters, the heaviest first."""

    ALARM = "alarm"
    """Somebody is in danger, or a right is lost, unless somebody acts now."""
    WARN = "warn"
    """Probably wrong, or to be settled before the case goes on."""
    NOTE = "note"
    """Follows from the answers; worth knowing."""
    FINE = "fine"
    """Looked at, and well."""


@dataclass(frozen=True)
class Finding:
    """One sentence about a case.

    why: the reason and its source (statute, form, paper). record, entry_id, field: the question
    it belongs to; without `field` it belongs to the record's section. entry_id is None for a
    record of which a case has one. words and why are shown to whoever opens the case: a finding
    from protected answers must have a record or a field that is protected. offer: an answer to
    the question that one press gives, where `words` say which.
    """

    weight: Weight
    words: str
    record: type
    why: str = ""
    field: str = ""
    entry_id: int | None = None
    offer: Any = None


@dataclass(frozen=True)
class Setting:
    """What findings depend on beside the case.

    now: aware. zone, state: the office's IANA zone and two-letter state.
    """

    now: datetime
    zone: str
    state: str
    role: Role
    reference: OfficeReference

    @property
    def today(self) -> date:
        """The day it is at the office."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()


Finder = Callable[[CaseFile, Setting], Iterable[Finding]]
"""A rule. The case holds only what the member's keys open."""
