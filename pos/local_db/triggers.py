"""What the file does by itself: facts that cannot be changed, totals kept beside them, and the tables of the two searches.

Owns DDL that SQLAlchemy has no words for; a change here needs a migration like one in `tables.py`.
"""

from __future__ import annotations

from typing import Final

APPEND_ONLY: Final = (
    "sale",
    "sale_line",
    "payment",
    "stock_movement",
    "cash_session",
    "cash_session_close",
    "cash_movement",
    "pickup",
    "audit",
    "deposit_movement",
    "credit_entry",
    "tender_settled",
    "drawer_count",
    "z_report",
    "supplier_entry",
    "account_entry",
    "price_change",
    "product_merge",
    "not_twin",
    "stock_revaluation",
    "stock_note",
    "receipt",
    "receipt_line",
)

PRODUCT_SEARCH: Final = """
CREATE VIRTUAL TABLE product_search USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3')
""".strip()
"""rowid = product.rank, words = name, brand, size and codes: results come in popularity order by row id, no ranking at query time."""

SALE_SEARCH: Final = """
CREATE VIRTUAL TABLE sale_search USING fts5(
  words, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4')
""".strip()
"""rowid = sale.id, words = number, total and names as sold. Facts do not change, so it keeps no copy; filled in when nobody waits."""

CUSTOMER_SEARCH: Final = """
CREATE VIRTUAL TABLE customer_search USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3')
""".strip()
"""rowid = customer.id, words = name, group and the phone's last digits."""

