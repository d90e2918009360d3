"""Alembic's entry: runs on the connection it is handed, inside the transaction of the caller."""

from alembic import context

from intake_app.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
