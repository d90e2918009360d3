"""Attackers for the tests, none of which shares code with the product.

A publisher who knows no better, a reader with another solver and other unknowns, one who tries
every table there could be, and one who searches files for what was withheld.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from intake_app.core.disclosure.figures import (
    CountTable,
    Guard,
    Place,
    ProtectedTable,
)

Condition = frozenset[tuple[str, frozenset[str]]]
Time = frozenset[str]

_NUMBER = re.compile(r"(?<![\w.-])\d+(?![\w.-])")


def primary_only(table: CountTable, threshold: int = 11) -> ProtectedTable:
    """Small counts withheld and nothing else: the mistake the product must not make."""
    figures = (int(v) for v in table.counts.ravel())
    return ProtectedTable(table.shape, tuple(None if 1 <= v < threshold else v for v in figures))


def true_at(table: CountTable, place: Place) -> int:
    return int(table.counts[place])


class ScipyReader:
    """Bounds of published figures, each figure an unknown of its own.

    Tables whose sides have the same groups, in windows that are periods or made of them. A
    withheld figure is at least `least` of its table and place; unknown pieces of a window are at
    least 0. `limits` are what else is known of a figure: for two symbols.
    """

    def __init__(
        self,
        published: Sequence[ProtectedTable],
        least: Mapping[tuple[int, Place], int],
        limits: Mapping[tuple[int, Place], tuple[int, float]] | None = None,
    ) -> None:
        self._number: dict[tuple[Condition, Time], int] = {}
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[dict[int, float]] = []
        self.published = published
        for number, table in enumerate(published):
            for place in table.shape.places():
                unknown = self.unknown(table, place)
                shown = table.at(place)
                low, high = (limits or {}).get((number, place), (0, np.inf))
                low = max(low, least[number, place])
                if shown is not None:
                    low = high = shown
                self._low[unknown] = max(self._low[unknown], low)
                self._high[unknown] = min(self._high[unknown], high)
            self._lines(table)
        self._pieces()
        size = len(self._low)
        spots = [(r, c, v) for r, row in enumerate(self._rows) for c, v in row.items()]
        rows, columns, values = zip(*spots, strict=True) if spots else ((), (), ())
        self._equal: Any = csr_array((values, (rows, columns)), shape=(len(self._rows), size))

    def unknown(self, table: ProtectedTable, place: Place) -> int:
        conditions = frozenset(
            (axis.dimension, axis.groups[i].words)
            for axis, i in zip(table.shape.axes, place, strict=True)
            if i < len(axis.groups)
        )
        return self._of(conditions, frozenset(table.shape.window.to_json()))

    def _of(self, conditions: Condition, time: Time) -> int:
        key = (conditions, time)
        if key not in self._number:
            self._number[key] = len(self._low)
            self._low.append(0)
            self._high.append(np.inf)
        return self._number[key]

    def _lines(self, table: ProtectedTable) -> None:
        for side, axis in enumerate(table.shape.axes):
            for place in table.shape.places():
                if place[side] < len(axis.groups):
                    continue
                row = {self.unknown(table, place): -1.0}
                for i in range(len(axis.groups)):
                    row[self.unknown(table, (*place[:side], i, *place[side + 1 :]))] = 1.0
                self._rows.append(row)

    def _pieces(self) -> None:
        """A window is what is published of its periods, and what is not."""
        for conditions, time in list(self._number):
            inside = [t for c, t in self._number if c == conditions and t < time]
            inside = [t for t in inside if not any(t < other for other in inside)]
            if not inside:
                continue
            row = {self._number[conditions, time]: -1.0}
            row |= {self._number[conditions, t]: 1.0 for t in inside}
            rest = time - frozenset().union(*inside)
            if rest:
                row[self._of(conditions, rest)] = 1.0
            self._rows.append(row)

    def bound(self, unknown: int, sign: int, *, whole: bool = False) -> float:
        """The least (`sign` 1) or greatest (-1) value of one figure."""
        cost = np.zeros(len(self._low))
        cost[unknown] = sign
        zeros = np.zeros(len(self._rows))
        if whole:
            answer: Any = milp(
                cost,
                integrality=np.ones(len(cost), np.int64),
                bounds=Bounds(np.array(self._low), np.minimum(self._high, 10_000)),
                constraints=LinearConstraint(self._equal, zeros, zeros),
            )
        else:
            answer = linprog(
                cost,
                A_eq=self._equal,
                b_eq=zeros,
                bounds=list(zip(self._low, self._high, strict=True)),
            )
            if answer.status == 3:
                return -sign * np.inf
        assert answer.status == 0, answer.message
        return float(sign * answer.fun)

    def hidden(self) -> Iterator[tuple[Condition, Time, int]]:
        """Pieces of windows that stand in no table."""
        shown = {
            self.unknown(table, place) for table in self.published for place in table.shape.places()
        }
        for (conditions, time), number in self._number.items():
            if number not in shown:
                yield conditions, time, number


def least_shown(published: Sequence[ProtectedTable]) -> dict[tuple[int, Place], int]:
    """What a reader knows of withheld figures where all zeros are shown."""
    return {(n, p): 1 for n, table in enumerate(published) for p in table.shape.places()}


def least_true(
    published: Sequence[ProtectedTable], counts: Sequence[CountTable]
) -> dict[tuple[int, Place], int]:
    """The most anybody could know: which withheld figures are 0, but where victims are told of."""
    known = {}
    for n, (table, true) in enumerate(zip(published, counts, strict=True)):
        for place in table.shape.places():
            private = any(
                axis.guard is Guard.VICTIM and i < len(axis.groups)
                for axis, i in zip(table.shape.axes, place, strict=True)
            )
            known[n, place] = int(true_at(true, place) > 0 and not private)
    return known


@cache
def every_filling(total: int, cells: int) -> npt.NDArray[np.int64]:
    """Every way to put `total` cases into `cells` cells, one in each line."""
    if cells == 1:
        return np.full((1, 1), total, np.int64)
    made = []
    for first in range(total + 1):
        rest = every_filling(total - first, cells - 1)
        made.append(np.hstack([np.full((len(rest), 1), first), rest]))
    return np.vstack(made)


def with_totals(inner: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Totals along every side but the first, which counts fillings."""
    for side in range(1, inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=side, keepdims=True)], axis=side)
    return inner


