"""The rows of one period as published, kept for the ledger beside its facts."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from intake_app.core.disclosure.case_rows import RowClasses
from intake_app.core.disclosure.figures import ProtectedTable, Shape
from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.reports.periods import Period, Window, read_period
from intake_app.core.reports.rows import Population


@dataclass(frozen=True)
class PublishedRows:
    """One file of rows: `classes` over the closed facts of `period`, in their order."""

    period: Period
    threshold: int
    classes: RowClasses

    @property
    def id(self) -> str:
        """As in the names of its files."""
        return f"ROWS_{self.period.id}"

    @property
    def total(self) -> ProtectedTable:
        """How many rows there are, as a published figure."""
        window = Window((self.period,))
        shape = Shape(self.id, "Case rows", Population.EPISODES, window, ())
        return ProtectedTable(shape, (self.classes.size,))

    def to_json(self) -> dict[str, Any]:
        """What the file tells: strings, numbers and lists only."""
        classes = self.classes
        return {
            "rows_id": self.id,
            "period": self.period.id,
            "threshold": self.threshold,
            "columns": [hierarchy.to_json() for hierarchy in classes.hierarchies],
            "level": classes.level.tolist(),
            "group": classes.group.tolist(),
            "counts": classes.counts.tolist(),
        }

    def sealed(self) -> bytes:
        """What the file does not tell: which row of the facts is told how."""
        stored = {
            "class_of": self.classes.class_of.tolist(),
            "possible": [
                [np.flatnonzero(row).tolist() for row in table] for table in self.classes.possible
            ],
        }
        return zlib.compress(json.dumps(stored, separators=(",", ":")).encode(), 6)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], sealed: bytes) -> PublishedRows:
        """The reverse of both. Raises KeyError, TypeError, ValueError or zlib.error otherwise."""
        hidden = json.loads(zlib.decompress(sealed))
        hierarchies = tuple(Hierarchy.from_json(each) for each in stored["columns"])
        possible = []
        for hierarchy, told in zip(hierarchies, hidden["possible"], strict=True):
            table = np.zeros((len(stored["counts"]), len(hierarchy.words)), np.bool_)
            for number, places in enumerate(told):
                table[number, places] = True
            possible.append(table)
        shape = len(stored["counts"]), len(hierarchies)
        classes = RowClasses(
            hierarchies,
            np.array(stored["level"], np.intp).reshape(shape),
            np.array(stored["group"], np.intp).reshape(shape),
            np.array(stored["counts"], np.intp),
            np.array(hidden["class_of"], np.intp),
            tuple(possible),
        )
        return cls(read_period(stored["period"]), int(stored["threshold"]), classes)
