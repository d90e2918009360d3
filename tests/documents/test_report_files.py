"""All files of a release: their names, and that none holds more than was given to it."""

import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.tables import Compare, Share
from intake_app.documents.report_files import report_files
from tests.documents.test_report_csv import EVIL
from tests.report_parts import a_part, a_report, made, prepared, whole_list


def words_of(name: str, content: bytes) -> str:
    """All that can be read in a file."""
    if name.endswith(".pdf"):
        reader = PdfReader(BytesIO(content))
        marks = re.findall(rb"/Alt <FEFF([0-9A-F]+)>", content)
        alts = [bytes.fromhex(mark.decode()).decode("utf-16-be") for mark in marks]
        return " ".join([page.extract_text() for page in reader.pages] + alts)
    if name.endswith(".xlsx"):
        file = zipfile.ZipFile(BytesIO(content))
        return " ".join(file.read(each).decode() for each in file.namelist())
    return content.decode("utf-8-sig")


def withheld_part() -> ReportPart:
    """40,127 + 7,919 + 6,841 = 54,887: the two in the middle are withheld."""
    part = a_part((40127, None, None, 54887), ("Felony", "Other charge", "No charge"))
    shares = (
        Share("Felony", ("Felony",)),
        Share("Not a felony", ("Other charge", "No charge")),
        Share("No charge at all", ("No charge",)),
    )
    return replace(part, part=replace(part.part, shares=shares))


def test_no_withheld_value_and_nothing_worked_out_from_one_is_in_any_file() -> None:
    part = withheld_part()
    then = replace(part.table, figures=(30011, 9973, None, 50021))
    part = replace(part, year_before=then)
    files = report_files(prepared(a_report(part)), made())
    assert len(files) == 8
    # True values, their sum, their percentages, and changes from a year before they would show.
    hidden = {"7919", "6841", "14760", "2054"}
    for name, content in files.items():
        words = re.sub(r"[0-9a-f]{64}", "", words_of(name, content))
        numbers = set(re.findall(r"\d+", words.replace(",", "")))
        if not name.endswith(".xlsx"):
            numbers |= set(re.findall(r"\d+", words.replace(",", " ")))
        assert not hidden & numbers, name
        for percent in ("14%", "12%", "27%"):
            assert percent not in words, name
    pdf = words_of("r.pdf", files["REPORT_2026-Q3.pdf"])
    assert "73%" in pdf
    assert "Not a felony: withheld" in re.sub(r"\s+", " ", pdf)


def test_names_hold_ids_and_dates_and_nothing_anybody_typed() -> None:
    parts = [
        a_part((20, 30, 50), ("A", "B"), part_id=part_id)
        for part_id in (
            "T1",
            "T2b",
            "policy_neutral_review",
            "own-charge_level-outcome1",
            "Jean-Baptiste",
            "own-Jean",
            "../../etc/passwd",
            "T1\n",
        )
    ]
    files = report_files(prepared(a_report(*parts)), made(office="Kin & Co / Miami"))
    stems = {name.split(".")[0] for name in files}
    assert stems == {
        "REPORT_2026-Q3",
        "TABLE_T1",
        "TABLE_T2b",
        "TABLE_policy_neutral_review",
        "TABLE_own-charge_level-outcome1",
        "TABLE_table5",
        "TABLE_table6",
        "TABLE_table7",
        "TABLE_table8",
    }
    endings = {name.split(".", 1)[1] for name in files}
    assert endings == {"csv", "wide.csv", "disclosure.txt", "disclosure.json", "pdf", "xlsx"}


def test_a_year_of_quarters_is_named_by_the_year() -> None:
    window = Window(tuple(read_period(f"2026-Q{n}") for n in range(1, 5)))
    release = prepared(a_report(a_part((11,))))
    files = report_files(replace(release, asked=replace(release.asked, window=window)), made())
    assert "REPORT_2026.pdf" in files


def test_the_same_release_gives_the_same_bytes_and_figures_hold_no_time() -> None:
    release = whole_list(400, before=True)
    first = report_files(release, made())
    assert report_files(whole_list(400, before=True), made()) == first
    later = report_files(release, made(made_at=made().made_at.replace(day=29)))
    changed = {name.split(".", 1)[1] for name in first if first[name] != later[name]}
    assert changed == {"pdf", "disclosure.txt", "disclosure.json"}


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_words_in_every_place_break_no_file(evil: str) -> None:
    part = a_part((20, 30, 50), (f"{evil} )Tj", "B"), title=evil)
    part = replace(part, part=replace(part.part, title=evil))
    report = a_report(
        part, title=evil, definition=evil, code=evil, compare=(Compare(evil, evil, evil, evil),)
    )
    release = prepared(report)
    costs = replace(release.asked.costs, per_day_source=evil)
    release = replace(release, asked=replace(release.asked, costs=costs))
    files = report_files(release, made(office=evil, lines=evil))
    reader = PdfReader(BytesIO(files["REPORT_2026-Q3.pdf"]))
    assert all("/Annots" not in page for page in reader.pages)
    for word in (b"/JavaScript", b"/URI", b"/Launch", b"/OpenAction"):
        assert word not in files["REPORT_2026-Q3.pdf"]


def test_the_window_starts_without_what_the_files_need() -> None:
    asked = (
        "import sys, intake_app.documents.report_files;"
        "print(*sorted({'reportlab', 'xlsxwriter', 'PIL'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == []
