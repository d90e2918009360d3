"""What an office adds to what ships with the program: its holidays, its poverty guidelines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class PovertyGuideline:
    """One region's federal poverty guideline of one year, typed in from its source by the office.

    region: "48" (the contiguous states and D.C.), "AK" or "HI". first_person, each_more: dollars
    a year for a household of one, and for each further person. None ships with the program.
    """

    effective_on: date
    region: str
    first_person: Decimal
    each_more: Decimal
    source: str
    checked_on: date
    checked_by: str


@dataclass(frozen=True)
class OfficeReference:
    """holidays: days and their names that a jail may leave out of the 48 hours, beside the
    federal ones; guidelines: newest first.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    guidelines: tuple[PovertyGuideline, ...] = ()
