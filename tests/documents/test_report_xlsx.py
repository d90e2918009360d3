"""The workbook as Excel finds it: cells, formats, nothing that runs, no file beside it."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

import pytest

from intake_app.documents.report_xlsx import report_xlsx
from tests.documents.test_report_csv import EVIL
from tests.report_parts import a_part, whole_list

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts_of(book: bytes) -> dict[str, ElementTree.Element]:
    file = zipfile.ZipFile(BytesIO(book))
    assert file.testzip() is None
    return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}  # noqa: S314


def cells(book: bytes) -> Iterator[tuple[str, str, str | float]]:
    """Sheet, place and value of each cell that has one."""
    found = parts_of(book)
    texts = ["".join(item.itertext()) for item in found["xl/sharedStrings.xml"]]
    names = [str(s.get("name")) for s in found["xl/workbook.xml"].iter(f"{SPACE}sheet")]
    for number, name in enumerate(names, 1):
        for cell in found[f"xl/worksheets/sheet{number}.xml"].iter(f"{SPACE}c"):
            value = cell.findtext(f"{SPACE}v")
            if value is not None:
                kind = texts[int(value)] if cell.get("t") == "s" else float(value)
                yield name, str(cell.get("r")), kind


def test_figures_are_numbers_and_withheld_ones_s() -> None:
    part = a_part((2000, None, 2031), ("A", "B"))
    told = {place: value for sheet, place, value in cells(report_xlsx("R", [], {"T1": part}))
            if sheet == "T1"}  # fmt: skip
    assert told["A4"] == "Side 0"
    assert told["B4"] == "Cases"
    assert (told["A5"], told["B5"]) == ("A", 2000)
    assert (told["A6"], told["B6"]) == ("B", "s")
    assert (told["A7"], told["B7"]) == ("Total", 2031)
    assert "s = withheld" in str(told["A2"])


def test_the_first_sheet_says_what_it_is_and_the_others_follow() -> None:
    book = report_xlsx(
        "Reports", ["Counts of cases, not of people."], {"T1": a_part((11,)), "T2": a_part((12,))}
    )
    told = list(cells(book))
    assert list(dict.fromkeys(sheet for sheet, *_ in told)) == ["About", "T1", "T2"]
    assert ("About", "A1", "Reports") in told
    assert ("About", "A3", "Counts of cases, not of people.") in told


def test_the_head_of_a_sheet_stays_in_sight() -> None:
    book = report_xlsx("R", [], {"T1": a_part((20, 30, 50), ("A", "B"))})
    (pane,) = parts_of(book)["xl/worksheets/sheet2.xml"].iter(f"{SPACE}pane")
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "B5")


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_in_it_runs_or_leads_outside(evil: str) -> None:
    part = a_part((20, 30, 50, 20, 30, 50, 40, 60, 100), (evil, "B"), ("C", evil), title=evil)
    book = report_xlsx(evil, [evil, "http://example.org/x"], {"T1": part})
    for name, found in parts_of(book).items():
        kinds = {element.tag.split("}")[-1] for element in found.iter()}
        assert not kinds & {"f", "hyperlink", "externalReference", "oleObject", "ddeLink"}, name
        assert "External" not in str([element.attrib for element in found.iter()])
        assert not re.search("vba|external|macro|oleObject", name)
    for _, place, value in cells(book):
        assert not str(value).startswith(EVIL[:4]) or isinstance(value, float), place


def test_the_same_release_gives_the_same_bytes_and_no_file_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    parts = {p.part.id: p for report in whole_list(400).reports for p in report.parts}
    first = report_xlsx("R", ["x"], parts)
    assert report_xlsx("R", ["x"], parts) == first
    core = zipfile.ZipFile(BytesIO(first)).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2000-01-01T"}
    assert "<dc:creator></dc:creator>" in core


def test_the_longest_words_fit_their_column() -> None:
    part = a_part((20, 30, 50), ("A group with a long label of its own", "B"))
    found = parts_of(report_xlsx("R", [], {"T1": part}))["xl/worksheets/sheet2.xml"]
    widths = [float(str(col.get("width"))) for col in found.iter(f"{SPACE}col")]
    assert widths[0] >= len("A group with a long label of its own")
