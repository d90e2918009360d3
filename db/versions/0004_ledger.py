"""The ledger of what was published also keeps closed periods, releases and known figures.

Revision 0004, after 0003. Which table an older entry is of stands in its figures as well; the
column now tells what kind of entry it is, and an entry can hold something sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE releases RENAME COLUMN table_id TO kind")
    op.execute("UPDATE releases SET kind = 'table'")
    op.add_column("releases", sa.Column("sealed", sa.LargeBinary(), nullable=True))
