"""A till that sells as fast as it can and says each thing only once it is on disk, to be killed at any moment.

`python -m tests.helpers.seller` imports everything once and then forks a seller for each line `FOLDER SEED` on its input. On its output:
`pid N`, then the seller's own words (`basket LINE:QUANTITY ...`, `sale UID TOTAL`, `goods UID`), and `gone` when the seller is dead.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from pos.domain.basket import Basket
from pos.domain.discount import Discount, DiscountKind
from pos.local_db.store import SqliteStore
from pos.services import checkout, selling, selling_lines
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.ports import Rules, Till
from pos.sync.encoding import WireEncoder
from tests.helpers.shops import SHELF, PlainPaper, SteppingClock, goods

CODES = ("089686010947", "8991002105485", "8999999036607")


class TokenIds:
    """`ports.Ids` as the till has them."""

    def new(self) -> str:
        return secrets.token_hex(16)


def say(text: str) -> None:
    """At once, without a buffer that would die with the process."""
    os.write(1, f"{text}\n".encode())


def say_basket(basket: Basket) -> None:
    say(" ".join(["basket", *basket_words(basket)]))


def basket_words(basket: Basket) -> list[str]:
    """All that a customer would notice: lines, quantities, amounts, and for whom they are."""
    return [f"for:{basket.customer_uid}", *(f"{line.uid}:{line.quantity}:{line.amount}" for line in basket.lines)]


def agree(till: Till, basket: Basket, dice: random.Random) -> Basket:
    """Something is agreed on for the last line or the whole basket."""
    line = basket.lines[-1]
    percent = Discount(DiscountKind.PERCENT, dice.randint(1, 1_000), "tawar")
    acts: list[Callable[[], Basket]] = [
        lambda: selling_lines.set_price(till, line.uid, dice.randint(1, 9_999)),
        lambda: selling_lines.discount_line(till, line.uid, percent),
        lambda: selling_lines.discount_basket(till, percent),
        lambda: selling_lines.set_customer(till, ids_of(dice), "Bu Rina", "langganan"),
        lambda: selling_lines.sell_for(till, line.uid, dice.randint(20_000, 99_999)),
    ]
    return dice.choice(acts)()


def ids_of(dice: random.Random) -> str:
    return f"{dice.getrandbits(128):032x}"


def sell_for_ever(folder: Path, seed: int) -> None:
    """Scans, sales, new goods and upkeep in an order of its own."""
    dice, clock, ids = random.Random(seed), SteppingClock(), TokenIds()
    store = SqliteStore.open(folder / "shop.db", clock, ids, folder / "copies")
    till = Till(store, clock, ids, PlainPaper(), WireEncoder(), Rules())
    if store.read.find_unit(CODES[0]) is None:
        put_catalogue(till, SHELF)
        open_session(till, 0)
    while True:
        what = dice.random()
        basket = store.read.basket()
        if what < 0.3 and basket.lines:
            sale = checkout.complete_sale(till, basket, basket.total)
            say(f"sale {sale.uid} {sale.total}")
        elif what < 0.36:
            product = goods(f"Barang {dice.random()}", 1_000, ids=ids)
            with store.begin() as work:
                work.put_products([product])
                work.commit()
            say(f"goods {product.uid}")
        elif what < 0.4:
            store.tidy()
        elif what < 0.48:
            say_basket(selling.undo(till))
        elif what < 0.6 and basket.lines:
            say_basket(agree(till, basket, dice))
        else:
            say_basket(selling.scan(till, dice.choice(CODES), dice.randint(1, 3))[0])


def fork_for_each(work: Callable[[Path, int], None]) -> None:
    """Do the work in a child for each line `FOLDER NUMBER` of the input: what is imported once need not be imported again."""
    for order in sys.stdin:
        folder, number = order.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            signal.alarm(600)
            work(Path(folder), int(number))
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    fork_for_each(sell_for_ever)
