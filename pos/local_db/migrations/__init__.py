"""Alembic's revisions of the till's store. Run by `pos.local_db.schema.migrate` only."""
