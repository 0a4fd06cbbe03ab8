"""Goods: every price from now on, pictures, what only this till knows of a product, twins that were merged or are none."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NEW: Final = (
    """CREATE TABLE price_change (id INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT DEFAULT '' NOT NULL, product_uid TEXT NOT NULL,
      unit_uid TEXT NOT NULL, unit_name TEXT NOT NULL, factor INTEGER NOT NULL, kind TEXT NOT NULL, min_quantity INTEGER NOT NULL,
      customer_group TEXT DEFAULT '' NOT NULL, starts_at INTEGER NOT NULL, "before" INTEGER, amount INTEGER, PRIMARY KEY (id))""",
    "CREATE INDEX price_change_product ON price_change (product_uid)",
    "CREATE TABLE picture (name TEXT NOT NULL, data BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (name))",
    """CREATE TABLE product_care (product_uid TEXT NOT NULL, tracks_expiry INTEGER DEFAULT '0' NOT NULL,
      PRIMARY KEY (product_uid)) WITHOUT ROWID""",
    """CREATE TABLE product_merge (gone_uid TEXT NOT NULL, kept_uid TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT DEFAULT '' NOT NULL,
      PRIMARY KEY (gone_uid)) WITHOUT ROWID""",
    """CREATE TABLE product_alias (product_uid TEXT NOT NULL, kept_uid TEXT NOT NULL, PRIMARY KEY (product_uid)) WITHOUT ROWID""",
    "CREATE INDEX product_alias_kept ON product_alias (kept_uid)",
    """CREATE TABLE not_twin (one_uid TEXT NOT NULL, other_uid TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT DEFAULT '' NOT NULL,
      PRIMARY KEY (one_uid, other_uid)) WITHOUT ROWID""",
    """CREATE TABLE code_claim ("key" TEXT NOT NULL, product_uid TEXT NOT NULL, unit_uid TEXT NOT NULL, code TEXT NOT NULL,
      PRIMARY KEY ("key", product_uid)) WITHOUT ROWID""",
    "CREATE INDEX code_claim_product ON code_claim (product_uid)",
    "ALTER TABLE product ADD COLUMN picture TEXT DEFAULT '' NOT NULL",
    """INSERT INTO price_change (at, product_uid, unit_uid, unit_name, factor, kind, min_quantity, customer_group, starts_at, amount)
      SELECT 0, p.uid, u.uid, u.name, u.factor, r.kind, r.min_quantity, r.customer_group, r.starts_at, r.amount
      FROM product p JOIN product_unit u ON u.product_id = p.id JOIN price r ON r.unit_id = u.id""",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in ("price_change", "product_merge", "not_twin")
        for verb in ("UPDATE", "DELETE")
    ),
)


def upgrade() -> None:
    """New tables, one column, and the prices that are there as the first that are known."""
    connection = op.get_bind()
    for statement in _NEW:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
