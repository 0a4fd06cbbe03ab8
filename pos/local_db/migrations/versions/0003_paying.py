"""Money that is not simply handed over: customers and debts, titipan, QRIS, tenders that became surer, corrections line by line."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS: Final = (
    ("sale", "customer_uid TEXT DEFAULT '' NOT NULL"),
    ("sale_line", "corrects_line INTEGER"),
    ("sale_line", "damaged INTEGER DEFAULT '0' NOT NULL"),
    ("payment", "notes TEXT DEFAULT '' NOT NULL"),
)
_NEW: Final = (
    """CREATE TABLE customer (id INTEGER NOT NULL, uid TEXT NOT NULL, name TEXT NOT NULL, sorted TEXT NOT NULL, phone4 TEXT DEFAULT
      '' NOT NULL, price_group TEXT DEFAULT '' NOT NULL, credit_limit INTEGER DEFAULT '0' NOT NULL CHECK (credit_limit >= 0),
      due_days INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT '' NOT NULL, active INTEGER DEFAULT '1' NOT NULL, created_at INTEGER
      DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (uid))""",
    """CREATE TABLE credit_entry (id INTEGER NOT NULL, uid TEXT NOT NULL, customer_uid TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER
      NOT NULL, number TEXT DEFAULT '' NOT NULL, amount INTEGER NOT NULL, due_at INTEGER DEFAULT '0' NOT NULL, sale_uid TEXT
      DEFAULT '' NOT NULL, tender TEXT DEFAULT '' NOT NULL, received INTEGER DEFAULT '0' NOT NULL, change INTEGER DEFAULT '0' NOT
      NULL, session_uid TEXT DEFAULT '' NOT NULL, cashier TEXT DEFAULT '' NOT NULL, reference TEXT DEFAULT '' NOT NULL, PRIMARY KEY
      (id), UNIQUE (uid))""",
    """CREATE TABLE credit_balance (customer_uid TEXT NOT NULL, balance INTEGER DEFAULT '0' NOT NULL, entries INTEGER DEFAULT '0'
      NOT NULL, due_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (customer_uid)) WITHOUT ROWID""",
    """CREATE TABLE titipan (holder TEXT NOT NULL, amount INTEGER DEFAULT '0' NOT NULL, at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY
      (holder)) WITHOUT ROWID""",
    """CREATE TABLE tender_settled (sale_uid TEXT NOT NULL, position INTEGER NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL,
      reference TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sale_uid, position, seq)) WITHOUT ROWID""",
    """CREATE TABLE qris_request (uid TEXT NOT NULL, basket_uid TEXT DEFAULT '' NOT NULL, amount INTEGER NOT NULL, payload TEXT
      DEFAULT '' NOT NULL, source TEXT NOT NULL, nmid TEXT DEFAULT '' NOT NULL, merchant TEXT DEFAULT '' NOT NULL, issued_at
      INTEGER NOT NULL, expires_at INTEGER DEFAULT '0' NOT NULL, state TEXT DEFAULT 'waiting' NOT NULL, state_at INTEGER DEFAULT
      '0' NOT NULL, confirmed_by TEXT DEFAULT '' NOT NULL, sale_uid TEXT DEFAULT '' NOT NULL, late TEXT DEFAULT '' NOT NULL,
      PRIMARY KEY (uid)) WITHOUT ROWID""",
    """CREATE TABLE basket_exchange (basket_uid TEXT NOT NULL, sale_uid TEXT NOT NULL, number TEXT DEFAULT '' NOT NULL, lines TEXT
      NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (basket_uid), FOREIGN KEY(basket_uid) REFERENCES basket (uid) ON DELETE
      CASCADE) WITHOUT ROWID""",
    "CREATE INDEX sale_corrects ON sale (corrects) WHERE corrects != ''",
    "CREATE UNIQUE INDEX sale_one_void ON sale (corrects) WHERE kind = 'void'",
    "CREATE INDEX sale_customer ON sale (customer_uid, id) WHERE customer_uid != ''",
    "CREATE INDEX customer_sorted ON customer (active, sorted, id)",
    "CREATE INDEX customer_group ON customer (price_group) WHERE price_group != ''",
    "CREATE INDEX credit_entry_customer ON credit_entry (customer_uid, id)",
    "CREATE INDEX credit_balance_due ON credit_balance (due_at) WHERE due_at > 0",
    "CREATE INDEX credit_balance_owed ON credit_balance (balance) WHERE balance > 0",
    "CREATE INDEX titipan_open ON titipan (at) WHERE amount != 0",
    "CREATE INDEX qris_basket ON qris_request (basket_uid, issued_at) WHERE sale_uid = ''",
    "CREATE INDEX qris_loose ON qris_request (state_at) WHERE state IN ('paid', 'paid_late') AND sale_uid = '' AND late = ''",
    "CREATE INDEX qris_late ON qris_request (state_at) WHERE late != ''",
    "CREATE INDEX qris_waiting ON qris_request (issued_at) WHERE state = 'waiting'",
    "CREATE VIRTUAL TABLE customer_search USING fts5(words, tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')",
    """CREATE TRIGGER credit_entry_no_update BEFORE UPDATE ON credit_entry BEGIN SELECT RAISE(ABORT, 'credit_entry is append-only');
      END""",
    """CREATE TRIGGER credit_entry_no_delete BEFORE DELETE ON credit_entry BEGIN SELECT RAISE(ABORT, 'credit_entry is append-only');
      END""",
    """CREATE TRIGGER tender_settled_no_update BEFORE UPDATE ON tender_settled BEGIN SELECT RAISE(ABORT, 'tender_settled is
      append-only'); END""",
    """CREATE TRIGGER tender_settled_no_delete BEFORE DELETE ON tender_settled BEGIN SELECT RAISE(ABORT, 'tender_settled is
      append-only'); END""",
    """CREATE TRIGGER payment_titipan AFTER INSERT ON payment WHEN NEW.tender = 'titipan' BEGIN INSERT INTO titipan (holder, amount,
      at) VALUES (NEW.reference, -NEW.amount, (SELECT at FROM sale WHERE id = NEW.sale_id)) ON CONFLICT (holder) DO UPDATE SET
      amount = amount + excluded.amount, at = excluded.at; END""",
    """CREATE TRIGGER credit_entry_kept AFTER INSERT ON credit_entry BEGIN INSERT INTO credit_balance (customer_uid, balance,
      entries) VALUES (NEW.customer_uid, NEW.amount, 1) ON CONFLICT (customer_uid) DO UPDATE SET balance = balance +
      excluded.balance, entries = entries + 1; END""",
)


def upgrade() -> None:
    """Columns at the end of the sales' tables, and tables of their own."""
    connection = op.get_bind()
    for table, column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
