"""Survey responses in the file: kept so that nothing tells whose they are or which came first.

A row holds a random number, the quarter and the answers; no case, no member, no day, and history
is not told. The number is 62 random bits, so the order of the rows says nothing. SQLite would
still show the order of coming inside a page: each new row is put below the one before it. So the
whole table is written anew, in the order of the random numbers, with every response.

What remains, for somebody who holds the file key: two copies of the file, one from before and
one from after, differ in the response that came between; the file's own time says when something
was last written; the pages the table has taken tell about how many responses there were when; and
until `leave_no_order` has run, the log beside the file (-wal) holds the response after what was
written before it.
"""

import os

from sqlalchemy import Connection, delete, func, insert, select

from intake_app.core.answers import to_stored
from intake_app.core.fields import questions
from intake_app.core.survey import SurveyResponse
from intake_app.store.schema import SURVEY_RESPONSES

_QUESTIONS = questions(SurveyResponse)


def keep_response(connection: Connection, response: SurveyResponse, quarter: str) -> None:
    """Keep a response of a quarter, in the transaction of `connection`."""
    new = {
        "id": _random_number(),
        "quarter": quarter,
        **{asked.name: to_stored(asked, getattr(response, asked.name)) for asked in _QUESTIONS},
    }
    rows = [dict(row) for row in connection.execute(select(SURVEY_RESPONSES)).mappings()]
    # Without a condition SQLite empties the pages (secure_delete: with zeros) and starts afresh.
    connection.execute(delete(SURVEY_RESPONSES))
    connection.execute(
        insert(SURVEY_RESPONSES), sorted([*rows, new], key=lambda row: int(row["id"]))
    )


def leave_no_order(connection: Connection) -> None:
    """Empty the log beside the file, which holds changes in the order they were made.

    For a connection that has neither read nor written in its transaction yet.
    """
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def count_by_quarter(connection: Connection) -> dict[str, int]:
    """How many responses there are of each quarter, the oldest first; true counts."""
    rows = connection.execute(
        select(SURVEY_RESPONSES.c.quarter, func.count())
        .group_by(SURVEY_RESPONSES.c.quarter)
        .order_by(SURVEY_RESPONSES.c.quarter)
    )
    return {row.quarter: row[1] for row in rows}


def _random_number() -> int:
    return int.from_bytes(os.urandom(8), "big") >> 2
