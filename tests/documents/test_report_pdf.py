"""The report as a PDF, read back with other libraries: words, tree, order, bars, pages."""

import re
import time
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from pypdf import PdfReader

from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.policies import declared_policies, simulation_parts
from intake_app.core.reports.release import Advice, Costs, Report
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, ReportTable, Share, Side
from intake_app.documents.report_pdf import report_pdf
from tests.pdf_words import placed_words
from tests.report_parts import (
    COSTS,
    a_part,
    a_report,
    invented_part,
    made,
    prepared,
    shipped_tables,
    whole_list,
)
from tests.report_rows import invented_rows
from tests.tagged_pdf import Node, Tagged, read_tagged


@cache
def whole() -> bytes:
    return report_pdf(whole_list(400, before=True), made())


@pytest.fixture(scope="module")
def tagged() -> Tagged:
    return read_tagged(whole())


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def of_the_list(code: str, size: int, costs: Costs = COSTS) -> bytes:
    (table,) = [table for table in shipped_tables() if table.code == code]
    rows = invented_rows(size, 7, table.population)
    report = Report(table, tuple(invented_part(table, part, rows) for part in table.parts))
    release = prepared(report)
    return report_pdf(replace(release, asked=replace(release.asked, costs=costs)), made())


def own(*sides: str, size: int = 20_000) -> Report:
    part = Part("own-a", "Own table", tuple(Side(side) for side in sides))
    table = ReportTable("own", "", "Own table", "Own", Population.EPISODES, "As chosen.", (part,))
    return Report(table, (invented_part(table, part, invented_rows(size, 3)),))


def alts(found: Tagged) -> list[str]:
    return [str(node.entries.Alt) for node in found.of("Figure")]


def test_it_begins_with_the_office_the_dates_and_what_it_is() -> None:
    first = re.sub(r"\s+", " ", PdfReader(BytesIO(whole())).pages[0].extract_text())
    for said in (
        "Example Legal Aid",
        "1 Example Street, Town, FL 33000",
        "Immigration detainers",
        "July to September 2026",
        "July 1, 2026 to September 30, 2026. Made on November 28, 2026.",
        "Counts of cases, not of people",
    ):
        assert said in first, said


def test_every_table_has_its_definition_and_the_published_figure_with_its_caution(
    tagged: Tagged,
) -> None:
    text = re.sub(r"\s", "", tagged.words(tagged.root))
    for table in shipped_tables():
        told = [table.title, table.definition]
        for compare in table.compare:
            told += [compare.figure, compare.of.rstrip("."), compare.source.rstrip(".")]
            told.append(compare.caution)
        for said in told:
            assert re.sub(r"\s", "", said).replace("'", "’") in text, said


def test_every_piece_is_text_or_artifact_and_every_element_holds_something(
    tagged: Tagged,
) -> None:
    assert tagged.unmarked == []
    placed = [kid for node in tagged.root.all() for kid in node.kids if not isinstance(kid, Node)]
    assert sorted(placed) == sorted(tagged.pieces)
    assert all(node.kids for node in tagged.root.all())
    allowed = {
        "Document": {"P", "H1", "H2", "H3", "L", "Table", "Figure", "TOC"},
        "TOC": {"TOCI"},
        "TOCI": {"P"},
        "L": {"LI"},
        "LI": {"Lbl", "LBody"},
        "Table": {"TR"},
        "TR": {"TH", "TD"},
    }
    for node in tagged.root.all():
        below = {kid.kind for kid in node.kids if isinstance(kid, Node)}
        assert below <= allowed.get(node.kind, set()), node.kind


