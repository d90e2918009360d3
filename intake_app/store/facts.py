"""Facts of all cases for summaries. Reads no sealed column: the identity key is not needed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from intake_app.core.answers import from_stored
from intake_app.core.case_facts import CaseFacts, case_facts
from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.fields import question
from intake_app.store.schema import RECORD_TABLES

_READ: dict[type, tuple[str, ...]] = {
    Charge: ("level", "outcome", "top_charge"),
    Detainer: ("issued_on", "received_at"),
    Custody: ("booked_on", "arrested_at"),
}


def read_facts(connection: Connection) -> Iterator[CaseFacts]:
    """The facts of every case that can be counted, in no telling order."""
    found: dict[type, defaultdict[int, list[Any]]] = {}
    for cls, names in _READ.items():
        table = RECORD_TABLES[cls]
        asked = [question(cls, name) for name in names]
        rows = connection.execute(
            select(table.c.case_id, *(table.c[name] for name in names)).where(
                table.c.removed_at.is_(None)
            )
        )
        by_case: defaultdict[int, list[Any]] = defaultdict(list)
        for case_id, *kept in rows:
            answers = zip(asked, kept, strict=True)
            by_case[case_id].append(cls(**{one.name: from_stored(one, v) for one, v in answers}))
        found[cls] = by_case
    for case_id in found[Detainer]:
        custody = found[Custody].get(case_id, [Custody()])[0]
        facts = case_facts(found[Charge].get(case_id, []), found[Detainer][case_id], custody)
        if facts is not None:
            yield facts
