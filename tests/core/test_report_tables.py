"""Published tables: only of questions a summary may show, counted as their words say."""

from datetime import date

import pytest

from intake_app import paths
from intake_app.core.case_facts import CaseFacts
from intake_app.core.disclosure.table import Window
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment, Disclose, Question
from intake_app.core.report_tables import (
    DIMENSIONS,
    Dimension,
    ReportTable,
    count,
    read_report_table,
)
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS

TEXT = 'title = "T"\nrow = "charge_level"\ncolumn = "charge_outcome"\ndefinition = "D  d"\n'
ALWAYS = Window(None, None)


@pytest.fixture
def table() -> ReportTable:
    """Charge level by outcome."""
    return read_report_table("t", TEXT)


@pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)
def test_a_table_refuses_a_question_no_summary_may_show(cls: type, asked: Question) -> None:
    def make() -> Dimension:
        return Dimension("Side", ("one",), lambda _: "one", asked)

    if asked.disclose is Disclose.NEVER:
        with pytest.raises(ValueError, match="may not be in a summary"):
            make()
    else:
        assert make().asked.disclose is not Disclose.NEVER
    if asked.keep in (Compartment.IDENTITY, Compartment.BOTH):
        with pytest.raises(ValueError, match="may not be in a summary"):
            make()


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_case_falls_in_one_group_of_a_side(name: str) -> None:
    side = DIMENSIONS[name]
    assert side.asked.disclose is Disclose.CATEGORY
    assert len(set(side.groups)) == len(side.groups)
    used = {
        side.group_of(CaseFacts(date(2026, 1, 1), level, outcome))
        for level in ChargeLevel
        for outcome in ChargeOutcome
    }
    assert used == set(side.groups)


def test_counting_keeps_every_case_of_the_window_once(table: ReportTable) -> None:
    facts = [
        CaseFacts(date(2026, month, 1), level, outcome)
        for month in (1, 2, 3)
        for level in ChargeLevel
        for outcome in ChargeOutcome
    ]
    each = len(ChargeLevel) * len(ChargeOutcome)
    for window, months in (
        (ALWAYS, 3),
        (Window(date(2026, 2, 1), None), 2),
        (Window(None, date(2026, 1, 1)), 1),
        (Window(date(2026, 2, 1), date(2026, 2, 1)), 1),
        (Window(date(2027, 1, 1), None), 0),
    ):
        counted = count(table, facts, window)
        assert sum(map(sum, counted.counts)) == months * each


def test_a_cell_counts_the_cases_of_its_row_and_column(table: ReportTable) -> None:
    facts = [CaseFacts(date(2026, 1, 1), ChargeLevel.FELONY, ChargeOutcome.PLEA)] * 3
    facts += [CaseFacts(date(2026, 1, 1), ChargeLevel.FELONY, ChargeOutcome.TRIAL)]
    counted = count(table, facts, ALWAYS)
    row = counted.rows.index(ChargeLevel.FELONY.label)
    assert counted.counts[row][counted.columns.index("Convicted")] == 4
    assert sum(map(sum, counted.counts)) == 4


def test_the_shipped_tables_can_be_read() -> None:
    files = sorted((paths.resources() / "reports").glob("*.toml"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        if "[[part]]" in text:
            continue
        report = read_report_table(file.stem, text)
        assert report.title
        assert "  " not in report.definition
        assert report.definition.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = ",
        TEXT.replace("charge_level", "client_name"),
        TEXT.replace("definition", "about"),
    ],
)
def test_a_broken_report_file_is_a_sentence_that_names_it(text: str) -> None:
    with pytest.raises(AppError, match=r"charges\.toml"):
        read_report_table("charges", text)
