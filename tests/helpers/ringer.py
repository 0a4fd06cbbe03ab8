"""A till that rings up a list of baskets and goes on where it was killed.

`python -m tests.helpers.ringer` forks a ringer for each line `FOLDER BASKETS` on its input (BASKETS: how many there are in all). It says
`sale NUMBER` once a sale is on disk. What is on the counter when it starts is the basket that it was killed in, and is finished.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pos.domain.product import Product
from pos.local_db.store import SqliteStore
from pos.services import checkout, selling
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.ports import Rules, Till
from pos.sync.encoding import WireEncoder
from tests.helpers.baskets import baskets
from tests.helpers.ids import CountingIds
from tests.helpers.seller import TokenIds, fork_for_each, say
from tests.helpers.shops import PlainPaper, SteppingClock

ON_SHELF: Final = 1_000_000
FLOAT: Final = 200_000


def shelf() -> list[Product]:
    """The demo catalogue's goods that can be scanned, the same at every start."""
    return [product for product, _ in load_demo_goods(demo_catalogue(), CountingIds()) if product.units[product.sell_unit].barcodes]


def open_ringing(folder: Path) -> Till:
    """The till of a folder with the goods on its shelf and its drawer open. Its store must be closed."""
    clock, ids = SteppingClock(), TokenIds()
    store = SqliteStore.open(folder / "shop.db", clock, ids, folder / "copies")
    till = Till(store, clock, ids, PlainPaper(), WireEncoder(), Rules())
    goods = shelf()
    if not store.read.product(goods[0].uid):
        put_catalogue(till, [(product, ON_SHELF) for product in goods])
        open_session(till, FLOAT)
    return till


def ring_up(folder: Path, most: int) -> None:
    """Every basket that is not sold yet, in order."""
    till = open_ringing(folder)
    codes = [product.units[product.sell_unit].barcodes[0].code for product in shelf()]
    todo = baskets(most, len(codes))
    for number in range(len(till.store.read.sales("", 0, most + 1)), len(todo)):
        ring_one(till, [codes[item] for item in todo[number]], number)


def ring_one(till: Till, codes: list[str], number: int) -> None:
    """One basket: what was scanned of it before a kill is not scanned again. Every third customer pays with a note, the others exactly."""
    basket = till.store.read.basket()
    scanned = sum(line.quantity // line.factor for line in basket.lines)
    for code in codes[scanned:]:
        basket, _ = selling.scan(till, code)
    received = basket.total if number % 3 else -(-basket.total // 50_000) * 50_000
    sale = checkout.complete_sale(till, basket, received)
    say(f"sale {sale.number}")


if __name__ == "__main__":
    fork_for_each(ring_up)