def test_headings_go_down_one_level_at_a_time(tagged: Tagged) -> None:
    levels = [int(node.kind[1]) for node in tagged.root.all() if re.fullmatch(r"H\d", node.kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(now <= before + 1 for before, now in pairwise(levels))


def test_headings_of_a_table_say_which_cells_they_are_for(tagged: Tagged) -> None:
    tables = tagged.of("Table")
    assert len(tables) > 30
    for table in tables:
        lines = [kid for kid in table.kids if isinstance(kid, Node)]
        assert len({len(line.kids) for line in lines}) == 1
        for number, line in enumerate(lines):
            cells = [kid for kid in line.kids if isinstance(kid, Node)]
            kinds = [cell.kind for cell in cells]
            assert kinds == ["TH", *(["TD"] if number else ["TH"]) * (len(cells) - 1)]
            scopes = [str(c.entries.A.Scope) for c in cells if c.kind == "TH"]
            assert set(scopes) == {"/Row" if number else "/Column"}


def test_bars_are_figures_that_tell_their_values_in_words() -> None:
    counts = (30, 10, None, 60, 100)
    part = a_part(counts, ("Felony", "Misdemeanor", "Traffic", "None"))
    read = read_tagged(report_pdf(prepared(a_report(part)), made()))
    assert alts(read) == [
        "Bar chart: Most serious charge, 100 known of 100. Felony 30%; Misdemeanor 10%; "
        "Traffic withheld; None 60%."
    ]
    (figure,) = read.of("Figure")
    told = [read.pieces[kid] for kid in figure.kids if not isinstance(kid, Node)]
    # A bar and its value for each that is shown; a word and no bar for the withheld one.
    assert told == [
        "Percent of the 100 known", "", "30%", "", "10%", "withheld", "", "60%",
    ]  # fmt: skip


def test_bars_are_as_long_as_their_percentages() -> None:
    part = a_part((30, 10, 60, 100), ("A", "B", "C"))
    file = pikepdf.open(BytesIO(report_pdf(prepared(a_report(part)), made())))
    found = []
    for page in file.pages:
        color = ""
        for step in pikepdf.parse_content_stream(page):
            operands = [str(one) for one in step.operands]
            if str(step.operator) == "rg":
                color = " ".join(operands)
            if str(step.operator) == "re" and color == "0.176 0.388 0.494":
                found.append(float(operands[2]))
    assert len(found) == 3
    assert found[0] / found[2] == pytest.approx(0.5, abs=0.01)
    assert found[1] / found[2] == pytest.approx(1 / 6, abs=0.01)


@pytest.mark.parametrize("guard", Guard)
def test_a_table_all_withheld_is_drawn_without_bars_or_percentages(guard: Guard) -> None:
    parts = (
        a_part((None,) * 9, ("A", "B"), ("C", "D"), guard=guard),
        a_part((None,) * 3, ("A", "B"), guard=guard),
        a_part((None,)),
    )
    pdf = report_pdf(prepared(a_report(*parts)), made())
    text = words(pdf)
    assert "%" not in text
    assert read_tagged(pdf).of("Figure") == []
    assert ("may be zero" in text) is (guard is Guard.VICTIM)
    cells = [read_tagged(pdf).words(cell) for cell in read_tagged(pdf).of("TD")]
    assert cells == ["s"] * 13


def test_reading_goes_from_the_title_through_each_table_to_the_limits(tagged: Tagged) -> None:
    told = [tagged.words(node) for node in tagged.of("H2")]
    codes = [f"{table.code} {table.title}" for table in shipped_tables()]
    shown = [re.sub(r"\s+", " ", each) for each in told]
    assert shown == [
        "At a glance", "Contents", "How to read the figures", *codes, "Limits",
        "How it was checked",
    ]  # fmt: skip


def test_the_contents_name_the_page_each_heading_stands_on(tagged: Tagged) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(whole())).pages]
    entries = [tagged.words(node) for node in tagged.of("TOCI")]
    assert len(entries) == len(shipped_tables()) + 3
    for entry in entries:
        found = re.fullmatch(r"(.*) (\d+)", re.sub(r"\s+", " ", entry))
        assert found
        page = re.sub(r"\s+", " ", pages[int(found[2]) - 1])
        assert found[1] in page, entry
    outline = PdfReader(BytesIO(whole())).outline
    assert len(outline) == len(entries)


def test_a_long_table_goes_on_over_the_page_under_its_headings() -> None:
    pdf = report_pdf(prepared(own("country", "outcome")), made())
    read = read_tagged(pdf)
    pages = [re.sub(r"\s+", " ", p.extract_text()) for p in PdfReader(BytesIO(pdf)).pages]
    on = [page for page in pages if "Adjudication" in page and "/ Outcome" in page]
    assert len(on) >= 3
    heads = [cell for cell in read.of("TH") if "/Column" in str(cell.entries.A.Scope)]
    assert len([head for head in heads if "Convicted" in read.words(head)]) == len(read.of("Table"))
    assert sum("Convicted" in text for kind, text in read.artifacts) >= len(on) - 1


def test_numbers_stand_right_under_each_other() -> None:
    part = a_part((1234567, 8642, None, 1243209), ("A", "B", "C"))
    edges = {
        word.right
        for word in placed_words(report_pdf(prepared(a_report(part)), made()))
        if word.text in ("1,234,567", "8,642", "Cases")
    }
    assert len(edges) == 1


