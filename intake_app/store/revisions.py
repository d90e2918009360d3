"""Which version of the schema an office file has."""

from typing import Any

DIGESTS_SINCE = "0005"
"""The revision in which the history began to be chained over digests."""


def revision_of(raw: Any) -> str | None:
    """The schema revision of an open database; None for an empty one."""
    found = raw.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if not found:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
