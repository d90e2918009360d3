"""Published case rows: the CSV, and what was done to them as text and as JSON.

Neither tells which case a row is, in which order cases were entered, or how a row that is told
coarsely was answered.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.case_rows import RowClasses
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.rows_attack import RowsAttack
from intake_app.documents.plain_text import as_file, fingerprints, heading, listed, paragraphs
from intake_app.documents.report_csv import cell
from intake_app.documents.report_made import Made

FORMAT = "Intake Desk case rows report, version 1"


def rows_csv(published: PublishedRows, order: npt.NDArray[np.intp]) -> bytes:
    """One line for each row: the period, then a label for each column.

    UTF-8 with byte order mark, CRLF; no text can start a formula. `order` says which row of the
    facts stands where: it has to be random, and forgotten.
    """
    classes = published.classes
    head = ["period", *(hierarchy.dimension for hierarchy in classes.hierarchies)]
    lines = [
        ",".join(map(cell, (published.period.id, *classes.labels(number))))
        for number in range(len(classes.counts))
    ]
    written = [",".join(map(cell, head)), *(lines[number] for number in classes.class_of[order])]
    return ("\r\n".join(written) + "\r\n").encode("utf-8-sig")


def rows_json(
    published: PublishedRows, attack: RowsAttack, files: Mapping[str, bytes], made: Made
) -> bytes:
    """What was done, for programs: UTF-8, keys in a fixed order."""
    classes = published.classes
    report: dict[str, Any] = {
        "format": FORMAT,
        "product": "Intake Desk",
        "product_version": made.product_version,
        "made_at": made.made_at.isoformat(timespec="seconds"),
        "release": made.release_id,
        "period": published.period.id,
        "threshold": published.threshold,
        "rows": classes.size,
        "classes": len(classes.counts),
        "k_reached": classes.k,
        "columns": [
            {
                "dimension": hierarchy.dimension,
                "title": hierarchy.title,
                "rows_told_at_level": list(classes.told(column)),
                "levels": hierarchy.to_json()["levels"],
            }
            for column, hierarchy in enumerate(classes.hierarchies)
        ],
        "guarantees": {"G5": {"says": _g5(published.threshold), "result": "pass"}},
        "attacker": {
            "rows": attack.rows,
            "groupings": attack.groupings,
            "figures_compared": attack.figures,
            "failures": len(attack.failures),
        },
        "checked_against": list(made.checked_against),
        "sha256": fingerprints(files),
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def rows_text(
    published: PublishedRows, attack: RowsAttack, files: Mapping[str, bytes], made: Made
) -> bytes:
    """What was done, for a person: plain English, UTF-8, lines of at most 88 letters."""
    classes, k = published.classes, published.threshold
    lines = [f"Case rows, {published.period.words}", ""]
    lines += paragraphs(
        f"{classes.size:,} rows, {len(classes.hierarchies)} columns, "
        f"{len(classes.counts):,} different rows. The rarest stands there {classes.k:,} times.",
        "Each row is a case, not a person. Rows stand in a random order, and no row has a number.",
    )
    lines += heading("How finely each column is told")
    for column, hierarchy in enumerate(classes.hierarchies):
        lines += [f"  {hierarchy.title}: {told_as(classes, column)}"]
    lines += ["", *heading("How to read the rows")]
    lines += paragraphs(
        "Where an answer would stand there for too few cases, a group it lies in is written "
        "instead, or “Any”. The same answer can be told finely in one row and coarsely in "
        "another, so the rows that name an answer are not all the cases with that answer. For "
        "counts, use the published tables.",
    )
    lines += heading("What was checked before this file was written")
    lines += paragraphs(
        f"G5: pass. {_g5(k)}",
        f"The rows were grouped by every choice of columns ({attack.groupings:,}), and set beside "
        f"{attack.figures:,} figures published before: no group smaller than {k} was left over.",
    )
    lines += heading("How it was made")
    lines += paragraphs(
        f"Intake Desk {made.product_version}, {made.made_at:%Y-%m-%d %H:%M %Z}, release "
        f"{made.release_id}."
    )
    lines += heading("Fingerprint of the file (SHA-256): if it differs, it was changed")
    return as_file([*lines, *listed(files)])


def told_as(classes: RowClasses, column: int) -> str:
    """How many rows tell the answer itself, how many a group it lies in, how many nothing."""
    told = classes.told(column)
    finest, nothing = told[-1], told[0] if len(told) > 1 else 0
    shares = [
        (finest, "as answered"),
        (classes.size - finest - nothing, "as a group of answers"),
        (nothing, "as “Any”"),
    ]
    return ", ".join(
        f"{_percent(number, classes.size)} {words}" for number, words in shares if number
    )


def _percent(number: int, of: int) -> str:
    share = 100 * number / of
    return "under 1 %" if 0 < share < 1 else f"{int(share)} %"


def _g5(threshold: int) -> str:
    return f"Each row stands there {threshold} times or more, over all columns together."
