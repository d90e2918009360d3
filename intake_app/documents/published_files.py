"""Published CSV files read back, for the attacker: by anyone, with nothing but the files.

A long CSV holds the figures; the disclosure report beside it (JSON) says what they count. A CSV
alone is read by its labels, which say less: two tables are linked where their columns have the
same names and labels.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from intake_app.core.disclosure.attacker import AttackReport, Finding, attack
from intake_app.core.disclosure.figures import (
    MOST_AXES,
    TOTAL,
    WITHHELD,
    Axis,
    Group,
    Guard,
    ProtectedTable,
    Shape,
)
from intake_app.core.errors import AppError
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.rows import Population
from intake_app.documents.report_csv import read_back

_BEFORE, _AFTER = ["table_id", "period"], ["measure", "value", "flag"]
_COUNTED = {
    "cases": Population.EPISODES,
    "letters": Population.LETTERS,
    "responses": Population.RESPONSES,
}
_MOST_FIGURES = 1_000_000
_HIGHEST_COUNT = 10**9
"""More than any office has; what a solver still reckons with."""

_Figures = Mapping[tuple[str, ...], int | None]


@dataclass(frozen=True)
class Published:
    """A table as published. `zeros_shown`: every withheld figure in it is at least 1."""

    table: ProtectedTable
    zeros_shown: bool


@dataclass(frozen=True)
class _Long:
    """A long CSV: figures by labels, measure by measure. Those that are not whole are left out."""

    table_id: str
    period: str
    sides: tuple[str, ...]
    measures: Mapping[str, _Figures]


def attack_files(files: Mapping[str, bytes], threshold: int) -> AttackReport:
    """Attack published files together. `files` by name: long CSV and disclosure JSON.

    Raises AppError where there is no table among them or one can't be read, NotSafe where they
    contradict each other.
    """
    published = read_published(files)
    return attack(
        [each.table for each in published],
        threshold,
        zeros_shown=[each.zeros_shown for each in published],
    )


def read_published(files: Mapping[str, bytes]) -> list[Published]:
    """The tables of counts in published files, by name. Files of other kinds are passed over.

    Raises AppError, naming the file, for one that is not as it was published.
    """
    tables = {
        name: _read_csv(name, content)
        for name, content in files.items()
        if name.lower().endswith(".csv") and not name.lower().endswith(".wide.csv")
    }
    if not tables:
        raise AppError("There is no table among these files. Choose the CSV files of a report.")
    told: dict[str, list[Published]] = {}
    for name, content in sorted(files.items()):
        if name.lower().endswith(".json"):
            for file, entry in _entries(name, content):
                beside = _beside(name, file)
                if beside in tables and beside not in told:
                    told[beside] = []
                if beside in tables:
                    _add(told[beside], _with_report(beside, tables[beside], entry))
    made = []
    for name, table in tables.items():
        made += told.get(name) or _by_labels(name, table)
    return made


def _add(found: list[Published], more: Published) -> None:
    """A table stands in the report of its own and in that of the whole release."""
    if more not in found:
        found.append(more)


def _beside(report: str, file: str) -> str:
    """The name of a file in the folder of a report."""
    folder = max(report.rfind("/"), report.rfind("\\")) + 1
    return report[:folder] + file


def _bad(name: str, what: str) -> AppError:
    return AppError(f"“{name}” {what} Take the file as it was published.")


def _read_csv(name: str, content: bytes) -> _Long:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _bad(name, "can’t be read as a table.") from error
    head = lines[0] if lines else []
    sides = tuple(head[2:-3])
    if head[:2] != _BEFORE or head[-3:] != _AFTER or len(set(head)) != len(head):
        raise _bad(name, "is no long table of a report: its first line is another.")
    if len(sides) > MOST_AXES or len(lines) < 2 or len(lines) > _MOST_FIGURES:
        raise _bad(name, "has too few or too many lines or columns.")
    measures: dict[str, dict[tuple[str, ...], int | None]] = {}
    amounts: set[str] = set()
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(head) or line[:2] != lines[1][:2]:
            raise _bad(name, f"does not fit its first lines at line {number}.")
        *labels, measure, value, flag = line[2:]
        figures = measures.setdefault(measure, {})
        key = tuple(map(read_back, labels))
        if key in figures:
            raise _bad(name, f"has the same figure twice, again at line {number}.")
        figures[key] = _value(name, number, value, flag)
        if "." in value:
            amounts.add(measure)
    for measure in amounts:
        del measures[measure]
    if not measures:
        raise _bad(name, "has no counts.")
    return _Long(lines[1][0], lines[1][1], sides, measures)


def _value(name: str, number: int, value: str, flag: str) -> int | None:
    if flag == WITHHELD and not value:
        return None
    if flag or not (value.isascii() and value.replace(".", "", 1).isdigit()):
        raise _bad(name, f"has a figure that is no number at line {number}.")
    if float(value) > _HIGHEST_COUNT:
        raise _bad(name, f"has a figure that is too large at line {number}.")
    return int(float(value))


def _entries(name: str, content: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a disclosure report says of each table; nothing where it is another kind of file."""
    try:
        report = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _bad(name, "can’t be read as a disclosure report.") from error
    entries = report.get("tables", []) if isinstance(report, dict) else []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            raise _bad(name, "is not a disclosure report as this program writes it.")
        yield entry["file"], entry


