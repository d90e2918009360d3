"""The SQL of the newest schema, for people to read in a review.

`python -m intake_app.store.schema_page` writes what stands in `db/schema.sql` to standard output.
"""

import secrets
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from intake_app import paths
from intake_app.store import migrate
from intake_app.store.office_file import DATABASE, connect_to
from intake_app.store.schema import REVISION

_HEAD = """-- The schema of an office file at revision {revision}, after every migration.
-- Written by `python -m intake_app.store.schema_page`; never changed by hand.

"""


def schema_page(scripts: Path) -> str:
    """Every table, index and trigger that the migrations in `scripts` make, in order of name."""
    with (
        TemporaryDirectory() as place,
        closing(connect_to(Path(place) / DATABASE, secrets.token_bytes(32), create=True)) as raw,
    ):
        migrate.upgrade(raw, scripts, REVISION)
        found = raw.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
            "ORDER BY tbl_name, type <> 'table', name"
        )
        statements = [sql.replace("\t", "    ").strip() + ";\n" for (sql,) in found]
    tidy = "\n".join(line.rstrip() for line in "\n".join(statements).splitlines())
    return _HEAD.format(revision=REVISION) + tidy + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_page(paths.db_folder()))
