"""For how many a number is known stands beside it, in the order of its table."""

from dataclasses import replace

import pytest

from intake_app.core.disclosure.amounts_shown import AmountAsk
from intake_app.core.disclosure.figures import ProtectedTable
from tests.amount_cases import HOURS, ask, axis, frozen, of_groups, shape, window

ROWS_OF = frozen({"2026-Q1": of_groups({"a": [1.0] * 20, "b": [1.0] * 5 + [float("nan")] * 20})})


def test_known_figures_in_printed_order() -> None:
    assert ask(shape(axis("a", "a", "b")), ROWS_OF).known_figures == (20, None, 25)


def test_another_table_is_a_fault_of_ours() -> None:
    good = ask(shape(axis("a", "a", "b")), ROWS_OF)
    for wrong in (shape(axis("a", "b", "a")), shape(axis("a", "a", "b"), when=window("2026-Q2"))):
        with pytest.raises(ValueError, match="same lines"):
            AmountAsk(wrong, HOURS, good.known)
    last = good.known.shape.axes[-1]
    renamed = replace(
        last, groups=tuple(replace(g, words=frozenset({g.label})) for g in last.groups)
    )
    known = replace(good.known.shape, axes=(*good.known.shape.axes[:-1], renamed))
    with pytest.raises(ValueError, match="known, not known"):
        AmountAsk(good.shape, HOURS, ProtectedTable(known, good.known.figures))
