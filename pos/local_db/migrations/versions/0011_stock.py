"""Goods that come in and goods that are counted: drafts, receipts, counts, and why goods left the shelf unsold."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NEW: Final = (
    """CREATE TABLE stock_note ( cause TEXT NOT NULL, note TEXT DEFAULT '' NOT NULL, cashier TEXT DEFAULT '' NOT NULL, supplier_uid
      TEXT DEFAULT '' NOT NULL, PRIMARY KEY (cause) ) WITHOUT ROWID""",
    """CREATE TABLE receipt_draft ( uid TEXT NOT NULL, started_at INTEGER NOT NULL, cashier TEXT DEFAULT '' NOT NULL, corrects TEXT
      DEFAULT '' NOT NULL, supplier_uid TEXT DEFAULT '' NOT NULL, paper TEXT DEFAULT '' NOT NULL, discount INTEGER DEFAULT '0'
      NOT NULL, transport INTEGER DEFAULT '0' NOT NULL, paid INTEGER DEFAULT '-1' NOT NULL, paid_from TEXT DEFAULT 'drawer'
      NOT NULL, due_at INTEGER DEFAULT '-1' NOT NULL, PRIMARY KEY (uid) ) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX receipt_draft_corrects ON receipt_draft (corrects) WHERE corrects != ''",
    """CREATE TABLE receipt_draft_line ( draft_uid TEXT NOT NULL, position INTEGER NOT NULL, product_uid TEXT NOT NULL, unit_uid TEXT
      NOT NULL, name TEXT NOT NULL, unit_name TEXT NOT NULL, factor INTEGER NOT NULL CHECK (factor >= 1), quantity INTEGER NOT
      NULL, amount INTEGER, unit_cost INTEGER, expires_on INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (draft_uid, position),
      FOREIGN KEY(draft_uid) REFERENCES receipt_draft (uid) ON DELETE CASCADE ) WITHOUT ROWID""",
    "CREATE INDEX receipt_draft_line_unit ON receipt_draft_line (draft_uid, unit_uid)",
    """CREATE TABLE receipt ( id INTEGER NOT NULL, uid TEXT NOT NULL, number TEXT NOT NULL, at INTEGER NOT NULL, cashier TEXT DEFAULT
      '' NOT NULL, corrects TEXT DEFAULT '' NOT NULL, supplier_uid TEXT DEFAULT '' NOT NULL, paper TEXT DEFAULT '' NOT NULL,
      discount INTEGER DEFAULT '0' NOT NULL, transport INTEGER DEFAULT '0' NOT NULL, total INTEGER NOT NULL, paid INTEGER
      DEFAULT '0' NOT NULL, paid_from TEXT DEFAULT 'drawer' NOT NULL, due_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id),
      UNIQUE (uid), UNIQUE (number) )""",
    "CREATE INDEX receipt_at ON receipt (at)",
    "CREATE INDEX receipt_corrects ON receipt (corrects) WHERE corrects != ''",
    """CREATE TABLE receipt_line ( receipt_uid TEXT NOT NULL, position INTEGER NOT NULL, product_uid TEXT NOT NULL, unit_uid TEXT NOT
      NULL, name TEXT NOT NULL, unit_name TEXT NOT NULL, factor INTEGER NOT NULL, quantity INTEGER NOT NULL, amount INTEGER
      NOT NULL, cost INTEGER NOT NULL, expires_on INTEGER DEFAULT '0' NOT NULL, cause TEXT NOT NULL, PRIMARY KEY (receipt_uid,
      position), FOREIGN KEY(receipt_uid) REFERENCES receipt (uid) ) WITHOUT ROWID""",
    "CREATE INDEX receipt_line_cause ON receipt_line (cause)",
    "CREATE INDEX receipt_line_expires ON receipt_line (expires_on) WHERE expires_on > 0",
    "CREATE INDEX receipt_line_product ON receipt_line (product_uid, receipt_uid)",
    """CREATE TABLE stock_take ( uid TEXT NOT NULL, part TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, started_at INTEGER NOT NULL,
      cashier TEXT DEFAULT '' NOT NULL, posted_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (uid) ) WITHOUT ROWID""",
    "CREATE INDEX stock_take_started ON stock_take (started_at)",
    """CREATE TABLE stock_take_line ( take_uid TEXT NOT NULL, product_uid TEXT NOT NULL, unit_name TEXT DEFAULT '' NOT NULL, factor
      INTEGER DEFAULT '1' NOT NULL, counted INTEGER NOT NULL, seen INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at
      INTEGER NOT NULL, cause TEXT DEFAULT '' NOT NULL, PRIMARY KEY (take_uid, product_uid), FOREIGN KEY(take_uid) REFERENCES
      stock_take (uid) ON DELETE CASCADE ) WITHOUT ROWID""",
    "CREATE INDEX stock_take_line_cause ON stock_take_line (cause) WHERE cause != ''",
    "CREATE TRIGGER stock_note_no_update BEFORE UPDATE ON stock_note BEGIN SELECT RAISE(ABORT, 'stock_note is append-only'); END",
    "CREATE TRIGGER stock_note_no_delete BEFORE DELETE ON stock_note BEGIN SELECT RAISE(ABORT, 'stock_note is append-only'); END",
    "CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END",
    "CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END",
    """CREATE TRIGGER receipt_line_no_update BEFORE UPDATE ON receipt_line BEGIN SELECT RAISE(ABORT, 'receipt_line is append-only');
      END""",
    """CREATE TRIGGER receipt_line_no_delete BEFORE DELETE ON receipt_line BEGIN SELECT RAISE(ABORT, 'receipt_line is append-only');
      END""",
    """CREATE TRIGGER stock_take_line_booked BEFORE UPDATE ON stock_take_line WHEN OLD.cause <> '' BEGIN SELECT RAISE(ABORT, 'a
      booked count is not changed'); END""",
    """CREATE TRIGGER stock_take_line_kept BEFORE DELETE ON stock_take_line WHEN OLD.cause <> '' BEGIN SELECT RAISE(ABORT, 'a booked
      count is not changed'); END""",
    """CREATE TRIGGER stock_take_booked_once BEFORE UPDATE ON stock_take WHEN OLD.posted_at > 0 BEGIN SELECT RAISE(ABORT, 'a count is
      booked once'); END""",
)


def upgrade() -> None:
    """Tables of their own; nothing that is there changes."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
