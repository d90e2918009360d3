"""`db/schema.sql` is the schema."""

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app import paths
from intake_app.store.schema import METADATA
from intake_app.store.schema_page import schema_page


def test_the_committed_page_is_current() -> None:
    committed = (paths.db_folder() / "schema.sql").read_text("utf-8")
    assert committed == schema_page(paths.db_folder()), (
        "run: python -m intake_app.store.schema_page > db/schema.sql"
    )


def test_the_page_is_sql_that_makes_every_table() -> None:
    raw = sqlcipher.connect(":memory:")
    raw.executescript(schema_page(paths.db_folder()))
    made = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert made == set(METADATA.tables) | {"alembic_version"}
    raw.close()
