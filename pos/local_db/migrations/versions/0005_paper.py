"""Paper: where each job goes and since when its state holds, what is known of it in the till's own words, and the rolls in the printers."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS: Final = ("target TEXT DEFAULT '' NOT NULL", "state_at INTEGER DEFAULT '0' NOT NULL")
_AFTER: Final = (
    # the earlier till wrote English sentences; these two decide whether a job goes on by itself
    "UPDATE print_job SET evidence = 'nothing asks:damaged' WHERE evidence LIKE 'asks before it prints%damaged'",
    "UPDATE print_job SET evidence = 'nothing asks:old' WHERE evidence LIKE 'asks before it prints%'",
    """CREATE TABLE printer_roll (printer TEXT NOT NULL, length_mm INTEGER DEFAULT '0' NOT NULL, changed_at INTEGER DEFAULT '0' NOT NULL,
      used_mm INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (printer)) WITHOUT ROWID""",
)


def upgrade() -> None:
    """Columns at the end of the jobs' table, and one of its own."""
    connection = op.get_bind()
    for column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE print_job ADD COLUMN {column}")
    for statement in _AFTER:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
