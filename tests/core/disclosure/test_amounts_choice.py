"""Which further totals are withheld: as few as are needed."""

import numpy as np
import pytest

from intake_app.core.disclosure.amounts_choice import (
    CannotHide,
    Hiding,
    Patience,
    choose_hidden,
)
from intake_app.core.disclosure.unknowns import Equations
from intake_app.core.errors import NotSafe

VALUES = np.array([50.0, 100.0, 200.0, 400.0, 750.0])
"""Four lines and their total."""


def _line(values: np.ndarray = VALUES, *, secret: int = 0, fixed: tuple[int, ...] = ()) -> Hiding:
    size = len(values)
    known = np.isin(np.arange(size), fixed)
    open_ = ~known
    open_[secret] = False
    return Hiding(
        Equations(
            np.array([0, size], np.int32),
            np.arange(size, dtype=np.int32),
            np.array([1.0] * (size - 1) + [-1.0]),
        ),
        values,
        known,
        open_,
        np.array([secret]),
        np.full(size, 10.0),
        np.full(size, 10.0),
        1 + np.log10(values) + 10 * (np.arange(size) == size - 1),
    )


def test_one_more_line_is_withheld_the_cheapest() -> None:
    assert np.flatnonzero(choose_hidden(_line(), Patience(10))).tolist() == [1]


def test_one_that_is_too_little_to_hide_it_is_not_enough() -> None:
    values = np.array([50.0, 4.0, 200.0, 254.0])
    assert np.flatnonzero(choose_hidden(_line(values), Patience(10))).tolist() == [2]


def test_what_is_fixed_can_not_help() -> None:
    assert np.flatnonzero(choose_hidden(_line(fixed=(1, 4)), Patience(10))).tolist() == [2]
    with pytest.raises(CannotHide):
        choose_hidden(_line(fixed=(1, 2, 3, 4)), Patience(10))


def test_nothing_is_withheld_where_nothing_is_secret() -> None:
    hiding = _line()
    nothing = Hiding(**{**vars(hiding), "targets": np.zeros(0, np.intp)})
    assert not choose_hidden(nothing, Patience(10)).any()


def test_patience_ends() -> None:
    with pytest.raises(NotSafe, match="in time"):
        choose_hidden(_line(), Patience(0.0))
    with pytest.raises(NotSafe, match="Stopped"):
        choose_hidden(_line(), Patience(10, lambda: True))
