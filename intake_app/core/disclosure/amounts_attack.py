"""The attacker on hours, days and children: tries to work out totals that are withheld.

Written apart from the protection, with its own reading of the figures and its own linear program.
It is stronger than a reader of the files: it knows every published total before rounding, and
which groups hold nobody. It also knows the true numbers, so it knows what to go for: every total
that breaks a rule, whether it stands withheld in a table or only comes out by subtracting dates
or groups. Each must be able to lie 20 % of its largest case above and below.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.amounts_reading import NEAR, Group, Reading, touching
from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts, RowsOf
from intake_app.core.disclosure.figures import Place, Shape
from intake_app.core.errors import NotSafe
from intake_app.core.reports.release import Amounts
from intake_app.core.reports.rows import Population, Rows

_TOLERANCE = 1e-6

_new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""


def confirm_amounts(
    asks: Sequence[AmountAsk],
    made: Sequence[Amounts],
    earlier: Sequence[PublishedAmounts],
    rows_of: RowsOf,
    *,
    threshold: int,
    seconds: float = 60.0,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Attack new amounts together with all earlier ones; how many totals were tried.

    `made` are the amounts for `asks`, in their order. Raises NotSafe where a figure is not true
    or breaks a rule, a withheld total can be worked out too closely, `seconds` are up or `stop`
    says so.
    """
    until = time.monotonic() + seconds
    before = [(each.shape, each.amounts) for each in earlier]
    fresh: dict[tuple[Population, str], list[tuple[AmountAsk, Amounts]]] = defaultdict(list)
    for ask, amounts in zip(asks, made, strict=True):
        if not any(s.same_table(ask.shape) and a == amounts for s, a in before):
            fresh[ask.shape.population, amounts.measure].append((ask, amounts))
    tried = 0
    for (population, measure), new in fresh.items():
        for ask, amounts in new:
            _check_true(ask, amounts, rows_of, threshold)
        if all(total is None for _, amounts in new for total in amounts.totals):
            continue  # nothing is said
        others = [(s, a) for s, a in before if s.population is population and a.measure == measure]
        reading = Reading(touching(new, others), measure, rows_of)
        for ask, _ in new:
            reading.mark_uncounted(ask, threshold)
        secrets = reading.secrets(threshold)
        tried += len(secrets)
        _Attack(reading, until, stop).try_out([_secret(reading, s, threshold) for s in secrets])
    return tried


def _given_away() -> NotSafe:
    return NotSafe(
        "The safety check found that hours, days or children of a few people could be worked "
        "out from these figures. Nothing was written. Leave that table out, or group its answers."
    )


def _check_true(ask: AmountAsk, amounts: Amounts, rows_of: RowsOf, threshold: int) -> None:
    """Every figure is the true one, rounded, and keeps the rules."""
    shape = ask.shape
    rows = rows_of(shape.population, shape.window)
    for place, known, *shown in zip(
        shape.places(),
        ask.known_figures,
        amounts.totals,
        amounts.means,
        amounts.medians,
        amounts.reached,
        strict=True,
    ):
        total, mean, median, reached = shown
        if total is None:
            if any(each is not None for each in shown):
                raise _given_away()
            continue
        numbers = np.sort(_numbers_at(shape, place, rows, amounts.measure))
        group = Group(numbers)
        if mean is None or median is None or known is None or known < threshold:
            raise _given_away()
        if group.breaks_a_rule(threshold):
            raise _given_away()
        agree = known == len(numbers) and all(
            abs(published - true) <= 0.051 * max(true, _TOLERANCE)
            and published == float(f"{published:.2g}")
            for published, true in (
                (total, float(numbers.sum())),
                (mean, float(numbers.mean())),
                (median, float(np.median(numbers))),
            )
        )
        if reached is not None:
            enough = int((numbers >= reached).sum()) >= threshold
            others = int((numbers >= 0).sum()) >= 2 * threshold
            agree = agree and enough and others and reached == float(f"{reached:.2g}")
        if not agree:
            raise NotSafe(
                "Hours, days or children to be published do not agree with the cases. Nothing "
                "was written. Leave that table out."
            )


