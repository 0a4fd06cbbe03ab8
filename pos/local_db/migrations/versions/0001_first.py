"""The first shape of a till's store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything, from the statements that lie beside this file."""
    connection = op.get_bind()
    for statement in _statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """There is nothing before it: a copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")


def _statements(script: str) -> Iterator[str]:
    """A trigger holds semicolons of its own: SQLite knows where a statement ends."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
