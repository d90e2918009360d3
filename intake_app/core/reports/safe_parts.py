"""Protecting the parts of a release as one system, leaving out those that can't be made safe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from intake_app.core.disclosure.amounts import protect_amounts
from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts
from intake_app.core.disclosure.figures import ProtectedTable, SingleFigure
from intake_app.core.disclosure.protect import protect
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.rows_and_tables import still_safe_with_rows
from intake_app.core.disclosure.rows_program import RowsOfPeriod
from intake_app.core.errors import NotSafe
from intake_app.core.reports.catalogue import MEASURES
from intake_app.core.reports.frozen import TrueCounts
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.release import Advice, Amounts, ReportPart
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.shapes import PartShapes

_LEAST_SECONDS = 2.0


@dataclass(frozen=True)
class Known:
    """What a reader has already: every earlier table and single figure, and the true counts."""

    earlier: Sequence[ProtectedTable]
    figures: Sequence[SingleFigure]
    amounts: Sequence[PublishedAmounts]
    truth: TrueCounts
    rows: Sequence[PublishedRows] = ()

    def facts(self, period: Period) -> Rows:
        """The cases of one closed period."""
        return self.truth.rows(Population.EPISODES, Window((period,)))


@dataclass(frozen=True)
class SafeParts:
    """The parts that can be published, and a sentence for each that can't."""

    parts: tuple[ReportPart, ...] = ()
    gap: float | None = None
    left_out: tuple[Advice, ...] = ()

    @property
    def tables(self) -> tuple[ProtectedTable, ...]:
        """Every table of counts in them."""
        return tuple(t for part in self.parts for t in part.tables)


def protect_parts(
    wanted: Sequence[PartShapes],
    known: Known,
    threshold: int,
    seconds: float,
    stop: Callable[[], bool],
) -> SafeParts:
    """All parts at once; where that is not possible, as many as go together, in order."""
    try:
        return _protected(wanted, known, threshold, seconds, stop)
    except NotSafe as error:
        if stop() or len(wanted) < 2:
            raise
        why = error.sentence
    each = max(_LEAST_SECONDS, seconds / len(wanted))
    accepted: list[PartShapes] = []
    left_out: list[Advice] = []
    safe = SafeParts()
    for part in wanted:
        try:
            safe = _protected([*accepted, part], known, threshold, each, stop)
            accepted.append(part)
        except NotSafe as error:
            if stop():
                raise
            left_out.append(
                Advice(part.part.id, f"“{part.part.title}” is left out. {error.sentence}")
            )
    if not accepted:
        raise NotSafe(why)
    return SafeParts(safe.parts, safe.gap, tuple(left_out))


def _protected(
    wanted: Sequence[PartShapes],
    known: Known,
    threshold: int,
    seconds: float,
    stop: Callable[[], bool],
) -> SafeParts:
    shapes = [shape for each in wanted for shape in each.all]
    done = protect(
        shapes,
        known.earlier,
        known.figures,
        known.truth,
        threshold=threshold,
        seconds=seconds,
        stop=stop,
    )
    still_safe_with_rows(
        [RowsOfPeriod(r.period, r.classes, known.facts(r.period)) for r in known.rows],
        (*known.earlier, *done.tables),
        known.facts,
        known.figures,
        threshold=threshold,
        seconds=seconds,
    )
    made = iter(done.tables)
    parts = [
        ReportPart(each.part, next(made), {measure: next(made) for measure in each.known})
        for each in wanted
    ]
    return SafeParts(tuple(parts), done.gap)


def with_amounts(
    safe: SafeParts, known: Known, threshold: int, seconds: float, stop: Callable[[], bool]
) -> SafeParts:
    """The same parts with what their numbers add up to.

    Where one number can't be made safe together with the others it is withheld everywhere, and
    the counts stand without it.
    """
    asks = [
        AmountAsk(part.table.shape, MEASURES[measure], table)
        for part in safe.parts
        for measure, table in part.known.items()
    ]
    left_out = list(safe.left_out)

    def worked_out(some: Sequence[AmountAsk], within: float) -> tuple[Amounts, ...]:
        return protect_amounts(
            some, known.amounts, known.truth.rows, threshold=threshold, seconds=within, stop=stop
        )

    try:
        made = worked_out(asks, seconds) if asks else ()
    except NotSafe:
        if stop():
            raise
        made, failed = _one_by_one(asks, worked_out, seconds)
        left_out += failed
    each = iter(made)
    parts = tuple(
        replace(part, amounts=tuple(next(each) for _ in part.known)) for part in safe.parts
    )
    return replace(safe, parts=parts, left_out=tuple(left_out))


def _one_by_one(
    asks: Sequence[AmountAsk],
    worked_out: Callable[[Sequence[AmountAsk], float], tuple[Amounts, ...]],
    seconds: float,
) -> tuple[tuple[Amounts, ...], list[Advice]]:
    """As many numbers as go together, in order; all figures of the others are withheld."""
    within = max(_LEAST_SECONDS, seconds / len(asks))
    accepted: list[AmountAsk] = []
    made: dict[int, Amounts] = {}
    left_out = []
    for number, ask in enumerate(asks):
        try:
            together = worked_out([*accepted, ask], within)
        except NotSafe:
            nothing = (None,) * ask.shape.figures
            titles = ask.measure.id, ask.measure.title, ask.measure.unit
            made[number] = Amounts(*titles, nothing, nothing, nothing, nothing)
            sentence = (
                f"“{ask.measure.title}” in “{ask.shape.title}” can’t be made safe and is "
                "withheld. The counts are not affected."
            )
            left_out.append(Advice(ask.shape.table_id, sentence))
            continue
        accepted.append(ask)
        numbers = [n for n in range(number + 1) if n not in made or asks[n] in accepted]
        made |= dict(zip(numbers, together, strict=True))
    return tuple(made[number] for number in range(len(asks))), left_out
