"""Where the server issues a QR for a payment: `services.ports.QrisDesk`. Owns one connection; whether a QR was paid comes by the feed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.qris_request import IssuedQr
from pos.sync import protocol as wire
from pos.sync.client import CentralClient
from pos.sync.encoding import check_numbers

_LONGEST: Final = 64


class CentralDesk:
    """May be called from any thread; one QR at a time."""

    def __init__(self, connect: Callable[[], CentralClient], here: Callable[[int], int]) -> None:
        """`here`: a moment of the server's clock as the till's own shows it."""
        self._connect = connect
        self._here = here
        self._lock = threading.Lock()

    def issue(self, uid: str, amount: Rupiah, reference: str) -> IssuedQr:
        """A dynamic QR; the same `uid` again gives the same one.

        Raises:
            ShopError: NO_LINE, TLS_FAILED, CLOCK_WRONG, NOT_PAIRED, DEVICE_REVOKED, QRIS_NOT_SET, CENTRAL_REFUSED, CENTRAL_UNREADABLE.
        """
        with self._lock:
            client = self._connect()
            try:
                told = client.issue_qris(wire.IssueQris(id=uid, amount=amount, reference=reference[:_LONGEST]))
            finally:
                client.close()
        try:
            check_numbers(told.expires_at)
        except ValueError:
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="number") from None
        if told.uid != uid:
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="another")
        return IssuedQr(told.uid, told.payload, self._here(told.expires_at), told.nmid, told.merchant)
