"""Suppliers and what they are owed, goods on consignment, money outside the drawer, and what an expense was for."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS: Final = (
    ("product", "consignor_uid TEXT DEFAULT '' NOT NULL"),
    ("cash_movement", "category TEXT DEFAULT '' NOT NULL"),
)
_NEW: Final = (
    """CREATE TABLE supplier ( uid TEXT NOT NULL, name TEXT NOT NULL, sorted TEXT NOT NULL, phone4 TEXT DEFAULT '' NOT NULL, note TEXT
      DEFAULT '' NOT NULL, terms_days INTEGER DEFAULT '0' NOT NULL CHECK (terms_days >= 0), consignment INTEGER DEFAULT '0' NOT
      NULL, active INTEGER DEFAULT '1' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (uid) ) WITHOUT ROWID""",
    """CREATE TABLE supplier_entry ( id INTEGER NOT NULL, uid TEXT NOT NULL, supplier_uid TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER
      NOT NULL, amount INTEGER NOT NULL, number TEXT DEFAULT '' NOT NULL, due_at INTEGER DEFAULT '0' NOT NULL, source TEXT DEFAULT
      '' NOT NULL, position INTEGER DEFAULT '0' NOT NULL, product_uid TEXT DEFAULT '' NOT NULL, quantity INTEGER DEFAULT '0' NOT
      NULL, account_uid TEXT DEFAULT '' NOT NULL, session_uid TEXT DEFAULT '' NOT NULL, cashier TEXT DEFAULT '' NOT NULL, note
      TEXT DEFAULT '' NOT NULL, PRIMARY KEY (id), UNIQUE (uid), FOREIGN KEY(supplier_uid) REFERENCES supplier (uid) )""",
    """CREATE TABLE supplier_balance ( supplier_uid TEXT NOT NULL, balance INTEGER DEFAULT '0' NOT NULL, entries INTEGER DEFAULT '0' NOT
      NULL, due_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (supplier_uid) ) WITHOUT ROWID""",
    """CREATE TABLE account ( uid TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('cash', 'bank')), active INTEGER
      DEFAULT '1' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (uid) ) WITHOUT ROWID""",
    """CREATE TABLE account_entry ( id INTEGER NOT NULL, uid TEXT NOT NULL, account_uid TEXT NOT NULL, at INTEGER NOT NULL, amount
      INTEGER NOT NULL, reason TEXT NOT NULL, category TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, cashier TEXT
      DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, PRIMARY KEY (id), UNIQUE (uid), FOREIGN KEY(account_uid) REFERENCES
      account (uid) )""",
    """CREATE TABLE account_balance ( account_uid TEXT NOT NULL, balance INTEGER DEFAULT '0' NOT NULL, entries INTEGER DEFAULT '0' NOT
      NULL, PRIMARY KEY (account_uid) ) WITHOUT ROWID""",
    "CREATE INDEX supplier_sorted ON supplier (active, sorted, uid)",
    "CREATE INDEX supplier_entry_at ON supplier_entry (at) WHERE kind = 'paid'",
    "CREATE INDEX supplier_entry_product ON supplier_entry (product_uid, id) WHERE product_uid != ''",
    "CREATE INDEX supplier_entry_source ON supplier_entry (source, position) WHERE source != ''",
    "CREATE INDEX supplier_entry_supplier ON supplier_entry (supplier_uid, id)",
    "CREATE INDEX account_entry_account ON account_entry (account_uid, at, id)",
    "CREATE INDEX account_entry_at ON account_entry (at)",
    "CREATE INDEX product_consignor ON product (consignor_uid, rank) WHERE consignor_uid != ''",
    """CREATE TRIGGER supplier_entry_no_update BEFORE UPDATE ON supplier_entry BEGIN SELECT RAISE(ABORT, 'supplier_entry is
      append-only'); END""",
    """CREATE TRIGGER supplier_entry_no_delete BEFORE DELETE ON supplier_entry BEGIN SELECT RAISE(ABORT, 'supplier_entry is
      append-only'); END""",
    """CREATE TRIGGER account_entry_no_update BEFORE UPDATE ON account_entry BEGIN SELECT RAISE(ABORT, 'account_entry is append-only');
      END""",
    """CREATE TRIGGER account_entry_no_delete BEFORE DELETE ON account_entry BEGIN SELECT RAISE(ABORT, 'account_entry is append-only');
      END""",
    """CREATE TRIGGER supplier_entry_kept AFTER INSERT ON supplier_entry BEGIN INSERT INTO supplier_balance (supplier_uid, balance,
      entries) VALUES (NEW.supplier_uid, NEW.amount, 1) ON CONFLICT (supplier_uid) DO UPDATE SET balance = balance +
      excluded.balance, entries = entries + 1; END""",
    """CREATE TRIGGER account_entry_kept AFTER INSERT ON account_entry BEGIN INSERT INTO account_balance (account_uid, balance, entries)
      VALUES (NEW.account_uid, NEW.amount, 1) ON CONFLICT (account_uid) DO UPDATE SET balance = balance + excluded.balance,
      entries = entries + 1; END""",
    """CREATE TRIGGER consigned_sold AFTER INSERT ON sale_line WHEN NEW.corrects_line IS NULL AND (SELECT consignor_uid FROM product
      WHERE uid = NEW.product_uid) <> '' BEGIN INSERT INTO supplier_entry (uid, supplier_uid, kind, at, amount, number, source,
      position, product_uid, quantity, cashier) SELECT s.uid || '-' || NEW.position, c.uid, 'sold', s.at, coalesce(NEW.cost, 0),
      s.number, s.uid, NEW.position, NEW.product_uid, NEW.quantity, s.cashier FROM sale s CROSS JOIN product p ON p.uid =
      NEW.product_uid CROSS JOIN supplier c ON c.uid = p.consignor_uid WHERE s.id = NEW.sale_id; END""",
    """CREATE TRIGGER consigned_back AFTER INSERT ON sale_line WHEN NEW.corrects_line IS NOT NULL BEGIN INSERT INTO supplier_entry (uid,
      supplier_uid, kind, at, amount, number, source, position, product_uid, quantity, cashier) SELECT s.uid || '-' ||
      NEW.position, e.supplier_uid, 'sold', s.at, coalesce(NEW.cost, 0), s.number, e.source, e.position, NEW.product_uid,
      NEW.quantity, s.cashier FROM sale s CROSS JOIN supplier_entry e ON e.source = s.corrects AND e.source != '' AND e.position =
      NEW.corrects_line WHERE s.id = NEW.sale_id AND e.kind = 'sold' AND e.quantity > 0; END""",
)


def upgrade() -> None:
    """A column in two tables, and tables of their own."""
    connection = op.get_bind()
    for table, column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
