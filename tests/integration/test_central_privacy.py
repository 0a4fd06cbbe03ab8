"""Nobody reads what is not theirs: shops, tills and buyers each see their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from central.logs import JsonLines
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, OnlineBuyer, Reply, an_id, goods, sale, stock

NewTill = Callable[..., CounterTill]
NewBuyer = Callable[..., OnlineBuyer]
MI = an_id("Indomie")


def test_no_shop_is_told_anything_of_another(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, new_till: NewTill) -> None:
    other_shop = city.shop("Toko Makmur")
    other = new_till(city, other_shop)
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}), sale({MI: 1}))
    buyer.buy(shop, {MI: 1})
    changes = other.pull_all()
    assert [(change.kind, change.uid) for change in changes] == [("shop", other_shop)]
    assert other.pull(want_digest=True).digest == wire.Digest(products=0, movements=0, on_hand=0, open_orders=0, prices=0)
    assert city.summary(other_shop) == {"sales": 0, "turnover": 0, "duplicates": 0, "quarantined": 0, "stock": {}, "orders": {}}


def test_the_same_ids_in_two_shops_are_two_things(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    other_shop = city.shop("Toko Makmur")
    other = new_till(city, other_shop)
    for who, count in ((till, 10), (other, 20)):
        answer = who.push(
            who.operation(stock({MI: count}), id=an_id("same")),
            who.operation(wire.ProductPayload(products=(goods("Indomie", price=count),)), id=an_id("same too"), ahead=2),
        )
        assert [result.status for result in answer.results] == ["applied", "applied"]
    assert [city.summary(place)["stock"] for place in (shop, other_shop)] == [{MI: 10}, {MI: 20}]


def test_a_cursor_of_another_shop_shows_nothing(city: City, till: CounterTill, new_till: NewTill) -> None:
    other = new_till(city, city.shop("Toko Makmur"))
    till.push(stock({MI: 10}))
    till.pull_all()
    other.cursor = till.cursor
    assert other.sync().code == "cursor_too_old"


def test_a_shop_cannot_touch_another_shops_order(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, new_till: NewTill) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}))
    order = buyer.buy(shop, {MI: 1})
    accept = wire.OrderCommandPayload(order=order.uid, command="accept", expected_version=2)
    other = new_till(city, city.shop("Toko Makmur"))
    assert [result.code for result in other.push(accept).results] == ["order_unknown"]
    till.push(accept)
    code = buyer.see(order.uid).pickup_code
    stolen = wire.OrderPickedUpPayload(order=order.uid, code=code)
    assert [result.code for result in other.push(stolen).results] == ["order_unknown"]
    assert buyer.see(order.uid).status == "accepted"


def test_a_buyer_sees_their_own_orders_only(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, new_buyer: NewBuyer) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}))
    order = buyer.place(shop, {MI: 1}, id=an_id("order"))
    other = new_buyer(city, "Budi Santoso")
    for method, path in (("GET", ""), ("POST", "/pay"), ("POST", "/cancel")):
        reply = other.ask(method, f"/v1/buyer/orders/{order.uid}{path}")
        assert (reply.status, reply.code) == (404, "order_unknown")
    assert other.place(shop, {MI: 1}, id=an_id("order")).uid != order.uid, "another's id is not one's own"
    assert buyer.see(order.uid).status == "placed"


def test_neither_door_takes_the_others_key(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer) -> None:
    request = wire.encode(wire.SyncRequest(protocol=1, cursor=""))
    assert till.post("/v1/sync", request, buyer.token).code == "token_wrong"
    buyer.token = till.access
    assert refused(buyer.ask("GET", f"/v1/buyer/shops/{shop}/goods")) == (401, "token_wrong")
    buyer.token = ""
    assert refused(buyer.ask("GET", f"/v1/buyer/shops/{shop}/goods")) == (401, "token_missing")


def rename(city: City, before: str, after: str) -> None:
    with city.database.write() as connection:
        connection.execute(text(f"ALTER TABLE online_order RENAME COLUMN {before} TO {after}"))


def test_a_fault_writes_no_buyer_into_the_log(
    city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, caplog: pytest.LogCaptureFixture
) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}))
    rename(city, "reason", "gone")
    try:
        assert buyer.try_place(shop, {MI: 1}, note="rumah pagar hijau").status >= 500
    finally:
        rename(city, "gone", "reason")
    written = "".join(JsonLines().format(record) for record in caplog.records)
    assert "online_order" in written
    assert not [told for told in ("Rina", "3841", "rumah pagar hijau") if told in written]


def test_places_that_are_none_say_so(buyer: OnlineBuyer, till: CounterTill) -> None:
    for wrong in ("nonsense", "0" * 32, "%00", "..%2f..", "x" * 5_000):
        assert refused(buyer.ask("GET", f"/v1/buyer/shops/{wrong}/goods"))[0] == 404
        assert refused(buyer.ask("GET", f"/v1/buyer/orders/{wrong}"))[0] == 404
    assert refused(buyer.ask("DELETE", "/v1/buyer/orders")) == (405, "method_not_allowed")
    assert refused(buyer.ask("GET", "/v2/sync")) == (404, "no_such_place")


def refused(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.code


def test_a_persons_name_is_shortened_and_a_departments_is_not(city: City, shop: str, till: CounterTill, new_buyer: NewBuyer) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 10}))
    for name, kind in (("Rina Wati Lestari", "ASN"), ("Dinas Sosial", "OPD")):
        new_buyer(city, name=name, kind=kind).buy(shop, {MI: 1})
    assert sorted(order.buyer for order in till.orders().values()) == ["Dinas Sosial", "Rina L."]
