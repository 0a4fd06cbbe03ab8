"""What the goods on the shelf have cost, to the rupiah: each movement with its cost, and the total beside what is on hand."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NEW: Final = (
    "ALTER TABLE stock_movement ADD COLUMN cost INTEGER",
    "ALTER TABLE stock_movement ADD COLUMN variance INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE stock ADD COLUMN cost INTEGER DEFAULT '0' NOT NULL",
    """CREATE TABLE stock_revaluation (id INTEGER NOT NULL, product_uid TEXT NOT NULL, cost INTEGER NOT NULL, variance INTEGER DEFAULT
      '0' NOT NULL, reason TEXT NOT NULL, cause TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id))""",
    "CREATE INDEX stock_revaluation_product ON stock_revaluation (product_uid, at)",
    """CREATE TRIGGER stock_revaluation_no_update BEFORE UPDATE ON stock_revaluation BEGIN SELECT RAISE(ABORT, 'stock_revaluation is
      append-only'); END""",
    """CREATE TRIGGER stock_revaluation_no_delete BEFORE DELETE ON stock_revaluation BEGIN SELECT RAISE(ABORT, 'stock_revaluation is
      append-only'); END""",
    """CREATE TRIGGER stock_revaluation_kept AFTER INSERT ON stock_revaluation BEGIN INSERT INTO stock (product_uid, cost) VALUES
      (NEW.product_uid, NEW.cost) ON CONFLICT (product_uid) DO UPDATE SET cost = cost + excluded.cost; END""",
    "DROP TRIGGER stock_movement_kept",
    """CREATE TRIGGER stock_movement_kept AFTER INSERT ON stock_movement BEGIN INSERT INTO stock (product_uid, on_hand, movements, cost)
      VALUES (NEW.product_uid, NEW.quantity, 1, coalesce(NEW.cost, 0)) ON CONFLICT (product_uid) DO UPDATE SET on_hand = on_hand +
      excluded.on_hand, movements = movements + 1, cost = cost + excluded.cost; UPDATE total SET movements = movements + 1, on_hand =
      on_hand + NEW.quantity; END""",
)
_WORTH: Final = """
INSERT INTO stock_revaluation (product_uid, cost, reason, at)
SELECT s.product_uid, (CASE WHEN s.on_hand < 0 THEN -1 ELSE 1 END) * ((2 * p.cost_total * abs(s.on_hand) + p.cost_quantity)
  / (2 * p.cost_quantity)), 'opening', coalesce((SELECT max(at) FROM stock_movement WHERE product_uid = s.product_uid), 0)
FROM stock s JOIN product p ON p.uid = s.product_uid WHERE p.cost_quantity > 0 AND s.on_hand <> 0 ORDER BY p.id
"""
"""What is on each shelf is worth what the till knew of its cost until now; from here on it is a sum of facts."""


def upgrade() -> None:
    """Columns beside the movements, and the worth of what is there as the first fact of each product."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_WORTH)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
