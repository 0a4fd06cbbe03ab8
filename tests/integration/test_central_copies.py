"""Restored tills, cloned tills, and a server that was put back: found out by their chains, and nothing counts twice or is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec
from sqlalchemy import text

from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, an_id, sale, stock

NewTill = Callable[..., CounterTill]
MI = an_id("Indomie")


def outcomes(answer: wire.SyncAnswer) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in answer.results]


def shake(till: CounterTill, last_seq: int, acked_seq: int, head: str) -> wire.Handshake:
    return wire.Handshake(epoch=till.epoch, last_seq=last_seq, acked_seq=acked_seq, chain_hash=head)


def test_a_restored_till_is_found_at_its_handshake_and_goes_on_under_a_new_epoch(city: City, shop: str, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    old_seq, old_head = till.seq, till.head
    till.push(sale({MI: 1}), sale({MI: 2}))
    answer = till.sync(handshake=shake(till, old_seq, old_seq, old_head)).read(wire.SyncAnswer)
    assert (answer.fenced_epoch, answer.acked_seq, answer.chain_hash) == (2, 0, wire.GENESIS)
    till.follow(answer)
    assert outcomes(till.push(sale({MI: 1}))) == [("applied", "")]
    assert city.summary(shop)["stock"] == {MI: 6}


def test_a_restored_till_that_has_sold_again_is_found_by_its_chain(city: City, shop: str, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    old_seq, old_head = till.seq, till.head
    till.push(sale({MI: 1}))
    till.seq, till.head = old_seq, old_head
    again = till.operation(sale({MI: 4}), id=an_id("after the restore"))
    answer = till.sync(batch=till.batch(again)).read(wire.SyncAnswer)
    assert (answer.results, answer.fenced_epoch) == ((), 2)
    till.follow(answer)
    answer = till.push(msgspec.structs.replace(again, seq=1))
    assert outcomes(answer) == [("applied", "")]
    assert city.summary(shop)["stock"] == {MI: 5}


def test_two_copies_of_one_till_go_on_side_by_side(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    till.push(stock({MI: 100}))
    copy = new_till(city, key=till.key)
    copy.access, copy.refresh, copy.enrolled, copy._requests = till.access, till.refresh, till.enrolled, 1_000
    copy.seq, copy.head = till.seq, till.head
    till.push(sale({MI: 1}))
    epochs = set()
    for both in range(3):
        for who in (copy, till):
            item = who.operation(sale({MI: 1}), id=an_id(f"{both} {who is till}"))
            answer = who.push(item)
            if answer.fenced_epoch:
                answer = who.push(msgspec.structs.replace(item, seq=1))
            assert outcomes(answer) == [("applied", "")]
            epochs.add(who.epoch)
    assert epochs == {2, 3}, "each was fenced once"
    assert city.summary(shop)["stock"] == {MI: 93}


def test_copies_that_are_found_out_at_once_get_an_epoch_each(city: City, till: CounterTill, new_till: NewTill) -> None:
    till.push(stock({MI: 100}))
    copies = [new_till(city, key=till.key) for _ in range(4)]
    epochs: list[int] = []

    def come(number: int, copy: CounterTill) -> None:
        copy.access, copy._requests = till.access, 1_000 * (number + 1)
        epochs.append(copy.sync(handshake=shake(till, 0, 0, wire.GENESIS)).read(wire.SyncAnswer).fenced_epoch)

    threads = [threading.Thread(target=come, args=(number, copy)) for number, copy in enumerate(copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(epochs) == [2, 3, 4, 5]
    assert city.one("SELECT epoch FROM device") == 5


def test_the_same_batch_twice_at_once_counts_once(city: City, shop: str, till: CounterTill, new_till: NewTill) -> None:
    batch = till.batch(till.operation(stock({MI: 10})), till.operation(sale({MI: 1}), ahead=2))
    hands = [new_till(city, key=till.key) for _ in range(4)]
    told: list[str] = []

    def send(number: int, hand: CounterTill) -> None:
        hand.access, hand._requests = till.access, 1_000 * (number + 1)
        told.extend(result.status for result in hand.sync(batch=batch).read(wire.SyncAnswer).results)

    threads = [threading.Thread(target=send, args=(number, hand)) for number, hand in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["applied"] * 2 + ["duplicate"] * 6
    assert city.summary(shop)["stock"] == {MI: 9}


def test_a_fenced_epoch_takes_nothing_more(city: City, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    till.sync(handshake=shake(till, 0, 0, wire.GENESIS)).read(wire.SyncAnswer)
    answer = till.sync(batch=till.batch(till.operation(sale({MI: 1})))).read(wire.SyncAnswer)
    assert (answer.results, answer.fenced_epoch) == ((), 3)
    assert city.one("SELECT count(*) FROM operation") == 1


def test_an_epoch_from_nowhere_is_fenced(till: CounterTill) -> None:
    for epoch in (0, -1, 5_000, 2**62):
        answer = till.sync(batch=wire.Batch(epoch=epoch, prev_hash=wire.GENESIS, operations=(till.operation(stock({MI: 1})),)))
        assert answer.read(wire.SyncAnswer).fenced_epoch > 1


def test_operations_that_were_told_before_the_fence_count_once_after_it(city: City, shop: str, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    item = till.operation(sale({MI: 1}), id=an_id("answer lost"))
    till.sync(batch=till.batch(item)).read(wire.SyncAnswer)
    answer = till.sync(handshake=shake(till, 1, 1, "f" * 64)).read(wire.SyncAnswer)
    till.follow(answer)
    assert outcomes(till.push(msgspec.structs.replace(item, seq=1))) == [("duplicate", "")]
    assert city.summary(shop)["stock"] == {MI: 9}
    assert till.seq == 1


def test_a_server_that_was_put_back_says_where_it_stands_and_gets_it_again(city: City, shop: str, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    before = (till.seq, till.head)
    till.pull_all()
    lost = [till.operation(sale({MI: place}), ahead=place) for place in (1, 2)]
    timeline = till.push(*lost).timeline
    put_back(city, before)
    answer = till.sync(handshake=shake(till, till.seq, till.seq, till.head)).read(wire.SyncAnswer)
    assert (answer.acked_seq, answer.chain_hash, answer.fenced_epoch) == (*before, 0)
    assert answer.timeline != timeline
    till.follow(answer)
    assert outcomes(till.push(*lost)) == [("applied", ""), ("applied", "")]
    assert city.summary(shop)["stock"] == {MI: 7}
    reply = till.sync()
    assert (reply.status, reply.code) == (410, "cursor_too_old")
    till.cursor = ""
    assert sum(change.stock.quantity for change in till.pull_all() if change.stock) == 7


def test_a_gap_is_a_server_that_was_put_back_too(city: City, till: CounterTill) -> None:
    till.push(stock({MI: 10}))
    answer = till.sync(batch=till.batch(till.operation(sale({MI: 1}), ahead=5))).read(wire.SyncAnswer)
    assert (answer.results, answer.acked_seq, answer.fenced_epoch) == ((), 1, 0)
    assert city.one("SELECT count(*) FROM operation") == 1


def test_an_epoch_that_a_put_back_server_has_forgotten_is_told_again_from_its_start(city: City, shop: str, till: CounterTill) -> None:
    till.epoch = 3
    answer = till.sync(handshake=shake(till, 2, 2, "a" * 64)).read(wire.SyncAnswer)
    assert (answer.acked_seq, answer.fenced_epoch) == (0, 0)
    till.seq, till.head = 0, wire.GENESIS
    assert till.push(stock({MI: 4}), sale({MI: 1})).acked_seq == 2
    assert city.summary(shop)["stock"] == {MI: 3}
    assert city.one("SELECT epoch FROM device") == 3


def put_back(city: City, head: tuple[int, str]) -> None:
    """What a restored backup does: everything after a moment is gone."""
    with city.database.write() as connection:
        for table in ("sale_line", "sale_payment", "sale"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("DELETE FROM movement WHERE reason = 'sale'"))
        connection.execute(text("DELETE FROM operation WHERE seq > :seq"), {"seq": head[0]})
        connection.execute(text("UPDATE chain SET seq = :seq, head = :head"), {"seq": head[0], "head": head[1]})
        connection.execute(text("UPDATE stock SET on_hand = 10"))
        connection.execute(text("UPDATE shop SET feed_seq = 2, movement_seq = 2, movements = 1, on_hand = 10"))
