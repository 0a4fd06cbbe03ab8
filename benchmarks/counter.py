"""The counter's figures: look-up, search, checkout, and how all of it grows. CPU time, beside bare SQLite on the same file."""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, compare, cpu, percentile, ratios
from benchmarks.shops import WORDS, bare, code_of, shop
from pos.domain.barcode import match_key
from pos.services import selling
from pos.services.checkout import complete_sale
from pos.services.ports import Till

GOODS = 100_000
_SAMPLE = 400
_LOOK_UP = """
SELECT p.uid, p.name, u.uid, u.name, u.factor, pr.amount, s.on_hand
FROM barcode b JOIN product_unit u ON u.id = b.unit_id JOIN product p ON p.id = u.product_id
JOIN price pr ON pr.unit_id = u.id AND pr.kind = 'retail' JOIN stock s ON s.product_uid = p.uid
WHERE b.key = ? LIMIT 1
"""
_BASKET = {"basket": "uid", "basket_line": "basket_uid", "basket_change": "basket_uid"}
"""Tables of a basket, and where each has its id."""
_PREFIX = "SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid LIMIT 24"


def look_up(till: Till, file: Path) -> Row:
    """A scanned code to a sellable unit, beside the bare join."""
    codes = [code_of(random.Random(2).randrange(GOODS)) for _ in range(_SAMPLE)]
    keys = [match_key(code) for code in codes]
    raw = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    find = till.store.read.find_unit
    assert find(codes[0]) is not None

    def ours() -> float:
        return cpu(lambda: [find(code) for code in codes], 3)

    def limit() -> float:
        return cpu(lambda: [raw.execute(_LOOK_UP, (key,)).fetchone() for key in keys], 3)

    row = compare("look-up", "a scanned code found among 100,000 goods, beside the bare join", 4.0, ours, limit)
    raw.close()
    return row


def keystrokes(seed: int, count: int) -> list[str]:
    """What a search field holds after each key of somebody typing names."""
    dice = random.Random(seed)
    typed: list[str] = []
    while len(typed) < count:
        word = dice.choice(WORDS)
        text = word if dice.random() < 0.6 else f"{word} {dice.choice(WORDS)}"
        typed += [text[:end] for end in range(1, min(len(text), 10) + 1) if not text[:end].endswith(" ")]
    return typed[:count]


def search(till: Till, file: Path) -> list[Row]:
    """Each keystroke beside a bare FTS5 prefix query in row order: median and p99 of the same strokes."""
    strokes = keystrokes(3, 300)
    raw = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    ask = till.store.read.search

    def bare_ask(text: str) -> object:
        return raw.execute(_PREFIX, (" AND ".join(f'"{word}"*' for word in text.split()),)).fetchall()

    # a stroke that finds nothing costs ours the look for typos, which the limit does not do: it is measured apart
    strokes = [text for text in strokes if bare_ask(text)]

    def spread(action: Callable[[str], object], share: float) -> Callable[[], float]:
        def measure() -> float:
            times = []
            for text in strokes:
                start = time.thread_time()
                action(text)
                times.append(time.thread_time() - start)
            return percentile(times, share)

        return measure

    rows = []
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        found = ratios(spread(ask, share), spread(bare_ask, share))
        rows.append(Row("search", f"a keystroke among 100,000 goods, {name}, beside bare FTS5", statistics.median(found), 2.0, len(found)))
    misses = [time_of(partial(ask, word)) for word in ("indomei", "sabum", "kecpa", "minyka", "detrjen")]
    rows[0] = Row(
        rows[0].path,
        rows[0].what,
        rows[0].ratio,
        rows[0].goal,
        rows[0].rounds,
        note=f"a mistyped word: {max(misses) * 1000:.1f} ms at most",
    )
    raw.close()
    return rows


