"""What the counter learned of selling: discounts, prices by hand, customers and numbers on a basket; packages and deposits."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BASKET: Final = (
    "customer_uid TEXT DEFAULT '' NOT NULL",
    "customer_name TEXT DEFAULT '' NOT NULL",
    "customer_group TEXT DEFAULT '' NOT NULL",
    "off TEXT DEFAULT '' NOT NULL",
    "number INTEGER DEFAULT '0' NOT NULL",
    "held_at INTEGER DEFAULT '0' NOT NULL",
)
_LINE: Final = (
    "on_hand INTEGER",
    "price_group TEXT DEFAULT '' NOT NULL",
    "instead_of INTEGER",
    "own TEXT DEFAULT '' NOT NULL",
    "share INTEGER DEFAULT '0' NOT NULL",
    "base_unit TEXT DEFAULT 'pcs' NOT NULL",
    "regulation TEXT DEFAULT 'none' NOT NULL",
)
_AFTER: Final = (
    # a discount that stands on an old line is that line's own, or the next change would lose it
    "UPDATE basket_line SET own = json_array('amount', discount, '', 10000) WHERE discount > 0",
    "UPDATE basket SET held_at = started_at WHERE state = 'held'",
    """UPDATE basket SET number = (SELECT count(*) FROM basket o WHERE o.state = 'held' AND (o.started_at, o.uid) <= (basket.started_at,
      basket.uid)) WHERE state = 'held'""",
    """CREATE TABLE pack_source (product_uid TEXT NOT NULL, unit_uid TEXT NOT NULL, contents INTEGER NOT NULL CHECK (contents >= 1),
      automatic INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (product_uid)) WITHOUT ROWID""",
    """CREATE TABLE deposit_movement (uid TEXT NOT NULL, customer_uid TEXT NOT NULL, product_uid TEXT NOT NULL, quantity INTEGER NOT NULL,
      amount INTEGER DEFAULT '0' NOT NULL, session_uid TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (uid)) WITHOUT ROWID""",
    "CREATE INDEX deposit_movement_customer ON deposit_movement (customer_uid, product_uid)",
    "CREATE INDEX deposit_movement_product ON deposit_movement (product_uid, at)",
    """CREATE TRIGGER deposit_movement_no_update BEFORE UPDATE ON deposit_movement
      BEGIN SELECT RAISE(ABORT, 'deposit_movement is append-only'); END""",
    """CREATE TRIGGER deposit_movement_no_delete BEFORE DELETE ON deposit_movement
      BEGIN SELECT RAISE(ABORT, 'deposit_movement is append-only'); END""",
)


def upgrade() -> None:
    """Columns at the end of the baskets' tables, and two tables of their own."""
    connection = op.get_bind()
    for table, columns in (("basket", _BASKET), ("basket_line", _LINE)):
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _AFTER:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
