"""Reads of the drawer's day: what should be in it, what was counted, and the Z reports. Each from one moment of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos.local_db.query_base import QueryBase

if TYPE_CHECKING:
    # what it takes to add up a day is imported when somebody asks: the till starts without it
    from pos.domain.cash_movement import CashMovement
    from pos.domain.drawer_report import DrawerReport
    from pos.services.people_views import CashFlow, DrawerCount, ZRow

_Z_ROWS: Final = "SELECT number, session_uid, at, cashier, expected, counted, turnover FROM z_report ORDER BY number DESC LIMIT ? OFFSET ?"
_MOVEMENTS: Final = (
    "SELECT uid, session_uid, at, amount, reason, cashier, note, category FROM cash_movement WHERE session_uid = ? ORDER BY place, at"
)
_COUNT: Final = """
SELECT c.uid, c.session_uid, c.at, c.cashier, c.total, c.pieces FROM drawer d CROSS JOIN drawer_count c ON c.session_uid = d.session_uid
WHERE d.open = 1 ORDER BY c.place DESC LIMIT 1
"""
_SINCE: Final = """
SELECT y.received, y.change, y.notes FROM drawer_count c CROSS JOIN sale s ON s.session_uid = c.session_uid AND s.id > c.after_sale
CROSS JOIN payment y ON y.sale_id = s.id WHERE c.uid = ? AND y.tender = 'cash' ORDER BY s.id, y.position
"""
_MOVED_SINCE: Final = """
SELECT max(0, m.amount), max(0, -m.amount) FROM drawer_count c
CROSS JOIN cash_movement m ON m.session_uid = c.session_uid AND m.place > c.after_movement WHERE c.uid = ? ORDER BY m.place
"""


class DrawerQueries(QueryBase):
    """The drawer's part of `services.ports.Queries`."""

    def drawer_report(self, session_uid: str, at: int) -> DrawerReport | None:
        from pos.local_db.drawer_sums import report_of_session

        with self._readers.moment():
            return report_of_session(self._rows, session_uid, at)

    def z_report(self, number: int) -> DrawerReport | None:
        from pos.local_db.drawer_body import report_of

        row = self._row("SELECT body FROM z_report WHERE number = ?", (number,))
        return report_of(row[0]) if row else None

    def z_reports(self, offset: int, limit: int) -> list[ZRow]:
        from pos.services.people_views import ZRow

        return [ZRow(*row) for row in self._rows(_Z_ROWS, (limit, offset))]

    def cash_movements(self, session_uid: str) -> list[CashMovement]:
        from pos.local_db.drawer_sums import movement_of

        return [movement_of(*row) for row in self._rows(_MOVEMENTS, (session_uid,))]

    def last_count(self) -> DrawerCount | None:
        from pos.local_db.drawer_sums import count_of

        row = self._row(_COUNT)
        return count_of(*row) if row else None

    def cash_since(self, count_uid: str) -> list[CashFlow]:
        from pos.local_db.drawer_sums import flow_of

        with self._readers.moment():
            return [flow_of(*row) for sql in (_SINCE, _MOVED_SINCE) for row in self._rows(sql, (count_uid,))]
