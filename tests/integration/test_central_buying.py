"""What a buyer may buy of a shop, at which price, and what is kept of a buyer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central.world import HOUR, MINUTE
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, OnlineBuyer, an_id, goods, sale, stock, unit_of
from tests.helpers.city_sums import check_sums

NewTill = Callable[..., CounterTill]
NewBuyer = Callable[..., OnlineBuyer]
MI, TEH = an_id("Indomie"), an_id("Teh Pucuk")


@pytest.fixture
def till(city: City, shop: str, new_till: NewTill) -> CounterTill:
    """A till of a shop with ten of each."""
    made = new_till(city, shop)
    made.push(wire.ProductPayload(products=(goods("Indomie"), goods("Teh Pucuk", price=5_000))), stock({MI: 10, TEH: 10}))
    made.pull_all()
    return made


def tell(till: CounterTill, order: str, command: str, version: int, reason: str = "") -> tuple[str, str]:
    payload = wire.OrderCommandPayload(order=order, command=command, expected_version=version, reason=reason)
    (result,) = till.push(payload).results
    return result.status, result.code


def test_only_what_the_shop_lists_is_sold_online(till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    till.push(
        wire.ProductPayload(
            products=(
                goods("Hanya toko", listed_online=False),
                goods("Sudah tiada", deleted=True),
                goods("Tanpa harga", units=(wire.WireUnit(uid=an_id("u"), name="pcs", factor=1),)),
                goods("Nanti", units=(priced(an_id("Nanti"), wire.WirePrice(kind="retail", amount=1, starts_at=2**52)),)),
                goods("Grosir", units=(priced(an_id("Grosir"), wire.WirePrice(kind="wholesale", amount=1)),)),
            )
        )
    )
    assert [item.name for item in buyer.goods(shop)] == ["Indomie", "Teh Pucuk"]
    for name in ("Hanya toko", "Sudah tiada", "Nanti", "Grosir", "Tidak ada"):
        assert buyer.try_place(shop, {an_id(name): 1}, id=an_id(name + "!")).code == "goods_not_listed"


def priced(product: str, *prices: wire.WirePrice) -> wire.WireUnit:
    return wire.WireUnit(uid=unit_of(product), name="pcs", factor=1, prices=prices)


def test_the_price_is_the_newest_that_has_started_and_stays_as_it_was(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    now = city.clock.at
    prices = [
        wire.WirePrice(kind="retail", amount=amount, starts_at=at) for amount, at in ((3_000, 0), (3_200, now - 1), (9_000, now + HOUR))
    ]
    till.push(wire.ProductPayload(products=(goods("Indomie", units=(priced(MI, *prices),)),)))
    assert buyer.goods(shop)[0].price == 3_200
    order = buyer.buy(shop, {MI: 2})
    city.clock.pass_by(HOUR - MINUTE)
    till.push(wire.ProductPayload(products=(goods("Indomie", price=1),)))
    assert buyer.see(order.uid).total == 6_400


def test_a_buyer_gets_no_more_than_there_is(city: City, till: CounterTill, buyer: OnlineBuyer, new_buyer: NewBuyer, shop: str) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie", online_buffer=4),)))
    assert buyer.goods(shop)[0].sellable == 6
    assert buyer.try_place(shop, {MI: 7}).code == "too_few_left"
    other = new_buyer(city, "Budi")
    assert other.try_place(shop, {MI: 6}).status == 200
    assert buyer.try_place(shop, {MI: 1}).code == "too_few_left"
    till.push(sale({MI: 9}))
    assert buyer.goods(shop)[0].sellable == 0
    check_sums(city)


def test_larger_units_take_their_base_units(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    dus = wire.WireUnit(uid=an_id("dus"), name="dus", factor=4, prices=(wire.WirePrice(kind="retail", amount=13_000),))
    pcs = goods("Indomie").units[0]
    till.push(wire.ProductPayload(products=(goods("Indomie", units=(pcs, dus), sell_unit=1),)))
    listed = buyer.goods(shop)[0]
    assert (listed.unit, listed.factor, listed.sellable) == ("dus", 4, 2)
    items = (wire.BasketItem(product=MI, unit_uid=dus.uid, count=2), wire.BasketItem(product=MI, unit_uid=pcs.uid, count=2))
    reply = buyer.ask("POST", "/v1/buyer/orders", wire.PlaceOrder(id=an_id("1"), shop=shop, items=items))
    assert reply.read(wire.BuyerOrder).total == 33_000
    more = (wire.BasketItem(product=MI, unit_uid=pcs.uid, count=1),)
    assert buyer.ask("POST", "/v1/buyer/orders", wire.PlaceOrder(id=an_id("2"), shop=shop, items=more)).code == "too_few_left"
    check_sums(city)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x"},
        {"items": ()},
        {"items": (wire.BasketItem(product=MI, unit_uid="", count=0),)},
        {"items": (wire.BasketItem(product=MI, unit_uid="", count=1_000),)},
        {"items": (wire.BasketItem(product="no id", unit_uid="", count=1),)},
        {"items": (wire.BasketItem(product=MI, unit_uid="", count=1),) * 51},
        {"slot_from": 5, "slot_to": 1},
        {"slot_from": -1},
        {"slot_to": 2**60},
        {"slot_to": 2**53},
        {"note": "x" * 201},
        {"note": "\x00"},
    ],
)
def test_an_order_with_impossible_fields_is_refused(till: CounterTill, buyer: OnlineBuyer, shop: str, wrong: dict[str, object]) -> None:
    told = {"id": an_id("order"), "shop": shop, "items": (wire.BasketItem(product=MI, unit_uid="", count=1),)} | wrong
    reply = buyer.ask("POST", "/v1/buyer/orders", wire.PlaceOrder(**told))  # type: ignore[arg-type]
    assert (reply.status, reply.code) == (400, "field_invalid")


def test_a_buyer_holds_only_so_many_unpaid_orders(till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    placed = [buyer.place(shop, {MI: 1}, id=an_id(f"order {number}")) for number in range(5)]
    reply = buyer.try_place(shop, {MI: 1}, id=an_id("order 6"))
    assert (reply.status, reply.code) == (409, "too_many_unpaid")
    buyer.pay(placed[0].uid)
    assert buyer.try_place(shop, {MI: 1}, id=an_id("order 6")).status == 200


def test_a_shop_over_its_cap_drops_off_the_listing_and_its_tills_are_told(city: City, new_till: NewTill, buyer: OnlineBuyer) -> None:
    shop = city.shop(cap_amount=7_000)
    till = new_till(city, shop)
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}))
    first, second = buyer.buy(shop, {MI: 1}), buyer.buy(shop, {MI: 3})
    till.pull_all()
    assert tell(till, first.uid, "accept", 2) == ("applied", "")
    (told,) = [change.shop for change in till.pull_all() if change.shop is not None]
    assert (told.cap_amount, told.cap_used) == (7_000, 3_500)
    assert tell(till, second.uid, "accept", 2) == ("applied", ""), "the shop itself decides to cross it"
    assert buyer.goods(shop) == []
    assert buyer.try_place(shop, {MI: 1}, id=an_id("one more")).code == "cap_reached"
    assert tell(till, second.uid, "reject", 3) == ("applied", "")
    assert len(buyer.goods(shop)) == 1
    check_sums(city)


def test_no_more_of_a_buyer_is_kept_than_a_shop_needs(city: City, till: CounterTill, new_buyer: NewBuyer, shop: str) -> None:
    someone = new_buyer(city, "Siti Nur Aisyah", "0812-3456-7890")
    placed = someone.buy(shop, {MI: 1}, id=an_id("note"), note="titip satpam, WA 0812-3456-7890, NIK 3578012345678901")
    assert someone.buy(shop, {MI: 1}, id=an_id("note"), note="titip satpam, WA 0812-3456-7890, NIK 3578012345678901").uid == placed.uid
    kept = str([city.rows(f"SELECT * FROM {table}") for table in ("buyer", "online_order", "buyer_order")])
    assert "Siti A." in kept
    assert "titip satpam, WA ****7890, NIK ****" in kept
    assert "7890" in kept
    for secret in ("Aisyah", "Nur", "3456", "0812", "3578", someone.token):
        assert secret not in kept


def test_order_numbers_count_up_in_each_shop(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    assert [buyer.buy(shop, {MI: 1}, id=an_id(f"{place}")).number for place in range(3)] == ["1000", "1001", "1002"]
