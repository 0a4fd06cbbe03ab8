"""`python -m tour.pictures --out DIR`: every screen, light and dark, both languages, 1024x768 and 1366x768; and the paper.

The same shop is looked at eight times: a real till, a real central, orders in every column. Owns the order of the looks.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

from pos.app import open_backstage
from pos.app.rehearsal import throw_away_played
from pos.ui.shell.rooms import FIRST_RUN, ROOMS, SALE
from tour.hands import Hands, State, StoryBroken
from tour.paper import draw_examples, draw_jobs
from tour.parts import Buyer, Central, Printer
from tour.shop import SCANS, furnish

ROOMS_SEEN = tuple(room.key for room in ROOMS if room.key not in (SALE, FIRST_RUN))
"""Those that a name leads to; the sale and the guide are walked through by hand."""
SECTIONS_SEEN = ("look", "counter", "selling", "printer", "receipt", "money", "central", "copies")
"""Of the settings, behind the first."""

LANGUAGES = ("id", "en")
THEMES = ("light", "dark")
SIZES = ("1366x768", "1024x768")
WORDS = {
    "id": {
        "next": "Lanjut",
        "search": "ko",
        "later": "Nanti",
        "nota": "Nota dan kuitansi",
        "kuitansi": "Kuitansi",
        "labels": "Label",
        "change": "Ubah barang",
        "tick": "Centang",
        "prices": "Harga",
        "percent": "Persen",
        "diagnostics": "Kirim diagnostik",
    },
    "en": {
        "next": "Next",
        "search": "ko",
        "later": "Later",
        "nota": "Invoice and payment receipt",
        "kuitansi": "Payment receipt",
        "labels": "Labels",
        "change": "Change goods",
        "tick": "Tick",
        "prices": "Price",
        "percent": "Percent",
        "diagnostics": "Send diagnostics",
    },
}

STEPS = 7
"""Of the first-run guide."""
TABS = {"id": ("Satuan dan harga", "Stok dan online", "Riwayat harga"), "en": ("Units and prices", "Stock and online", "Price history")}
"""Of a product's editor, behind the first."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="tour.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/pictures"))
    out: Path = parser.parse_args().out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    central, printer = Central(out / "work" / "central"), Printer()
    try:
        buyers = furnish(out / "work" / "till", central, printer.address)
        _orders(out, buyers)
        for language, theme, size in itertools.product(LANGUAGES, THEMES, SIZES):
            _walk(out, language, theme, size)
            print(f"{language} {theme} {size}: drawn", flush=True)
    except StoryBroken as broken:
        print(f"The pictures broke off: {broken}", file=sys.stderr)
        return 1
    finally:
        central.close()
        printer.close()
    draw_jobs(printer.jobs, out / "paper")
    draw_examples(out / "paper" / "every")
    shutil.rmtree(out / "work")
    pictures = sorted(out.rglob("*.png"))
    print(f"{len(pictures)} pictures in {out.name}")
    return 0


def _orders(out: Path, buyers: list[Buyer]) -> None:
    """One order made ready, one accepted, the others new."""
    till = Hands(out / "work" / "till", out / "work")
    try:
        till.until("the goods are on the central", lambda s: s["paired"] and s["waiting"] == 0, 60)
        for step in ("ready", "accepted"):
            placed = buyers[0 if step == "ready" else 1].order(uuid.uuid4().hex, 2)
            till.until("the order is here", _has_order(placed["uid"]), 30)
            till.tell({"do": "run", "name": "go", "arguments": ["orders"]})
            _press_through(till, placed["uid"], step)
        for buyer in buyers[2:]:
            buyer.order(uuid.uuid4().hex, 3)
        till.until("all orders are here", lambda s: len(s["orders"]) == len(buyers), 30)
        till.until("nothing waits", lambda s: s["waiting"] == 0, 30)
    finally:
        till.close()


def _has_order(uid: str) -> Callable[[State], object]:
    return lambda state: any(order["uid"] == uid for order in state["orders"])


def _press_through(till: Hands, uid: str, step: str) -> None:
    lines = next(o["lines"] for o in till.state()["orders"] if o["uid"] == uid)
    for position in range(lines):
        till.click(f"on_shelf:{uid}:{position}")
    till.click("Terima")
    till.until("accepted", lambda s: any(o["uid"] == uid and o["status"] == "accepted" for o in s["orders"]), 30)
    if step == "ready":
        for position in range(lines):
            till.click(f"packed:{uid}:{position}")
        till.click("Siap diambil")
        till.until("ready", lambda s: any(o["uid"] == uid and o["status"] == "ready" for o in s["orders"]), 30)


