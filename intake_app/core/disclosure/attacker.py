"""The attacker: tries to work out small counts from published figures, and must fail.

Written apart from what protects tables, with its own reading of the figures, so that a mistake
there is not repeated here. It sees what a reader of all files ever published sees: every figure
is a sum of counts of cases, no count is negative, and a withheld figure is at least 1 where zeros
are shown.

`attack` needs nothing but published figures. `confirm_safe` also knows the true counts, so it
knows which small counts to go for: for each it asks for a complete set of whole numbers that
agrees with every published figure and puts that count at the threshold or above (guarantees G1
and G4), at zero where it counts victims (G2), or below its value where it is all of a line (G3).
Without such a set nothing may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from intake_app.core.disclosure.attacker_blocks import Truth, disagreement, quarter_words
from intake_app.core.disclosure.attacker_reading import Figure, Reading, moved
from intake_app.core.disclosure.attacker_solver import Bounds, Deadline, System, solver_name
from intake_app.core.disclosure.attacker_sums import Contradiction, Counts
from intake_app.core.disclosure.attacker_witness import Witnesses
from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import (
    TOTAL,
    Guard,
    ProtectedTable,
    SingleFigure,
)
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Population

ATTACKER = "Intake Desk table attacker"
ATTACKER_VERSION = "2"


@dataclass(frozen=True)
class Finding:
    """What the reader can show about one group of cases: at least `low`, at most `high`.

    `table_id` is a table it stands in, `dates` what it covers, `labels` the group. `published`
    is False for an increase between releases, or what two groups differ by. `tells_of_victims`:
    all in it are victims. A `high` of None: nothing limits it.
    """

    table_id: str
    dates: str
    labels: tuple[str, ...]
    published: bool
    tells_of_victims: bool
    low: int
    high: int | None


@dataclass(frozen=True)
class AttackReport:
    """All that was tried, and what came of it.

    `shown_small` are figures below the threshold that simply stand there. `whole_lines` are
    lines of which a reader can show that all cases in them have one and the same answer.
    """

    threshold: int
    findings: tuple[Finding, ...]
    shown_small: tuple[Finding, ...]
    whole_lines: tuple[Finding, ...]

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

    @property
    def victims(self) -> tuple[Finding, ...]:
        """Groups of victims shown to exist, and not shown to be large."""
        return tuple(f for f in self.findings if f.tells_of_victims and 1 <= f.low < self.threshold)

    @property
    def failed(self) -> bool:
        """Whether nothing was found."""
        return not (self.small or self.shown_small or self.whole_lines or self.victims)


def attack(
    published: Sequence[ProtectedTable],
    threshold: int,
    known: Sequence[SingleFigure] = (),
    *,
    zeros_shown: Sequence[bool] | None = None,
    seconds: float = 600.0,
) -> AttackReport:
    """What published tables give away together, from the figures alone.

    Bounds for every withheld figure, for every increase between releases and for what groups
    differ by. `zeros_shown` says of each table whether every withheld figure in it is at least
    1; where it does not, one that tells of victims may be 0, and one in a line along a guarded
    side that shows nobody with any answer.

    Raises NotSafe when the figures contradict each other or the time is up.
    """
    deadline = Deadline(seconds)
    shown = list(zeros_shown or [False] * len(published))
    findings: list[Finding] = []
    small: list[Finding] = []
    lines: list[Finding] = []
    for reading in _readings(published, known, shown):
        bounds = _bounds(reading, deadline)
        found = {}
        for key, figure in reading.figures.items():
            if figure.shown is None:
                found[key] = bounds.of(figure.parts)
                findings.append(_finding(reading, figure, *found[key]))
            elif figure.published and not figure.from_elsewhere and (1 <= figure.shown < threshold):
                small.append(_finding(reading, figure, figure.shown, figure.shown))
            found.setdefault(key, (figure.shown or 0, figure.shown))
        lines += _whole_lines(reading, found, threshold)
    return AttackReport(threshold, tuple(findings), tuple(small), tuple(lines))


def _readings(
    published: Sequence[ProtectedTable],
    known: Sequence[SingleFigure],
    zeros_shown: Sequence[bool],
) -> Iterator[Reading]:
    for population in Population:
        inside = [i for i, t in enumerate(published) if t.shape.population is population]
        if inside:
            yield Reading(
                population,
                [published[i] for i in inside],
                [one for one in known if one.population is population],
                [zeros_shown[i] for i in inside],
            )


def _bounds(reading: Reading, deadline: Deadline) -> Bounds:
    """With what follows from other answers, unless the figures show an exception to it."""
    try:
        bounds = Bounds(System(reading.sums(), reading.unknowns), deadline)
        bounds.of(np.arange(reading.unknowns))
    except Contradiction:
        reading.doubt()
        bounds = Bounds(System(reading.sums(), reading.unknowns), deadline)
    return bounds


def _finding(reading: Reading, figure: Figure, low: int, high: int | None) -> Finding:
    if figure.places:
        number, place = figure.places[0]
        shape = reading.tables[number].shape
        labels = tuple(
            f"{axis.title}: {label}"
            for axis, label in zip(shape.axes, shape.labels(place), strict=True)
        )
        table, dates = shape.table_id, shape.window.id
    else:
        labels = tuple(
            f"{name}: {', '.join(sorted(words))}"
            for name, words in zip(figure.questions, figure.words, strict=True)
        )
        table, dates = "", quarter_words(figure.quarters)
    return Finding(table, dates, labels or (TOTAL,), figure.published, figure.flagged, low, high)


def _lines(reading: Reading) -> Iterator[tuple[Figure, list[Figure]]]:
    """Every line along a guarded side of a table: its total, and the figures in it."""
    at = {spot: figure for figure in reading.figures.values() for spot in figure.places}
    for number, table in enumerate(reading.tables):
        shape = table.shape
        for side, axis in enumerate(shape.axes):
            if axis.guard is Guard.NONE or len(axis.groups) < 2:
                continue
            for place in shape.places():
                if place[side] == len(axis.groups):
                    others = (moved(place, side, i) for i in range(len(axis.groups)))
                    yield at[number, place], [at[number, each] for each in others]


def _whole_lines(
    reading: Reading, found: dict[bytes, tuple[int, int | None]], threshold: int
) -> Iterator[Finding]:
    for total, figures in _lines(reading):
        if found[total.parts.tobytes()][0] < threshold:
            continue
        left = [f for f in figures if found[f.parts.tobytes()][1] != 0]
        others = [figure for figure in figures if all(figure is not each for each in left)]
        if len(left) == 1 and not reading.by_question(others):
            yield _finding(reading, left[0], *found[left[0].parts.tobytes()])


def confirm_safe(
    new: Sequence[ProtectedTable],
    earlier: Sequence[ProtectedTable],
    known: Sequence[SingleFigure],
    truth: Truth,
    *,
    threshold: int,
    seconds: float = 60.0,
    stop: Callable[[], bool] | None = None,
) -> Confirmation:
    """Attack a release before it is written, together with all that was published before.

    `truth` counts the cases of any table. Raises NotSafe when a figure is not true, a table was
    published before with other figures, a small figure is shown, one can be worked out, or the
    attack could not be finished.
    """
    deadline = Deadline(seconds, stop)
    deadline.remaining()
    _same_as_before(new, earlier)
    tables = [*earlier, *(table for table in new if table not in earlier)]
    attacked = 0
    for reading in _readings(tables, known, [False] * len(tables)):
        counts = reading.true_counts(truth)
        reading.believe_true(counts, threshold)
        before = {i for i, table in enumerate(reading.tables) if table in earlier}
        _check_true(reading, counts, before, threshold)
        system = System(reading.sums(), reading.unknowns)
        fresh = {i for i, table in enumerate(reading.tables) if table in new}
        touched = _touched(reading, system, fresh)
        witnesses = Witnesses(system, counts, deadline)
        attacked += _attack_small(reading, counts, witnesses, touched, threshold)
    return Confirmation(
        attacker=ATTACKER,
        attacker_version=ATTACKER_VERSION,
        solver=solver_name(),
        cells_attacked=attacked,
        failures=0,
        in_whole_numbers=True,
        earlier_releases=len({table.shape.window for table in earlier}),
        earlier_figures=sum(table.shape.figures for table in earlier),
    )


def _same_as_before(new: Sequence[ProtectedTable], earlier: Sequence[ProtectedTable]) -> None:
    for table in new:
        for other in earlier:
            if table.shape.same_table(other.shape) and table.figures != other.figures:
                raise NotSafe(
                    "A table was published before with other figures. Nothing was written. "
                    "Make the report again."
                )


def _check_true(reading: Reading, counts: Counts, before: set[int], threshold: int) -> None:
    """No figure but true ones, no small one, and from here on what is known of withheld ones.

    A withheld figure that is not 0 counts as known to be at least 1, unless it is broken down
    by what may not be shown to exist: a reader knows no more than that.
    """
    if (counts < 0).any():
        raise disagreement()
    for figure in reading.figures.values():
        value = int(counts[figure.parts].sum())
        guards = {reading.guards.get(question) for question in figure.questions} - {None}
        if figure.shown is not None:
            if figure.shown != value:
                raise disagreement()
            known_already = figure.from_elsewhere or any(i in before for i, _ in figure.places)
            if 1 <= value < threshold and not known_already:
                raise given_away()
        elif figure.published:
            if not value and not guards:
                raise disagreement()
            figure.least = int(value > 0 and Guard.VICTIM not in guards)


def _attack_small(
    reading: Reading, counts: Counts, witnesses: Witnesses, touched: set[int], threshold: int
) -> int:
    """Attack all that hangs together with `touched` components; return how many that were.

    What hangs together with nothing new was attacked when it was published.
    """
    attacked = 0
    # What is broken down most comes first: its witnesses do for its totals as well.
    for figure in sorted(reading.figures.values(), key=lambda each: -len(each.questions)):
        if figure.shown is not None or not witnesses.concern(figure.parts, touched):
            continue
        attacked += 1
        value = int(counts[figure.parts].sum())
        if 1 <= value < threshold and not (
            witnesses.reaches(figure.parts, threshold, 1)
            and (not figure.flagged or witnesses.reaches(figure.parts, 0, -1))
        ):
            raise given_away()
    for total, figures in _lines(reading):
        value = int(counts[total.parts].sum())
        whole = [f for f in figures if int(counts[f.parts].sum()) == value >= threshold]
        for figure in whole:
            others = [each for each in figures if each is not figure]
            if not witnesses.concern(figure.parts, touched) or reading.by_question(others):
                continue
            if figure.shown is not None or not witnesses.reaches(figure.parts, value - 1, -1):
                raise one_answer()
    return attacked


def _touched(reading: Reading, system: System, new: set[int]) -> set[int]:
    """The components something new is said of: by a new table, or from elsewhere."""
    parts = [
        figure.parts
        for figure in reading.figures.values()
        if figure.from_elsewhere or any(number in new for number, _ in figure.places)
    ]
    parts += [
        np.append(reading.around(one), reading.slack_start + n)
        for n, one in enumerate(reading.beyond)
    ]
    homes = system.home[np.concatenate(parts)] if parts else np.zeros(0, np.intp)
    return set(homes.tolist())


def given_away() -> NotSafe:
    """A small group can be worked out."""
    return NotSafe(
        "The safety check found a small group of people that could be worked out from these "
        "figures. Nothing was written. Group some lines together, or leave a table out."
    )


def one_answer() -> NotSafe:
    """All of a line can be shown to have one answer."""
    return NotSafe(
        "The safety check found a line in which everybody has the same answer. Nothing was "
        "written. Group some lines together, or leave the table out."
    )