def _numbers_at(shape: Shape, place: Place, rows: Rows, measure: str) -> npt.NDArray[np.float64]:
    inside = np.ones(rows.size, bool)
    for axis, i in zip(shape.axes, place, strict=True):
        if i < len(axis.groups):
            column = rows.columns[axis.dimension]
            meant = np.array([word in axis.groups[i].words for word in column.words] or [False])
            inside &= meant[column.codes]
    found = rows.numbers[measure][inside] if measure in rows.numbers else np.zeros(0)
    return np.asarray(found[~np.isnan(found)], np.float64)


@dataclass(frozen=True)
class _Secret:
    """A sum nobody may work out: it must be able to reach `high`, and to be as little as `low`."""

    parts: tuple[int, ...]
    low: float
    high: float


def _secret(reading: Reading, parts: Sequence[int], threshold: int) -> _Secret:
    group = reading.of(parts)
    near = NEAR * max(group.largest, 1.0)
    room = _TOLERANCE * max(1.0, group.total)
    low = max(0.0, group.total - near)
    if len(group.numbers) < threshold and any(reading.flagged[p] for p in parts):
        low = 0.0  # nor may it be shown that there is anybody
    return _Secret(tuple(parts), low + room, group.total + near - room)


class _Attack:
    """Linear programs: the least and the most a sum can be."""

    def __init__(self, reading: Reading, until: float, stop: Callable[[], bool] | None) -> None:
        self._until, self._stop = until, stop
        self._all = np.arange(reading.unknowns, dtype=np.int32)
        solver = self._solver = _new_solver()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 11),
                            ("presolve", "off"), ("solver", "simplex"),
                            ("simplex_strategy", 4)):  # fmt: skip
            solver.setOptionValue(name, value)
        nobody = np.array([not len(group.numbers) for group in reading.numbers], bool)
        # Far beyond all that is asked, so that every question has an answer.
        most = 10.0 * (1.0 + sum(group.total for group in reading.numbers))
        upper = np.where(nobody, 0.0, most)
        nothing, none = np.zeros(0, np.int32), np.zeros(0)
        solver.addCols(len(upper), np.zeros(len(upper)), np.zeros(len(upper)), upper, 0,
                       nothing, nothing, none)  # fmt: skip
        for plus, minus, total in reading.equations:
            parts = np.array([*plus, *minus], np.int32)
            factors = np.concatenate([np.ones(len(plus)), -np.ones(len(minus))])
            # Who is in nobody's group has nothing: one unknown less.
            there = ~nobody[parts]
            if there.any():
                solver.addRow(total, total, int(there.sum()), parts[there], factors[there])

    def try_out(self, secrets: Sequence[_Secret]) -> None:
        """Raise NotSafe where one can be told too closely, from above or from below.

        A set of totals found for one question is an answer to every other that it suits.
        """
        if not secrets:
            return
        parts = np.concatenate([secret.parts for secret in secrets])
        starts = np.cumsum([0, *(len(secret.parts) for secret in secrets[:-1])])
        highs = np.array([secret.high for secret in secrets])
        lows = np.array([secret.low for secret in secrets])
        up, down = np.zeros(len(secrets), bool), np.zeros(len(secrets), bool)
        for most, answered in ((True, up), (False, down)):
            for i, secret in enumerate(secrets):
                if answered[i]:
                    continue
                totals = self._extreme(secret.parts, most=most)
                sums = np.add.reduceat(totals[parts], starts)
                up |= sums >= highs
                down |= sums <= lows
                if not answered[i]:
                    raise _given_away()

    def _extreme(self, parts: Sequence[int], *, most: bool) -> npt.NDArray[np.float64]:
        """All totals where the sum of some is the most, or the least."""
        if self._stop is not None and self._stop():
            raise NotSafe("Stopped. Nothing was written.")
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._no_answer()
        cost = np.zeros(len(self._all))
        cost[list(parts)] = -1.0 if most else 1.0
        solver = self._solver
        solver.changeColsCost(len(cost), self._all, cost)
        solver.setOptionValue("time_limit", solver.getRunTime() + left)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise self._no_answer()
        return np.array(solver.getSolution().col_value)

    def _no_answer(self) -> NotSafe:
        return NotSafe(
            "The attack on hours, days and children could not be finished. Nothing was written. "
            "Try again with more time, or leave out a table with hours or days."
        )
