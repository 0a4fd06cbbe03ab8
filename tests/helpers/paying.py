"""Paying in tests: customers, baskets that are paid in every way, and QRs whose state the server tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pos.domain.basket import Basket
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval, Role
from pos.domain.qris import build, parse, to_dynamic
from pos.domain.qris_request import IssuedQr, QrisRequest
from pos.domain.sale import Sale, Tender, TenderState
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, qris
from pos.services.customers import add_customer
from pos.services.people import add_first_owner, add_user, sign_in
from pos.services.permission import approve
from pos.services.ports import Till
from pos.services.selling import scan
from pos.services.selling_lines import set_customer

if TYPE_CHECKING:
    from tests.helpers.counter_window import QuietBackstage

NMID = "ID1099000000001"
MI, KOPI, SABUN = "089686010947", "8991002105485", "8999999036607"
"""Codes of `shops.SHELF`: Rp3.500, Rp1.500, Rp4.000."""
OWNER_PIN = "2580"


def sticker(nmid: str = NMID, merchant: str = "Toko Uji Sinar") -> str:
    """A static code as it hangs on a counter, made up."""
    national = f"0014ID.CO.QRIS.WWW02{len(nmid):02d}{nmid}0303UMI"
    return build(
        (
            ("00", "01"),
            ("01", "11"),
            ("26", "0011ID.UJI.WWW01189360099900000000010211000000000010303UMI"),
            ("51", national),
            ("52", "5411"),
            ("53", "360"),
            ("58", "ID"),
            ("59", merchant),
            ("60", "SURABAYA"),
        )
    )


def basket_of(till: Till, *codes: str, customer: Customer | None = None) -> Basket:
    """Scanned goods on the counter, for a customer where one is named."""
    for code in codes:
        basket, _ = scan(till, code)
    return set_customer(till, customer.uid, customer.name, customer.group) if customer is not None else basket


def known_customer(till: Till, name: str = "Bu Wati", limit: int = 50_000, days: int = 14) -> Customer:
    return add_customer(till, name, "081234567890", limit=limit, due_days=days)


def sell_for(
    till: Till, *parts: Part, codes: tuple[str, ...] = (MI,), customer: Customer | None = None, kept: Leftover | None = None
) -> Sale:
    """Scan and pay in the ways given."""
    return checkout.pay(till, basket_of(till, *codes, customer=customer), parts, kept)


def sell_on_credit(till: Till, customer: Customer, *codes: str) -> Sale:
    """All of it on the customer's book."""
    basket = basket_of(till, *codes, customer=customer)
    return checkout.pay(till, basket, [Part(Tender.CREDIT, basket.total)])


def shown(till: Till, amount: int, basket: Basket | None = None) -> QrisRequest:
    """A QR that the server issued and the customer sees."""
    uid = till.ids.new()
    issued = IssuedQr(uid, sticker(), till.clock.now() + 300_000, NMID, "Toko Uji Sinar")
    return qris.remember_issued(till, basket.uid if basket else "", amount, issued)


def told(till: Till, request: QrisRequest, state: TenderState = TenderState.PAID, amount: int | None = None) -> bool:
    """What the server says of a QR, as the feed brings it."""
    with till.store.begin() as work:
        changed = work.put_qris_state(request.uid, state, request.amount if amount is None else amount, till.clock.now())
        work.commit()
    return changed


def with_guards(till: Till) -> None:
    """A shop with an owner's PIN, and a cashier at the counter: what needs a role asks."""
    owner = add_first_owner(till, "Pak Joyo", OWNER_PIN)
    cashier = add_user(till, "Bu Sari", Role.CASHIER)
    assert owner.has_pin
    sign_in(till, cashier.uid)


def owner_says(till: Till, act: Act) -> Approval:
    """The owner's PIN, in place."""
    return approve(till, act, OWNER_PIN)


class QuickDesk:
    """`ports.QrisDesk` of a server that issues at once."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self.asked: list[tuple[str, int, str]] = []

    def issue(self, uid: str, amount: int, reference: str) -> IssuedQr:
        self.asked.append((uid, amount, reference))
        return IssuedQr(uid, to_dynamic(parse(sticker()), amount), self._till.clock.now() + 300_000, NMID, "Toko Uji Sinar")


def pair(till: Till, backstage: QuietBackstage) -> QuickDesk:
    """A line to a server that issues QRs."""
    with till.store.begin() as work:
        work.set_shop(uid="a" * 32, device="b" * 32, central_url="https://epeken.test")
        work.commit()
    backstage.qr_desk = desk = QuickDesk(till)
    return desk


def refusal(verb: object) -> ErrorCode:
    assert callable(verb)
    with pytest.raises(ShopError) as refused:
        verb()
    return refused.value.code


def expected(till: Till) -> int:
    session = till.store.read.session()
    assert session is not None
    return session.expected


def told_operations(till: Till) -> list[tuple[str, dict[str, object]]]:
    return [(item.kind, json.loads(item.payload)) for item in till.store.read.waiting_operations(500)]
