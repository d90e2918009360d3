"""Preparing a release: protected and attacked whole, with nothing written."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.disclosure.amounts import protect_amounts
from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.disclosure.protect import protect
from intake_app.core.errors import AppError, NotAllowed, NotSafe
from intake_app.core.reports import safe_parts
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.release import Prepared, ReleaseAsked
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, Side
from intake_app.core.roles import Act, Key, Role, may
from intake_app.store.office import Office
from intake_app.workflows import prepare_reports as workflow
from intake_app.workflows.gather_reports import gather
from intake_app.workflows.known_figures import enter_known_figure
from intake_app.workflows.prepare_reports import prepare_reports, work_out
from intake_app.workflows.release_reports import release_reports
from tests.offices import new_office, staff, unlocked
from tests.report_offices import add_cases, after, ledger_state, own, window_of

CHARGES = own("charges", "charge_level", "outcome")
VICTIMS = own("victims", "charge_level", "victim")
HOURS = Part("hours", "Hours held", (Side("charge_level"),), ("hours_held",))
FIRST, SECOND = (read_period(each) for each in ("2026-Q1", "2026-Q2"))
THEN = after(FIRST.end)


def asked(*parts: Part, period: str = "2026-Q1", **more: Any) -> ReleaseAsked:
    return ReleaseAsked(window_of(period), (), parts or (CHARGES,), **more)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, staffed office with two quarters of cases."""
    folder = tmp_path_factory.mktemp("prepare") / "office"
    with new_office(folder).office as office:
        staff(office)
        add_cases(office, 3, FIRST, 150)
        add_cases(office, 4, SECOND, 150)
    return folder


@pytest.fixture
def opened(counted: Path, tmp_path: Path) -> Iterator[Office]:
    folder = Path(shutil.copytree(counted, tmp_path / "office"))
    with unlocked(folder, Role.COORDINATOR) as office:
        yield office


def table_of(prepared: Prepared, part_id: str) -> tuple[int | None, ...]:
    return next(t.figures for t in prepared.tables if t.shape.table_id == part_id)


def test_a_coordinator_sees_what_would_be_published_and_nothing_is(opened: Office) -> None:
    assert Key.IDENTITY not in opened.keys
    before = ledger_state(opened)
    prepared = prepare_reports(opened, asked(CHARGES, VICTIMS, HOURS), THEN)
    assert ledger_state(opened) == before
    assert [report.table.id for report in prepared.reports] == ["charges", "victims", "hours"]
    figures = [figure for table in prepared.tables for figure in table.figures]
    assert 150 in figures
    assert all(figure is None or figure == 0 or figure >= 11 for figure in figures)
    assert prepared.withheld >= 2
    assert prepared.confirmation.failures == 0
    assert not prepared.published_before
    (hours,) = prepared.reports[2].parts
    assert hours.amounts[0].measure == "hours_held"
    assert set(hours.known) == {"hours_held"}


