"""Words on the case page that are not in the file, as text to be sealed while it is locked."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake_app.core.answers import from_stored, to_stored
from intake_app.core.casefile import RECORDS
from intake_app.core.fields import question, title_of
from intake_app.ui.case_edits import Edit

_RECORDS = {title_of(record).table: record for record in RECORDS}


@dataclass(frozen=True)
class Typed:
    """Words in one field that can't be read as an answer, and where the field stands."""

    case_id: int
    record: type
    entry_id: int | None
    field: str
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """The question, as the form shows it."""
        return question(self.record, self.field).label


def as_text(refused: Iterable[Edit], unread: Iterable[Typed]) -> str:
    """Answers the file refused, and words that can't be read; empty where there are none."""
    told = {
        "refused": [
            (*_place(edit), to_stored(question(edit.record, edit.field), edit.value))
            for edit in refused
        ],
        "unread": [(*_place(typed), typed.words) for typed in unread],
    }
    return json.dumps(told) if any(told.values()) else ""


def from_text(text: str) -> tuple[list[Edit], list[Typed]]:
    """What `as_text` was given."""
    told = json.loads(text)
    refused = []
    for case_id, table, entry_id, field, stored in told["refused"]:
        record = _RECORDS[table]
        value = from_stored(question(record, field), stored)
        refused.append(Edit(case_id, record, entry_id, field, value))
    unread = [
        Typed(case_id, _RECORDS[table], entry_id, field, tuple(words))
        for case_id, table, entry_id, field, words in told["unread"]
    ]
    return refused, unread


def unsaved_sentence(refused: Iterable[Edit], waiting: Sequence[Typed], unread: str) -> str:
    """What `Page.unsaved` says. waiting: typed in a case that is not shown yet."""
    labels = sorted({edit.label for edit in refused} | {typed.label for typed in waiting})
    if labels:
        return f"Not saved yet: {', '.join(labels)}."
    return f"Not saved yet. {unread}" if unread else ""


def _place(one: Edit | Typed) -> tuple[int, str, int | None, str]:
    return (one.case_id, title_of(one.record).table, one.entry_id, one.field)