_KEPT: Final = {
    "stock_movement_kept": """AFTER INSERT ON stock_movement BEGIN
INSERT INTO stock (product_uid, on_hand, movements, cost) VALUES (NEW.product_uid, NEW.quantity, 1, coalesce(NEW.cost, 0))
  ON CONFLICT (product_uid) DO UPDATE SET on_hand = on_hand + excluded.on_hand, movements = movements + 1, cost = cost + excluded.cost;
UPDATE total SET movements = movements + 1, on_hand = on_hand + NEW.quantity;
END""",
    "stock_take_line_booked": """BEFORE UPDATE ON stock_take_line WHEN OLD.cause <> '' BEGIN
SELECT RAISE(ABORT, 'a booked count is not changed'); END""",
    "stock_take_line_kept": """BEFORE DELETE ON stock_take_line WHEN OLD.cause <> '' BEGIN
SELECT RAISE(ABORT, 'a booked count is not changed'); END""",
    "stock_take_booked_once": """BEFORE UPDATE ON stock_take WHEN OLD.posted_at > 0 BEGIN
SELECT RAISE(ABORT, 'a count is booked once'); END""",
    "stock_revaluation_kept": """AFTER INSERT ON stock_revaluation BEGIN
INSERT INTO stock (product_uid, cost) VALUES (NEW.product_uid, NEW.cost)
  ON CONFLICT (product_uid) DO UPDATE SET cost = cost + excluded.cost;
END""",
    "sale_kept": """AFTER INSERT ON sale BEGIN
UPDATE total SET sales = sales + 1;
UPDATE drawer SET sales = sales + (NEW.kind = 'sale'), turnover = turnover + NEW.total WHERE session_uid = NEW.session_uid;
END""",
    "payment_kept": """AFTER INSERT ON payment WHEN NEW.tender = 'cash' BEGIN
UPDATE drawer SET cash = cash + NEW.amount WHERE session_uid = (SELECT session_uid FROM sale WHERE id = NEW.sale_id);
END""",
    "payment_titipan": """AFTER INSERT ON payment WHEN NEW.tender = 'titipan' BEGIN
INSERT INTO titipan (holder, amount, at) VALUES (NEW.reference, -NEW.amount, (SELECT at FROM sale WHERE id = NEW.sale_id))
  ON CONFLICT (holder) DO UPDATE SET amount = amount + excluded.amount, at = excluded.at;
END""",
    "credit_entry_kept": """AFTER INSERT ON credit_entry BEGIN
INSERT INTO credit_balance (customer_uid, balance, entries) VALUES (NEW.customer_uid, NEW.amount, 1)
  ON CONFLICT (customer_uid) DO UPDATE SET balance = balance + excluded.balance, entries = entries + 1;
END""",
    "supplier_entry_kept": """AFTER INSERT ON supplier_entry BEGIN
INSERT INTO supplier_balance (supplier_uid, balance, entries) VALUES (NEW.supplier_uid, NEW.amount, 1)
  ON CONFLICT (supplier_uid) DO UPDATE SET balance = balance + excluded.balance, entries = entries + 1;
END""",
    "account_entry_kept": """AFTER INSERT ON account_entry BEGIN
INSERT INTO account_balance (account_uid, balance, entries) VALUES (NEW.account_uid, NEW.amount, 1)
  ON CONFLICT (account_uid) DO UPDATE SET balance = balance + excluded.balance, entries = entries + 1;
END""",
    "consigned_sold": """AFTER INSERT ON sale_line
WHEN NEW.corrects_line IS NULL AND (SELECT consignor_uid FROM product WHERE uid = NEW.product_uid) <> '' BEGIN
INSERT INTO supplier_entry (uid, supplier_uid, kind, at, amount, number, source, position, product_uid, quantity, cashier)
  SELECT s.uid || '-' || NEW.position, c.uid, 'sold', s.at, coalesce(NEW.cost, 0), s.number, s.uid, NEW.position, NEW.product_uid,
    NEW.quantity, s.cashier
  FROM sale s CROSS JOIN product p ON p.uid = NEW.product_uid CROSS JOIN supplier c ON c.uid = p.consignor_uid WHERE s.id = NEW.sale_id;
END""",
    "consigned_back": """AFTER INSERT ON sale_line WHEN NEW.corrects_line IS NOT NULL BEGIN
INSERT INTO supplier_entry (uid, supplier_uid, kind, at, amount, number, source, position, product_uid, quantity, cashier)
  SELECT s.uid || '-' || NEW.position, e.supplier_uid, 'sold', s.at, coalesce(NEW.cost, 0), s.number, e.source, e.position,
    NEW.product_uid, NEW.quantity, s.cashier
  FROM sale s CROSS JOIN supplier_entry e ON e.source = s.corrects AND e.source != '' AND e.position = NEW.corrects_line
  WHERE s.id = NEW.sale_id AND e.kind = 'sold' AND e.quantity > 0;
END""",
    "outbox_waits": """AFTER INSERT ON outbox WHEN NEW.state = 'waiting' BEGIN
UPDATE total SET waiting = waiting + 1;
END""",
    "outbox_waits_again": """AFTER UPDATE OF state ON outbox WHEN (OLD.state = 'waiting') <> (NEW.state = 'waiting') BEGIN
UPDATE total SET waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting');
END""",
    "outbox_waits_no_more": """AFTER DELETE ON outbox WHEN OLD.state = 'waiting' BEGIN
UPDATE total SET waiting = waiting - 1;
END""",
    "cash_movement_kept": """AFTER INSERT ON cash_movement BEGIN
UPDATE drawer SET cash = cash + NEW.amount WHERE session_uid = NEW.session_uid;
END""",
    "credit_entry_cash": """AFTER INSERT ON credit_entry WHEN NEW.tender = 'cash' BEGIN
UPDATE drawer SET cash = cash - NEW.amount WHERE session_uid = NEW.session_uid;
END""",
    "cash_session_kept": """AFTER INSERT ON cash_session BEGIN
INSERT INTO drawer (session_uid, cash) VALUES (NEW.uid, NEW.float_amount);
END""",
    "cash_session_close_kept": """AFTER INSERT ON cash_session_close BEGIN
UPDATE drawer SET open = 0 WHERE session_uid = NEW.session_uid;
END""",
}


def triggers() -> list[str]:
    """DDL that keeps facts append-only and the totals beside them."""
    refused = [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    return refused + [f"CREATE TRIGGER {name} {body}" for name, body in _KEPT.items()]


def statements() -> list[str]:
    """All DDL that comes after the tables, in order."""
    return [PRODUCT_SEARCH, SALE_SEARCH, CUSTOMER_SEARCH, *triggers()]
