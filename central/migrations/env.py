"""Alembic's way in: runs the scripts on the connection that `run.upgrade` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from central.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
context.run_migrations()
