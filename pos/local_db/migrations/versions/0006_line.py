"""The line: keys by name, countersignatures, what was set aside, edits that met, the shadow of a fresh reading, marks of prices."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Final

from alembic import op

from pos.domain.marks import mark

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEW: Final = (
    """CREATE TABLE server_key (id TEXT NOT NULL, public_key TEXT NOT NULL, retired INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id))
      WITHOUT ROWID""",
    """CREATE TABLE countersigned (epoch INTEGER NOT NULL, told_epoch INTEGER NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,
      head TEXT NOT NULL,
      signature TEXT NOT NULL, key_id TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (epoch))""",
    """CREATE TABLE set_aside (id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL,
      payload_hash TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, aside_at INTEGER NOT NULL, PRIMARY KEY (id))""",
    """CREATE TABLE edit_outcome (product_uid TEXT NOT NULL, field TEXT NOT NULL, operation TEXT NOT NULL, kept TEXT DEFAULT '' NOT NULL,
      lost TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, lost_device TEXT DEFAULT '' NOT NULL, seen INTEGER DEFAULT '0' NOT NULL,
      PRIMARY KEY (product_uid, field)) WITHOUT ROWID""",
    "CREATE TABLE shadow_product (uid TEXT NOT NULL, state INTEGER NOT NULL, told BLOB NOT NULL, PRIMARY KEY (uid)) WITHOUT ROWID",
    "CREATE TABLE shadow_order (uid TEXT NOT NULL, told BLOB NOT NULL, PRIMARY KEY (uid)) WITHOUT ROWID",
    "ALTER TABLE product ADD COLUMN marks INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE online_order ADD COLUMN lost TEXT DEFAULT '' NOT NULL",
    "INSERT INTO server_key (id, public_key) SELECT '', server_key FROM shop WHERE server_key <> ''",
    # a fresh reading that was under way in the old manner begins anew with the next request
    "UPDATE shop SET cursor = '' WHERE EXISTS (SELECT 1 FROM setting WHERE key = 'feed_fresh' AND value <> '')",
    "DELETE FROM setting WHERE key = 'feed_fresh' OR key LIKE 'feed_fresh.%'",
)
_PRICES: Final = """
SELECT p.id, p.uid, u.uid, u.factor, r.kind, r.customer_group, r.min_quantity, r.starts_at, r.amount
FROM product p JOIN product_unit u ON u.product_id = p.id JOIN price r ON r.unit_id = u.id WHERE p.deleted = 0
"""


def upgrade() -> None:
    """Tables, two columns, and the marks of the prices that are there."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    marks: defaultdict[int, int] = defaultdict(int)
    for product_id, *fields in raw.execute(_PRICES):
        marks[product_id] += mark(*fields)
    raw.executemany("UPDATE product SET marks = ? WHERE id = ?", [(sum_of, key) for key, sum_of in marks.items()])
    if marks:
        raw.execute("INSERT INTO goods_total (kind, name, products) VALUES ('marks', 'prices', ?)", (sum(marks.values()),))


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
