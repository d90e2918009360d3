"""Prepare a release: count, pre-flight, protect, attack. Nothing is written and nothing shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from intake_app.core.disclosure.amounts_shown import PublishedAmounts
from intake_app.core.disclosure.attacker import confirm_safe
from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import ProtectedTable
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.frozen import TrueCounts
from intake_app.core.reports.release import Prepared, ReleaseAsked, Report, ReportPart
from intake_app.core.reports.safe_parts import Known, SafeParts, protect_parts, with_amounts
from intake_app.core.reports.series import Series
from intake_app.core.reports.shapes import as_read_later, same_lines, words_of
from intake_app.store.office import Office
from intake_app.workflows.gather_reports import Gathered, gather
from intake_app.workflows.report_parts import ChosenParts, choose_parts

Progress: TypeAlias = Callable[[float, str], None]
"""Told what share is done (0 to 1), and a sentence about what is being done now."""

Stop: TypeAlias = Callable[[], bool]
"""Whether the user has had enough; asked often, on the thread that works."""

SECONDS = 20.0
"""How long protecting the counts may take; protecting amounts and the attack may take as long."""


def prepare_reports(
    office: Office,
    asked: ReleaseAsked,
    now: datetime,
    progress: Progress | None = None,
    stop: Stop | None = None,
    seconds: float = SECONDS,
) -> Prepared:
    """The release as it would be published. Raises `NotSafe`, `NotAllowed` or `AppError`.

    Also in two halves: `gather` on the thread of the office (short), then `work_out` on any
    thread (long), so that nobody's save waits.
    """
    if progress is not None:
        progress(0.0, "Reading the facts")
    return work_out(gather(office, asked, now), progress, stop, seconds)


def work_out(
    gathered: Gathered,
    progress: Progress | None = None,
    stop: Stop | None = None,
    seconds: float = SECONDS,
) -> Prepared:
    """Protect and attack what was gathered; touches no file. Raises `NotSafe` or `AppError`."""

    def stopped() -> bool:
        return stop is not None and stop()

    def at(share: float, sentence: str) -> None:
        if stopped():
            raise AppError("Stopped. Nothing was published.")
        if progress is not None:
            progress(share, sentence)

    try:
        return _worked_out(gathered, at, stopped, seconds)
    except NotSafe:
        at(1.0, "Stopped")
        raise


def _worked_out(
    gathered: Gathered, at: Callable[[float, str], None], stopped: Stop, seconds: float
) -> Prepared:
    threshold = gathered.asked.threshold
    truth = TrueCounts(gathered.frozen)
    at(0.1, "Counting")
    chosen = choose_parts(gathered, truth)
    if not chosen.new:
        return _nothing_new(gathered, chosen)
    known = _known_to_a_reader(gathered, chosen, truth)
    at(0.2, "Withholding small groups")
    safe = protect_parts(chosen.new, known, threshold, seconds, stopped)
    at(0.5, "Checking what is added up")
    safe = with_amounts(safe, known, threshold, seconds, stopped)
    at(0.7, "Trying to work out small groups from the figures")
    confirmation = confirm_safe(
        safe.tables,
        known.earlier,
        known.figures,
        truth,
        threshold=threshold,
        seconds=seconds,
        stop=stopped,
    )
    at(1.0, "Done")
    return _prepared(gathered, chosen, safe, confirmation)


def _known_to_a_reader(gathered: Gathered, chosen: ChosenParts, truth: TrueCounts) -> Known:
    series = gathered.series
    new = [shape for each in chosen.new for shape in each.all]
    words = words_of([*(table.shape for table in series.tables), *new])
    return Known(
        tuple(as_read_later(table, words) for table in series.tables),
        tuple(filter(None, map(truth.as_counted, gathered.known))),
        _published_amounts(series),
        truth,
        series.rows,
    )


def _published_amounts(series: Series) -> tuple[PublishedAmounts, ...]:
    parts = (part for released in series.releases for part in released.parts.values())
    return tuple(
        PublishedAmounts(part.table.shape, amounts) for part in parts for amounts in part.amounts
    )


def _nothing_new(gathered: Gathered, chosen: ChosenParts) -> Prepared:
    """Only what was published before: it was attacked then, with all that came before it."""
    if not chosen.before:
        raise NotSafe(chosen.left_out[0].sentence)
    last = gathered.series.releases[-1].confirmation
    return _prepared(gathered, chosen, SafeParts(gap=None), last)


def _prepared(
    gathered: Gathered, chosen: ChosenParts, safe: SafeParts, confirmation: Confirmation
) -> Prepared:
    series = gathered.series
    made = {**chosen.before, **{part.part.id: part for part in safe.parts}}
    reports = []
    for table in gathered.tables:
        parts = [made[part.id] for part in table.parts if part.id in made]
        if parts:
            kept = tuple(replace(part, year_before=_year_before(series, part)) for part in parts)
            reports.append(Report(table, kept))
    return Prepared(
        gathered.asked,
        tuple(reports),
        replace(confirmation, earlier_releases=len(series.releases)),
        chosen.advice,
        (*chosen.left_out, *safe.left_out),
        frozenset(chosen.before),
        safe.gap,
        gathered.snapshot,
    )


def _year_before(series: Series, part: ReportPart) -> ProtectedTable | None:
    """The same table of the same dates a year earlier, as it was published then."""
    shape = part.table.shape
    dates = [period.year_before() for period in shape.window.periods]
    for table in series.tables:
        then = table.shape
        there = (then.table_id, list(then.window.periods)) == (shape.table_id, dates)
        if there and same_lines(then, shape):
            return table
    return None
