"""Run by Alembic within `pos.local_db.schema.migrate`: the connection and its open transaction are handed in."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
