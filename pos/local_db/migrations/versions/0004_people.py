"""People and the drawer: users and roles, cash movements and who made them, counts by note, Z reports."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS: Final = ("cashier TEXT DEFAULT '' NOT NULL", "note TEXT DEFAULT '' NOT NULL", "place INTEGER DEFAULT '0' NOT NULL")
_NEW: Final = (
    """CREATE TABLE person (uid TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('cashier', 'owner', 'officer')),
      pin TEXT DEFAULT '' NOT NULL, active INTEGER DEFAULT '1' NOT NULL, place INTEGER DEFAULT '0' NOT NULL, created_at INTEGER NOT NULL,
      failures INTEGER DEFAULT '0' NOT NULL, failed_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (uid)) WITHOUT ROWID""",
    """CREATE TABLE drawer_count (uid TEXT NOT NULL, session_uid TEXT NOT NULL, at INTEGER NOT NULL, cashier TEXT DEFAULT '' NOT NULL,
      total INTEGER NOT NULL CHECK (total >= 0), pieces TEXT NOT NULL, place INTEGER NOT NULL, after_sale INTEGER NOT NULL,
      after_movement INTEGER NOT NULL, PRIMARY KEY (uid), FOREIGN KEY(session_uid) REFERENCES cash_session (uid)) WITHOUT ROWID""",
    """CREATE TABLE z_report (number INTEGER NOT NULL CHECK (number >= 1), session_uid TEXT NOT NULL, at INTEGER NOT NULL,
      cashier TEXT DEFAULT '' NOT NULL, expected INTEGER NOT NULL, counted INTEGER NOT NULL, turnover INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (number), UNIQUE (session_uid), FOREIGN KEY(session_uid) REFERENCES cash_session_close (session_uid))""",
    "CREATE INDEX drawer_count_session ON drawer_count (session_uid, place)",
    "CREATE INDEX credit_entry_session ON credit_entry (session_uid) WHERE tender = 'cash'",
    "CREATE INDEX audit_notable ON audit (id) WHERE action != 'sale'",
    """CREATE TRIGGER drawer_count_no_update BEFORE UPDATE ON drawer_count BEGIN SELECT RAISE(ABORT, 'drawer_count is append-only');
      END""",
    """CREATE TRIGGER drawer_count_no_delete BEFORE DELETE ON drawer_count BEGIN SELECT RAISE(ABORT, 'drawer_count is append-only');
      END""",
    "CREATE TRIGGER z_report_no_update BEFORE UPDATE ON z_report BEGIN SELECT RAISE(ABORT, 'z_report is append-only'); END",
    "CREATE TRIGGER z_report_no_delete BEFORE DELETE ON z_report BEGIN SELECT RAISE(ABORT, 'z_report is append-only'); END",
    """CREATE TRIGGER credit_entry_cash AFTER INSERT ON credit_entry WHEN NEW.tender = 'cash' BEGIN
      UPDATE drawer SET cash = cash - NEW.amount WHERE session_uid = NEW.session_uid; END""",
)


def upgrade() -> None:
    """Who moved cash and in which order, and tables of their own."""
    connection = op.get_bind()
    for column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE cash_movement ADD COLUMN {column}")
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
