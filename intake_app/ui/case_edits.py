"""What the window holds of a case between one saved edit and the next.

The pure part of the case page: a `CaseFile` with one answer changed, one row added or taken
away. The office file has the same change already; this spares reading the whole case again.
"""

from dataclasses import dataclass, replace
from typing import Any

from intake_app.core.case import CaseFile, Entry
from intake_app.core.fields import question, title_of


@dataclass(frozen=True)
class Edit:
    """One finished edit on its way to the file.

    `entry_id` is None for a record of which a case has one, as long as it has no row.
    """

    case_id: int
    record: type
    entry_id: int | None
    field: str
    value: Any

    @property
    def place(self) -> tuple[int, type, int | None, str]:
        """Which answer it is; a later edit of the same place replaces an earlier one."""
        entry_id = self.entry_id if title_of(self.record).many else None
        return (self.case_id, self.record, entry_id, self.field)

    @property
    def label(self) -> str:
        """The question, as the form shows it."""
        return question(self.record, self.field).label


def with_answer(case: CaseFile, edit: Edit, entry_id: int) -> CaseFile:
    """The case with one answer changed; its row is made where there was none."""
    kept: tuple[Entry[Any], ...] = case.kept(edit.record)
    changed = {edit.field: edit.value}
    if any(entry.id == entry_id for entry in kept):
        rows = tuple(
            Entry(entry.id, replace(entry.record, **changed)) if entry.id == entry_id else entry
            for entry in kept
        )
    else:
        rows = (*kept, Entry(entry_id, edit.record(**changed)))
    return replace(case, entries={**case.entries, edit.record: rows})


def with_entry(case: CaseFile, record: type, entry_id: int) -> CaseFile:
    """The case with one more, empty row."""
    kept: tuple[Entry[Any], ...] = case.kept(record)
    rows = (*kept, Entry(entry_id, record()))
    return replace(case, entries={**case.entries, record: rows})


def without_entry(case: CaseFile, record: type, entry_id: int) -> CaseFile:
    """The case with one row less."""
    kept: tuple[Entry[Any], ...] = case.kept(record)
    rows = tuple(entry for entry in kept if entry.id != entry_id)
    return replace(case, entries={**case.entries, record: rows})


def record_of(case: CaseFile, record: type, entry_id: int | None) -> Any:
    """The saved record of a row; an empty one where there is none."""
    kept: tuple[Entry[Any], ...] = case.kept(record)
    for entry in kept:
        if entry_id is None or entry.id == entry_id:
            return entry.record
    return record()
