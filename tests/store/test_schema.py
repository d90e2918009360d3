"""The tables follow the declarations, the migrations follow the tables, the page follows both."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app import paths
from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Kind, questions, title_of
from intake_app.store import migrate
from intake_app.store.schema import METADATA, RECORD_TABLES, REVISION
from intake_app.store.transactions import engine_over, transaction


def test_every_question_has_a_column_that_suits_how_it_is_kept() -> None:
    for cls in RECORDS:
        table = RECORD_TABLES[cls]
        names = [column.name for column in table.columns]
        assert names == ["id", "case_id", "removed_at", *(asked.name for asked in questions(cls))]
        for asked in questions(cls):
            column = table.c[asked.name]
            assert column.nullable, "every answer may be missing"
            assert column.info["question"] is asked
            if asked.keep.value:
                wanted: type = LargeBinary
            else:
                wanted = {Kind.NUMBER: Integer, Kind.MONEY: BigInteger}.get(asked.kind, Text)
            assert type(column.type) is wanted, asked.name


def test_a_record_a_case_has_once_has_one_row_at_most() -> None:
    for cls in RECORDS:
        table = RECORD_TABLES[cls]
        (index,) = (one for one in table.indexes if table.c.case_id in one.columns.values())
        assert index.unique is not title_of(cls).many


def test_the_newest_migration_is_the_revision_and_follows_the_one_before() -> None:
    scripts = sorted(path.name for path in (paths.db_folder() / "versions").glob("*.py"))
    assert [name[:4] for name in scripts] == [
        f"{number:04}" for number in range(1, len(scripts) + 1)
    ]
    assert scripts[-1].startswith(f"{REVISION}_")


def test_an_upgraded_file_is_what_the_declarations_say(tmp_path: Path) -> None:
    raw = sqlcipher.connect(str(tmp_path / "new.db"), isolation_level=None)
    raw.execute("PRAGMA key = 'x'")
    migrate.upgrade(raw, paths.db_folder(), REVISION)
    engine = engine_over(raw)
    with transaction(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
