"""The tables that can be published, as read from resources/reports."""

import tomllib
from pathlib import Path

import pytest

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import ReportTable, read_report_table

FILES = sorted((paths.resources() / "reports").glob("T*.toml"))

TEXT = """
code = "T"
title = "Who earns"
group = "Family"
definition = "Counts of cases."

[[part]]
id = "T"
title = "Earner"
shares = { "Earns" = ["Earns", "Shares"] }

[[part.sides]]
dimension = "earner"

[part.sides.groups]
"Earns" = ["yes"]
"Shares" = ["shared"]
"""


def read(text: str) -> ReportTable:
    return read_report_table("own", text, DIMENSIONS, MEASURES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_table_can_be_read(file: Path) -> None:
    table = read_report_table(file.stem, file.read_text("utf-8"), DIMENSIONS, MEASURES)
    assert table.code == f"T{int(file.stem[1:])}"
    assert table.definition.endswith(".")
    assert "  " not in table.definition
    assert all(each.source and each.caution and each.figure for each in table.compare)


def test_the_fifteen_tables_are_there_and_no_part_has_the_name_of_another() -> None:
    tables = [read_report_table(f.stem, f.read_text("utf-8"), DIMENSIONS, MEASURES) for f in FILES]
    assert [table.code for table in tables] == [f"T{n}" for n in range(1, 16)]
    parts = [part.id for table in tables for part in table.parts]
    assert len(set(parts)) == len(parts)
    of_people = {t.code for t in tables if t.population is Population.RESPONSES}
    assert of_people == {"T9", "T10", "T11", "T12"}


def test_victims_are_broken_down_by_nothing() -> None:
    texts = [tomllib.loads(f.read_text("utf-8")) for f in FILES]
    sides = [part.get("sides", []) for text in texts for part in text["part"]]
    assert [side for side in sides if "victim" in side] == [["victim"]]


def test_what_no_group_takes_goes_to_other() -> None:
    [part] = read(TEXT).parts
    [side] = part.sides
    axis = DIMENSIONS["earner"].axis(dict(side.groups))
    assert axis.labels == ("Earns", "Shares", "Other", "Total")
    assert axis.words == frozenset(DIMENSIONS["earner"].words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = ",
        TEXT.replace('"earner"', '"surname"'),
        TEXT.replace('["yes"]', '["no such answer"]'),
        TEXT.replace('["yes"]', '"yes"'),
        TEXT.replace('["shared"]', '["yes"]'),
        TEXT.replace('["Earns", "Shares"]', '["Earned"]'),
        TEXT.replace("definition", "about"),
        TEXT.replace('group = "Family"', 'group = "Family"\npopulation = "people"'),
        TEXT.replace('group = "Family"', 'group = "Family"\npopulation = "letters"'),
        TEXT.replace("shares =", 'measures = ["answer_days"]\nshares ='),
        TEXT.replace("shares =", 'measures = ["height"]\nshares ='),
    ],
)
def test_a_wrong_file_is_a_sentence_that_names_it(text: str) -> None:
    with pytest.raises(AppError, match=r"own\.toml is not right"):
        read(text)


def test_a_number_takes_the_room_of_a_side() -> None:
    three = 'sides = ["charge_level", "outcome", "earner"]'
    text = TEXT.split("shares =", maxsplit=1)[0]
    assert len(read(text + three).parts[0].sides) == 3
    with pytest.raises(AppError):
        read(text + three + '\nmeasures = ["hours_held"]')