def test_nothing_leaves_the_page() -> None:
    for report in (own("country", "outcome"), own("outcome", "country"),
                   own("charge_level", "outcome", "sex"), own("county")):  # fmt: skip
        words = placed_words(report_pdf(prepared(report), made()))
        assert len(words) > 500
        for word in words:
            assert word.left > 60, word
            assert word.right < 546, word


def test_percentages_stand_with_how_many_are_known() -> None:
    text = words(of_the_list("T6", 5000))
    assert re.search(r"Percent of the [\d,]+ known", text)
    assert re.search(r"Answer known: [\d,]+ of 5,000\.", text)
    assert re.search(r"One child or more: \d\d%", text)


def test_a_share_across_another_side_is_a_table_with_bars() -> None:
    counts = (40, 20, 60, 60, None, None, 100, None, None)
    part = a_part(counts, ("Afraid", "Not afraid"), ("Citizen", "Resident"))
    part = replace(part, part=replace(part.part, shares=(Share("Afraid", ("Afraid",)),)))
    read = read_tagged(report_pdf(prepared(a_report(part)), made()))
    assert alts(read) == [
        "Bar chart: Afraid, by Side 1. Citizen 40%; Resident withheld; Total withheld."
    ]


def test_the_year_before_stands_beside_with_the_change() -> None:
    part = a_part((30, 20, None, 60), ("A", "B", "C"))
    then = a_part((40, None, 12, 75), ("A", "B", "C")).table
    read = read_tagged(report_pdf(prepared(a_report(replace(part, year_before=then))), made()))
    cells = [read.words(cell) for cell in read.of("TD")][:12]
    assert cells == ["30", "40", "–10", "20", "s", "s", "s", "12", "s", "60", "75", "–15"]


def test_both_costs_are_printed_with_their_inputs() -> None:
    text = words(of_the_list("T8", 5000))
    assert "Midnights held after release was due" in text
    assert "$140 (county budget, 2026)" in text
    assert "21 (county jail, 2025)" in text
    assert text.count("Estimated cost") == 2
    none = words(of_the_list("T8", 5000, Costs()))
    assert "Estimated cost" not in none


def test_policies_stand_side_by_side_as_an_illustration() -> None:
    table = ReportTable(
        "policies", "P", "Policies", "Policies", Population.EPISODES, "Declared policies.",
        simulation_parts(declared_policies()),
    )  # fmt: skip
    rows = invented_rows(5000, 7)
    report = Report(table, tuple(invented_part(table, part, rows) for part in table.parts))
    text = words(report_pdf(prepared(report), made()))
    assert "This is an illustration, not a forecast" in text
    assert "Honor every detainer" in text
    assert "Cost spared" in text


def test_what_was_left_out_is_said() -> None:
    release = prepared(a_report(a_part((11,))), left_out=(Advice("T2b", "Too fine."),))
    text = words(report_pdf(release, made()))
    assert "Left out, because no way was found to show it safely: T2b." in text


def test_the_same_release_gives_the_same_bytes() -> None:
    release = whole_list(400, before=True)
    assert report_pdf(release, made()) == whole()
    assert report_pdf(release, made(office="Another")) != whole()


def test_the_metadata_is_that_of_a_file_to_keep_and_names_no_machine() -> None:
    file = pikepdf.open(BytesIO(whole()))
    with file.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["dc:title"] == "Immigration detainers, July to September 2026"
    assert str(file.Root.Lang) == "en-US"
    assert file.Root.MarkInfo.Marked
    for secret in (b"anonymous", b"/Author", b"/CreationDate", b"/home"):
        assert secret not in whole()


def test_another_program_finds_nothing_wrong_with_it() -> None:
    with pikepdf.open(BytesIO(whole())) as file:
        assert file.check_pdf_syntax() == []


def test_forty_pages_are_made_while_somebody_waits() -> None:
    reports = [own("country", "outcome"), own("charge_level", "outcome", "sex"), own("county"),
               own("country", "charge_level"), own("language", "outcome")]  # fmt: skip
    release = prepared(*reports, *whole_list(400, before=True).reports)
    report_pdf(release, made())
    began = time.perf_counter()
    pdf = report_pdf(release, made())
    taken = time.perf_counter() - began
    assert len(PdfReader(BytesIO(pdf)).pages) >= 40
    assert taken < 5
