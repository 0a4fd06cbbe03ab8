"""The fifteen things that must hold under any fault (docs/protocol.md; the numbers are those of the design), each as a check.

Called after each quiet period with `quiet`, when everything must be equal; and in the middle of the faults, when only what never may be
broken is looked at. A check raises `Violation`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from central.orders.book import EDGES, OPEN, Status
from pos.services.views import GoodsFilter
from pos.sync.protocol import GENESIS
from tests.simulation.books import Books, feed_place
from tests.simulation.counter import PlayedTill
from tests.simulation.records import hold
from tests.simulation.times import START

if TYPE_CHECKING:
    from tests.simulation.city import City

Check = Callable[["City", Books, bool], None]
_OPEN: Final = {status.value for status in OPEN}
_FINAL: Final = {status.value for status in Status} - _OPEN


def look_at_all(city: City, quiet: bool) -> None:
    """Every invariant, shop by shop, in the order of their numbers."""
    for till in city.tills:
        city.look_at(till)
    for shop in city.records.shops:
        books = Books(city.office, shop)
        for check in INVARIANTS.values():
            check(city, books, quiet)


def _tills(city: City, books: Books) -> list[PlayedTill]:
    return [till for till in city.tills if till.shop == books.uid]


def sales_survive(city: City, books: Books, quiet: bool) -> None:
    """1. A sale that a person has seen is in its till's file, whatever became of the till since."""
    for till in _tills(city, books):
        there = {row[0] for row in till.rows("SELECT uid FROM sale")}
        hold(1, till.told <= there, f"{till.name} has lost {sorted(till.told - there)}")


def each_sale_once(city: City, books: Books, quiet: bool) -> None:
    """2. Every committed sale is on the server, once, as it was sold."""
    held = city.records.shop(books.uid)
    there = books.sales
    strangers = there.keys() - held.sold.keys()
    hold(2, not strangers, f"the server has sales that nobody made: {sorted(strangers)}")
    for uid, (number, total) in there.items():
        hold(2, (number, total) == (held.sold[uid].number, held.sold[uid].total), f"sale {uid} is another one on the server")
        hold(2, books.lines_of_sale[uid] == books.movements_of[uid], f"sale {uid} has moved {books.movements_of[uid]} of its lines")
    if quiet:
        missing = held.sold.keys() - there.keys() - held.gone
        hold(2, not missing, f"the server lacks {[(uid, held.sold[uid]) for uid in sorted(missing)]}")


def stock_adds_up(city: City, books: Books, quiet: bool) -> None:
    """3. On hand is the sum of movements is the kept total, on the server and on each till that has caught up."""
    summed = Counter[str]()
    for product, quantity in books.movements:
        summed[product] += quantity
    kept = {product: on_hand for product, (on_hand, _) in books.stock.items()}
    hold(3, {**dict.fromkeys(kept, 0), **summed} == kept, f"the server keeps {kept}, its movements come to {dict(summed)}")
    totals = books.shop["movements"], books.shop["on_hand"]
    hold(3, totals == (len(books.movements), sum(summed.values())), f"the server's totals are {totals}")
    for till in _tills(city, books):
        own = dict(till.rows("SELECT product_uid, sum(quantity) FROM stock_movement GROUP BY product_uid"))
        told = {uid: till.store.read.on_hand(uid) for uid in own}
        hold(3, own == told, f"{till.name} keeps {told}, its movements come to {own}")
        if quiet:
            differs = {uid: (own.get(uid, 0), summed[uid]) for uid in own.keys() | summed.keys() if own.get(uid, 0) != summed[uid]}
            hold(3, not differs, f"{till.name} and the server have (till, server) {differs}")


def money_adds_up(city: City, books: Books, quiet: bool) -> None:
    """4. Lines and rounding = total = payments, and the drawer is float + cash in - cash out: by the server's rows and tills' checks."""
    hold(4, not books.unequal_sales, f"sums of the sales {books.unequal_sales} differ on the server")
    for till in _tills(city, books):
        session = till.store.read.session()
        if session is not None:
            cash = (
                _moved_in(till, session.uid)
                + till.rows(
                    "SELECT coalesce(sum(p.amount), 0) FROM payment p JOIN sale s ON s.id = p.sale_id"
                    " WHERE s.session_uid = ? AND p.tender = 'cash'",
                    session.uid,
                )[0][0]
            )
            hold(4, session.expected == session.float_amount + cash, f"{till.name} expects {session.expected} in its drawer")
        if quiet:
            hold(4, till.store.read.check() == [], f"{till.name} fails its own checks: {till.store.read.check()}")


def _moved_in(till: PlayedTill, session: str) -> int:
    """Cash that came into a drawer, less what went, without a sale."""
    rows = till.rows("SELECT coalesce(sum(amount), 0) FROM cash_movement WHERE session_uid = ?", session)
    return int(rows[0][0])


