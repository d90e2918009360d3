"""The files of case rows tell what the rows tell, and neither who nor in which order."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

import numpy as np

from intake_app.core.disclosure.case_rows import generalize
from intake_app.core.disclosure.figures import Group
from intake_app.core.disclosure.hierarchies import ANY, Hierarchy
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.rows_attack import attack_rows
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.documents.rows_csv import rows_csv, rows_json, rows_text
from tests.published_rows import FOUR, Q1, Facts
from tests.report_parts import made

ONE = Facts(800).of_period(FOUR)
PUBLISHED = PublishedRows(Q1, 11, ONE.classes)
MEANING = {h.dimension: h.words_of for h in ONE.classes.hierarchies}


def test_the_csv_has_one_line_for_each_row_and_opens_in_a_spreadsheet() -> None:
    content = rows_csv(PUBLISHED, np.arange(800))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 801
    head, *body = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == ["period", *FOUR]
    labels = Counter(ONE.classes.labels(number) for number in ONE.classes.class_of)
    assert Counter(tuple(line[1:]) for line in body) == labels
    assert {line[0] for line in body} == {"2026-Q1"}


def test_no_label_can_start_a_formula_or_part_a_cell() -> None:
    words = ("=1+1", "a,b", 'c"d', "-e")
    levels = (
        (Group(ANY, frozenset(words)),),
        tuple(Group(word, frozenset({word})) for word in words),
    )
    rows = Rows(Population.EPISODES, 80, {"county": Column.of(words * 20)}, {})
    classes = generalize(rows, [Hierarchy("county", "County", levels)], 11)
    content = rows_csv(PublishedRows(Q1, 11, classes), np.arange(80))
    read = {line[1] for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    assert read == {"county", "'=1+1", "a,b", 'c"d', "'-e"}
    meaning = {"county": {word: frozenset({word}) for word in words}}
    assert attack_rows(content, meaning, Q1, (), 11).classes == 4


def test_the_reports_tell_columns_levels_k_classes_and_rows() -> None:
    content = rows_csv(PUBLISHED, np.arange(800))
    attack = attack_rows(content, MEANING, Q1, (), 11)
    files = {"ROWS_2026-Q1.csv": content}
    told = json.loads(rows_json(PUBLISHED, attack, files, made()))
    assert (told["rows"], told["threshold"]) == (800, 11)
    assert (told["k_reached"], told["classes"]) == (ONE.classes.k, len(ONE.classes.counts))
    assert [column["dimension"] for column in told["columns"]] == list(FOUR)
    assert all(sum(column["rows_told_at_level"]) == 800 for column in told["columns"])
    text = rows_text(PUBLISHED, attack, files, made()).decode()
    assert max(map(len, text.splitlines())) <= 88
    assert "800 rows, 4 columns" in text
    assert told["sha256"]["ROWS_2026-Q1.csv"] in text
    assert " 0 %" not in text


def test_what_the_ledger_keeps_is_read_back_and_what_it_tells_has_no_single_row() -> None:
    told = json.loads(json.dumps(PUBLISHED.to_json()))
    again = PublishedRows.from_json(told, PUBLISHED.sealed())
    assert again.to_json() == PUBLISHED.to_json()
    assert (again.classes.class_of == ONE.classes.class_of).all()
    for mine, read in zip(ONE.classes.possible, again.classes.possible, strict=True):
        assert (mine == read).all()
    assert "class_of" not in told
    assert again.total.figures == (800,)
    other = replace(ONE.classes, class_of=ONE.classes.class_of[::-1])
    assert PublishedRows(Q1, 11, other).to_json() == PUBLISHED.to_json()
