"""Sums of sold days, filled in when nobody waits."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NEW: Final = (
    """CREATE TABLE report_hour (day INTEGER NOT NULL, hour INTEGER NOT NULL, cashier TEXT NOT NULL, sales INTEGER DEFAULT '0' NOT NULL,
      turnover INTEGER DEFAULT '0' NOT NULL, discount INTEGER DEFAULT '0' NOT NULL, rounding INTEGER DEFAULT '0' NOT NULL,
      cost INTEGER DEFAULT '0' NOT NULL, costed INTEGER DEFAULT '0' NOT NULL, voids INTEGER DEFAULT '0' NOT NULL,
      voided INTEGER DEFAULT '0' NOT NULL, refunds INTEGER DEFAULT '0' NOT NULL, refunded INTEGER DEFAULT '0' NOT NULL,
      PRIMARY KEY (day, hour, cashier)) WITHOUT ROWID""",
    """CREATE TABLE report_product (day INTEGER NOT NULL, product_uid TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL,
      amount INTEGER DEFAULT '0' NOT NULL, cost INTEGER DEFAULT '0' NOT NULL, costed INTEGER DEFAULT '0' NOT NULL,
      PRIMARY KEY (day, product_uid)) WITHOUT ROWID""",
    """CREATE TABLE report_tender (day INTEGER NOT NULL, tender TEXT NOT NULL, payments INTEGER DEFAULT '0' NOT NULL,
      amount INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (day, tender)) WITHOUT ROWID""",
    """CREATE TABLE report_mark (id INTEGER NOT NULL CHECK (id = 1), sale_id INTEGER DEFAULT '0' NOT NULL,
      cutoff INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id))""",
)


def upgrade() -> None:
    """Tables of their own; they fill themselves from the sales that are there."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
