"""Where each fact of a letter comes from: its section, who answered it last, how it is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Custody, sections_for
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.roles import Act, require
from intake_app.documents.told import FactUsed
from intake_app.store.answer_times import Answered, answer_times
from intake_app.store.office import Office

QuestionOf = tuple[type, str]
"""A question: its record and its name."""

_KNOWN_FROM: dict[QuestionOf, str] = {
    (Custody, "facility"): "custody_known_from",
    (Custody, "in_custody"): "custody_known_from",
    (Custody, "release_due_at"): "release_known_from",
    (Custody, "release_due_on"): "release_known_from",
    (Custody, "release_basis"): "release_known_from",
    (Custody, "release_expected"): "release_known_from",
}
"""Questions of which the record says how the answer is known."""


@dataclass(frozen=True)
class FactSource:
    """`section`: where the question stands; `known_from`: as answered, or empty.

    answered: its last change; None where the answer came with an import.
    """

    section: str
    answered: Answered | None
    known_from: str


def read_fact_sources(
    office: Office, case: CaseFile, known: LetterFacts, facts: Iterable[FactUsed]
) -> dict[QuestionOf, FactSource]:
    """By question. Of a record with several rows, the newest answer among those told of."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        times = answer_times(connection, case.case_id)
    section_of = {
        record: section.title
        for section in sections_for(office.member.role)
        for record in section.records
        if record not in section.only
    }
    found: dict[QuestionOf, FactSource] = {}
    for one in facts:
        if one.record is None or (one.record, one.field) in found:
            continue
        rows = _rows(case, known, one.record)
        answered = [times[key] for row in rows if (key := (one.record, row, one.field)) in times]
        found[one.record, one.field] = FactSource(
            section_of.get(one.record, ""),
            max(answered, key=lambda one: one.at, default=None),
            _known_from(case, one.record, one.field),
        )
    return found


def _rows(case: CaseFile, known: LetterFacts, record: type) -> list[int]:
    """The rows a letter speaks of: of several detainers the one it is about."""
    kept: tuple[Entry[Any], ...] = case.kept(record)
    about = [one.id for one in kept if one.record == known.detainer]
    return about or [one.id for one in kept]


def _known_from(case: CaseFile, record: type, field: str) -> str:
    name = _KNOWN_FROM.get((record, field))
    answer = getattr(case.one(record), name) if name else None
    return answer.label if answer is not None else ""
