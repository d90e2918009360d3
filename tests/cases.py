"""Cases for rules that need no file: any records as one case, seen on one day by one member."""

from typing import Any

from intake_app.core.case import CaseFile, Entry
from intake_app.core.findings import Setting
from intake_app.core.office_reference import OfficeReference
from intake_app.core.roles import Role
from tests.conftest import NOW

HERE = Setting(NOW, "America/New_York", "FL", Role.PARALEGAL, OfficeReference())
"""A paralegal in Miami, on Sunday 22 November 2026; the office has entered nothing of its own."""


def case_of(*records: Any, first: int = 1) -> CaseFile:
    """The records as a saved case; they are numbered from `first` in the order given."""
    entries: dict[type, tuple[Entry[Any], ...]] = {}
    for number, record in enumerate(records, start=first):
        entries[type(record)] = (*entries.get(type(record), ()), Entry(number, record))
    return CaseFile(1, "2026-0001", entries)