def nothing_twice(city: City, books: Books, quiet: bool) -> None:
    """5. No (device, epoch, seq) carries two contents, no id has two effects. That results never change is watched as they are told."""
    places = Counter((device, epoch, seq) for device, epoch, seq, _ in books.places)
    hold(5, max(places.values(), default=1) == 1, f"places with two contents: {[place for place, n in places.items() if n > 1]}")
    causes = Counter(books.causes)
    hold(5, max(causes.values(), default=1) == 1, "a movement was booked twice")
    for till in _tills(city, books):
        told = [row[0] for row in till.rows("SELECT id FROM outbox")]
        hold(5, len(told) == len(set(told)), f"{till.name} tells an id twice")


def receipts_are_unique(city: City, books: Books, quiet: bool) -> None:
    """6. In a shop, over everything that any till of it has ever printed."""
    numbers = Counter(sold.number for sold in city.records.shop(books.uid).sold.values())
    twice = [number for number, count in numbers.items() if count > 1]
    hold(6, not twice, f"receipts that are there twice: {twice}")


def tills_have_the_servers_state(city: City, books: Books, quiet: bool) -> None:
    """7. A till that has read to the feed's end has exactly what the server has: by the digest, and thing by thing."""
    for till in _tills(city, books):
        read = till.store.read
        line, position = read.line(), read.position()
        at_end = position.cursor.partition(".")[0] == books.shop["timeline"]
        at_end &= feed_place(position.cursor) == str(books.shop["feed_seq"])
        if not quiet:
            continue
        hold(7, at_end and line.digest_ok, f"{till.name} is not at the feed's end: {position}, {line}")
        hold(7, tuple(read.digest()[:4]) == books.digest, f"{till.name} has the digest {read.digest()}, the server {books.digest}")
        held = {row.product_uid for row in read.goods(GoodsFilter.ALL, "", 0, 1_000)}
        hold(7, held == books.products.keys(), f"{till.name} has the goods {held}, the server {set(books.products)}")
        for uid, product in books.products.items():
            known = read.product(uid)
            own = known and (known.name, known.units[0].prices[0].amount, known.listed_online)
            hold(7, own == (product.name, product.units[0].prices[0].amount, product.listed_online), f"{till.name} has {own} of {product}")
        orders = {uid: (status, version) for uid, status, version in till.rows("SELECT uid, status, version FROM online_order")}
        told = {uid: (status, version) for uid, (status, version, paid) in books.orders.items() if paid}
        # what a server that was put back has forgotten may still be a till's past, but not on its board
        past = {uid for uid, (status, _) in orders.items() if uid not in told and status in _FINAL}
        differ = {uid: (orders.get(uid), told.get(uid)) for uid in orders.keys() - past | told.keys() if orders.get(uid) != told.get(uid)}
        hold(7, not differ, f"{till.name} and the server have the orders (till, server) {differ}")


def orders_go_along_their_edges(city: City, books: Books, quiet: bool) -> None:
    """8. Legal edges only, one winner a version, never two final states but for goods that left all the same."""
    for uid, events in books.events.items():
        hold(8, [event[0] for event in events] == list(range(1, len(events) + 1)), f"order {uid} has the versions {events}")
        for (_, before), (_, after) in itertools.pairwise(events):
            legal = before == after or Status(after) in EDGES[Status(before)]
            hold(8, legal, f"order {uid} went from {before} to {after}")
        ends = [status for _, status in events if status in _FINAL]
        hold(8, len(ends) <= 1 or set(ends[1:]) == {Status.PICKED_UP.value}, f"order {uid} ended as {ends}")
        status, version, _ = books.orders[uid]
        hold(8, events[-1] == (version, status), f"order {uid} is {status} {version}, its story ends with {events[-1]}")
    for uid in books.handed_over:
        # a central that was put back may have forgotten the order itself, or that it was paid
        status, _, paid = books.orders.get(uid, ("", 0, False))
        hold(8, not paid or status == Status.PICKED_UP.value, f"order {uid} is {status}, its goods have left the shop")


def reservations_are_open_orders(city: City, books: Books, quiet: bool) -> None:
    """9. What is reserved is what open orders hold; nothing outlives a final one."""
    held = Counter[str]()
    for order, product, quantity in books.order_lines:
        if books.orders[order][0] in _OPEN:
            held[product] += quantity
    kept = {product: reserved for product, (_, reserved) in books.stock.items() if reserved}
    hold(9, {product: count for product, count in held.items() if count} == kept, f"reserved are {kept}, open orders hold {dict(held)}")


def clocks_decide_nothing(city: City, books: Books, quiet: bool) -> None:
    """10. No operation is refused or quarantined for its moment; the server's own moments are the server's."""
    unknown = city.records.shop(books.uid).unknown
    for operation, (kind, status, code) in books.results.items():
        if operation in books.emptied:
            hold(
                10,
                (status, code) in (("quarantined", "unreadable"), ("quarantined", "kind_unknown")),
                f"{operation} is {status} for {code}",
            )
        elif kind in _FACTS:
            hold(10, status == "applied", f"the fact {operation} ({kind}) is {status} for {code}")
        elif status == "quarantined":
            hold(10, operation in unknown, f"{operation} ({kind}) is quarantined for {code}")
    now = city.time.now()
    hold(10, all(START <= at <= now for at in books.moments), "a moment of the server is not the server's")


