"""Backups, deleted cases, retention; approved letters can be destroyed, still never changed.

Revision 0005, after 0004. The history is chained anew over digests of its sealed values
(`store/history.py`), so that a value can be destroyed and its line stays; that needs a key and is
done beside this migration, in the same transaction (`store/migrate.py`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEPT = """
CREATE TRIGGER letters_kept BEFORE UPDATE ON letters
WHEN OLD.stage = 'approved' AND (
    NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.stage IS NOT OLD.stage
    OR NEW.version IS NOT OLD.version OR NEW.kind IS NOT OLD.kind
    OR NEW.approved_at IS NOT OLD.approved_at OR NEW.approved_by IS NOT OLD.approved_by
    OR NEW.removed_at IS NOT OLD.removed_at
    OR (
        (
            NEW.content IS NOT OLD.content OR NEW.pdf IS NOT OLD.pdf
            OR NEW.sha256 IS NOT OLD.sha256 OR NEW.reply_by IS NOT OLD.reply_by
        )
        AND NOT (NEW.content IS x'' AND NEW.pdf IS NULL AND NEW.sha256 IS NULL)
    )
)
BEGIN SELECT RAISE(ABORT, 'an approved letter is never changed'); END
"""

_DELETED_FROM = (
    *("cases", "documents", "letters"),
    *("intake", "person", "other_name", "adverse_party", "contact", "phone", "household"),
    *("dependent", "income", "custody", "transfer", "charge", "detainer", "immigration"),
    *("protection", "abuser", "certification", "private_note", "consent", "to_do", "note"),
    "time_spent",
)


def upgrade() -> None:
    op.add_column("office", sa.Column("second_folder", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("removed_at", sa.Text(), nullable=True))
    op.create_table(
        "backups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("verified_at", sa.Text(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
    )
    op.create_table(
        "retention_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_by"], ["members.id"], name=op.f("fk_retention_rules_set_by_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_purges_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    for table in _DELETED_FROM:
        # What was deleted is found without reading what is there.
        there = sa.text("removed_at IS NOT NULL")
        op.create_index(f"ix_{table}_removed", table, ["removed_at"], sqlite_where=there)
    op.execute("DROP TRIGGER letters_kept")
    op.execute(_KEPT)
