"""Reads of the books: kept sums of sold days, and with them the sales that are not in the sums yet. Quick at a million sales as at ten."""

from __future__ import annotations

from typing import Final

from pos.domain.money import Rupiah
from pos.local_db.goods_queries import LOOKS
from pos.local_db.query_base import QueryBase
from pos.local_db.rollups import HOURS, PRODUCTS, SUMS, TENDERS
from pos.local_db.units import UNITS_PER_PRODUCT
from pos.services.report_views import HourTakings, OnlineTakings, ProductTakings, StockWorth, Takings, TakingsBy, TenderTakings

_MARK: Final = "SELECT sale_id, cutoff FROM report_mark WHERE id = 1"
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM sale"
_SUM: Final = ", ".join(f"sum({name})" for name in SUMS)
_OWN_SUMS: Final = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
# ?4 and ?5: first and last day. Kept sums are those of the days that begin at ?3; ?1 is the last sale in them
_HOURS: Final = f"""
SELECT day, hour, cashier, {_SUM} FROM (
  SELECT day, hour, cashier, {", ".join(SUMS)} FROM report_hour WHERE day BETWEEN ?4 AND ?5 AND ?1 > 0
  UNION ALL SELECT * FROM ({HOURS}) WHERE day BETWEEN ?4 AND ?5
) GROUP BY day, hour, cashier ORDER BY day, hour, cashier
"""
# kept sums are summed by themselves first: what then meets the fresh sales (and the twins of products) is some thousand rows at most,
# not a row of every day of some years
_TAKINGS: Final = f"""
SELECT {{by}}, {_SUM} FROM (
  SELECT {{by}}, {_OWN_SUMS} FROM report_hour WHERE day BETWEEN ?4 AND ?5 AND ?1 > 0 GROUP BY 1
  UNION ALL SELECT {{by}}, {", ".join(SUMS)} FROM ({HOURS}) WHERE day BETWEEN ?4 AND ?5
) GROUP BY 1 ORDER BY 1
"""
_PRODUCTS: Final = f"""
SELECT t.product_uid, coalesce(p.name, ''),
  coalesce(p.category, ''), coalesce({LOOKS}, ''), coalesce(u.name, ''), coalesce(u.factor, 1), t.quantity, t.amount, t.cost, t.costed
FROM (SELECT coalesce(a.kept_uid, f.product_uid) AS product_uid, sum(quantity) AS quantity, sum(amount) AS amount, sum(cost) AS cost,
  sum(costed) AS costed FROM (
  SELECT product_uid, sum(quantity) AS quantity, sum(amount) AS amount, sum(cost) AS cost, sum(costed) AS costed
  FROM report_product WHERE day BETWEEN ?4 AND ?5 AND ?1 > 0 GROUP BY 1
  UNION ALL SELECT product_uid, quantity, amount, cost, costed FROM ({PRODUCTS}) WHERE day BETWEEN ?4 AND ?5
) f LEFT JOIN product_alias a ON a.product_uid = f.product_uid GROUP BY 1) t LEFT JOIN product p ON p.uid = t.product_uid
LEFT JOIN product_unit u ON u.id = p.id * {UNITS_PER_PRODUCT} + p.sell_unit ORDER BY t.amount DESC, t.product_uid
"""
_TENDERS: Final = f"""
SELECT tender, sum(payments), sum(amount) FROM (
  SELECT day, tender, payments, amount FROM report_tender WHERE day BETWEEN ?4 AND ?5 AND ?1 > 0
  UNION ALL SELECT * FROM ({TENDERS}) WHERE day BETWEEN ?4 AND ?5
) GROUP BY tender ORDER BY 3 DESC, tender
"""
_WORTH: Final = """
SELECT coalesce(sum(s.cost), 0), count(*), coalesce(sum(p.cost_quantity <= 0), 0)
FROM stock s JOIN product p ON p.uid = s.product_uid WHERE s.on_hand > 0 AND p.deleted = 0
"""
_ONLINE: Final = """
SELECT count(*), coalesce(sum(o.total), 0) FROM pickup k JOIN online_order o ON o.uid = k.order_uid WHERE k.at >= ? AND k.at < ?
"""

_VARIANCE: Final = """
SELECT coalesce(sum(variance), 0) FROM (
  SELECT variance FROM stock_movement WHERE variance != 0 AND at >= ?1 AND at < ?2
  UNION ALL SELECT variance FROM stock_revaluation WHERE variance != 0 AND at >= ?1 AND at < ?2
)
"""


class ReportQueries(QueryBase):
    """The books' part of `services.ports.Queries`."""

    def report_hours(self, first: int, last: int, cutoff: int) -> list[HourTakings]:
        with self._readers.moment():
            rows = self._rows(_HOURS, self._span(first, last, cutoff))
        return [HourTakings(day, hour, cashier, Takings(*sums)) for day, hour, cashier, *sums in rows]

    def report_takings(self, first: int, last: int, cutoff: int, by: TakingsBy) -> list[tuple[int | str, Takings]]:
        with self._readers.moment():
            rows = self._rows(_TAKINGS.format(by=by.value), self._span(first, last, cutoff))
        return [(key, Takings(*sums)) for key, *sums in rows]

    def report_products(self, first: int, last: int, cutoff: int) -> list[ProductTakings]:
        with self._readers.moment():
            return [ProductTakings(*row) for row in self._rows(_PRODUCTS, self._span(first, last, cutoff))]

    def report_tenders(self, first: int, last: int, cutoff: int) -> list[TenderTakings]:
        with self._readers.moment():
            return [TenderTakings(*row) for row in self._rows(_TENDERS, self._span(first, last, cutoff))]

    def report_behind(self, cutoff: int) -> int:
        with self._readers.moment():
            newest: int = self._row(_NEWEST)[0]
            return newest - self._kept(cutoff)

    def stock_worth(self) -> StockWorth:
        return StockWorth(*self._row(_WORTH))

    def cost_variance(self, start: int, end: int) -> Rupiah:
        found: Rupiah = self._row(_VARIANCE, (start, end))[0]
        return found

    def online_takings(self, start: int, end: int) -> OnlineTakings:
        return OnlineTakings(*self._row(_ONLINE, (start, end)))

    def _span(self, first: int, last: int, cutoff: int) -> tuple[int, int, int, int, int]:
        return self._kept(cutoff), self._row(_NEWEST)[0], cutoff, first, last

    def _kept(self, cutoff: int) -> int:
        """The last sale that is in the sums of days that begin so; 0 when all must be counted from the facts."""
        mark = self._row(_MARK)
        return mark[0] if mark and mark[1] == cutoff else 0
