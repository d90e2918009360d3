"""Counting facts into tables."""

from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import Axis, CountTable, Shape
from intake_app.core.reports.rows import Column, Rows


def count(shape: Shape, rows: Rows) -> CountTable:
    """True counts of `rows`, totals included. Not for anybody's eyes.

    Raises ValueError where an answer that occurs stands in no group of the table.
    """
    places, inner = _spots(shape, rows)
    size = int(np.prod(inner, dtype=np.int64))
    counted = np.bincount(places, minlength=size).astype(np.int64)
    return CountTable(shape, _with_totals(counted.reshape(inner)))


def lines_of(shape: Shape, rows: Rows) -> npt.NDArray[np.intp]:
    """For each row and each axis the group it falls in: an array of rows x axes."""
    if not shape.axes:
        return np.zeros((rows.size, 0), np.intp)
    return np.column_stack([_lines(axis, rows.columns[axis.dimension]) for axis in shape.axes])


def _lines(axis: Axis, column: Column) -> npt.NDArray[np.intp]:
    line = {word: i for i, group in enumerate(axis.groups) for word in group.words}
    strange = [word for word in column.words if word not in line]
    if strange and np.isin(column.codes, [column.words.index(w) for w in strange]).any():
        raise ValueError(f"an answer of {axis.dimension} stands in no group of the table")
    table = np.array([line.get(word, 0) for word in column.words] or [0], np.intp)
    return table[column.codes]


def _spots(shape: Shape, rows: Rows) -> tuple[npt.NDArray[np.intp], tuple[int, ...]]:
    inner = tuple(len(axis.groups) for axis in shape.axes)
    places = np.zeros(rows.size, np.intp)
    for axis, lines in zip(shape.axes, inner, strict=True):
        places = places * lines + _lines(axis, rows.columns[axis.dimension])
    return places, inner


def _with_totals(inner: npt.NDArray[Any]) -> npt.NDArray[Any]:
    for side in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=side, keepdims=True)], axis=side)
    return inner
