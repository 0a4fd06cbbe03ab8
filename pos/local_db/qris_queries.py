"""Reads of QRs that were shown, and of money that came for them."""

from __future__ import annotations

from typing import Any, Final

from pos.domain.qris_request import LateMoney, QrisRequest, QrisSource
from pos.domain.sale import TenderState
from pos.local_db.query_base import QueryBase

_REQUEST: Final = (
    "SELECT uid, basket_uid, amount, payload, source, nmid, merchant, issued_at, expires_at, state, state_at, confirmed_by, sale_uid, late"
    " FROM qris_request"
)
_LOOSE: Final = "state IN ('paid', 'paid_late') AND sale_uid = '' AND late = ''"
_LATE: Final = f"{_REQUEST} WHERE {_LOOSE} ORDER BY state_at DESC LIMIT ?"
_CLOSED: Final = f"{_REQUEST} WHERE late != '' ORDER BY state_at DESC LIMIT ?"


class QrisQueries(QueryBase):
    """The QRIS part of `services.ports.Queries`."""

    def qris_request(self, uid: str) -> QrisRequest | None:
        row = self._row(f"{_REQUEST} WHERE uid = ?", (uid,))
        return _request(row) if row else None

    def qris_of_basket(self, basket_uid: str) -> list[QrisRequest]:
        sql = f"{_REQUEST} WHERE basket_uid = ? AND sale_uid = '' ORDER BY issued_at DESC"
        return [_request(row) for row in self._rows(sql, (basket_uid,))]

    def qris_waiting(self) -> list[QrisRequest]:
        return [_request(row) for row in self._rows(f"{_REQUEST} WHERE state = 'waiting' ORDER BY issued_at")]

    def late_money(self, limit: int = 100) -> list[QrisRequest]:
        loose = self._rows(_LATE, (limit,))
        closed = self._rows(_CLOSED, (limit - len(loose),)) if len(loose) < limit else []
        return [_request(row) for row in (*loose, *closed)]

    def late_money_count(self) -> int:
        return int(self._row(f"SELECT count(*) FROM qris_request WHERE {_LOOSE}")[0])


def _request(row: Any) -> QrisRequest:
    uid, basket, amount, payload, source, nmid, merchant, issued_at, expires_at, state, state_at, by, sale, late = row
    return QrisRequest(
        uid,
        basket,
        amount,
        payload,
        QrisSource(source),
        nmid,
        merchant,
        issued_at,
        expires_at,
        TenderState(state),
        state_at,
        by,
        sale,
        LateMoney(late),
    )
