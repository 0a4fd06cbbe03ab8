"""Lists of goods that were taken in, with what was there before."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NEW: Final = (
    """CREATE TABLE goods_import (id INTEGER NOT NULL, uid TEXT NOT NULL, file TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL,
      actor TEXT DEFAULT '' NOT NULL, created INTEGER DEFAULT '0' NOT NULL, updated INTEGER DEFAULT '0' NOT NULL,
      same INTEGER DEFAULT '0' NOT NULL, refused INTEGER DEFAULT '0' NOT NULL, parts INTEGER DEFAULT '0' NOT NULL,
      state TEXT DEFAULT 'written' NOT NULL, done INTEGER DEFAULT '0' NOT NULL, undone_at INTEGER DEFAULT '0' NOT NULL,
      undone_by TEXT DEFAULT '' NOT NULL, put_back INTEGER DEFAULT '0' NOT NULL, retired INTEGER DEFAULT '0' NOT NULL,
      kept INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (uid))""",
    """CREATE TABLE goods_import_part (import_uid TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL,
      PRIMARY KEY (import_uid, part), FOREIGN KEY(import_uid) REFERENCES goods_import (uid) ON DELETE CASCADE)""",
    """CREATE TABLE goods_import_kept (import_uid TEXT NOT NULL, number INTEGER NOT NULL, name TEXT DEFAULT '' NOT NULL,
      reason TEXT NOT NULL, detail TEXT DEFAULT '' NOT NULL, PRIMARY KEY (import_uid, number),
      FOREIGN KEY(import_uid) REFERENCES goods_import (uid) ON DELETE CASCADE) WITHOUT ROWID""",
)


def upgrade() -> None:
    """Tables of their own: what was taken in before them cannot be taken back."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
