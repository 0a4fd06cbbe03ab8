"""The round trip: facts arrive once, whatever the line does; what cannot be read blocks nothing."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import text

from central.world import Settings
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, an_id, goods, packed, sale, stock

NewTill = Callable[..., CounterTill]
MI, TEH = an_id("Indomie"), an_id("Teh Pucuk")


def outcomes(answer: wire.SyncAnswer) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in answer.results]


def test_a_sale_arrives_with_its_lines_payment_and_stock(city: City, shop: str, till: CounterTill) -> None:
    till.push(wire.SessionOpenedPayload(session=an_id("shift"), float_amount=200_000), wire.ProductPayload(products=(goods("Indomie"),)))
    answer = till.push(stock({MI: 10}), sale({MI: 3}, session=an_id("shift")))
    assert outcomes(answer) == [("applied", ""), ("applied", "")]
    assert [result.flags for result in answer.results] == [(), ()]
    summary = city.summary(shop)
    assert (summary["sales"], summary["turnover"], summary["stock"]) == (1, 10_500, {MI: 7})
    assert city.rows("SELECT product, quantity, amount FROM sale_line") == [(MI, 3, 10_500)]
    assert city.rows("SELECT tender, amount, received, change FROM sale_payment") == [("cash", 10_500, 11_500, 1_000)]
    assert city.rows("SELECT reason, quantity FROM movement ORDER BY feed_seq") == [("opening", 10), ("sale", -3)]


def test_a_sale_is_a_fact_and_what_is_odd_about_it_is_a_flag(till: CounterTill) -> None:
    answer = till.push(sale({MI: 1}))
    assert outcomes(answer) == [("applied", "")]
    assert set(answer.results[0].flags) == {"product_unknown", "stock_negative", "session_unknown"}
    till.push(
        wire.SessionOpenedPayload(session=an_id("s"), float_amount=0), wire.SessionClosedPayload(session=an_id("s"), expected=0, counted=0)
    )
    assert "session_closed" in till.push(sale({MI: 1}, session=an_id("s"))).results[0].flags
    late = till.operation(sale({MI: 1}), at=10**17)
    assert "clock_absurd" in till.push(late).results[0].flags


def test_a_drawer_is_opened_and_counted_once(city: City, till: CounterTill) -> None:
    opened = wire.SessionOpenedPayload(session=an_id("shift"), float_amount=200_000, cashier="Sri")
    closed = wire.SessionClosedPayload(session=an_id("shift"), expected=250_000, counted=249_000)
    again = wire.SessionClosedPayload(session=an_id("shift"), expected=1, counted=1)
    strange = wire.SessionClosedPayload(session=an_id("another"), expected=5, counted=5)
    answer = till.push(opened, opened, closed, again, strange)
    assert [result.flags for result in answer.results] == [(), ("session_known",), (), ("session_closed",), ("session_unknown",)]
    told = city.rows("SELECT cashier, float_amount, expected, counted FROM cash_session ORDER BY counted DESC")
    assert told == [("Sri", 200_000, 250_000, 249_000), ("", 0, 5, 5)]


def test_more_requests_than_can_wait_are_told_to_come_again(till: CounterTill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("central.web.service.MOST_WAITING", 0)
    reply = till.sync()
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "busy", "5")


def test_a_batch_whose_answer_was_lost_counts_once(city: City, shop: str, till: CounterTill) -> None:
    batch = till.batch(till.operation(stock({MI: 10})), till.operation(sale({MI: 3}), ahead=2))
    first = till.sync(batch=batch).read(wire.SyncAnswer)
    again = till.sync(batch=batch).read(wire.SyncAnswer)
    assert outcomes(again) == [("duplicate", ""), ("duplicate", "")]
    assert [result.flags for result in again.results] == [result.flags for result in first.results]
    assert (again.acked_seq, again.chain_hash) == (first.acked_seq, first.chain_hash)
    assert city.summary(shop)["stock"] == {MI: 7}


def test_a_batch_that_overlaps_what_was_taken_goes_on_behind_it(city: City, shop: str, till: CounterTill) -> None:
    first = till.operation(stock({MI: 10}))
    second, third = till.operation(sale({MI: 1}), ahead=2), till.operation(sale({MI: 2}), ahead=3)
    till.sync(batch=till.batch(first, second)).read(wire.SyncAnswer)
    answer = till.sync(batch=till.batch(first, second, third)).read(wire.SyncAnswer)
    assert outcomes(answer) == [("duplicate", ""), ("duplicate", ""), ("applied", "")]
    assert answer.acked_seq == 3
    assert city.summary(shop)["stock"] == {MI: 7}


def test_an_old_request_that_arrives_late_changes_nothing(till: CounterTill) -> None:
    old = till.batch(till.operation(stock({MI: 10})))
    till.push(*old.operations)
    till.push(sale({MI: 1}), sale({MI: 2}))
    answer = till.sync(batch=old).read(wire.SyncAnswer)
    assert (outcomes(answer), answer.acked_seq, answer.fenced_epoch) == ([("duplicate", "")], 3, 0)


def test_an_id_with_another_content_is_an_incident_and_no_overwrite(city: City, shop: str, till: CounterTill) -> None:
    till.push(till.operation(stock({MI: 10}), id=an_id("one")))
    other = till.operation(stock({MI: 99}), id=an_id("one"))
    batch = till.batch(other, till.operation(sale({MI: 1}), ahead=2))
    for _ in range(2):
        answer = till.sync(batch=batch).read(wire.SyncAnswer)
        assert outcomes(answer)[0] == ("quarantined", "id_reused")
    assert answer.acked_seq == 3
    summary = city.summary(shop)
    assert (summary["stock"], summary["quarantined"]) == ({MI: 9}, 1)
    assert city.rows("SELECT code, payload FROM incident") == [("id_reused", wire.encode(stock({MI: 99})))]


def test_the_same_id_twice_in_one_batch_counts_once(city: City, shop: str, till: CounterTill) -> None:
    same = stock({MI: 10})
    batch = till.batch(
        till.operation(same, id=an_id("one")),
        till.operation(same, id=an_id("one"), ahead=2),
        till.operation(stock({MI: 5}), id=an_id("one"), ahead=3),
    )
    answer = till.sync(batch=batch).read(wire.SyncAnswer)
    assert outcomes(answer) == [("applied", ""), ("duplicate", ""), ("quarantined", "id_reused")]
    assert city.summary(shop)["stock"] == {MI: 10}


UNFIT = [
    (b'{"receipt": 1}', "sale@1", "unreadable"),
    (b'"text"', "sale@1", "unreadable"),
    (b"[[[[[[[[]]]]]]]]", "sale@1", "unreadable"),
    (b'{"anything": ["at", "all"]}', "sale@9", "kind_unknown"),
    (b"{}", "x" * 5_000, "kind_unknown"),
    (wire.encode(msgspec.structs.replace(sale({MI: 1}), total=1)), "sale@1", "sums_wrong"),
    (wire.encode(msgspec.structs.replace(sale({MI: 1}), payments=())), "sale@1", "sums_wrong"),
    (
        wire.encode(msgspec.structs.replace(sale({MI: 1}), payments=(wire.Payment(tender="cash", amount=3_500, received=9, change=0),))),
        "sale@1",
        "sums_wrong",
    ),
    (wire.encode(sale({"no id": 1})), "sale@1", "field_invalid"),
    (wire.encode(msgspec.structs.replace(sale({MI: 1}), receipt="A\x00B")), "sale@1", "field_invalid"),
    (wire.encode(stock({MI: 10**13})), "stock@1", "field_invalid"),
    (wire.encode(stock({MI: 1}, reason="Robert'); DROP TABLE")), "stock@1", "field_invalid"),
    (wire.encode(wire.SessionOpenedPayload(session=an_id("s"), float_amount=2**62)), "session_opened@1", "field_invalid"),
    (b'{"session":"' + b"0" * 32 + b'","float_amount":1' + b"0" * 400 + b"}", "session_opened@1", "field_invalid"),
    (b'{"session":"' + b"0" * 32 + b'","float_amount":1' + b"0" * 9_000 + b"}", "session_opened@1", "unreadable"),
    (b'{"session":"\xff\xfe","float_amount":1}', "session_opened@1", "unreadable"),
    (b'{"session":' + b"[" * 600 + b"]" * 600 + b"}", "session_opened@1", "unreadable"),
    (b'{"order":"x","code":"x"}', "order_picked_up@1", "field_invalid"),
    (wire.encode(wire.ProductPayload(products=(goods("Indomie", units=()),))), "product@1", "product_unusable"),
    (wire.encode(wire.ProductPayload(products=(goods("Indomie", price=-1),))), "product@1", "product_unusable"),
    (wire.encode(wire.ProductPayload(products=(goods("Indomie", sell_unit=7),))), "product@1", "product_unusable"),
]


@pytest.mark.parametrize(("payload", "kind", "code"), UNFIT)
def test_what_cannot_be_read_is_kept_as_it_came_and_blocks_nothing(
    city: City, shop: str, till: CounterTill, payload: bytes, kind: str, code: str
) -> None:
    batch = till.batch(till.operation(payload, kind), till.operation(stock({MI: 5}), ahead=2))
    answer = till.sync(batch=batch).read(wire.SyncAnswer)
    assert outcomes(answer) == [("quarantined", code), ("applied", "")]
    assert answer.acked_seq == 2
    assert outcomes(till.sync(batch=batch).read(wire.SyncAnswer))[0] == ("quarantined", code)
    assert city.rows("SELECT payload, code FROM operation WHERE status = 'quarantined'") == [(payload, code)]
    summary = city.summary(shop)
    assert (summary["quarantined"], summary["stock"]) == (1, {MI: 5})


@pytest.mark.parametrize("wrong", ["", "short", "A" * 32, "g" * 32, "0" * 33, "\x00" * 32, "x" * 4_000])
def test_an_operation_without_a_real_id_is_kept_and_blocks_nothing(city: City, shop: str, till: CounterTill, wrong: str) -> None:
    bad = msgspec.structs.replace(till.operation(stock({MI: 5})), id=wrong)
    batch = till.batch(bad, till.operation(stock({MI: 5}), ahead=2))
    for _ in range(2):
        assert outcomes(till.sync(batch=batch).read(wire.SyncAnswer))[0] == ("quarantined", "id_invalid")
    assert city.summary(shop)["quarantined"] == 1
    assert city.summary(shop)["stock"] == {MI: 5}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"protocol":1}',
        b'{"protocol":"1","cursor":""}',
        b'{"protocol":1,"cursor":"","batch":{"epoch":1,"prev_hash":"","operations":[{"id":"x"}]}}',
        b"[" * 100_000,
        b'{"protocol":1,"cursor":"","x":' + b"[" * 100_000,
    ],
)
def test_a_message_of_another_shape_is_refused(till: CounterTill, body: bytes) -> None:
    reply = till.post("/v1/sync", body, till.access)
    assert (reply.status, reply.code) == (400, "unreadable")


def test_a_gzipped_message_is_read(till: CounterTill) -> None:
    request = wire.SyncRequest(protocol=1, cursor="", batch=till.batch(till.operation(stock({MI: 5}))))
    reply = till.post("/v1/sync", packed(request), till.access, Content_Encoding="gzip")
    assert outcomes(reply.read(wire.SyncAnswer)) == [("applied", "")]


def test_a_gzip_bomb_is_refused_and_never_unpacked(till: CounterTill) -> None:
    bomb = gzip.compress(b" " * (100 * 1024 * 1024))
    assert len(bomb) < 256 * 1024
    reply = till.post("/v1/sync", bomb, till.access, Content_Encoding="gzip")
    assert (reply.status, reply.code) == (413, "body_too_large")
    reply = till.post("/v1/sync", b"x" * (300 * 1024), till.access)
    assert (reply.status, reply.code) == (413, "body_too_large")


def test_broken_packing_is_refused(till: CounterTill) -> None:
    whole = packed(wire.SyncRequest(protocol=1, cursor=""))
    for body in (whole[:-5], whole + b"more", b"no gzip", whole + whole):
        reply = till.post("/v1/sync", body, till.access, Content_Encoding="gzip")
        assert (reply.status, reply.code) == (400, "unreadable")
    assert till.post("/v1/sync", whole, till.access, Content_Encoding="br").code == "encoding_unknown"


def test_a_broken_batch_is_refused_whole(city: City, till: CounterTill) -> None:
    one, three = till.operation(stock({MI: 5})), till.operation(stock({MI: 5}), ahead=3)
    many = [till.operation(stock({MI: 1}), ahead=place) for place in range(1, 52)]
    for operations in ((), (one, three), (one, one), many, (till.operation(stock({MI: 1}), ahead=0),)):
        reply = till.sync(batch=till.batch(*operations))
        assert (reply.status, reply.code) == (400, "batch_broken")
    shake = wire.Handshake(epoch=2, last_seq=0, acked_seq=0, chain_hash=wire.GENESIS)
    assert till.sync(batch=till.batch(one), handshake=shake).code == "batch_broken"
    assert city.one("SELECT count(*) FROM operation") == 0


def test_the_server_countersigns_the_head(city: City, till: CounterTill) -> None:
    answer = till.push(stock({MI: 5}), sale({MI: 1}))
    key = Ed25519PublicKey.from_public_bytes(wire.unb64(city.world.keys.public))
    key.verify(wire.unb64(answer.head_signature), wire.head_text(till.device, 1, 2, answer.chain_hash))


# --- old programs and the pace ------------------------------------------------------------------------------------------------


def test_an_old_program_is_fed_no_more_but_its_facts_are_taken(city_with: Callable[[Settings], City], new_till: NewTill) -> None:
    city = city_with(Settings(min_protocol=2))
    till = new_till(city, city.shop())
    reply = till.sync()
    assert (reply.status, reply.code) == (426, "program_too_old")
    assert outcomes(till.push(stock({MI: 1}))) == [("applied", "")]


def test_a_till_is_asked_to_come_often_while_orders_are_open_and_seldom_else(
    city: City, till: CounterTill, shop: str, city_with: Callable[[Settings], City]
) -> None:
    assert 30_000 <= till.pull().next_sync_in < 90_000
    with city.database.write() as connection:
        connection.execute(text("UPDATE shop SET open_orders = 1"))
    assert 2_500 <= till.pull().next_sync_in < 7_500
    city_with(Settings(poll_ms=300))
    assert till.pull().next_sync_in == 300


def test_a_newer_till_may_say_more_than_this_server_knows(till: CounterTill) -> None:
    body = b'{"protocol":9,"cursor":"","news":{"a":1},"page":10}'
    assert till.post("/v1/sync", body, till.access).status == 200
