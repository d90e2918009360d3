"""What was done to make a release safe: as text for a person, as JSON for a program.

Neither tells anything that the figures do not tell: no withheld value, no bound of one, no
seed, and not which figures were withheld for being small.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intake_app.core.disclosure.figures import ProtectedTable
from intake_app.core.reports.release import Prepared, ReportPart
from intake_app.documents.plain_text import (
    as_file,
    fingerprints,
    heading,
    listed,
    paragraphs,
    wrapped,
)
from intake_app.documents.report_made import Made
from intake_app.documents.report_words import (
    COUNTED,
    NOT_OF_PEOPLE,
    NOT_PROMISED,
    OTHER_FIGURES,
    answers,
    counted,
    frequency,
    guarantees,
    legend,
    populations,
    zeros_withheld,
)

FORMAT = "Intake Desk disclosure report, version 1"
RULES = "intake-desk-1"
"""The id of the set of rules; another one when a guarantee changes."""


def disclosure_json(
    prepared: Prepared,
    parts: Sequence[tuple[str, ReportPart]],
    files: Mapping[str, bytes],
    made: Made,
) -> bytes:
    """UTF-8, keys in a fixed order. `parts` with the name of the long CSV each stands in.

    `tables` holds one entry for each table of counts: `file`, `measures` and `shape` say where
    its figures stand. `shape` is that of `Shape.from_json`; its sides are the columns of the
    file after `period`, in order. A table of what is known has one side more: its lines stand
    under the `measures` named, in order, the last being its total.
    """
    checked = prepared.confirmation
    threshold = prepared.asked.threshold
    report: dict[str, Any] = {
        "format": FORMAT,
        "product": "Intake Desk",
        "product_version": made.product_version,
        "made_at": made.made_at.isoformat(timespec="seconds"),
        "release": made.release_id,
        "rules": RULES,
        "threshold": threshold,
        "guarantees": {
            name: {"says": says, "result": "pass"} for name, says in guarantees(threshold).items()
        },
        "period": prepared.asked.window.id,
        "periods": prepared.asked.window.to_json(),
        "frequency": frequency(prepared.asked.window),
        "cells": sum(table.shape.figures for table in _tables(parts)),
        "withheld": sum(table.withheld for table in _tables(parts)),
        "tables": [entry for file, part in parts for entry in _entries(file, part)],
        "checked_against": {
            "releases": list(made.checked_against),
            "figures": checked.earlier_figures,
        },
        "attacker": {
            "name": checked.attacker,
            "version": checked.attacker_version,
            "cells_attacked": checked.cells_attacked,
            "failures": checked.failures,
            "in_whole_numbers": checked.in_whole_numbers,
        },
        "solver": checked.solver,
        "sha256": fingerprints(files),
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def disclosure_text(
    title: str,
    prepared: Prepared,
    parts: Sequence[tuple[str, ReportPart]],
    files: Mapping[str, bytes],
    made: Made,
) -> bytes:
    """Plain English, UTF-8, lines of at most 88 letters."""
    window, threshold = prepared.asked.window, prepared.asked.threshold
    lines = [title, f"Dates: {window.start} to {window.end} ({frequency(window)})", ""]
    lines += paragraphs(_summary(prepared, [part for _, part in parts]))
    lines += heading("How to read the figures")
    lines += paragraphs(
        legend(part.table.shape.guard for _, part in parts),
        "Figures that are shown are true and add up exactly.",
        *(NOT_OF_PEOPLE[population] for population in populations(part for _, part in parts)),
    )
    lines += heading("What was checked before these files were written")
    lines += paragraphs(*(f"{name}: pass. {says}" for name, says in guarantees(threshold).items()))
    lines += paragraphs(NOT_PROMISED, OTHER_FIGURES)
    lines += heading("Tables")
    for file, part in parts:
        lines += _about(file, part)
    lines += heading("How it was made")
    lines += paragraphs(*_how(prepared, made))
    lines += heading("Fingerprints of the files (SHA-256): if one differs, it was changed")
    return as_file([*lines, *listed(files)])


def _tables(parts: Iterable[tuple[str, ReportPart]]) -> list[ProtectedTable]:
    return [table for _, part in parts for table in part.tables]


def _entries(file: str, part: ReportPart) -> list[dict[str, Any]]:
    counts = COUNTED[part.table.shape.population]
    made = [_entry(file, [counts], part.table)]
    for measure, known in part.known.items():
        made.append(_entry(file, [f"{measure} known", f"{measure} not known", counts], known))
    return made


def _entry(file: str, measures: list[str], table: ProtectedTable) -> dict[str, Any]:
    return {
        "file": file,
        "measures": measures,
        "cells": table.shape.figures,
        "withheld": table.withheld,
        "zeros_withheld": zeros_withheld(table.shape),
        "shape": table.shape.to_json(),
    }


def _summary(prepared: Prepared, parts: Sequence[ReportPart]) -> str:
    tables = [table for part in parts for table in part.tables]
    figures = sum(table.shape.figures for table in tables)
    withheld = sum(table.withheld for table in tables)
    earlier = prepared.confirmation.earlier_figures
    more = f" + {earlier:,} earlier figures" if earlier else " figures"
    return (
        f"{counted(len(parts), 'tables')}, {counted(figures, 'figures')}: {figures - withheld:,} "
        f"shown, {withheld:,} withheld. Checked against {prepared.figures:,}{more}: no group "
        f"smaller than {prepared.asked.threshold} can be worked out."
    )


def _about(file: str, part: ReportPart) -> list[str]:
    shape = part.table.shape
    figures = sum(t.shape.figures for t in part.tables)
    withheld = sum(t.withheld for t in part.tables)
    lines = [f"{shape.table_id}  {shape.title}", f"  {file}"]
    lines.append(f"  {counted(figures, 'figures')}, {withheld:,} withheld")
    for axis in shape.axes:
        lines += wrapped(f"{axis.title}:", "  ")
        for group in axis.groups:
            names = answers(axis, group)
            more = "" if names == [group.label] else f": {'; '.join(names)}"
            lines += wrapped(f"{group.label}{more}", "    ")
    return [*lines, ""]


def _how(prepared: Prepared, made: Made) -> list[str]:
    checked = prepared.confirmation
    whole = " Each was also tried in whole numbers." if checked.in_whole_numbers else ""
    against = ", ".join(made.checked_against) or "none; this is the first"
    return [
        f"Intake Desk {made.product_version}, {made.made_at:%Y-%m-%d %H:%M %Z}, release "
        f"{made.release_id}, rules {RULES}. Counts under {prepared.asked.threshold} are small.",
        f"Earlier releases taken into account: {against}.",
        f"{checked.attacker}, version {checked.attacker_version}, tried "
        f"{checked.cells_attacked:,} withheld figures and increases and found {checked.failures} "
        f"small ones that could be worked out.{whole} Solver: {checked.solver}.",
    ]