def time_of(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def checkout(till: Till, file: Path, folder: Path) -> Row:
    """A sale of three lines (13 rows, one commit) beside the same rows by the sqlite3 module."""
    copy = folder / "bare.db"
    codes = [code_of(number) for number in (11, 222, 3_333)]

    def basket() -> Any:
        for code in codes:
            current, _ = selling.scan(till, code)
        return current

    def ours() -> float:
        spent = 0.0
        for _ in range(10):
            current = basket()
            spent += cpu(partial(complete_sale, till, current, current.total), 1)
        return spent

    total = basket().total
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    raw = bare(copy)
    rows = _sale_rows(raw, total)
    scanned = _basket_rows(raw)
    numbers = iter(range(10_000_000))

    def limit() -> float:
        spent = 0.0
        for _ in range(10):
            number = next(numbers)
            _bare_basket(raw, scanned, number)
            spent += cpu(partial(_bare_sale, raw, rows, number), 1)
        return spent

    row = compare(
        "checkout",
        "a sale of three lines (sale, lines, movements, payment, outbox, paper, audit), beside the bare commit",
        3.0,
        ours,
        limit,
    )
    raw.close()
    return row


def _sale_rows(raw: sqlite3.Connection, total: int) -> dict[str, Any]:
    products = [row[0] for row in raw.execute("SELECT uid FROM product ORDER BY id LIMIT 3")]
    return {"products": products, "total": total, "payload": b'{"receipt":"A1-1-ABCD","lines":[]}' * 20, "paper": b"x" * 900}


def _basket_rows(raw: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The open basket's rows by table, its id first; it is taken out of the file."""
    found = {}
    for table, key in _BASKET.items():
        cursor = raw.execute(f"SELECT * FROM {table}")
        place = [column[0] for column in cursor.description].index(key)
        found[table] = [(row[place], *row[:place], *row[place + 1 :]) for row in cursor]
    raw.execute("DELETE FROM basket")
    return found


def _bare_basket(raw: sqlite3.Connection, scanned: dict[str, list[tuple[Any, ...]]], number: int) -> None:
    """What three scans left on disk, before anybody measures."""
    raw.execute("BEGIN IMMEDIATE")
    for table, key in _BASKET.items():
        names = [key, *(name for name in (row[1] for row in raw.execute(f"PRAGMA table_info({table})")) if name != key)]
        marks = ", ".join("?" * len(names))
        values = [(f"basket{number}", *row[1:]) for row in scanned[table]]
        raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
    raw.execute("COMMIT")


def _bare_sale(raw: sqlite3.Connection, rows: dict[str, Any], number: int) -> None:
    """12 rows, the basket that goes and one commit, as the till writes them, with nothing of the till."""
    uid, at = f"bare{number:028d}", 1_790_000_000_000 + number
    raw.execute("BEGIN IMMEDIATE")
    sale = raw.execute(
        "INSERT INTO sale (uid, number, epoch, seq, session_uid, cashier, at, total) VALUES (?, ?, 99, ?, 's', 'c', ?, ?)",
        (uid, uid, number, at, rows["total"]),
    ).lastrowid
    raw.executemany(
        "INSERT INTO sale_line"
        " (sale_id, position, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, amount, cost)"
        " VALUES (?, ?, ?, 'u', 'Mi goreng', 'pcs', 1, 1, 3500, 0, 3500, 2800)",
        [(sale, place, product) for place, product in enumerate(rows["products"])],
    )
    raw.execute(
        "INSERT INTO payment (sale_id, position, tender, amount, received) VALUES (?, 0, 'cash', ?, ?)",
        (sale, rows["total"], rows["total"]),
    )
    raw.executemany(
        "INSERT INTO stock_movement (cause, position, product_uid, quantity, reason, at) VALUES (?, ?, ?, -1, 'sale', ?)",
        [(uid, place, product, at) for place, product in enumerate(rows["products"])],
    )
    raw.execute(
        "INSERT INTO outbox (epoch, seq, id, kind, at, payload, payload_hash, chain_hash) VALUES (99, ?, ?, 'sale@1', ?, ?, ?, ?)",
        (number, uid, at, rows["payload"], uid * 2, uid * 2),
    )
    raw.executemany(
        "INSERT INTO print_job (kind, document, copy, printer, data, sha256, created_at) VALUES (?, ?, 0, 'p', ?, ?, ?)",
        [("receipt", uid, rows["paper"], uid * 2, at), ("drawer_kick", uid, b"kick", uid * 2, at)],
    )
    raw.execute(
        "INSERT INTO audit (at, actor, action, subject, details, prev_hash, hash) VALUES (?, 'c', 'sale', ?, '{}', ?, ?)",
        (at, uid, uid * 2, uid * 2),
    )
    raw.execute("DELETE FROM basket WHERE uid = ?", (f"basket{number}",))
    raw.execute("COMMIT")


def growth(folder: Path) -> list[Row]:
    """Each action at 100,000 goods over the same at 1,000: the worst ratio is the figure."""
    with shop(folder / "small", 1_000) as small, shop(folder / "large", GOODS) as large:
        worst = max(_grown(small, large), key=lambda pair: pair[1])
    return [Row("growth", "an action at 100,000 goods over the same at 1,000", worst[1], 1.5, 9, note=f"worst: {worst[0]}")]


def _grown(small: Till, large: Till) -> Iterator[tuple[str, float]]:
    codes = [code_of(number) for number in range(0, 1_000, 25)]

    def scans(till: Till) -> Callable[[], float]:
        return lambda: cpu(lambda: [till.store.read.find_unit(code) for code in codes], 3)

    def tiles(till: Till) -> Callable[[], float]:
        return lambda: cpu(lambda: till.store.read.tiles("", 24), 20)

    def sales(till: Till) -> Callable[[], float]:
        def measure() -> float:
            spent = 0.0
            for number in range(5):
                current, _ = selling.scan(till, codes[number])
                spent += cpu(partial(complete_sale, till, current, current.total), 1)
            return spent

        return measure

    for name, action in (("look-up", scans), ("tiles", tiles), ("sale", sales)):
        yield name, statistics.median(ratios(action(large), action(small)))


def rows() -> list[Row]:
    """All of them, in shops of their own on tmpfs."""
    from benchmarks.shops import scratch

    with scratch() as folder:
        with shop(folder / "till", GOODS) as till:
            file = folder / "till" / "shop.db"
            found = [look_up(till, file), *search(till, file), checkout(till, file, folder)]
        shutil.rmtree(folder / "till")
        found += growth(folder)
    return found
