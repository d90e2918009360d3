"""Which parts of a release are new, in which groups, and which the pre-flight lets through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.frozen import TrueCounts
from intake_app.core.reports.preflight import advise, advise_period
from intake_app.core.reports.release import Advice, ReportPart
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.shapes import PartShapes, shapes_of, words_of
from intake_app.core.reports.tables import Part
from intake_app.workflows.gather_reports import Gathered


@dataclass(frozen=True)
class ChosenParts:
    """`before` are parts published for these very dates, as they were; `new` are the others."""

    before: Mapping[str, ReportPart]
    new: tuple[PartShapes, ...]
    advice: tuple[Advice, ...]
    left_out: tuple[Advice, ...]


def choose_parts(gathered: Gathered, truth: TrueCounts) -> ChosenParts:
    """Sort the parts asked for. Raises `AppError` for an own table under a name that is taken."""
    window = gathered.asked.window
    before, advice = _published_before(gathered)
    new: list[PartShapes] = []
    left_out: list[Advice] = []
    words = words_of(table.shape for table in gathered.series.tables)
    for kind, parts in _new_parts(gathered, before).items():
        rows = truth.rows(kind, window)
        countable = [part for part in parts if _kept(part, rows)]
        if rows.size < gathered.asked.threshold:
            countable = parts
        said = advise(countable, rows, window, DIMENSIONS, threshold=gathered.asked.threshold)
        advice += [each for each in said if each.sides is not None]
        left_out += [each for each in said if each.sides is None]
        left_out += [_not_kept(part) for part in parts if part not in countable]
        refused = {each.part_id for each in left_out}
        passed = [part for part in countable if part.id not in refused]
        new += [shapes_of(part, rows, window, words, DIMENSIONS) for part in passed]
        if kind is Population.EPISODES and (longer := _longer_periods(gathered, passed)):
            advice.insert(0, longer)
    return ChosenParts(before, tuple(new), tuple(advice), tuple(left_out))


def _longer_periods(gathered: Gathered, parts: Sequence[Part]) -> Advice | None:
    """Whether to publish less often; nothing is to be chosen where the dates are out already."""
    if gathered.closes is None:
        return None
    return advise_period(
        parts,
        gathered.usual,
        gathered.asked.window,
        DIMENSIONS,
        gathered.closes.period.every,
        threshold=gathered.asked.threshold,
    )


def _published_before(gathered: Gathered) -> tuple[dict[str, ReportPart], list[Advice]]:
    before, advice = {}, []
    for part in (part for table in gathered.tables for part in table.parts):
        found = gathered.series.published_part(part.id, gathered.asked.window)
        if found is None:
            continue
        released, kept = found
        if part in gathered.asked.own and part.sides != kept.part.sides:
            raise AppError(
                f"A table with the short name “{part.id}” was published for these dates, with "
                "other sides. Choose another short name."
            )
        before[part.id] = kept
        sentence = (
            f"“{kept.part.title}” was published on {released.made_at.date()}. The same figures "
            "will be used."
        )
        advice.append(Advice(part.id, sentence))
    return before, advice


def _new_parts(
    gathered: Gathered, before: Mapping[str, ReportPart]
) -> dict[Population, list[Part]]:
    """The other parts: in the groups chosen now, or those of their last release, or shipped."""
    parts: dict[Population, list[Part]] = {}
    for table in gathered.tables:
        for part in (part for part in table.parts if part.id not in before):
            chosen = gathered.asked.grouped.get(part.id)
            if chosen is None and part not in gathered.asked.own:
                chosen = gathered.series.sides_of(part.id)
            of_these = parts.setdefault(table.population, [])
            of_these.append(part if chosen is None else replace(part, sides=chosen))
    return parts


def _kept(part: Part, rows: Rows) -> bool:
    return all(side.dimension in rows.columns for side in part.sides) and all(
        measure in rows.numbers for measure in part.measures
    )


def _not_kept(part: Part) -> Advice:
    return Advice(
        part.id,
        f"“{part.title}” asks what Intake Desk did not count yet when these dates were published. "
        "It is left out.",
    )
