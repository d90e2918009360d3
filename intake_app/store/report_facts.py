"""The facts of all cases, letters and survey responses, for publishing.

Reads facts and protected answers only: the identity key is not needed, and nothing it opens is
read. Cases are read one after the other, whatever their number. What was removed is left out.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from intake_app.core.answers import from_stored
from intake_app.core.casefile import (
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Household,
    Person,
    Protection,
    Transfer,
)
from intake_app.core.fields import Kind, Question, question, questions
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.episodes import EpisodeCase, Seen, episode_rows
from intake_app.core.reports.letter_facts import SentLetter, letter_rows
from intake_app.core.reports.response_facts import response_rows
from intake_app.core.survey import SurveyResponse
from intake_app.store.case_rows import open_answer
from intake_app.store.letter_register import letter_outcomes
from intake_app.store.office import Office
from intake_app.store.office_reference import read_reference
from intake_app.store.present_cases import present
from intake_app.store.schema import OFFICE_LETTER_KINDS, RECORD_TABLES, SURVEY_RESPONSES

_READ: dict[type, tuple[str, ...]] = {
    Detainer: (
        *("form", "edition", "issued_on", "received_at", "issued_by", "box", "served"),
        *("warrant", "neutral_review", "status", "ended_on", "lift_reason"),
    ),
    Custody: (
        *("arrested_at", "arresting_agency", "arrest_county", "booked_on", "facility_kind"),
        *("facility_county", "facility_state", "facility_zone", "custody_basis", "in_custody"),
        *("custody_confirmed_at", "bail_refused", "release_due_at", "release_due_on"),
        *("released_at", "released_to", "other_hold_at"),
    ),
    Charge: (
        *("ncic", "level", "category", "top_charge", "outcome", "outcome_on", "guilt_basis"),
        *("sanctions", "sentence_days", "suspended_days", "immigration_conviction"),
        *("max_months", "aggravated_felony"),
    ),
    Transfer: (),
    Person: ("country_of_birth", "citizenship", "us_citizen_claim", "sex", "language_spoken"),
    Household: ("children", "primary_breadwinner", "citizen_family"),
    Dependent: ("relation", "age", "us_citizen"),
    Protection: ("survivor", "consent_reporting"),
    Consent: (
        *("kind", "risks_explained", "signed_on", "signed_how", "signed_by", "language"),
        *("expires_on", "withdrawn_on", "withdrawn_how", "free_choice", "parent_signs"),
        "guardian_is_abuser",
    ),
}
"""What is read of each record."""

_FEW = (Kind.CHOICE, Kind.CHOICES, Kind.PARTIAL_DATE, Kind.DATE)
"""Kinds of answer with few values among many cases: each is made out once."""

_AT_ONCE = 500


def read_episodes(office: Office, connection: Connection, now: datetime) -> Dated:
    """One row for each case with a detainer that has a day to be counted by.

    Needs the protected key; raises `Locked` without it. Consents are looked at as of the
    office's day at `now`.
    """
    holidays = frozenset(read_reference(connection).holidays)
    seen = Seen(now, office.today(now), office.profile.zone, holidays)
    return episode_rows(_cases(office, connection), seen)


def read_letters(office: Office, connection: Connection, now: datetime) -> Dated:
    """One row for each approved letter that was sent by the office's day at `now`."""
    kinds = connection.execute(select(OFFICE_LETTER_KINDS.c.key, OFFICE_LETTER_KINDS.c.like_kind))
    like = {row.key: row.like_kind for row in kinds}
    sent = (
        (
            one.id,
            SentLetter(one.kind, one.sent_on, one.sent_by, one.answered_on, one.answer, one.result),
        )
        for one in letter_outcomes(office, connection)
        if one.sent_on is not None
    )
    return letter_rows(sent, like, office.today(now))


def read_responses(connection: Connection) -> Dated:
    """One row for each survey response, on the last day of its quarter."""
    asked = questions(SurveyResponse)
    table = SURVEY_RESPONSES
    rows = connection.execute(
        select(table.c.id, table.c.quarter, *(table.c[one.name] for one in asked)).order_by(
            table.c.id
        )
    )
    return response_rows(
        (
            number,
            quarter,
            SurveyResponse(
                **{one.name: from_stored(one, v) for one, v in zip(asked, kept, strict=True)}
            ),
        )
        for number, quarter, *kept in rows
    )


def _cases(office: Office, connection: Connection) -> Iterator[tuple[int, EpisodeCase]]:
    """Every case with a detainer, in the order of its number."""
    streams = {cls: _Stream(office, connection, cls) for cls in _READ}
    papers = streams.pop(Detainer)
    while (number := papers.case_id) is not None:
        detainers = papers.of(number)
        kept = {cls: stream.of(number) for cls, stream in streams.items()}
        yield (
            number,
            EpisodeCase(
                detainers,
                custody=next(iter(kept[Custody]), Custody()),
                charges=kept[Charge],
                transfers=kept[Transfer],
                person=next(iter(kept[Person]), Person()),
                household=next(iter(kept[Household]), Household()),
                dependents=kept[Dependent],
                protection=next(iter(kept[Protection]), Protection()),
                consents=kept[Consent],
            ),
        )


class _Stream:
    """The records of one kind, in the order of their cases; `case_id` is that of the next one."""

    def __init__(self, office: Office, connection: Connection, cls: type) -> None:
        table = RECORD_TABLES[cls]
        self._cls = cls
        self._readers = [
            (name, _reader(office, table.name, question(cls, name))) for name in _READ[cls]
        ]
        self._rows = iter(
            connection.execution_options(yield_per=_AT_ONCE).execute(
                select(table.c.case_id, table.c.id, *(table.c[name] for name in _READ[cls]))
                .where(table.c.removed_at.is_(None), present(table.c.case_id))
                .order_by(table.c.case_id, table.c.id)
            )
        )
        self._next: Any = next(self._rows, None)

    @property
    def case_id(self) -> int | None:
        return None if self._next is None else int(self._next[0])

    def of(self, number: int) -> list[Any]:
        """The records of that case; those of cases before it are passed over."""
        found = []
        while self._next is not None and self._next[0] <= number:
            if self._next[0] == number:
                found.append(self._record(self._next))
            self._next = next(self._rows, None)
        return found

    def _record(self, row: Any) -> Any:
        answers = zip(self._readers, row[2:], strict=True)
        return self._cls(
            **{name: read(row[1], kept) for (name, read), kept in answers if kept is not None}
        )


def _reader(office: Office, table: str, asked: Question) -> Callable[[int, Any], Any]:
    """From the number of a row and what its column holds to the answer."""
    known: dict[Any, Any] = {}

    def read(row: int, kept: Any) -> Any:
        return from_stored(asked, open_answer(office.sealer, table, asked, row, kept))

    def read_once(row: int, kept: Any) -> Any:
        if kept not in known:
            known[kept] = read(row, kept)
        return known[kept]

    # Sealed answers are never the same twice.
    return read_once if asked.kind in _FEW and not asked.keep.value else read