def _with_report(name: str, long: _Long, entry: Mapping[str, Any]) -> Published:
    wrong = _bad(name, "does not fit the disclosure report beside it.")
    try:
        shape = Shape.from_json(entry["shape"])
        measures = [str(measure) for measure in entry["measures"]]
        if (shape.table_id, shape.window.id) != (long.table_id, long.period):
            raise wrong
        if len(shape.axes) != len(long.sides) + (len(measures) > 1):
            raise wrong
        if any(len(long.measures[m]) * len(measures) != shape.figures for m in measures):
            raise wrong
        figures = [_told(long, measures, shape.labels(p), shape) for p in shape.places()]
    except (KeyError, TypeError, ValueError, AttributeError, AppError) as error:
        raise wrong from error
    return Published(ProtectedTable(shape, tuple(figures)), zeros_shown=False)


def _told(
    long: _Long, measures: Sequence[str], labels: tuple[str, ...], shape: Shape
) -> int | None:
    """A figure by its labels; a table of what is known has its last side in the measures."""
    if len(measures) == 1:
        return long.measures[measures[0]][labels]
    return long.measures[measures[shape.axes[-1].labels.index(labels[-1])]][labels[:-1]]


def _by_labels(name: str, long: _Long) -> list[Published]:
    """The counts in a file without its report. What is withheld is taken not to be 0."""
    counts = next((each for each in _COUNTED if each in long.measures), None)
    counts = counts or next(iter(long.measures))
    population = _COUNTED.get(counts, Population.EPISODES)
    try:
        window = Window((read_period(long.period),))
    except AppError as error:
        raise _bad(name, "has a period that can’t be read.") from error
    axes = tuple(
        _axis(side, labels) for side, labels in zip(long.sides, _sides(long, counts), strict=True)
    )
    tables = [(axes, [counts])]
    for known in long.measures:
        base = known.removesuffix(" known")
        if base != known and f"{base} not known" in long.measures:
            measures = [known, f"{base} not known", counts]
            tables.append(((*axes, _axis(known, ["Known", "Not known"])), measures))
    made = []
    for sides, measures in tables:
        try:
            shape = Shape(long.table_id, long.table_id, population, window, sides)
            if shape.figures != len(long.measures[counts]) * len(measures):
                raise KeyError(counts)
            told = [_told(long, measures, shape.labels(p), shape) for p in shape.places()]
        except (KeyError, ValueError) as error:
            raise _bad(name, "lacks some of its lines, or a total.") from error
        made.append(Published(ProtectedTable(shape, tuple(told)), zeros_shown=True))
    return made


def _sides(long: _Long, measure: str) -> list[list[str]]:
    found: list[dict[str, None]] = [{} for _ in long.sides]
    for labels in long.measures[measure]:
        for seen, label in zip(found, labels, strict=True):
            seen[label] = None
    return [[label for label in seen if label != TOTAL] for seen in found]


def _axis(name: str, labels: Sequence[str]) -> Axis:
    """Labels tell the same answers only where all of them are the same."""
    groups = tuple(Group(label, frozenset({label})) for label in labels)
    mark = sha256("\n".join(sorted(labels)).encode()).hexdigest()
    return Axis(f"{name} {mark}", name, groups, Guard.NONE)


def attack_words(report: AttackReport) -> str:
    """What the attack came to, in plain English, for somebody who answers for the figures."""
    t = report.threshold
    lines = [
        f"{len(report.findings):,} withheld figures, increases and differences were attacked."
        f" Counts from 1 to {t - 1} are small.",
    ]
    if report.failed:
        lines.append(f"No group smaller than {t} could be worked out.")
    exact = set(report.exact)
    parts = [
        (
            report.shown_small,
            "small figure simply stands there",
            "small figures simply stand there",
        ),
        (
            report.exact,
            "small group can be worked out exactly",
            "small groups can be worked out exactly",
        ),
        (
            [f for f in report.small if f not in exact],
            "group can be shown to be small",
            "groups can be shown to be small",
        ),
        (
            report.victims,
            "group of victims can be shown to exist",
            "groups of victims can be shown to exist",
        ),
        (
            report.whole_lines,
            "line can be shown to have one answer for all",
            "lines can be shown to have one answer for all",
        ),
    ]
    for found, one, many in parts:
        if found:
            lines += ["", f"{len(found):,} {one if len(found) == 1 else many}:"]
            lines += [f"  {_group(each)}: {_range(each)}" for each in found]
    return "\n".join(lines) + "\n"


def _group(finding: Finding) -> str:
    table = f"{finding.table_id}, " if finding.table_id else ""
    between = "" if finding.published else " (between published figures)"
    return f"{table}{finding.dates}, {'; '.join(finding.labels)}{between}"


def _range(finding: Finding) -> str:
    if finding.high is None:
        return f"{finding.low:,} or more"
    if finding.high == finding.low:
        return f"{finding.low:,}"
    return f"{finding.low:,} to {finding.high:,}"
