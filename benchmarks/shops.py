"""Shops to measure in: a store on tmpfs with as many goods and sales as asked. Owns the making; measures nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stdnum import ean

from pos.app import open_shop
from pos.domain.barcode import match_key
from pos.domain.product import Barcode, Price, PriceKind, Product, Unit
from pos.domain.quantity import BaseUnit
from pos.services.ports import Till
from pos.services.preferences import one_printer

WORDS = (
    "mi", "goreng", "kuah", "soto", "kari", "ayam", "bakso", "kopi", "susu", "teh", "gula", "aren", "beras", "pandan", "minyak",
    "kelapa", "sabun", "cair", "sampo", "deterjen", "kecap", "manis", "asin", "saus", "sambal", "tepung", "terigu", "tapioka", "garam",
    "merica", "ketumbar", "biskuit", "wafer", "cokelat", "keju", "permen", "keripik", "singkong", "kacang", "kerupuk", "udang", "roti",
    "tawar", "sosis", "nugget", "mentega", "selai", "madu", "sirup", "jeruk", "apel", "mangga", "stroberi", "vanila", "melati", "pasta",
    "gigi", "sikat", "tisu", "popok", "lampu", "baterai", "korek", "lilin",
)  # fmt: skip
CATEGORIES = ("Mi instan", "Kopi & teh", "Sembako", "Minuman", "Susu", "Camilan", "Sabun & cuci", "Bumbu", "Rumah tangga")


def code_of(number: int) -> str:
    """A right EAN-13 of a number."""
    body = f"8997{number:08d}"
    return body + str(ean.calc_check_digit(body))


def make_goods(count: int, seed: int = 1) -> Iterator[Product]:
    """`count` goods with names of two to four words, a code, a retail and for a third a wholesale price."""
    dice = random.Random(seed)
    for number in range(count):
        uid = f"{dice.getrandbits(128):032x}"
        name = " ".join(dice.choice(WORDS) for _ in range(dice.randint(2, 4))).capitalize() + f" {number % 97} g"
        price = 500 * dice.randint(2, 120)
        prices = [Price(PriceKind.RETAIL, price)]
        if number % 3 == 0:
            prices.append(Price(PriceKind.WHOLESALE, price * 9 // 10, 10))
        code = code_of(number)
        unit = Unit(f"{dice.getrandbits(128):032x}", "pcs", 1, tuple(prices), (Barcode(code, match_key(code)),))
        yield Product(uid, name, CATEGORIES[number % len(CATEGORIES)], BaseUnit.PCS, (unit,), cost_total=price * 8 // 10, cost_quantity=1)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on tmpfs, gone afterwards."""
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="epeken-bench-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def shop(folder: Path, goods: int) -> Iterator[Till]:
    """An open shop with goods in it and its drawer open."""
    from pos.services.drawer import open_session

    with open_shop(folder, {"printers": one_printer("tcp://127.0.0.1:9100")}) as till:
        rows = list(make_goods(goods))
        for start in range(0, len(rows), 5_000):
            with till.store.begin() as work:
                work.put_products(rows[start : start + 5_000])
                work.commit()
        open_session(till, 200_000)
        yield till


def bare(file: Path) -> sqlite3.Connection:
    """The sqlite3 module alone on a copy of a store's file, with the same journal and sync."""
    connection = sqlite3.connect(file, isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
