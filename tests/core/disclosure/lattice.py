"""The best of all ways to tell each whole column at one level: an instrument for a known answer.

Every node of the lattice is looked at in the order of its loss, so the first that holds k with
few enough rows left out is the best. The loss is the non-uniform entropy of the generalization:
over all rows and columns, the bits by which a value stands for more rows than the answer did.
Source: A. Gionis and T. Tassa, “k-Anonymization with minimal loss of information”, IEEE
Transactions on Knowledge and Data Engineering 21 (2009).
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.rows_attack import group_sizes

Codes = npt.NDArray[np.intp]


def losses(levels: Sequence[Codes]) -> list[float]:
    """The loss of a column at each of its levels, from the answers to “Any”."""
    raw = levels[0]
    own = np.bincount(raw)[raw]
    return [float(np.log2(np.bincount(level)[level] / own).sum()) for level in levels]


def best_node(
    columns: Sequence[Sequence[Codes]], k: int, left_out: float
) -> tuple[tuple[int, ...], float, int]:
    """The node of least loss, its loss, and how many nodes were looked at before it."""
    each = [losses(levels) for levels in columns]
    nodes = list(product(*(range(len(levels)) for levels in columns)))
    total = np.array([sum(loss[n] for loss, n in zip(each, node, strict=True)) for node in nodes])
    may = left_out * len(columns[0][0])
    for tried, place in enumerate(np.argsort(total, kind="stable")):
        node = nodes[place]
        told = [levels[n] for levels, n in zip(columns, node, strict=True)]
        sizes = group_sizes(told)
        if sizes[sizes < k].sum() <= may:
            return node, float(total[place]), tried
    raise ValueError("nothing holds k")
