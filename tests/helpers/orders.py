"""Online orders as the server tells them, and the server's own seal on their pickup codes, in a test's hands."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pos.domain.order import Order, OrderLine, OrderStatus
from pos.services.ports import Till
from pos.sync import protocol as wire

_MINUTE = 60_000
UID = "a1" * 16


class Seal:
    """The key with which the server signs pickup codes."""

    def __init__(self, seed: int = 7) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)

    @property
    def public(self) -> str:
        """As a till is told it at pairing."""
        return wire.b64(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def code(self, order_uid: str, short_code: str = "7K241") -> str:
        """The text in the QR of an order."""
        return wire.pickup_text(order_uid, short_code, self._key.sign(wire.pickup_claim(order_uid, short_code)))


SEAL = Seal()
"""The server of these tests."""


def line(name: str, quantity: int = 1, price: int = 3_500, *, product: str = "f0" * 16) -> OrderLine:
    return OrderLine(product, name, "pcs", 1, quantity, price, price * quantity)


LINES = (line("Minyak goreng 1 liter", 2, 18_500), line("Beras ramos 5 kg", 1, 37_500))


def order(
    uid: str = UID,
    number: str = "4821",
    status: str = "placed",
    lines: tuple[OrderLine, ...] = LINES,
    *,
    now: int = 1_795_564_800_000,
    buyer: str = "Rina W.",
    version: int = 1,
    short_code: str = "7K241",
) -> Order:
    """An order of `now`, to be answered within 20 minutes and fetched within the hour after next."""
    sealed = status in ("accepted", "ready", "picked_up")
    return Order(
        uid,
        number,
        OrderStatus.read(status),
        status,
        version,
        buyer,
        "3841",
        "ASN",
        lines,
        sum(item.amount for item in lines),
        True,
        now,
        now + 20 * _MINUTE,
        now + 60 * _MINUTE,
        now + 120 * _MINUTE,
        pickup_code=SEAL.code(uid, short_code) if sealed else "",
        short_code=short_code if sealed else "",
    )


def arrive(till: Till, *orders: Order, **shop: object) -> None:
    """The feed brings orders; `shop` sets columns of the shop's row (a cap, a name)."""
    with till.store.begin() as work:
        work.set_shop(server_key=SEAL.public, **shop)
        for item in orders:
            work.put_order(item)
        work.commit()


def answered(till: Till, uid: str, status: str) -> None:
    """The server's answer to what the shop asked: the order in its next version."""
    held = till.store.read.order(uid)
    assert held is not None
    fresh = order(held.uid, held.number, status, held.lines, now=held.placed_at, buyer=held.buyer, version=held.version + 1)
    arrive(till, replace(fresh, deadline_at=held.deadline_at))