@dataclass(frozen=True)
class Withheld:
    """A true value that must stand in no file, and the labels it would stand beside."""

    labels: tuple[str, ...]
    value: int


def withheld_values(protected: ProtectedTable, true: CountTable) -> list[Withheld]:
    """What must not be found beside the labels of a table; a 0 tells too."""
    return [
        Withheld(protected.shape.labels(place), true_at(true, place))
        for place in protected.shape.places()
        if protected.at(place) is None
    ]


def search_files(files: Mapping[str, bytes], table: ProtectedTable, true: CountTable) -> list[str]:
    """Names of files in which a withheld value stands beside its labels, or a true line stands.

    Looks at texts (also in zipped files, XLSX among them): lines that hold all labels of a
    figure and its number, grids with a label at either end, and numbers that follow each other
    as in the true table.
    """
    found = []
    secrets = withheld_values(table, true)
    runs = list(_true_runs(table, true))
    for name, content in _unpacked(files):
        text = _text(content)
        if (
            any(_beside(text, secret) for secret in secrets)
            or _in_grid(text, table, true)
            or any(run in _numbers(text) for run in runs)
        ):
            found.append(name)
    return found


def search_folders(folders: Iterable[Path], table: ProtectedTable, true: CountTable) -> list[str]:
    """The same for every file under some folders: temporary ones, where the program runs."""
    files = {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return search_files(files, table, true)


def _unpacked(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in files.items():
        yield name, content
        if content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for inside in packed.namelist():
                    yield f"{name}/{inside}", packed.read(inside)


def _text(content: bytes) -> str:
    for coding in ("utf-8-sig", "utf-16"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _beside(text: str, secret: Withheld) -> bool:
    if not secret.labels:
        return False
    for line in text.splitlines():
        left, whole = line, True
        for label in secret.labels:
            whole &= label in left
            left = left.replace(label, " ", 1)
        # In a long file each figure has its line; in a wide one a line has several.
        if whole and _NUMBER.findall(left) == [str(secret.value)]:
            return True
    return False


def _in_grid(text: str, table: ProtectedTable, true: CountTable) -> bool:
    if len(table.shape.axes) != 2:
        return False
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return False
    across = list(table.shape.axes[1].labels)
    places = [p for p in table.shape.places() if table.at(p) is None]
    header: list[str] = []
    for row in rows:
        if [cell for cell in row if cell in across] == across:
            header = row
            continue
        for place in places:
            down, side = table.shape.labels(place)
            if header and row and row[0] == down and len(row) == len(header):
                cell = row[header.index(side, 1)]
                if cell.strip() == str(true_at(true, place)):
                    return True
    return False


def _true_runs(table: ProtectedTable, true: CountTable) -> Iterator[str]:
    """Lines of the true table, as numbers one after the other, where something was withheld."""
    shape = table.shape
    if not shape.axes or shape.size[-1] < 4:
        return
    for start in product(*(range(lines) for lines in shape.size[:-1])):
        places = [(*start, i) for i in range(shape.size[-1])]
        line = [true_at(true, place) for place in places]
        if any(table.at(place) is None for place in places[:-1]) and len(set(line)) > 2:
            yield f" {' '.join(map(str, line[:-1]))} "


def _numbers(text: str) -> str:
    return f" {' '.join(_NUMBER.findall(text))} "
