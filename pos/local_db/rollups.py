"""Fills the sums of sold days from the facts, a portion at a time, when nobody waits; and the same sums of what is not in them yet.

Owns the one set of statements that both use, so that a report of rolled and of fresh sales cannot differ in what it counts.
"""

from __future__ import annotations

from typing import Final

from pos.local_db.work_base import WorkBase

SUMS: Final = ("sales", "turnover", "discount", "rounding", "cost", "costed", "voids", "voided", "refunds", "refunded")
"""The sums of an hour, as the columns of `report_hour`."""
PORTION: Final = 500
SURABAYA_MS: Final = 25_200_000
"""WIB is UTC+7, without summer time."""

_SOLD: Final = "(s.id > ?1 AND s.id <= ?2)"
_DAY: Final = f"(s.at + {SURABAYA_MS} - ?3 * 60000) / 86400000"
_LINES: Final = """
(SELECT coalesce(sum(discount), 0) FROM sale_line l WHERE l.sale_id = s.id) AS discount,
(SELECT coalesce(sum(cost), 0) FROM sale_line l WHERE l.sale_id = s.id) AS cost,
(SELECT coalesce(sum(amount), 0) FROM sale_line l WHERE l.sale_id = s.id AND l.cost IS NOT NULL) AS costed
"""

HOURS: Final = f"""
SELECT day, hour, cashier, sum(kind = 'sale') AS sales, sum(total) AS turnover, sum(discount) AS discount, sum(rounding) AS rounding,
  sum(cost) AS cost, sum(costed) AS costed, sum(kind = 'void') AS voids, sum((kind = 'void') * total) AS voided,
  sum(kind = 'refund') AS refunds, sum((kind = 'refund') * total) AS refunded
FROM (SELECT {_DAY} AS day, (s.at + {SURABAYA_MS}) / 3600000 % 24 AS hour, s.cashier, s.kind, s.total, s.rounding, {_LINES}
  FROM sale s WHERE {_SOLD}) GROUP BY day, hour, cashier
"""
PRODUCTS: Final = f"""
SELECT {_DAY} AS day, l.product_uid, sum(l.quantity) AS quantity, sum(l.amount) AS amount, coalesce(sum(l.cost), 0) AS cost,
  sum(CASE WHEN l.cost IS NULL THEN 0 ELSE l.amount END) AS costed
FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id WHERE {_SOLD} GROUP BY 1, 2
"""
TENDERS: Final = f"""
SELECT {_DAY} AS day, p.tender, count(*) AS payments, sum(p.amount) AS amount
FROM sale s CROSS JOIN payment p ON p.sale_id = s.id WHERE {_SOLD} GROUP BY 1, 2
"""
"""Sums of the sales after one and up to another. Parameters: row ids of the two, and the minutes after midnight at which a day begins."""

PARTS: Final = (
    ("report_hour", "day, hour, cashier", SUMS, HOURS),
    ("report_product", "day, product_uid", ("quantity", "amount", "cost", "costed"), PRODUCTS),
    ("report_tender", "day, tender", ("payments", "amount"), TENDERS),
)
ROLL: Final = tuple(
    f"INSERT INTO {table} ({keys}, {', '.join(sums)}) SELECT * FROM ({source}) WHERE true"
    f" ON CONFLICT ({keys}) DO UPDATE SET {', '.join(f'{name} = {name} + excluded.{name}' for name in sums)}"
    for table, keys, sums, source in PARTS
)
_MARK: Final = "SELECT sale_id, cutoff FROM report_mark WHERE id = 1"
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM sale"


class Rollups(WorkBase):
    """The sums' part of a unit of work."""

    def roll_up(self, cutoff: int | None = None, most: int = PORTION) -> int:
        """Put further sales into the sums of their days. Returns how many sales are still to come.

        Args:
            cutoff: minutes after midnight at which the shop's day begins; with another one than before all is summed anew.
                None: as before.
        """
        mark = self._one(_MARK)
        done, kept = mark if mark else (0, cutoff or 0)
        cutoff = kept if cutoff is None else cutoff
        if kept != cutoff:
            self.forget_sums()
            done = 0
        newest: int = self._one(_NEWEST)[0]
        upto = min(newest, done + most)
        if upto > done:
            for statement in ROLL:
                self._run(statement, (done, upto, cutoff))
        if upto > done or kept != cutoff or mark is None:
            self._run("INSERT OR REPLACE INTO report_mark (id, sale_id, cutoff) VALUES (1, ?, ?)", (upto, cutoff))
        return newest - upto

    def forget_sums(self) -> None:
        """Drop all sums: the next `roll_up` begins with the first sale."""
        for table, *_ in PARTS:
            self._run(f"DELETE FROM {table}")
        self._run("DELETE FROM report_mark")
