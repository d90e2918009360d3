"""The attacker on case rows: reads the very file that would be handed out, and must fail.

It knows what every label can mean and every table that was published, and nothing else; it
shares no code with what makes the rows. All its work is counting and subtracting.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import Axis, ProtectedTable
from intake_app.core.errors import NotSafe
from intake_app.core.reports.periods import Period
from intake_app.core.reports.rows import Population

_ROOMY = 2**40
"""A number that can be multiplied by any number of labels and still be told apart."""

Meaning = Mapping[str, frozenset[str]]
"""The answers that each label of a column can stand for."""


@dataclass(frozen=True)
class RowsAttack:
    """What was tried on a file of rows, and where it worked."""

    rows: int
    classes: int
    rarest: int
    groupings: int
    figures: int
    failures: tuple[str, ...]


@dataclass(frozen=True)
class _Read:
    """The file as read: each combination of labels, and how often it stands there."""

    lines: tuple[tuple[str, ...], ...]
    counts: npt.NDArray[np.int64]


def attack_rows(
    content: bytes,
    columns: Mapping[str, Meaning],
    period: Period,
    tables: Sequence[ProtectedTable],
    k: int,
) -> RowsAttack:
    """Attack the bytes of a CSV of rows. `columns` are the dimensions, in the file's order.

    Raises ValueError for a file that is not as it should be.
    """
    found = read_rows(content, columns, period)
    read = _Read(tuple(found), np.array(list(found.values()), np.int64))
    failures = [f"a row stands there {n} times" for n in found.values() if n < k]
    failures += _groupings(read, k)
    figures = 0
    for table in tables:
        shape = table.shape
        if shape.population is Population.EPISODES and period in shape.window.periods:
            whole = shape.window.periods == (period,)
            tried, worked = _beside(read, columns, table, k, whole=whole)
            figures += tried
            failures += worked
    rarest = min(found.values(), default=0)
    return RowsAttack(
        int(read.counts.sum()), len(found), rarest, 2 ** len(columns) - 1, figures, tuple(failures)
    )


def confirm_rows(
    content: bytes,
    columns: Mapping[str, Meaning],
    period: Period,
    tables: Sequence[ProtectedTable],
    k: int,
) -> RowsAttack:
    """`attack_rows`, and raise NotSafe where it worked anywhere."""
    report = attack_rows(content, columns, period, tables, k)
    if report.failures:
        raise NotSafe(
            f"The check found that a group smaller than {k} could be worked out from the rows. "
            "Nothing was written. Choose fewer columns."
        )
    return report


def read_rows(
    content: bytes, columns: Mapping[str, Meaning], period: Period
) -> Counter[tuple[str, ...]]:
    """How often each combination of labels stands in the file.

    Raises ValueError for a file that is not as it should be.
    """
    head, *body = content.decode("utf-8-sig").removesuffix("\r\n").split("\r\n")
    if _cells(head) != ["period", *columns]:
        raise ValueError("the columns of the file are not those that were asked for")
    found: Counter[tuple[str, ...]] = Counter()
    # Equal rows are equal lines: each is read once, however often it stands there.
    for line, number in Counter(body).items():
        date, *labels = _cells(line)
        if date != period.id or len(labels) != len(columns):
            raise ValueError("a row of the file is of other dates, or has too few columns")
        found[tuple(text.removeprefix("'") for text in labels)] += number
    for place, meaning in enumerate(columns.values()):
        strange = {line[place] for line in found} - {text.removeprefix("'") for text in meaning}
        if strange:
            raise ValueError("a row of the file has a label that stands for nothing")
    return found


def _cells(line: str) -> list[str]:
    (cells,) = csv.reader([line])
    return cells


def _groupings(read: _Read, k: int) -> list[str]:
    """Rows grouped by every choice of columns."""
    width = len(read.lines[0]) if read.lines else 0
    codes = [
        np.unique([line[i] for line in read.lines], return_inverse=True)[1] for i in range(width)
    ]
    failures = []
    for size in range(1, width):
        for chosen in combinations(range(width), size):
            groups = group_sizes([codes[i] for i in chosen], read.counts)
            failures += [f"a group of {int(number)} rows" for number in groups[groups < k]]
    return failures


def group_sizes(
    columns: Sequence[npt.NDArray[np.integer[Any]]], counts: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.int64]:
    """How many rows stand in each combination of codes that occurs.

    `counts` is how many rows each place of the columns stands for; one where it is not given.
    """
    key = np.zeros(len(columns[0]), np.int64)
    for codes in columns:
        if key.max(initial=0) > _ROOMY:
            key = np.unique(key, return_inverse=True)[1]
        key = key * (int(codes.max(initial=0)) + 1) + codes
    if counts is None:
        return np.unique(key, return_counts=True)[1]
    place = np.unique(key, return_inverse=True)[1]
    return np.bincount(place, weights=counts).astype(np.int64)


def _beside(
    read: _Read,
    columns: Mapping[str, Meaning],
    table: ProtectedTable,
    k: int,
    *,
    whole: bool,
) -> tuple[int, list[str]]:
    """A table, recounted from the rows, and what is left when one is taken from the other.

    `whole`: the table is of the very dates of the rows; else it holds them and others.
    """
    shape = table.shape
    names = list(columns)
    mine = [side for side, axis in enumerate(shape.axes) if axis.dimension in columns]
    sure = [_fits(read, names, columns, shape.axes[side], sure=True) for side in mine]
    may = [_fits(read, names, columns, shape.axes[side], sure=False) for side in mine]
    least, most = _counted(read, sure), _counted(read, may)
    tried, failures = 0, []
    for place, figure in zip(shape.places(), table.figures, strict=True):
        rest = [i for side, i in enumerate(place) if side not in mine]
        totals = [lines - 1 for side, lines in enumerate(shape.size) if side not in mine]
        if figure is None or rest != totals:
            continue
        tried += 1
        here = tuple(place[side] for side in mine)
        surely, perhaps = int(least[here]), int(most[here])
        if figure < surely or (whole and figure > perhaps):
            failures.append("the rows and a published table disagree")
        if whole and (0 < figure - surely < k or 0 < perhaps - figure < k):
            failures.append("a published figure less the rows leaves a small group")
    return tried, failures


def _fits(
    read: _Read, names: Sequence[str], columns: Mapping[str, Meaning], axis: Axis, *, sure: bool
) -> npt.NDArray[np.int64]:
    """Lines of the file x lines of a side, the total last: 1 where a row stands there.

    `sure`: only where it surely does; else also where it may.
    """
    column = names.index(axis.dimension)
    plain = {label.removeprefix("'"): words for label, words in columns[axis.dimension].items()}
    inside = {
        label: [words <= g.words if sure else bool(words & g.words) for g in axis.groups] + [True]
        for label, words in plain.items()
    }
    made = [inside[line[column]] for line in read.lines]
    return np.array(made, np.int64).reshape(len(read.lines), len(axis.groups) + 1)


def _counted(read: _Read, fits: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    letters = "abc"[: len(fits)]
    words = ",".join(["r", *(f"r{letter}" for letter in letters)]) + f"->{letters}"
    return np.asarray(np.einsum(words, read.counts, *fits, optimize=True), np.int64)
