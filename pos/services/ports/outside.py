"""What lies outside the shop's memory: clock, randomness, paper, wire, secrets, as protocols. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos.domain.cash_session import CashSession
from pos.domain.order import Order, OrderStep
from pos.domain.product import Product
from pos.domain.sale import Sale
from pos.domain.stock import StockMovement
from pos.services.views import (
    ShopIdentity,
)


class Clock(Protocol):
    """Time, handed in. Never used to decide what happened, only to say when."""

    def now(self) -> int:
        """UTC milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds, only ever growing."""
        ...


class Ids(Protocol):
    """Randomness, handed in."""

    def new(self) -> str:
        """32 lower-case hex digits."""
        ...


class Paper(Protocol):
    """Turns facts into frozen bytes for the shop's printer. Pure: no printer is touched."""

    @property
    def printer(self) -> str:
        """Name of the printer that receipts go to; empty when none is set (then nothing is queued)."""
        ...

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def test_page(self, shop: ShopIdentity, at: int) -> bytes: ...

    def drawer_kick(self) -> bytes:
        """Empty when the printer has no drawer."""
        ...


class Wire(Protocol):
    """Facts as operations of the protocol: (kind, payload bytes)."""

    def sale(self, sale: Sale) -> tuple[str, bytes]: ...

    def stock(self, reason: str, movements: Sequence[StockMovement]) -> tuple[str, bytes]: ...

    def products(self, products: Sequence[Product]) -> tuple[str, bytes]: ...

    def session_opened(self, session: CashSession) -> tuple[str, bytes]: ...

    def session_closed(self, session_uid: str, expected: int, counted: int) -> tuple[str, bytes]: ...

    def order_command(self, order: Order, step: OrderStep, reason: str) -> tuple[str, bytes]: ...

    def order_picked_up(self, order_uid: str, code: str) -> tuple[str, bytes]: ...

    def verify_pickup(self, code: str, server_key: str) -> tuple[str, str]:
        """(order uid, short code) of a scanned code whose signature is the server's.

        Raises:
            ShopError: PICKUP_CODE_UNREADABLE, PICKUP_CODE_FORGED.
        """
        ...


class Secrets(Protocol):
    """Keys and tokens. Raises ShopError NO_KEYRING where there is nowhere safe to keep them."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...