def _walk(out: Path, language: str, theme: str, size: str) -> None:
    folder = out / f"{language}-{theme}-{size}"
    _first_run(out, folder, language, theme, size)
    till = Hands(out / "work" / "till", folder, size, language=language, theme=theme)
    try:
        till.until("the till is ready", lambda s: s["screen"] in ("sale", "drawer"))
        _later(till, language)
        till.look("sale-empty")
        for code in SCANS:
            till.scan(code)
        till.until("the goods are on the counter", lambda s: len(s["basket"]) >= len(set(SCANS)))
        till.look("sale")
        till.key("F2")
        till.type(WORDS[language]["search"])
        till.look("sale-search")
        till.key("Esc")
        till.key("Esc")
        till.scan("8990000000001")
        till.look("sale-unknown-code")
        till.key("Esc")
        till.key("F7")
        till.look("sale-price-check")
        till.key("Esc")
        till.key("F1")
        till.look("sale-help")
        till.key("Esc")
        till.key("F9")
        till.type("200000")
        till.look("payment")
        till.key("F9")
        till.look("payment-change")
        till.until("it is sold", lambda s: not s["basket"])
        for key in (*ROOMS_SEEN, *(f"settings#{part}" for part in SECTIONS_SEEN)):
            till.tell({"do": "run", "name": "go", "arguments": [key]})
            till.look(key.replace("#", "-"))
        till.tell({"do": "run", "name": "go", "arguments": ["health"]})
        till.click(WORDS[language]["diagnostics"])
        till.look("health-diagnostics")
        till.key("Esc")
        _papers(till, language)
        _goods(till, language)
        till.tell({"do": "run", "name": "import_sheet", "arguments": [str(out / "work" / "barang.xlsx")]})
        till.until("the preview stands", lambda s: any("620" in w or "632" in w for w in s["words"]) or len(s["words"]) > 60, 60)
        till.look("import")
        till.key("Esc")
        till.tell({"do": "run", "name": "go", "arguments": ["sale"]})
    finally:
        till.close()
    _rehearsal(out, folder, language, theme, size)


def _rehearsal(out: Path, folder: Path, language: str, theme: str, size: str) -> None:
    """The same shop as a new cashier sees it."""
    with open_backstage(out / "work" / "till") as shop:
        copy = Path(shop.lay_rehearsal())
    till = Hands(copy, folder, size, language=language, theme=theme)
    try:
        till.until("the rehearsal is ready", lambda s: s["screen"] in ("sale", "drawer"))
        _later(till, language)
        for code in SCANS:
            till.scan(code)
        till.until("the goods are on the counter", lambda s: len(s["basket"]) >= len(set(SCANS)))
        till.look("rehearsal")
    finally:
        till.close()
    throw_away_played(copy)


def _papers(till: Hands, language: str) -> None:
    """What is asked of a nota for a department, and of a list for its labels."""
    words = WORDS[language]
    till.tell({"do": "run", "name": "go", "arguments": ["history"]})
    till.click(words["nota"])
    till.look("papers-nota")
    till.click(words["kuitansi"])
    till.look("papers-kuitansi")
    till.key("Esc")
    till.tell({"do": "run", "name": "go", "arguments": ["goods"]})
    till.click(words["labels"])
    till.look("papers-labels")
    till.key("Esc")


def _goods(till: Hands, language: str) -> None:
    """A product that is changed, several that are, and those that stand in the list twice."""
    words = WORDS[language]
    till.tell({"do": "run", "name": "go", "arguments": ["goods"]})
    till.click(words["change"])
    till.look("goods-editor")
    for place, tab in enumerate(TABS[language], start=2):
        till.click(tab)
        till.look(f"goods-editor-{place}")
    till.key("Esc")
    till.click(words["tick"])
    till.key("Ctrl+A")
    till.look("goods-ticked")
    till.click(words["prices"])
    till.fill(words["percent"], "5")
    till.look("goods-prices")
    till.key("Esc")
    till.key("Esc")
    till.tell({"do": "run", "name": "go", "arguments": ["goods#twins"]})
    till.look("goods-twins")
    till.key("Esc")


def _later(till: Hands, language: str) -> None:
    """The new orders ring at each start: heard, and answered with "later", so that the screen is seen whole."""
    words = WORDS[language]["later"]
    till.until("the new orders ring", lambda s: any(word == words for word in s["words"]))
    till.look("sale-new-orders")
    till.click(words)


def _first_run(out: Path, folder: Path, language: str, theme: str, size: str) -> None:
    fresh = out / "work" / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    till = Hands(fresh, folder, size, language=language, theme=theme)
    try:
        till.until("the wizard is open", lambda s: s["screen"] == "first_run")
        for step in range(1, STEPS + 1):
            till.look(f"first-run-{step}")
            if step < STEPS:
                till.click(WORDS[language]["next"])
    finally:
        till.close()


if __name__ == "__main__":
    sys.exit(main())
