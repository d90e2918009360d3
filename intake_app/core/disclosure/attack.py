"""The attacker: tries to work out small counts from published figures, and mostly must fail.

Written apart from `withholding`, with its own reading of the figures, so that a mistake there
is not repeated here. It sees what a reader of the files sees: every published figure is a sum
of unknown counts of cases, no count is negative, and a withheld figure is at least 1, because
zeros are shown.

`attack` needs nothing but published figures. `confirm_safe` also knows the true counts, so it
knows which small counts to go for: for each it asks for a complete set of whole numbers that
agrees with every published figure and puts that count at the threshold or above. Such a set is
checked by whole-number arithmetic; without one the summary may not be written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.reading import Counts, Reading, hanging_together
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.errors import NotSafe

ATTACKER = "Intake Desk table attacker"
ATTACKER_VERSION = "1"

_new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""

_ROUNDING = 1e-6
_ELBOW_ROOM = 10
"""A witness is looked for within this many thresholds of the true counts."""


@dataclass(frozen=True)
class Finding:
    """What the reader can show about one group of cases: at least `low`, at most `high`.

    `days` are the dates the group covers; a row or column of None is a margin. `published`
    is True for a withheld figure of a release, False for an increase between releases. A
    `high` of None: nothing limits it.
    """

    days: tuple[Window, ...]
    row: str | None
    column: str | None
    published: bool
    low: int
    high: int | None


@dataclass(frozen=True)
class AttackReport:
    """All that was tried, and what came of it."""

    threshold: int
    findings: tuple[Finding, ...]

    @property
    def small(self) -> tuple[Finding, ...]:
        """Groups shown to exist and to be smaller than the threshold."""
        return tuple(
            f
            for f in self.findings
            if f.low >= 1 and f.high is not None and f.high < self.threshold
        )

    @property
    def exact(self) -> tuple[Finding, ...]:
        """Small groups whose very number can be worked out."""
        return tuple(f for f in self.small if f.low == f.high)


@dataclass(frozen=True)
class Confirmation:
    """The attack failed everywhere: what was tried, for the disclosure report.

    `cells_attacked` counts every withheld figure and every increase between releases, small or
    not, so that it does not tell how many of them are small.
    """

    attacker: str
    attacker_version: str
    solver: str
    cells_attacked: int
    failures: int
    earlier_releases: int
    earlier_figures: int


def solver_name() -> str:
    """Name and version of the solver."""
    return f"HiGHS {_new_solver().version()}"


def attack(
    published: Sequence[ProtectedTable],
    threshold: int,
    *,
    zeros_shown: bool = True,
    seconds: float = 600.0,
) -> AttackReport:
    """What published releases of one table give away, from the figures alone.

    Bounds for every withheld figure, and for every increase that can be asked for between
    releases whose dates overlap. With `zeros_shown` False a withheld figure may be 0.

    Raises NotSafe when the figures contradict each other or the time is up.
    """
    reading = Reading(published)
    reader = _Reader(reading, 1 if zeros_shown else 0, _Deadline(seconds))
    findings = []
    for group in reading.groups():
        if group.shown is not None:
            continue
        low, high = reader.bounds(group.parts)
        findings.append(Finding(group.days, group.row, group.column, group.published, low, high))
    return AttackReport(threshold, tuple(findings))


def confirm_safe(
    newest: ProtectedTable,
    earlier: Sequence[ProtectedTable],
    count_in: Callable[[Window], CountTable],
    *,
    threshold: int = 11,
    seconds: float = 60.0,
) -> Confirmation:
    """Attack a release before it is written, together with all earlier ones of its table.

    `count_in` gives the true counts of a window, as for `withholding.protect`. A release that
    repeats an earlier one figure for figure shows nothing new; it is attacked by its figures
    alone. Raises NotSafe when a figure is not true, a small count is shown, a small count can
    be worked out, or the attack could not be finished.
    """
    deadline = _Deadline(seconds)
    same_table = [release for release in earlier if release.table_id == newest.table_id]
    others = [release for release in same_table if release != newest]
    linked = hanging_together(newest, same_table)
    repeated = newest in linked
    releases = linked if repeated else [*linked, newest]
    reading = Reading(releases)
    if repeated:
        attacked = _by_figures_alone(reading, threshold, deadline)
    else:
        attacked = _by_true_counts(reading, count_in, threshold, deadline)
    return Confirmation(
        attacker=ATTACKER,
        attacker_version=ATTACKER_VERSION,
        solver=solver_name(),
        cells_attacked=attacked,
        failures=0,
        earlier_releases=len(others),
        earlier_figures=sum(release.figures for release in others),
    )


def _by_figures_alone(reading: Reading, threshold: int, deadline: _Deadline) -> int:
    reader = _Reader(reading, 1, deadline)
    attacked = 0
    for group in reading.groups():
        if group.shown is not None:
            if 1 <= group.shown < threshold:
                raise _given_away()
            continue
        attacked += 1
        low, high = reader.bounds(group.parts)
        if low >= 1 and high is not None and high < threshold:
            raise _given_away()
    return attacked


def _by_true_counts(
    reading: Reading,
    count_in: Callable[[Window], CountTable],
    threshold: int,
    deadline: _Deadline,
) -> int:
    truth = reading.true_counts(count_in)
    if not reading.agrees(truth):
        raise NotSafe(
            "The figures to be published do not agree with the cases. Nothing was written. "
            "Choose dates that do not overlap an earlier summary of this table."
        )
    witnesses = _Witnesses(reading, truth, threshold, deadline)
    attacked = 0
    for group in reading.groups():
        attacked += group.shown is None
        value = int(truth[group.parts].sum())
        if not 1 <= value < threshold:
            continue  # the true counts themselves show that it may be as large as it is
        if group.shown is not None or not witnesses.allow(group.parts):
            raise _given_away()
    return attacked


def _given_away() -> NotSafe:
    return NotSafe(
        "The safety check found a small group of people that could be worked out from these "
        "figures. Nothing was written. Group some rows or columns together, or choose dates "
        "that take in more cases."
    )


class _Deadline:
    """The seconds allowed. It changes no answer; past it there is none."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise NotSafe(
                "The attack on the figures could not be finished in time. Nothing was "
                "written. Try again with more time, or group some rows or columns together."
            )
        return remaining


