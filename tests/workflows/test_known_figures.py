"""Figures known from elsewhere: entered once, for dates as they are published here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.reports.rows import Population
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.known_figures import enter_known_figure, known_figures
from intake_app.workflows.read_ledger import read_ledger
from intake_app.workflows.start_series import start_new_series
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked
from tests.report_offices import window_of


def figure(*conditions: tuple[str, str], period: str = "2026-Q1", value: int = 4) -> SingleFigure:
    asked = frozenset((name, frozenset({word})) for name, word in conditions)
    return SingleFigure(Population.EPISODES, window_of(period), asked, value)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "office").office as office:
        staff(office)
    with unlocked(tmp_path / "office", Role.COORDINATOR) as office:
        yield office


def test_a_figure_is_kept_with_its_source_and_begins_the_series(opened: Office) -> None:
    told = figure(("charge_level", "felony"))
    enter_known_figure(opened, told, "  County report 2026 ", NOW)
    (kept,) = known_figures(opened)
    assert (kept.figure, kept.source) == (told, "County report 2026")
    lines = read_ledger(opened)
    assert [line.kind.value for line in lines] == ["series", "known"]
    assert lines[-1].sentence.startswith("Known from elsewhere for January to March 2026: ")
    with pytest.raises(AppError, match="entered before"):
        enter_known_figure(opened, figure(("charge_level", "felony"), value=5), "Another", NOW)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (figure(value=-1), "0 or more"),
        (figure(("charge_level", "no such answer")), "no such question"),
        (figure(("surname", "x")), "no such question"),
        (figure(("charge_level", "felony"), ("charge_level", "civil")), "no such question"),
        (figure(("letter_kind", "decline")), "no such question"),
        (SingleFigure(Population.EPISODES, window_of("2026-Q1", "2026-Q2"), frozenset(), 9), "for"),
    ],
)
def test_a_figure_that_can_not_be_placed_is_refused(
    opened: Office, wrong: SingleFigure, words: str
) -> None:
    with pytest.raises(AppError, match=words):
        enter_known_figure(opened, wrong, "Report", NOW)
    with pytest.raises(AppError, match="known from"):
        enter_known_figure(opened, figure(), " ", NOW)
    assert known_figures(opened) == ()


def test_only_those_who_publish_enter_figures(opened: Office, tmp_path: Path) -> None:
    opened.close()
    with unlocked(tmp_path / "office", Role.PARALEGAL) as office:
        with pytest.raises(NotAllowed):
            enter_known_figure(office, figure(), "Report", NOW)
        with pytest.raises(NotAllowed):
            known_figures(office)


def test_a_new_series_takes_no_figure_of_the_dates_before_it(
    opened: Office, tmp_path: Path
) -> None:
    opened.close()
    with unlocked(tmp_path / "office") as office:
        start_new_series(office, NOW)
        with pytest.raises(AppError, match="for dates as they are published"):
            enter_known_figure(office, figure(period="2026-Q4"), "Report", NOW)
        enter_known_figure(office, figure(period="2027-Q1"), "Report", NOW)
