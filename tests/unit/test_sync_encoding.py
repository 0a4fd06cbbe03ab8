"""The shop's own things as the wire has them, and back."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain import correction
from pos.domain.barcode import judge, match_key
from pos.domain.credit import CreditEntry, CreditKind
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus, OrderStep
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, TenderState
from pos.domain.stock import MovementReason, StockMovement
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES
from pos.services.views import ShopIdentity
from pos.sync import protocol as wire
from pos.sync.encoding import WireEncoder, movement_from_wire, order_from_wire, product_from_wire, product_to_wire
from pos.ui.moments import clock_text
from tests.helpers.ids import CountingIds

AT = 1_800_000_000_000
_ids = CountingIds()
_names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
_codes = st.sampled_from(["8991002105485", "089686010947", "001", "xxxx", "2000010000005", "89910021054", "Kopi 1"])
_prices = st.lists(
    st.builds(
        Price,
        st.sampled_from(PriceKind),
        st.integers(0, 10**9),
        st.integers(1, 100),
        st.sampled_from(["", "warung"]),
        st.sampled_from([0, AT]),
    ),
    max_size=4,
    unique_by=lambda price: (price.kind, price.min_quantity, price.group, price.starts_at),
).map(tuple)
_units = st.lists(
    st.builds(
        lambda name, factor, prices, codes: Unit(_ids.new(), name, factor, prices, codes),
        _names,
        st.integers(1, 1_000),
        _prices,
        st.lists(_codes, max_size=2, unique=True).map(lambda codes: tuple(Barcode(code, match_key(code), judge(code)) for code in codes)),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def products(draw: st.DrawFn) -> Product:
    units = draw(_units)
    return Product(
        _ids.new(),
        draw(_names),
        draw(_names),
        draw(st.sampled_from(BaseUnit)),
        units,
        sell_unit=draw(st.integers(0, len(units) - 1)),
        brand=draw(_names),
        size=draw(_names),
        drawing=draw(st.sampled_from(["", "mi"])),
        cost_total=draw(st.integers(0, 10**6)),
        cost_quantity=draw(st.integers(0, 100)),
        min_stock=draw(st.integers(0, 50)),
        online_buffer=draw(st.integers(0, 5)),
        listed_online=draw(st.booleans()),
        regulation=draw(st.sampled_from(Regulation)),
        needs_review=draw(st.booleans()),
        version=draw(st.integers(0, 99)),
        consignor_uid=draw(st.sampled_from(["", "a" * 32])),
    )


@settings(derandomize=True, deadline=None, max_examples=200)
@given(products())
def test_a_product_comes_back_from_the_wire_as_it_was(product: Product) -> None:
    told = wire.decode(wire.encode(product_to_wire(product)), wire.WireProduct)
    assert product_from_wire(told, (product.cost_total, product.cost_quantity, product.needs_review, product.consignor_uid)) == product
    assert product_from_wire(told) == replace(product, cost_total=0, cost_quantity=0, needs_review=False, consignor_uid="")


@settings(derandomize=True, deadline=None, max_examples=50)
@given(products())
def test_one_fact_has_one_form(product: Product) -> None:
    assert WireEncoder().products([product]) == WireEncoder().products([replace(product, cost_total=1, needs_review=True)])


GOOD = product_to_wire(Product("a" * 32, "Kopi", "Minuman", BaseUnit.PCS, (Unit("b" * 32, "pcs", 1, (Price(PriceKind.RETAIL, 3_500),)),)))


@pytest.mark.parametrize(
    "fields",
    [
        {"units": ()},
        {"units": GOOD.units * 2},
        {"units": tuple(wire.WireUnit(uid=f"{number:032x}", name="pcs", factor=1) for number in range(1_001))},
        {"sell_unit": 1},
        {"sell_unit": -1},
        {"min_stock": 2**70},
        {"units": (wire.WireUnit(uid="b" * 32, name="pcs", factor=0),)},
        {"units": (wire.WireUnit(uid="b" * 32, name="pcs", factor=2**70),)},
        {"units": (wire.WireUnit(uid="b" * 32, name="pcs", factor=1, prices=(wire.WirePrice(kind="retail", amount=-1),)),)},
        {"units": (wire.WireUnit(uid="b" * 32, name="pcs", factor=1, prices=(wire.WirePrice(kind="retail", amount=10**13),)),)},
    ],
)
def test_what_cannot_be_sold_from_is_no_product(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cannot be sold from|impossible number"):
        product_from_wire(msgspec.structs.replace(GOOD, **fields))


def test_kinds_of_next_year_are_taken_for_what_is_safe() -> None:
    prices = (wire.WirePrice(kind="retail", amount=3_500), wire.WirePrice(kind="for_members", amount=100))
    told = msgspec.structs.replace(
        GOOD, base_unit="meter", regulation="new_law", units=(msgspec.structs.replace(GOOD.units[0], prices=prices),)
    )
    product = product_from_wire(told)
    assert (product.base_unit, product.regulation) == (BaseUnit.PCS, Regulation.NONE)
    assert [price.amount for price in product.units[0].prices] == [3_500]


def test_a_sale_says_what_the_struk_says() -> None:
    line = SaleLine("a" * 32, "b" * 32, "Kopi", "pcs", 1, 3, 3_500, 500, 10_000, 6_000)
    sale = Sale("c" * 32, "A1-7-CCCC", "d" * 32, "Bu Ani", AT, (line,), (Payment(Tender.CASH, 10_000, 20_000, 10_000),), 10_000)
    kind, payload = WireEncoder().sale(sale)
    told = wire.decode(payload, wire.SalePayload)
    assert kind == "sale@1"
    assert (told.receipt, told.session, told.total) == (sale.number, sale.session_uid, 10_000)
    assert sum(item.amount for item in told.lines) + told.rounding == told.total == sum(item.amount for item in told.payments)
    assert (told.kind, told.cashier, told.customer) == ("sale", "Bu Ani", "")
    assert b"cost" not in payload


def test_a_correction_names_its_sale_and_everything_in_it_is_negative() -> None:
    line = SaleLine("a" * 32, "b" * 32, "Kopi", "pcs", 1, 3, 3_500, 500, 10_000, 6_000)
    paid = (Payment(Tender.CREDIT, 4_000, 4_000), Payment(Tender.QRIS, 6_000, 6_000, state=TenderState.PAID, reference="e" * 32))
    bought = Sale("c" * 32, "A1-7-CCCC", "d" * 32, "Bu Ani", AT, (line,), paid, 10_000)
    bought = replace(bought, customer_uid="f" * 32, customer_name="Bu Wati Sulastri")
    undone = correction.void(bought, correction.Book(debt=4_000))
    back = replace(
        bought, uid="9" * 32, kind=SaleKind.VOID, corrects=bought.uid, lines=undone.lines, payments=undone.payments, total=undone.total
    )
    told = wire.decode(WireEncoder().sale(back)[1], wire.SalePayload)
    assert (told.kind, told.corrects, told.customer, told.total) == ("void", bought.uid, "f" * 32, -10_000)
    assert [(item.quantity, item.amount) for item in told.lines] == [(-3, -10_000)]
    assert sum(item.amount for item in told.payments) == told.total
    assert all(item.amount < 0 for item in told.payments)
    assert b"Wati" not in WireEncoder().sale(back)[1]


def test_a_repayment_and_a_tender_that_settled_later() -> None:
    entry = CreditEntry(CreditKind.REPAYMENT, AT, "A1-9-EEEE", -4_000, customer_uid="f" * 32, tender="cash", session_uid="d" * 32)
    kind, payload = WireEncoder().credit(entry)
    repaid = wire.decode(payload, wire.CreditPayload)
    assert (kind, repaid.customer, repaid.amount, repaid.reason, repaid.tender) == ("credit@1", "f" * 32, -4_000, "repayment", "cash")
    assert repaid.session == "d" * 32
    kind, payload = WireEncoder().tender_settled("c" * 32, 1, TenderState.PAID_LATE, "*** 4417")
    settled = wire.decode(payload, wire.TenderSettledPayload)
    assert (kind, settled.sale, settled.position, settled.state) == ("tender_settled@1", "c" * 32, 1, TenderState.PAID_LATE.value)


def test_a_stock_operations_lines_stand_where_the_movements_stand() -> None:
    movements = [StockMovement(f"{number:032x}", -number, MovementReason.DAMAGED, "e" * 32, number, AT) for number in range(3)]
    kind, payload = WireEncoder().stock("damaged", movements)
    told = wire.decode(payload, wire.StockPayload)
    assert kind == "stock@1"
    assert [(line.product, line.quantity) for line in told.lines] == [(item.product_uid, item.quantity) for item in movements]


def test_a_movement_with_an_impossible_number_is_none() -> None:
    told = wire.StockChange(product="a" * 32, quantity=2**70, reason="sale", cause="c" * 32, position=0, at=AT)
    with pytest.raises(ValueError, match="impossible number"):
        movement_from_wire(told)


# --- orders ---------------------------------------------------------------------------------------------------------------

SERVER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SERVER_KEY = wire.b64(SERVER.public_key().public_bytes_raw())
KEYS = {"": SERVER_KEY}
NOBODY = ShopIdentity("", "", "", "", "", "A", 1, "", "", "")
ORDER = "0123456789abcdef0123456789abcdef"
CODE = wire.pickup_text(ORDER, "7K241", SERVER.sign(wire.pickup_claim(ORDER, "7K241")))


def order(**fields: object) -> wire.WireOrder:
    line = wire.WireOrderLine(product="a" * 32, name="Kopi", unit="pcs", factor=1, quantity=2, unit_price=3_500, amount=7_000)
    told = {
        "uid": ORDER,
        "number": "4821",
        "status": "accepted",
        "version": 2,
        "buyer": "Rina W.",
        "buyer_phone4": "3841",
        "buyer_kind": "ASN",
        "lines": (line,),
        "total": 7_000,
        "paid": True,
        "placed_at": AT,
        "deadline_at": AT,
    }
    return msgspec.convert(told | fields, wire.WireOrder)


def test_an_order_carries_its_short_code_from_the_signed_one() -> None:
    told = order_from_wire(order(pickup_code=CODE))
    assert (told.status, told.short_code, told.pickup_code) == (OrderStatus.ACCEPTED, "7K241", CODE)
    assert order_from_wire(order()).short_code == ""
    assert order_from_wire(order(pickup_code="no code")).short_code == ""


def test_an_order_with_an_impossible_number_is_none() -> None:
    with pytest.raises(ValueError, match="impossible number"):
        order_from_wire(order(total=2**70))
    none = wire.WireOrderLine(product="a" * 32, name="Kopi", unit="pcs", factor=0, quantity=2, unit_price=3_500, amount=7_000)
    with pytest.raises(ValueError, match="impossible unit"):
        order_from_wire(order(lines=(none,)))


def test_a_paid_order_for_a_slot_without_a_date_is_packed_and_printed_all_the_same() -> None:
    far = order_from_wire(order(slot_from=2**53, slot_to=2**53, placed_at=-1, deadline_at=2**53, pickup_code=CODE))
    assert [clock_text(at) for at in (far.slot_from, far.slot_to, far.placed_at, far.deadline_at)] == ["07.00"] * 4
    assert PrinterPaper(PROFILES["generic58"], "id", "", "screen:").pickup(far, NOBODY)


def test_a_buyers_note_stays_one_line_of_what_can_be_seen() -> None:
    told = order_from_wire(order(note="kecap\n\n\n\nbotol\u202e kaca\x1bp\x00", buyer="Rina\tW.\u200b"))
    assert (told.note, told.buyer) == ("kecap botol kaca p", "Rina W.")


def test_a_code_names_the_key_that_signed_it_and_an_older_key_still_counts() -> None:
    newer = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    keys = {**KEYS, "K2B7": wire.b64(newer.public_key().public_bytes_raw())}
    code = wire.pickup_text(ORDER, "7K241", newer.sign(wire.pickup_claim(ORDER, "7K241")), "K2B7")
    assert code.startswith("EPK2:K2B7:")
    assert WireEncoder().verify_pickup(code, keys) == WireEncoder().verify_pickup(CODE, keys) == (ORDER, "7K241")
    with pytest.raises(ShopError) as told:
        WireEncoder().verify_pickup(code, KEYS)
    assert told.value.code is ErrorCode.PICKUP_CODE_FORGED


def test_a_code_that_the_server_signed_is_known_without_a_line() -> None:
    assert WireEncoder().verify_pickup(CODE, KEYS) == (ORDER, "7K241")
    assert WireEncoder().verify_pickup(f" {CODE.lower()} ", KEYS) == (ORDER, "7K241")


@pytest.mark.parametrize("typed", ["", "7K-241", "EPK1:x:y:z", "EPK2:" + CODE[5:], CODE[:30]])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ShopError) as told:
        WireEncoder().verify_pickup(typed, KEYS)
    assert told.value.code is ErrorCode.PICKUP_CODE_UNREADABLE


@pytest.mark.parametrize("key", [SERVER_KEY[::-1], "", "x", wire.b64(bytes(32))])
def test_a_code_that_another_hand_signed_is_forged(key: str) -> None:
    with pytest.raises(ShopError) as told:
        WireEncoder().verify_pickup(CODE, {"": key})
    assert told.value.code is ErrorCode.PICKUP_CODE_FORGED


@pytest.mark.parametrize("position", range(5, len(CODE), 7))
def test_a_code_changed_in_one_place_opens_nothing(position: int) -> None:
    other = "B" if CODE[position] != "B" else "C"
    with pytest.raises(ShopError):
        WireEncoder().verify_pickup(CODE[:position] + other + CODE[position + 1 :], KEYS)


@pytest.mark.parametrize(("step", "word"), [(OrderStep.ACCEPT, "accept"), (OrderStep.REJECT, "reject"), (OrderStep.READY, "ready")])
def test_a_step_names_the_version_it_was_taken_on(step: OrderStep, word: str) -> None:
    kind, payload = WireEncoder().order_command(order_from_wire(order()), step, "habis")
    told = wire.decode(payload, wire.OrderCommandPayload)
    assert kind == "order_command@1"
    assert (told.order, told.command, told.expected_version, told.reason) == (ORDER, word, 2, "habis")