def _program(reading: Reading, least: int, upper: npt.NDArray[np.float64]) -> highspy.Highs:
    """The reader's program: unknowns from 0 to `upper`, one row for each figure."""
    solver = _new_solver()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 7)):
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = reading.unknowns, len(reading.sums)
    model.col_cost_ = np.zeros(reading.unknowns)
    model.col_lower_ = np.zeros(reading.unknowns)
    model.col_upper_ = upper
    model.row_lower_ = np.array(
        [least if g.shown is None else g.shown for g in reading.sums], np.float64
    )
    model.row_upper_ = np.array(
        [highspy.kHighsInf if g.shown is None else g.shown for g in reading.sums], np.float64
    )
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    sizes = [len(g.parts) for g in reading.sums]
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([g.parts for g in reading.sums]).astype(np.int32)
    model.a_matrix_.value_ = np.ones(sum(sizes))
    solver.passModel(model)
    return solver


class _Reader:
    """Linear programming bounds from published figures alone."""

    def __init__(self, reading: Reading, least: int, deadline: _Deadline) -> None:
        self._deadline = deadline
        self._all = np.arange(reading.unknowns, dtype=np.int32)
        self._solver = _program(reading, least, np.full(reading.unknowns, highspy.kHighsInf))
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("simplex_strategy", 4)
        if self._solve() is None:
            raise NotSafe("The published figures contradict each other. Check the files.")

    def _solve(self) -> float | None:
        """The optimum; None when there is none. Raises NotSafe when the time is up."""
        limit = self._solver.getRunTime() + self._deadline.remaining()
        self._solver.setOptionValue("time_limit", limit)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self._solver.getInfo().objective_function_value)
        if status == highspy.HighsModelStatus.kTimeLimit:
            self._deadline.remaining()
        if status in {
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
            highspy.HighsModelStatus.kInfeasible,
        }:
            return None
        raise NotSafe("The attack on the figures got no answer. Nothing was written.")

    def bounds(self, parts: npt.NDArray[np.intp]) -> tuple[int, int | None]:
        """The least and the greatest whole number the sum of `parts` can be; None: no limit."""
        cost = np.zeros(len(self._all))
        cost[parts] = 1.0
        self._solver.changeColsCost(len(self._all), self._all, cost)
        low = self._solve()
        self._solver.changeColsCost(len(self._all), self._all, -cost)
        high = self._solve()
        return (
            0 if low is None else max(0, ceil(low - _ROUNDING)),
            None if high is None else floor(-high + _ROUNDING),
        )


class _Witnesses:
    """Complete sets of whole numbers that agree with all figures, kept for later questions."""

    def __init__(
        self, reading: Reading, truth: Counts, threshold: int, deadline: _Deadline
    ) -> None:
        self._reading, self._threshold, self._deadline = reading, threshold, deadline
        self._found = [truth]
        self._upper = truth.astype(np.float64) + _ELBOW_ROOM * threshold
        self._all = np.arange(reading.unknowns, dtype=np.int32)
        self._solver = _program(reading, 1, self._upper)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("solver", "simplex")

    def allow(self, parts: npt.NDArray[np.intp]) -> bool:
        """Whether the sum of `parts` can be the threshold or more for all the reader knows."""
        if any(int(found[parts].sum()) >= self._threshold for found in self._found):
            return True
        cost = np.zeros(len(self._all))
        cost[parts] = -1.0
        self._solver.changeColsCost(len(self._all), self._all, cost)
        reached = self._solve(self._solver)
        if reached is None or -reached < self._threshold - _ROUNDING:
            return False
        return self._keep(self._solver, parts) or self._allow_in_whole_numbers(parts)

    def _solve(self, solver: highspy.Highs) -> float | None:
        solver.setOptionValue("time_limit", solver.getRunTime() + self._deadline.remaining())
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._deadline.remaining()
            return None
        return float(solver.getInfo().objective_function_value)

    def _keep(self, solver: highspy.Highs, parts: npt.NDArray[np.intp]) -> bool:
        whole = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
        if not self._reading.agrees(whole) or int(whole[parts].sum()) < self._threshold:
            return False
        self._found.append(whole)
        return True

    def _allow_in_whole_numbers(self, parts: npt.NDArray[np.intp]) -> bool:
        """The same question as an integer program, where the linear answer was no integer."""
        solver = _program(self._reading, 1, self._upper)
        kinds = np.full(len(self._all), highspy.HighsVarType.kInteger)
        solver.changeColsIntegrality(len(self._all), self._all, kinds)
        solver.addRow(
            float(self._threshold), highspy.kHighsInf, len(parts), parts.astype(np.int32),
            np.ones(len(parts)),
        )  # fmt: skip
        return self._solve(solver) is not None and self._keep(solver, parts)
