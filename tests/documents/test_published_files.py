"""Published files can be attacked by anybody who has them, and wrong ones are told apart."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from intake_app.core.disclosure.figures import Guard, ProtectedTable, Shape
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.tables import Part
from intake_app.documents.published_files import attack_files, attack_words, read_published
from intake_app.documents.report_csv import long_csv
from tests.small_tables import Q1, YEAR, axis, counted, hide, shape_of, window

NAIVE = hide(
    counted(shape_of(axis("one", 3), axis("two", 3)), [[5, 20, 30], [40, 50, 60], [70, 80, 90]]),
    (0, 0),
)
SAFE = hide(
    counted(shape_of(axis("one", 3), axis("two", 3)), [[5, 20, 30], [40, 50, 60], [70, 8, 90]]),
    *((0, 0), (0, 1), (2, 0), (2, 1)),
)


def files(
    name: str, table: ProtectedTable, known: Mapping[str, ProtectedTable] | None = None
) -> dict[str, bytes]:
    """As the product writes them: the long CSV, and what its report says of where it stands."""
    part = ReportPart(Part("own", "Own", ()), table, known or {})
    entries: list[dict[str, Any]] = [_entry(name, ["cases"], table.shape)]
    for measure, more in (known or {}).items():
        measures = [f"{measure} known", f"{measure} not known", "cases"]
        entries.append(_entry(name, measures, more.shape))
    told = json.dumps({"tables": entries}).encode()
    return {f"{name}.csv": long_csv(part), f"{name}.disclosure.json": told}


def _entry(name: str, measures: list[str], shape: Shape) -> dict[str, Any]:
    return {"file": f"{name}.csv", "measures": measures, "shape": shape.to_json()}


def test_tables_come_back_from_their_files() -> None:
    made = files("a", NAIVE) | files("b", SAFE) | {"a.wide.csv": b"x", "a.pdf": b"%PDF"}
    assert [each.table for each in read_published(made)] == [NAIVE, SAFE]
    assert not any(each.zeros_shown for each in read_published(made))


def test_a_naive_table_is_broken_and_a_safe_one_is_not() -> None:
    report = attack_files(files("a", NAIVE), 11)
    assert [(f.labels, f.low, f.high) for f in report.exact] == [(("One: A", "Two: A"), 5, 5)]
    words = attack_words(report)
    assert "1 small groups can be worked out exactly:" not in words
    assert "1 small group can be worked out exactly:" in words
    assert "T, 2025-Q1, One: A; Two: A: 5" in words
    report = attack_files(files("a", SAFE), 11)
    assert report.failed
    assert "No group smaller than 11 could be worked out." in attack_words(report)


def test_files_of_several_releases_are_attacked_together() -> None:
    quarter = hide(counted(shape_of(axis("one", 2)), [20, 30]))
    year = hide(counted(shape_of(axis("one", 2), when=YEAR), [24, 30]))
    assert attack_files(files("a", quarter), 11).failed
    assert attack_files(files("b", year), 11).failed
    together = attack_files(
        {f"one/{n}": c for n, c in files("a", quarter).items()}
        | {f"two/{n}": c for n, c in files("a", year).items()},
        11,
    )
    assert {(f.dates, f.low) for f in together.exact} == {("2025-Q2", 4)}
    assert "(between published figures): 4" in attack_words(together)


def test_what_is_known_is_attacked_too() -> None:
    sides = (axis("one", 2), axis("known:days", ["y", "n"]))
    shape = shape_of(*sides)
    known = hide(counted(shape, [[30, 6], [40, 20]]), (0, 1))
    base = hide(counted(shape_of(axis("one", 2)), [36, 60]))
    made = files("a", base, {"days": known})
    assert [each.table for each in read_published(made)] == [base, known]
    (found,) = attack_files(made, 11).exact
    assert (found.low, found.labels) == (6, ("One: A", "Known:Days: N"))
    del made["a.disclosure.json"]
    (found,) = attack_files(made, 11).exact
    assert (found.low, found.labels) == (6, ("one: A", "days known: Not known"))


def test_a_table_alone_is_read_by_its_labels() -> None:
    made = files("a", NAIVE)
    del made["a.disclosure.json"]
    report = attack_files(made, 11)
    assert [(f.labels, f.low) for f in report.exact] == [(("one: A", "two: A"), 5)]
    shape = shape_of(axis("one", 2), axis("dv", ["a", "b"], Guard.VICTIM))
    table = hide(counted(shape, [[3, 97], [0, 100]]), *((i, j) for i in (0, 1) for j in (0, 1)))
    alone = read_published({"a.csv": files("a", table)["a.csv"]})
    assert [each.zeros_shown for each in alone] == [True]


def test_labels_that_could_start_a_formula_come_back() -> None:
    table = hide(counted(shape_of(axis("one", 2)), [50, 60]))
    text = files("a", table)["a.csv"].decode("utf-8-sig")
    changed = text.replace(",A,", ",'=A,").encode()
    (found,) = read_published({"a.csv": changed})
    assert found.table.shape.axes[0].labels == ("=A", "B", "Total")


def test_a_report_of_the_whole_release_names_each_table_once() -> None:
    made = files("a", NAIVE)
    made["REPORT.disclosure.json"] = made["a.disclosure.json"]
    assert len(read_published(made)) == 1


GOOD = files("a", NAIVE)
LINES = GOOD["a.csv"].split(b"\r\n")


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff\xfe\x00",
        b"a,b\r\n1,2\r\n",
        b"\r\n".join(LINES[:1]),
        b"\r\n".join(LINES[:-2]),
        GOOD["a.csv"] + LINES[1] + b"\r\n",
        GOOD["a.csv"].replace(b"20,", b"-20,"),
        GOOD["a.csv"].replace(b",20,", b",twenty,"),
        GOOD["a.csv"].replace(b",20,", b",20,s"),
        GOOD["a.csv"].replace(b",20,", b",99999999999999,"),
        GOOD["a.csv"].replace(b",20,", b",20.5,"),
        GOOD["a.csv"].replace(b"2025-Q1", b"2025-Q9"),
        GOOD["a.csv"].replace(b"cases", b'"ca"ses'),
        GOOD["a.csv"].replace(b",s\r\n", b",<11\r\n"),
        GOOD["a.csv"].replace(b"\r\n", b",x\r\n"),
    ],
)
def test_a_file_that_is_not_as_published_is_told(wrong: bytes) -> None:
    for made in ({"a.csv": wrong}, GOOD | {"a.csv": wrong}):
        with pytest.raises(AppError) as told:
            read_published(made)
        assert told.value.sentence.startswith("“a.csv” ")
        assert told.value.sentence.endswith("Take the file as it was published.")


def test_no_table_is_told() -> None:
    for made in ({}, {"a.pdf": b"%PDF"}, {"a.wide.csv": b"x"}):
        with pytest.raises(AppError, match="no table among these files"):
            read_published(made)


def test_a_report_that_is_not_as_published_is_told() -> None:
    for wrong in (b"{", b"\xff", b"[" * 100_000, b'{"tables": [1]}', b'{"tables": [{"file": 1}]}'):
        with pytest.raises(AppError, match=r"“a.disclosure.json”"):
            read_published(GOOD | {"a.disclosure.json": wrong})
    for other in (b"[]", b"{}", b'"x"', b'{"tables": {}}'):
        (found,) = read_published(GOOD | {"a.disclosure.json": other})
        assert found.zeros_shown


def test_another_report_is_told() -> None:
    other = files("a", hide(counted(shape_of(axis("one", 3)), [20, 30, 40])))
    later = shape_of(axis("one", 3), axis("two", 3), when=window("2025-Q4"))
    moved = files("a", ProtectedTable(later, NAIVE.figures))
    for report in (other, moved):
        with pytest.raises(AppError, match="does not fit the disclosure report"):
            read_published(GOOD | {"a.disclosure.json": report["a.disclosure.json"]})


def test_mutilated_files_raise_only_what_users_can_read() -> None:
    luck = np.random.default_rng(11)
    for _ in range(400):
        made = dict(GOOD)
        name = ["a.csv", "a.disclosure.json"][int(luck.integers(2))]
        content = bytearray(made[name])
        for _ in range(int(luck.integers(1, 6))):
            spot = int(luck.integers(len(content)))
            if luck.random() < 0.5:
                content[spot] = int(luck.integers(256))
            else:
                del content[spot : spot + int(luck.integers(1, 30))]
        made[name] = bytes(content)
        try:
            attack_words(attack_files(made, 11))
        except (AppError, NotSafe) as told:
            assert told.sentence.endswith(".")


def test_words_for_every_kind_of_finding() -> None:
    shape = shape_of(axis("one", 2), axis("dv", ["a", "b"], Guard.VICTIM))
    victims = hide(counted(shape, [[13, 97], [0, 100]]), (0, 0), (0, 1), (2, 0), (2, 1), (1, 0))
    line = shape_of(axis("one", 2), axis("outcome", 3, Guard.GROUP), when=Q1, name="U")
    whole = hide(counted(line, [[110, 0, 0], [20, 30, 50]]))
    shown = hide(counted(shape_of(axis("three", 2), name="V"), [5, 205]))
    words = attack_words(
        attack_files(files("a", victims) | files("b", whole) | files("c", shown), 11)
    )
    assert "1 small figure simply stands there:" in words
    assert "V, 2025-Q1, Three: A: 5" in words
    assert "2 lines can be shown to have one answer for all:" in words
    assert "U, 2025-Q1, One: A; Outcome: A: 110" in words
