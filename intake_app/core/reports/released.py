"""A release as the ledger keeps it: what was asked for, every figure, and what the attack said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import ProtectedTable
from intake_app.core.reports.periods import Window
from intake_app.core.reports.release import Amounts, Costs, Prepared, ReleaseAsked, ReportPart
from intake_app.core.reports.tables import Part, Share, Side


@dataclass(frozen=True)
class Released:
    """One release: the number of its entry, when it was made, and the parts that were new in it."""

    id: int
    made_at: datetime
    asked: ReleaseAsked
    parts: Mapping[str, ReportPart]
    confirmation: Confirmation
    gap: float | None

    @property
    def tables(self) -> tuple[ProtectedTable, ...]:
        """Every table of counts it published for the first time."""
        parts = self.parts.values()
        return tuple(table for part in parts for table in part.tables)


def release_to_json(prepared: Prepared) -> dict[str, Any]:
    """What the ledger keeps of a release, as JSON: the parts no release before it published."""
    return {
        "asked": asked_to_json(prepared.asked),
        "parts": [
            _kept_to_json(part)
            for report in prepared.reports
            for part in report.parts
            if part.part.id not in prepared.published_before
        ],
        "confirmation": asdict(prepared.confirmation),
        "gap": prepared.gap,
    }


def released_from_json(number: int, made_at: datetime, stored: Mapping[str, Any]) -> Released:
    """The reverse of `release_to_json`. Raises KeyError, TypeError or ValueError otherwise."""
    parts = [_kept_from_json(part) for part in stored["parts"]]
    return Released(
        number,
        made_at,
        _asked_from_json(stored["asked"]),
        {part.part.id: part for part in parts},
        Confirmation(**stored["confirmation"]),
        stored["gap"],
    )


def _kept_to_json(kept: ReportPart) -> dict[str, Any]:
    return {
        "part": _part_to_json(kept.part),
        "table": kept.table.to_json(),
        "known": {measure: table.to_json() for measure, table in kept.known.items()},
        "amounts": [asdict(amounts) for amounts in kept.amounts],
    }


def _kept_from_json(stored: Mapping[str, Any]) -> ReportPart:
    return ReportPart(
        _part_from_json(stored["part"]),
        ProtectedTable.from_json(stored["table"]),
        {measure: ProtectedTable.from_json(table) for measure, table in stored["known"].items()},
        tuple(_amounts_from_json(amounts) for amounts in stored["amounts"]),
    )


def _amounts_from_json(stored: Mapping[str, Any]) -> Amounts:
    return Amounts(
        stored["measure"],
        stored["title"],
        stored["unit"],
        *(tuple(stored[name]) for name in ("totals", "means", "medians", "reached")),
    )


def asked_to_json(asked: ReleaseAsked) -> dict[str, Any]:
    """What was asked for, as JSON: the same for the same wish."""
    return {
        "window": asked.window.to_json(),
        "tables": list(asked.tables),
        "own": [_part_to_json(part) for part in asked.own],
        "grouped": {
            part: [_side_to_json(side) for side in sides]
            for part, sides in sorted(asked.grouped.items())
        },
        "threshold": asked.threshold,
        "costs": asdict(asked.costs),
    }


def _asked_from_json(stored: Mapping[str, Any]) -> ReleaseAsked:
    return ReleaseAsked(
        Window.from_json(stored["window"]),
        tuple(stored["tables"]),
        tuple(_part_from_json(part) for part in stored["own"]),
        {
            part: tuple(_side_from_json(side) for side in sides)
            for part, sides in stored["grouped"].items()
        },
        stored["threshold"],
        Costs(**stored["costs"]),
    )


def _part_to_json(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": part.title,
        "sides": [_side_to_json(side) for side in part.sides],
        "measures": list(part.measures),
        "shares": [[share.label, list(share.groups)] for share in part.shares],
    }


def _part_from_json(stored: Mapping[str, Any]) -> Part:
    return Part(
        stored["id"],
        stored["title"],
        tuple(_side_from_json(side) for side in stored["sides"]),
        tuple(stored["measures"]),
        tuple(Share(label, tuple(groups)) for label, groups in stored["shares"]),
    )


def _side_to_json(side: Side) -> dict[str, Any]:
    return {
        "dimension": side.dimension,
        "groups": [[label, sorted(words)] for label, words in side.groups],
        "title": side.title,
    }


def _side_from_json(stored: Mapping[str, Any]) -> Side:
    return Side(
        stored["dimension"],
        tuple((label, frozenset(words)) for label, words in stored["groups"]),
        stored["title"],
    )
