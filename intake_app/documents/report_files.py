"""All files of a release by name: what leaves the program."""

import re
from collections.abc import Mapping

from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.release import Prepared, ReportPart
from intake_app.documents.disclosure_report import disclosure_json, disclosure_text
from intake_app.documents.report_csv import long_csv, wide_csv
from intake_app.documents.report_made import Made
from intake_app.documents.report_words import (
    NOT_OF_PEOPLE,
    NOT_PROMISED,
    guarantees,
    legend,
    populations,
)

_OF_THE_LIST = re.compile(r"[A-Z]\d{1,2}[a-z]?|policy_[a-z_]+", re.ASCII)
_MOST_LETTERS = 31
"""Of the name of a sheet in a workbook."""


def report_files(prepared: Prepared, made: Made) -> dict[str, bytes]:
    """TABLE_… for each part: CSV, wide CSV, disclosure report; REPORT_… for the whole.

    Names hold ids of tables and dates, never a word anybody typed. The same release, made at
    the same time, gives the same bytes; CSV and XLSX hold no time, so they never differ.
    """
    # They take long to load, and the window starts without them.
    from intake_app.documents.report_pdf import report_pdf
    from intake_app.documents.report_xlsx import report_xlsx

    files: dict[str, bytes] = {}
    parts = _named(prepared)
    for name, part in parts.items():
        file = f"TABLE_{name}"
        own = {f"{file}.csv": long_csv(part), f"{file}.wide.csv": wide_csv(part)}
        files |= own | _told(file, part.table.shape.title, {name: part}, own, prepared, made)
    whole = f"REPORT_{prepared.asked.window.id}"
    title = f"{made.office}: reports for {prepared.asked.window.words}"
    files[f"{whole}.pdf"] = report_pdf(prepared, made)
    files[f"{whole}.xlsx"] = report_xlsx(title, _about(prepared), _sheets(parts))
    # Told last, so that the fingerprints are of every other file.
    return files | _told(whole, title, parts, files, prepared, made)


def _named(prepared: Prepared) -> dict[str, ReportPart]:
    named: dict[str, ReportPart] = {}
    for report in prepared.reports:
        for part in report.parts:
            named[_plain(part.part.id, len(named) + 1)] = part
    return named


def _plain(part_id: str, number: int) -> str:
    """The id of a part where it is one of ours: of the list, or made from ids of questions."""
    first, *questions = part_id.split("-")
    made = first == "own" and all(
        word in DIMENSIONS or word[:-1] in DIMENSIONS for word in questions
    )
    return part_id if _OF_THE_LIST.fullmatch(part_id) or made else f"table{number}"


def _sheets(parts: Mapping[str, ReportPart]) -> dict[str, ReportPart]:
    return {
        name if len(name) <= _MOST_LETTERS else f"own-{number}": part
        for number, (name, part) in enumerate(parts.items(), 1)
    }


def _about(prepared: Prepared) -> list[str]:
    """What the first sheet of the workbook says: method and limits."""
    threshold = prepared.asked.threshold
    parts = [part for report in prepared.reports for part in report.parts]
    return [
        *(NOT_OF_PEOPLE[population] for population in populations(parts)),
        legend(table.shape.guard for table in prepared.tables),
        f"Counts from 1 to {threshold - 1} are withheld, and as many other counts as it takes "
        "that no one can work them out. Counts that are shown are true and add up exactly. "
        "Totals, means and medians of a number are rounded to two significant digits.",
        *guarantees(threshold).values(),
        NOT_PROMISED,
    ]


def _told(
    file: str,
    title: str,
    parts: Mapping[str, ReportPart],
    files: Mapping[str, bytes],
    prepared: Prepared,
    made: Made,
) -> dict[str, bytes]:
    within = [(f"TABLE_{name}.csv", part) for name, part in parts.items()]
    return {
        f"{file}.disclosure.txt": disclosure_text(title, prepared, within, files, made),
        f"{file}.disclosure.json": disclosure_json(prepared, within, files, made),
    }
