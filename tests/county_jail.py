"""The county jail's records as facts, where the file stands beside the checkout.

Read by the shipped mapping, so that each booking says exactly what an import of it would.

What can't be known from the file: any hour (when release was due, when somebody was let go or
taken), so hours held, midnights and both readings of the 48 hours; the day a detainer was issued
or received, so each booking is counted by its day of booking, and neither days to the detainer
nor whether it came before the outcome; days in jail; form, edition, box, service, warrant and
review; what a charge is about; family, earner and children; language; county; the longest
sentence by law, so no level by ICE's scheme for most who were convicted. Its outcomes are how
the jail closed a line, which only sometimes is how the court decided. Nobody in it has agreed to
be counted as a victim.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake_app import paths
from intake_app.core.answers import from_stored
from intake_app.core.casefile import Charge, Custody, Detainer, Person
from intake_app.core.fields import question
from intake_app.core.import_mapping import parse_mapping
from intake_app.core.import_reading import Filled, read_rows
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.episodes import EpisodeCase, Seen, episode_rows
from intake_app.documents.spreadsheets import read_csv

COUNTY = Path(__file__).parents[1].parent / "shared/data/county_jail_detainers.csv"
county = pytest.mark.skipif(not COUNTY.exists(), reason="the county file is not here")

ZONE = "America/Chicago"
SEEN = Seen(datetime(2026, 11, 22, 17, 11, tzinfo=UTC), date(2026, 11, 22), ZONE)


@cache
def county_rows() -> Dated:
    """A row for each booking with a detainer, by the day of booking; keys count from 1."""
    return episode_rows(county_cases(), SEEN)


def county_cases() -> Iterator[tuple[int, EpisodeCase]]:
    """Every booking of the file that has a detainer, or had one that was entered in error."""
    mapping = (paths.resources() / "imports/county_jail_detainers.toml").read_text("utf-8")
    rows = read_csv(COUNTY.read_bytes())
    reading = read_rows(parse_mapping(mapping), rows.header, rows.rows, ZONE, rows.first_row)
    found: dict[type, dict[int, list[Any]]] = {}
    for filled in (*reading.once, *reading.many):
        by_case = found[filled.record] = defaultdict(list)
        cases = filled.cases or range(len(reading.keys))
        for place, record in zip(cases, _records(filled), strict=True):
            by_case[place].append(record)
    for place in range(len(reading.keys)):
        yield (
            place + 1,
            EpisodeCase(
                found[Detainer].get(place, []),
                custody=found[Custody][place][0],
                charges=found[Charge].get(place, []),
                person=found[Person][place][0],
            ),
        )


def _records(filled: Filled) -> Iterator[Any]:
    asked = [question(filled.record, name) for name in filled.names]
    wanted = [
        (one, column)
        for one, column in zip(asked, filled.columns, strict=True)
        if not one.keep.value
    ]
    columns = [[from_stored(one, value) for value in column] for one, column in wanted]
    for answers in zip(*columns, strict=True):
        yield filled.record(**{one.name: a for (one, _), a in zip(wanted, answers, strict=True)})
