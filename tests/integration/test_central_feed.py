"""The feed: a till at a cursor has exactly the server's state there, whoever writes meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import msgspec

from central import goods as central_goods
from central import shop_work
from central.cli import main
from central.world import DAY
from pos.sync import protocol as wire
from tests.helpers.central import MORNING, City
from tests.helpers.city_people import CounterTill, OnlineBuyer, an_id, goods, sale, stock

NewTill = Callable[..., CounterTill]
MI, TEH = an_id("Indomie"), an_id("Teh Pucuk")


def products(changes: Sequence[wire.Change]) -> dict[str, wire.WireProduct | None]:
    return {change.uid: change.product for change in changes if change.kind == "product"}


def movements(changes: Sequence[wire.Change]) -> list[tuple[str, int, str]]:
    return [(change.stock.product, change.stock.quantity, change.stock.reason) for change in changes if change.stock is not None]


def test_the_first_page_begins_with_the_shop_itself(shop: str, till: CounterTill) -> None:
    (change,) = till.pull_all()
    assert (change.kind, change.uid, change.seq) == ("shop", shop, 1)
    told = wire.ShopInfo(uid=shop, name="Toko Sinar Jaya", address="Jl. Kenanga 12", cap_amount=30_000_000, cap_from=MORNING)
    assert change.shop == told
    assert till.pull_all() == []


def test_a_product_comes_back_with_its_version_and_once_at_its_newest(till: CounterTill) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"), goods("Teh Pucuk"))))
    till.push(wire.ProductPayload(products=(goods("Indomie", price=4_000),)))
    changes = till.pull_all()
    assert [(change.uid, change.seq) for change in changes if change.product] == [(TEH, 3), (MI, 4)]
    told = products(changes)[MI]
    assert told is not None
    assert (told.version, told.units[0].prices[0].amount) == (2, 4_000)


def test_a_till_is_told_of_the_others_and_not_of_itself(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    other = new_till(city, shop)
    till.pull_all()
    other.pull_all()
    till.push(stock({MI: 10}), sale({MI: 1}))
    other.push(sale({MI: 2}))
    assert movements(till.pull_all()) == [(MI, -2, "sale")]
    assert movements(other.pull_all()) == [(MI, 10, "opening"), (MI, -1, "sale")]


def test_a_movement_names_the_operation_that_caused_it(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    till.push(till.operation(sale({MI: 1, TEH: 2}), id=an_id("the sale"), at=MORNING - 77))
    told = [change.stock for change in new_till(city, shop).pull_all() if change.stock is not None]
    assert [(item.cause, item.position, item.at) for item in told] == [
        (an_id("the sale"), 0, MORNING - 77),
        (an_id("the sale"), 1, MORNING - 77),
    ]


def test_a_reading_from_the_start_is_told_everything(till: CounterTill) -> None:
    till.push(stock({MI: 10}), sale({MI: 1}))
    till.pull_all()
    till.cursor = ""
    assert movements(till.pull_all(page=1)) == [(MI, 10, "opening"), (MI, -1, "sale")]
    till.push(sale({MI: 1}))
    assert movements(till.pull_all()) == []


def test_a_restored_till_is_told_what_its_lost_self_did(till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    till.pull_all()
    seq, head, cursor = till.seq, till.head, till.cursor
    till.push(sale({MI: 3}))
    till.pull_all()
    till.seq, till.head, till.cursor = seq, head, cursor
    answer = till.sync(handshake=wire.Handshake(epoch=1, last_seq=seq, acked_seq=seq, chain_hash=head)).read(wire.SyncAnswer)
    assert (answer.fenced_epoch, answer.changes, answer.cursor) == (2, (), cursor)
    till.follow(answer)
    shake = wire.Handshake(epoch=2, last_seq=0, acked_seq=0, chain_hash=wire.GENESIS)
    assert movements(till.pull(handshake=shake).changes) == [(MI, -3, "sale")]


def test_the_feed_comes_in_pages_and_none_is_left_out(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    names = [f"Barang {number}" for number in range(23)]
    till.push(wire.ProductPayload(products=tuple(goods(name) for name in names)), stock({an_id(name): 5 for name in names}))
    whole = new_till(city, shop)
    paged = new_till(city, shop)
    first = paged.pull(page=7)
    assert (len(first.changes), first.more, first.digest) == (7, True, None)
    told = [*first.changes, *paged.pull_all(page=7)]
    assert told == whole.pull_all()
    assert [change.seq for change in told] == list(range(1, 48))


def test_a_page_of_zero_only_pushes(till: CounterTill) -> None:
    answer = till.push(stock({MI: 1}), want_digest=True)
    assert (answer.changes, answer.more, answer.cursor, answer.digest) == ((), False, "", None)


def test_a_page_has_its_limit(till: CounterTill) -> None:
    for start in range(0, 600, 50):
        till.push(wire.ProductPayload(products=tuple(goods(f"Barang {number}") for number in range(start, start + 50))))
    answer = till.pull(page=10**9)
    assert (len(answer.changes), answer.more) == (500, True)


def test_the_digest_is_the_sum_of_what_was_told(city: City, till: CounterTill, shop: str, new_till: NewTill) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"), goods("Teh Pucuk"), goods("Kopi"))))
    till.push(stock({MI: 10, TEH: 4}), sale({MI: 3}), wire.ProductPayload(products=(goods("Kopi", deleted=True, units=()),)))
    other = new_till(city, shop)
    answer = other.pull(want_digest=True)
    told = [change.stock.quantity for change in answer.changes if change.stock is not None]
    prices = sum(wire.product_marks(change.product) for change in answer.changes if change.product is not None)
    assert answer.digest == wire.Digest(products=2, movements=len(told), on_hand=sum(told), open_orders=0, prices=prices)
    assert answer.digest == wire.Digest(products=2, movements=3, on_hand=11, open_orders=0, prices=prices)


def test_what_is_deleted_is_told_as_a_tombstone(till: CounterTill, city: City, shop: str, new_till: NewTill) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie"),)))
    till.pull_all()
    till.push(wire.ProductPayload(products=(goods("Indomie", deleted=True, units=(), version=1),)))
    for who in (till, new_till(city, shop)):
        (change,) = [change for change in who.pull_all() if change.kind == "product"]
        assert (change.uid, change.deleted, change.product) == (MI, True, None)


def test_a_till_that_was_away_for_longer_than_the_tombstones_begins_anew(
    city: City, shop: str, till: CounterTill, new_till: NewTill
) -> None:
    names = [f"Barang {number}" for number in range(4)]
    away, reading = new_till(city, shop), new_till(city, shop)
    till.push(wire.ProductPayload(products=tuple(goods(name) for name in names)))
    away.pull_all()
    reading.pull(page=1)
    till.push(wire.ProductPayload(products=(goods(names[0], deleted=True, units=()),)), stock({an_id(names[1]): 5}))
    till.pull_all()
    for days in (100, 81):
        city.clock.pass_by(days * DAY)
        for who in (till, away, reading):
            assert who.fetch_access().status == 200
    with city.database.write() as connection:
        assert central_goods.forget_tombstones(connection, city.clock.now() - 180 * DAY) == 1
    assert till.pull_all() == []
    for late in (away, reading):
        reply = late.sync()
        assert (reply.status, reply.code) == (410, "cursor_too_old")
        late.cursor = ""
        assert set(products(late.pull_all(page=1))) == {an_id(name) for name in names[1:]}


def test_facts_are_taken_whatever_the_cursor_is(city: City, shop: str, till: CounterTill) -> None:
    for cursor in ("nonsense", "ffff.1-0.5", ".", "\x00", "x" * 10_000, f"{'0' * 32}.1-0.99999999999999999999"):
        till.cursor = cursor
        answer = till.sync(batch=till.batch(till.operation(stock({MI: 1})))).read(wire.SyncAnswer)
        till.follow(answer)
        assert (answer.results[0].status, answer.changes, answer.cursor, answer.more) == ("applied", (), cursor, False)
        assert (till.sync().status, till.sync().code) == (410, "cursor_too_old")
    assert city.summary(shop)["stock"] == {MI: 6}


def test_a_cursor_from_the_future_means_that_this_server_was_put_back(till: CounterTill) -> None:
    timeline = till.pull().timeline
    till.cursor = f"{timeline}.1-0.1000"
    reply = till.sync()
    assert (reply.status, reply.code) == (410, "cursor_too_old")
    till.cursor = ""
    assert till.pull().timeline != timeline


def test_a_change_of_the_cap_is_told(city: City, shop: str, till: CounterTill) -> None:
    till.pull_all()
    assert main(["cap", shop, "--amount", "5000000", "--database", city.database_url]) == 0
    (change,) = till.pull_all()
    assert change.shop is not None
    assert change.shop.cap_amount == 5_000_000


def test_the_row_that_every_call_begins_with_is_found_by_keys_alone(city: City) -> None:
    """Reading one of its tables whole cost PostgreSQL a tenth of a second for each batch: a plan so dear is compiled."""
    if city.database.embedded:
        explained, whole = "EXPLAIN QUERY PLAN ", "SCAN "
    else:
        explained, whole = "EXPLAIN ", "Seq Scan"
    plan = city.rows(explained + shop_work.BOOK, shop=1)
    assert plan
    assert [row for row in plan if any(whole in str(part) for part in row)] == []


# --- edits of two tills --------------------------------------------------------------------------------------------------


def test_two_edits_of_other_fields_are_both_kept(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    other = new_till(city, shop)
    till.push(wire.ProductPayload(products=(goods("Indomie"),)))
    seen = goods("Indomie", version=1)
    till.push(wire.ProductPayload(products=(msgspec.structs.replace(seen, brand="Indofood"),)))
    answer = other.push(wire.ProductPayload(products=(msgspec.structs.replace(seen, size="85 g"),)))
    assert answer.results[0].flags == ()
    told = products(other.pull_all())[MI]
    assert told is not None
    assert (told.brand, told.size, told.version) == ("Indofood", "85 g", 3)


def test_of_two_edits_of_one_field_the_later_wins_and_both_are_kept(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    other = new_till(city, shop)
    till.push(wire.ProductPayload(products=(goods("Indomie"),)))
    seen = goods("Indomie", version=1)
    till.push(wire.ProductPayload(products=(msgspec.structs.replace(seen, name="Indomie Soto"),)))
    answer = other.push(wire.ProductPayload(products=(msgspec.structs.replace(seen, name="Indomie Kari"),)))
    assert answer.results[0].flags == ("overwrote:name",)
    told = products(other.pull_all())[MI]
    assert told is not None
    assert told.name == "Indomie Kari"
    history = [
        wire.decode(row[0].encode(), wire.WireProduct).name for row in city.rows("SELECT document FROM product_version ORDER BY version")
    ]
    assert history == ["Indomie", "Indomie Soto", "Indomie Kari"]


def test_an_edit_of_a_version_that_nobody_knows_is_taken_whole_and_flagged(till: CounterTill) -> None:
    till.push(wire.ProductPayload(products=(goods("Indomie", brand="Indofood"),)))
    answer = till.push(wire.ProductPayload(products=(goods("Indomie", size="85 g", version=99),)))
    assert answer.results[0].flags == ("base_unknown",)
    told = products(till.pull_all())[MI]
    assert told is not None
    assert (told.brand, told.size) == ("", "85 g")


def test_a_product_may_be_edited_twice_in_one_batch(city: City, till: CounterTill) -> None:
    first, second = goods("Indomie"), goods("Indomie", price=4_000)
    till.push(wire.ProductPayload(products=(first,)), wire.ProductPayload(products=(second, goods("Indomie", price=5_000, version=1))))
    told = products(till.pull_all())[MI]
    assert told is not None
    assert (told.version, told.units[0].prices[0].amount) == (3, 5_000)
    assert city.one("SELECT count(*) FROM product_version") == 3


def test_tobacco_is_never_listed_whatever_a_till_says(till: CounterTill, city: City, shop: str, buyer: OnlineBuyer) -> None:
    answer = till.push(wire.ProductPayload(products=(goods("Rokok", regulation="tobacco"),)), stock({an_id("Rokok"): 10}))
    assert answer.results[0].flags == ("tobacco_not_listed",)
    told = products(till.pull_all())[an_id("Rokok")]
    assert told is not None
    assert not told.listed_online
    assert buyer.goods(shop) == []


# --- many writers at once ----------------------------------------------------------------------------------------------------


def test_no_cursor_skips_a_change_while_tills_write_at_once(city: City, shop: str, new_till: NewTill) -> None:
    """Three tills push while a fourth pulls small pages all the time: at the end it has every movement once and the same digest."""
    writers = [new_till(city, shop) for _ in range(3)]
    reader = new_till(city, shop)
    rounds, troubles = 12, list[BaseException]()

    def write(till: CounterTill) -> None:
        try:
            for number in range(rounds):
                till.push(stock({MI: 2, TEH: 1}), sale({MI: 1}), wire.ProductPayload(products=(goods(f"Barang {number}"),)))
        except BaseException as error:  # noqa: BLE001 -- carried to the test's own thread
            troubles.append(error)

    threads = [threading.Thread(target=write, args=(till,)) for till in writers]
    for thread in threads:
        thread.start()
    told: list[wire.Change] = []
    while any(thread.is_alive() for thread in threads):
        told += reader.pull(page=5).changes
    for thread in threads:
        thread.join()
    assert troubles == []
    told += reader.pull_all(page=5)
    answer = reader.pull(want_digest=True)
    seqs = [change.seq for change in told]
    assert seqs == sorted(set(seqs))
    places = [(change.stock.cause, change.stock.position) for change in told if change.stock is not None]
    assert len(places) == len(set(places)) == 3 * rounds * 3
    prices = sum(wire.product_marks(goods(f"Barang {number}")) for number in range(rounds))
    assert answer.digest == wire.Digest(products=rounds, movements=3 * rounds * 3, on_hand=3 * rounds * 2, open_orders=0, prices=prices)
    assert city.summary(shop)["stock"] == {MI: 3 * rounds, TEH: 3 * rounds}


def test_shops_do_not_wait_for_each_other_and_do_not_mix(city: City, new_till: NewTill) -> None:
    shops = [city.shop(f"Toko {number}") for number in range(4)]
    tills = [new_till(city, shop) for shop in shops]
    troubles: list[BaseException] = []

    def write(till: CounterTill, quantity: int) -> None:
        try:
            for _ in range(10):
                till.push(stock({MI: quantity}))
        except BaseException as error:  # noqa: BLE001 -- carried to the test's own thread
            troubles.append(error)

    threads = [threading.Thread(target=write, args=(till, place)) for place, till in enumerate(tills, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert [city.summary(shop)["stock"] for shop in shops] == [{MI: 10 * place} for place in range(1, 5)]