def test_the_same_wish_gives_the_same_figures_as_long_as_nothing_changed(opened: Office) -> None:
    one, other = (prepare_reports(opened, asked(), THEN + timedelta(hours=h)) for h in (0, 6))
    assert one.tables == other.tables
    assert one.snapshot == other.snapshot
    assert prepare_reports(opened, asked(VICTIMS), THEN).snapshot != one.snapshot


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_publish_do(counted: Path, role: Role) -> None:
    with unlocked(counted, role) as office:
        if may(role, Act.RELEASE_SUMMARIES):
            assert prepare_reports(office, asked(), THEN).figures
        else:
            with pytest.raises(NotAllowed, match="publish summaries"):
                prepare_reports(office, asked(), THEN)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (ReleaseAsked(window_of("2026-Q1"), ()), "No table was chosen"),
        (ReleaseAsked(window_of("2026-Q1"), ("T99",)), "no such table"),
        (asked(period="2026-Q2"), "April to June 2026 is not over yet"),
        (asked(period="2026"), "not over yet"),
        (ReleaseAsked(window_of("2026-Q1", "2026-Q2"), (), (CHARGES,)), "overlap"),
        (asked(own("T2a", "outcome")), "short name"),
        (asked(own("T02", "outcome")), "short name"),
        (asked(own("../x", "outcome")), "short name"),
        (asked(CHARGES, own("charges", "outcome")), "short name"),
        (asked(own("mixed", "outcome", "letter_kind")), "do not go together"),
        (asked(own("twice", "outcome", "outcome")), "do not go together"),
        (asked(own("none", "surname")), "do not go together"),
        (asked(threshold=4), "threshold"),
        (asked(threshold=51), "threshold"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(opened: Office, wish: ReleaseAsked, words: str) -> None:
    with pytest.raises(AppError, match=words):
        prepare_reports(opened, wish, THEN)


def test_too_few_cases_publish_nothing_and_wait(opened: Office) -> None:
    with pytest.raises(NotSafe, match="Fewer than 11 new cases"):
        prepare_reports(opened, asked(period="2025-Q4"), THEN)
    # Of letters there are none: cases are published without them, and they are said to wait.
    prepared = prepare_reports(opened, asked(CHARGES, own("mail", "letter_result")), THEN)
    (left,) = prepared.left_out
    assert left.part_id == "mail"
    assert "later period" in left.sentence


def test_groups_chosen_once_stay_with_the_series(opened: Office) -> None:
    """A shipped part in coarser groups: the next quarter has the same without being asked."""
    coarse = (Side("outcome", (("Convicted", frozenset({"convicted"})),)),)
    wish = ReleaseAsked(window_of("2026-Q1"), ("T02",), grouped={"T2a": coarse})
    release_reports(opened, wish, THEN)
    later = ReleaseAsked(window_of("2026-Q2"), ("T02",))
    prepared = prepare_reports(opened, later, after(SECOND.end))
    (part,) = (p for r in prepared.reports for p in r.parts if p.part.id == "T2a")
    assert part.part.sides == coarse
    assert part.table.shape.axes[0].labels == ("Convicted", "Other", "Total")


def test_what_was_published_is_used_again_as_it_was(opened: Office) -> None:
    release = release_reports(opened, asked(CHARGES), THEN)
    again = prepare_reports(opened, asked(CHARGES, VICTIMS), after(SECOND.end))
    assert again.published_before == {"charges"}
    assert table_of(again, "charges") == table_of(release.prepared, "charges")
    (said,) = [each for each in again.advice if each.part_id == "charges"]
    assert said.sentence == (
        "“charges” was published on 2026-04-01. The same figures will be used."
    )
    # Asked for in other groups it stays as it is, too: two versions could be subtracted.
    coarse = {"charges": (Side("outcome"),)}
    regrouped = prepare_reports(opened, asked(CHARGES, grouped=coarse), after(SECOND.end))
    assert table_of(regrouped, "charges") == table_of(release.prepared, "charges")
    with pytest.raises(AppError, match="other sides"):
        prepare_reports(opened, asked(own("charges", "outcome")), after(SECOND.end))


def test_the_threshold_stays_the_same_in_a_series(opened: Office) -> None:
    release_reports(opened, asked(threshold=15), THEN)
    for other in (11, 20):
        with pytest.raises(AppError, match="the threshold 15"):
            prepare_reports(opened, asked(period="2026-Q2", threshold=other), after(SECOND.end))
    assert prepare_reports(opened, asked(period="2026-Q2", threshold=15), after(SECOND.end))


def test_a_part_that_can_not_be_made_safe_is_left_out_with_a_sentence(
    opened: Office, monkeypatch: pytest.MonkeyPatch
) -> None:

    def picky(new: Any, *rest: Any, **more: Any) -> Any:
        if any(shape.table_id == "victims" for shape in new):
            raise NotSafe("No safe way was found.")
        return protect(new, *rest, **more)

    monkeypatch.setattr(safe_parts, "protect", picky)
    prepared = prepare_reports(opened, asked(VICTIMS, CHARGES, HOURS), THEN)
    assert [report.table.id for report in prepared.reports] == ["charges", "hours"]
    (left,) = prepared.left_out
    assert left.sentence == "“victims” is left out. No safe way was found."
    with pytest.raises(NotSafe, match="No safe way"):
        prepare_reports(opened, asked(VICTIMS), THEN)


def test_amounts_that_can_not_be_made_safe_are_withheld_and_counts_stand(
    opened: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = Part("nights", "Nights held", (Side("charge_level"),), ("midnights_held",))

    def picky(asks: Any, *rest: Any, **more: Any) -> Any:
        if any(ask.measure.id == "midnights_held" for ask in asks):
            raise NotSafe("No safe way was found.")
        return protect_amounts(asks, *rest, **more)

    monkeypatch.setattr(safe_parts, "protect_amounts", picky)
    prepared = prepare_reports(opened, asked(nights, HOURS), THEN)
    first, second = (part for report in prepared.reports for part in report.parts)
    assert set(first.amounts[0].totals) == {None}
    assert first.amounts[0].measure == "midnights_held"
    assert second.amounts[0].measure == "hours_held"
    assert any(total is not None for total in second.amounts[0].totals)
    (left,) = prepared.left_out
    assert "is withheld" in left.sentence


@pytest.mark.parametrize("stage", ["protect_parts", "with_amounts", "confirm_safe"])
@pytest.mark.parametrize("error", [RuntimeError("a bug"), NotSafe("Not safe."), MemoryError()])
def test_whatever_fails_nothing_is_prepared_or_written(
    opened: Office, monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(workflow, stage, fails)
    before = ledger_state(opened)
    with pytest.raises(type(error)):
        prepare_reports(opened, asked(), THEN)
    with pytest.raises(type(error)):
        release_reports(opened, asked(), THEN)
    assert ledger_state(opened) == before


def test_out_of_time_prepares_nothing(opened: Office) -> None:
    with pytest.raises(NotSafe, match="finish"):
        prepare_reports(opened, asked(CHARGES), THEN, seconds=0.0)


def test_it_can_be_stopped_and_tells_how_far_it_is(opened: Office) -> None:
    told: list[tuple[float, str]] = []
    prepare_reports(opened, asked(), THEN, progress=lambda *said: told.append(said))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    for stop_after in range(len(told) - 1):
        calls: list[float] = []
        gathered = gather(opened, asked(), THEN)
        with pytest.raises(AppError, match="Stopped"):
            work_out(
                gathered,
                progress=lambda share, _: calls.append(share),  # noqa: B023
                stop=lambda: len(calls) >= stop_after,  # noqa: B023
            )


def test_a_figure_known_from_elsewhere_is_not_left_to_be_subtracted(opened: Office) -> None:
    """With it public, more is withheld, or else, than without: here it stands in the table."""
    plain = prepare_reports(opened, asked(CHARGES), THEN)
    table = plain.tables[0]
    where = next(
        place
        for place, figure in zip(table.shape.places(), table.figures, strict=True)
        if figure is None and all(i < n - 1 for i, n in zip(place, table.shape.size, strict=True))
    )
    conditions = frozenset(
        (axis.dimension, axis.groups[i].words)
        for axis, i in zip(table.shape.axes, where, strict=True)
    )
    figure = SingleFigure(Population.EPISODES, window_of("2026-Q1"), conditions, 2)
    enter_known_figure(opened, figure, "County report", THEN)
    informed = prepare_reports(opened, asked(CHARGES), THEN)
    assert informed.tables[0].figures != table.figures


def test_dates_that_cut_a_known_figure_in_two_are_not_published(opened: Office) -> None:
    figure = SingleFigure(Population.EPISODES, window_of("2026-Q1"), frozenset(), 150)
    enter_known_figure(opened, figure, "County report", THEN)
    with pytest.raises(NotSafe, match="Publish those dates first"):
        prepare_reports(opened, asked(period="2026-H1"), after(SECOND.end))
    assert prepare_reports(opened, asked(), THEN)