_FACTS: Final = frozenset(("sale@1", "stock@1", "product@1", "session_opened@1", "session_closed@1", "cash_movement@1", "set_aside@1"))


def the_outbox_keeps_what_is_not_acknowledged(city: City, books: Books, quiet: bool) -> None:
    """11. What a till calls settled, the server has, with that result; what is quarantined is so on both sides."""
    for till in _tills(city, books):
        if not quiet:
            continue
        for operation, state, code in till.rows("SELECT id, state, code FROM outbox WHERE payload <> x''"):
            hold(11, state != "waiting", f"{till.name} still has {operation}")
            there = books.results.get(operation)
            hold(11, there is not None, f"{till.name} calls {operation} {state}, the server has never heard of it")
            assert there is not None
            # an older file may still have what the central said before it was put back, and has decided otherwise since
            same = (there[1], there[2]) == (state, code) or (state, code) in city.records.shop(books.uid).told_before(operation)
            hold(11, same, f"{till.name} calls {operation} {state} {code}, the server {there}")
        aside = {row.id for row in till.store.read.set_aside()}
        hold(11, aside <= city.records.shop(books.uid).too_much, f"{till.name} has set aside what a request can carry: {aside}")
        hold(11, aside <= books.told_aside, f"the server does not know what {till.name} has set aside: {aside - books.told_aside}")


def chains_agree(city: City, books: Books, quiet: bool) -> None:
    """12. The audit chain verifies (the till's own checks), and the till's operations lead to the heads that the server countersigned."""
    for till in _tills(city, books):
        if not quiet:
            continue
        shop, position = till.store.read.shop(), till.store.read.position()
        if till.head is not None and (till.head.device, till.head.epoch) == (shop.device, position.epoch):
            own = till.rows("SELECT chain_hash FROM outbox WHERE epoch = ? AND seq = ?", position.epoch, till.head.seq)
            hold(12, own == [(till.head.head,)], f"{till.name} has {own} where {till.head} was countersigned")
        if (shop.device, position.epoch) not in books.fenced:
            # an epoch under which nothing was told may be forgotten by a server that was put back
            there = books.chains.get((shop.device, position.epoch), (0, GENESIS))
            hold(12, there == (position.last_seq, position.last_hash), f"{till.name} ends at {position}, the server at {there}")


def queues_drain(city: City, books: Books, quiet: bool) -> None:
    """13. With a healthy line every queue drains in a bounded number of rounds: `City.calm` counts them. Here, that it has."""
    for till in _tills(city, books):
        if quiet:
            line = till.store.read.line()
            hold(13, not line.waiting and line.digest_ok, f"{till.name} has not come to rest: {line}")


def shops_are_apart(city: City, books: Books, quiet: bool) -> None:
    """14. No till holds anything of another shop. That none is told of it is watched as it is told."""
    for till in _tills(city, books):
        foreign: set[str] = set()
        for other in city.records.shops.values():
            if other.uid == books.uid:
                continue
            foreign |= {row[0] for row in till.rows("SELECT uid FROM product")} & other.goods
            foreign |= {row[0] for row in till.rows("SELECT uid FROM online_order")} & other.orders
            foreign |= {row[0] for row in till.rows("SELECT cause FROM stock_movement")} & other.sold.keys()
        hold(14, not foreign, f"{till.name} holds {sorted(foreign)} of other shops")
        hold(14, till.store.read.shop().uid in ("", books.uid), f"{till.name} is of another shop now")


def copies_part(city: City, books: Books, quiet: bool) -> None:
    """15. A restored or copied till is found out as soon as it has something of its own to tell: no two tills have told different things
    under one epoch of one device. What older files may lose was noted as they came back (2)."""
    told: dict[tuple[str, int], tuple[int, str]] = {}
    for till in _tills(city, books) if quiet else ():
        shop, position = till.store.read.shop(), till.store.read.position()
        stands = position.last_seq, position.last_hash
        hold(15, told.setdefault((shop.device, shop.epoch), stands) == stands, f"{till.name} and another one speak as {shop.device}")


INVARIANTS: Final[Mapping[int, Check]] = {
    1: sales_survive,
    2: each_sale_once,
    3: stock_adds_up,
    4: money_adds_up,
    5: nothing_twice,
    6: receipts_are_unique,
    7: tills_have_the_servers_state,
    8: orders_go_along_their_edges,
    9: reservations_are_open_orders,
    10: clocks_decide_nothing,
    11: the_outbox_keeps_what_is_not_acknowledged,
    12: chains_agree,
    13: queues_drain,
    14: shops_are_apart,
    15: copies_part,
}
"""Number in the design -> its check."""
