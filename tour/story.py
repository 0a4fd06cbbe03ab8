"""The story of issue-sized truth: a field officer, a shopkeeper, a line that drops, a power cut, and an ASN buyer.

Owns the order of events and what must be true after each; acts only through `Hands` (the screen) and `parts` (the world around).
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tour.hands import Hands, State, StoryBroken
from tour.parts import Buyer, Central, Line, Printer
from tour.sheet import SCANNED, SEARCHED, write_sheet

FLOAT = 200_000
OFFLINE_SALES = 20


@dataclass(slots=True)
class Day:
    """Everything of one day: the folder, the parts, and what was counted."""

    out: Path
    central: Central
    line: Line
    printer: Printer
    shop: str
    code: str
    buyer: Buyer
    started: float = field(default_factory=time.monotonic)
    notes: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.out / "till"

    @property
    def pictures(self) -> Path:
        return self.out / "pictures"

    def say(self, sentence: str) -> None:
        line = f"{time.monotonic() - self.started:6.1f} s  {sentence}"
        self.notes.append(line)
        print(line, flush=True)


def prepare(out: Path) -> Day:
    """A city with one shop in it, a line to it, a printer in the shop and a buyer."""
    central = Central(out / "central")
    shop = central.command("shop", "Toko Sinar Jaya", "--address", "Jl. Kenanga 12, Surabaya")
    code = central.command("code", shop)
    token = central.command("buyer", "Rina Wati", "--phone", "081234563841", "--kind", "ASN")
    line = Line(central.url)
    return Day(out, central, line, Printer(), shop, code, Buyer(central.url, token, shop))


def play(day: Day) -> dict[str, Any]:
    """The whole day. Returns the summary; raises StoryBroken at the first thing that is not so."""
    till = Hands(day.data, day.pictures)
    try:
        first_start(day, till)
        open_the_drawer(day, till)
        first_sale(day, till)
        without_a_line(day, till)
        till.kill()
        day.say("the power is cut in the middle of a basket (SIGKILL)")
        till = Hands(day.data, day.pictures)
        after_the_power_cut(day, till)
        online_order(day, till)
        evening(day, till)
        state = till.state() | {"stock": till.stock()}
    except StoryBroken:
        till.look("99-broken") if till.process.poll() is None else None
        raise
    finally:
        if till.process.poll() is None:
            till.close()
    return add_up(day, state)


def first_start(day: Day, till: Hands) -> None:
    """The officer pairs the shop by a one-time code, sets the printer and imports the shop's list."""
    till.until("the wizard is open", lambda s: s["screen"] == "first_run")
    till.look("01-first-start")
    till.click("Lanjut")
    till.fill("Alamat server", day.line.url)
    till.fill("Kode sekali pakai", "AAAA-AAAA")
    till.click("Sambungkan")
    till.until("a wrong code is refused in words", lambda s: any("Kode" in word and "cek" in word.lower() for word in s["words"]))
    till.look("02-wrong-code")
    till.fill("Kode sekali pakai", day.code)
    till.click("Sambungkan")
    till.until(
        "the shop is paired, and the page says so", lambda s: s["paired"] and any("Tersambung ke e-Peken" in word for word in s["words"])
    )
    till.look("03-paired")
    day.say("the till is paired by its one-time code")
    till.click("Lanjut")
    till.fill("Alamat printer", day.printer.address)
    till.click("Cetak halaman atur")
    wait_for("the test page comes out", lambda: len(day.printer.jobs) >= 1)
    till.look("04-printer")
    till.click("Lanjut")
    till.scan(SCANNED[0].code)
    till.look("05-scanner")
    till.click("Lanjut")
    till.click("Lanjut")
    sheet = write_sheet(day.out / "barang.xlsx")
    till.tell({"do": "run", "name": "import_sheet", "arguments": [str(sheet)]})
    till.until("the preview says what can be taken", lambda s: any("Ambil" in word and "barang" in word for word in s["words"]), 60)
    till.look("06-import")
    take = next(word for word in till.state()["words"] if word.startswith("Ambil ") and word.endswith(" barang"))
    till.click(take)
    state = till.until("the goods are in", lambda s: s["products"] >= 590, 60)
    day.say(f"{state['products']} goods are imported")
    till.look("07-imported")
    till.click("Tutup")
    till.click("Lanjut")
    till.click("Mulai jualan")
    till.until("the goods are on the central", lambda s: s["waiting"] == 0, 60)


def open_the_drawer(day: Day, till: Hands) -> None:
    till.until("the sale screen is open", lambda s: s["screen"] == "sale")
    till.look("08-sale-empty")
    till.click("Buka kasir")
    till.fill("Modal awal", str(FLOAT))
    till.look("09-open-drawer")
    till.click("Buka kasir")
    till.until("the drawer is open", lambda s: s["session"])
    day.say("the drawer is open with its float")


def first_sale(day: Day, till: Hands) -> None:
    """Three scans (UPC-A with and without its zero), a search by two letters, a quantity, Rp50.000, the struk, the drawer."""
    jobs = len(day.printer.jobs)
    for item in SCANNED:
        till.scan(item.code)
    till.scan(SCANNED[0].code.zfill(13))
    state = till.until("three lines are on the counter", lambda s: len(s["basket"]) == 3)
    expect(state["basket"][0]["quantity"] == 2, "the UPC-A counts twice, with and without its leading zero", state["basket"])
    till.key("F2")
    till.type(SEARCHED.letters)
    till.look("10-search")
    till.click(SEARCHED.name)
    state = till.until("the fourth is found by two letters", lambda s: len(s["basket"]) == 4)
    till.key("F3")
    till.type("3")
    till.key("Return")
    state = till.until("its quantity is three", lambda s: s["basket"][-1]["quantity"] == 3)
    till.look("11-basket")
    total = state["total"]
    till.key("F9")
    till.type("50000")
    till.look("12-payment")
    till.key("F9")
    state = till.until("it is sold", lambda s: s["sales"] == 1)
    till.look("13-change")
    expect(state["last_total"] == total, "the sale is what the basket said", state)
    wait_for("the struk and the drawer's kick come out", lambda: len(day.printer.jobs) >= jobs + 2)
    till.until("the sale is on the central", lambda s: s["waiting"] == 0)
    expect(day.central.summary(day.shop)["sales"] == 1, "the central has the sale", day.central.summary(day.shop))
    day.say(f"sold for {total}, paid with 50000; the struk is out, the central knows")


def without_a_line(day: Day, till: Hands) -> None:
    """The line drops; twenty sales of three scans and one key; then a basket that is not finished."""
    day.line.cut()
    for number in range(OFFLINE_SALES):
        for item in (SCANNED[number % 3], SCANNED[(number + 1) % 3], SCANNED[0]):
            till.scan(item.code)
        till.key("F12")
        till.until(f"offline sale {number + 1} is kept", sold(number + 2))
    state = till.until("the till says that it has no line", lambda s: any("Luring" in word for word in s["words"]))
    expect(state["waiting"] >= OFFLINE_SALES, "all of them wait", state["waiting"])
    till.look("14-offline")
    for item in SCANNED:
        till.scan(item.code)
    till.until("the last basket has three lines", lambda s: len(s["basket"]) == 3)
    till.look("15-before-the-power-cut")
    day.say(f"{OFFLINE_SALES} sales without a line; three goods of the next are on the counter")


def after_the_power_cut(day: Day, till: Hands) -> None:
    state = till.until("the same basket is there", lambda s: len(s["basket"]) == 3, 30)
    till.look("16-after-the-power-cut")
    expect([line["quantity"] for line in state["basket"]] == [1, 1, 1], "the same three goods", state["basket"])
    till.key("F12")
    till.until("it is sold", lambda s: s["sales"] == OFFLINE_SALES + 2)
    day.line.mend()
    till.until("the line is back and nothing waits", lambda s: s["waiting"] == 0, 60)
    central = day.central.summary(day.shop)
    expect(central["sales"] == OFFLINE_SALES + 2, "the central has every sale exactly once", central["sales"])
    till.look("17-line-is-back")
    day.say("the basket was there; the line is back; the central has every sale once")


def online_order(day: Day, till: Hands) -> None:
    """A paid order arrives; shelf, accept, pack, ready, pickup receipt; the line drops; the code is scanned; handed over."""
    placed = day.buyer.order(uuid.uuid4().hex)
    state = till.until("the order is here", lambda s: any(o["status"] == "placed" for o in s["orders"]), 30)
    order = state["orders"][0]
    till.until("a toast says so once the change is counted", lambda s: any("Lihat pesanan" in word for word in s["words"]))
    till.look("18-new-order")
    till.click("Lihat pesanan")
    till.until("the board is open", lambda s: s["screen"] == "orders")
    till.look("19-board")
    tick_all(till, order["uid"], "on_shelf", order["lines"])
    till.click("Terima")
    till.until("the server has accepted", lambda s: status(s, order["uid"]) == "accepted", 30)
    till.look("20-accepted")
    tick_all(till, order["uid"], "packed", order["lines"])
    till.click("Siap diambil")
    state = till.until("it is ready", lambda s: status(s, order["uid"]) == "ready", 30)
    jobs = len(day.printer.jobs)
    till.click("Cetak struk ambil")
    wait_for("the pickup receipt comes out", lambda: len(day.printer.jobs) > jobs)
    till.look("21-ready")
    day.line.cut()
    shown = day.buyer.see(placed["uid"])["pickup_code"]
    forged = shown[:-12] + ("A" * 12 if not shown.endswith("A" * 12) else "B" * 12)
    till.scan(forged)
    till.look("22-forged-code")
    expect(status(till.state(), order["uid"]) == "ready", "a forged code hands nothing over", till.state()["orders"])
    till.scan(shown)
    till.until("it is handed over without the line", lambda s: find(s, order["uid"])["handed_over"])
    till.look("23-handed-over")
    till.scan(shown)
    till.look("24-code-used")
    expect(till.state()["sales"] == OFFLINE_SALES + 2, "a used code is refused and sells nothing", till.state()["sales"])
    day.line.mend()
    till.until("the central knows", lambda s: status(s, order["uid"]) == "picked_up" and s["waiting"] == 0, 60)
    till.look("25-central-knows")
    day.say("the order was accepted, packed, printed and handed over without the line; the central knows")


def evening(day: Day, till: Hands) -> None:
    """The notas are looked through, one is printed again, the drawer is counted."""
    jobs = len(day.printer.jobs)
    till.tell({"do": "run", "name": "go", "arguments": ["history"]})
    till.look("26-history")
    till.click("Cetak ulang (SALINAN)")
    wait_for("the SALINAN comes out", lambda: len(day.printer.jobs) > jobs)
    till.tell({"do": "run", "name": "go", "arguments": ["goods"]})
    till.look("27-goods")
    till.tell({"do": "run", "name": "go", "arguments": ["health"]})
    till.look("28-health")


def add_up(day: Day, state: dict[str, Any]) -> dict[str, Any]:
    """The figures that must agree, from both sides."""
    central = day.central.summary(day.shop)
    till_stock = state["stock"]
    differences = {
        product: (till_stock.get(product, 0), central["stock"].get(product, 0))
        for product in till_stock.keys() | central["stock"].keys()
        if till_stock.get(product, 0) != central["stock"].get(product, 0)
    }
    return {
        "sales_till": state["sales"],
        "sales_central": central["sales"],
        "turnover_till": state["turnover"],
        "turnover_central": central["turnover"],
        "duplicates": central["duplicates"],
        "quarantined": central["quarantined"],
        "stock_differences": len(differences),
        "orders": len([o for o in state["orders"] if o["status"] == "picked_up"]),
        "print_jobs": len(day.printer.jobs),
        "goods": state["products"],
        "seconds": round(time.monotonic() - day.started, 1),
    }


def broken_sums(summary: dict[str, Any]) -> list[str]:
    """What does not add up, in words; empty when all is well."""
    checks = {
        "the till and the central have the same sales": summary["sales_till"] == summary["sales_central"] == OFFLINE_SALES + 2,
        "the turnover agrees": summary["turnover_till"] == summary["turnover_central"],
        "nothing is there twice": summary["duplicates"] == 0,
        "nothing is quarantined": summary["quarantined"] == 0,
        "the stock agrees": summary["stock_differences"] == 0,
        "one order was handed over": summary["orders"] == 1,
        # test page, 22 struks with 22 kicks, pickup receipt, SALINAN
        "every paper came out once": summary["print_jobs"] == 1 + 2 * (OFFLINE_SALES + 2) + 2,
    }
    return [words for words, holds in checks.items() if not holds]


def find(state: dict[str, Any], uid: str) -> dict[str, Any]:
    return next(order for order in state["orders"] if order["uid"] == uid)


def status(state: dict[str, Any], uid: str) -> str:
    return str(find(state, uid)["status"])


def tick_all(till: Hands, order: str, kind: str, lines: int) -> None:
    for position in range(lines):
        till.click(f"{kind}:{order}:{position}")


def sold(sales: int) -> Callable[[State], object]:
    """So many sales are there, and the counter is empty again."""
    return lambda state: state["sales"] == sales and not state["basket"]


def expect(holds: bool, what: str, seen: object) -> None:
    if not holds:
        raise StoryBroken(f"not so: {what}. Seen: {seen}")


def wait_for(what: str, holds: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise StoryBroken(f"waited {seconds:.0f} s for: {what}")
        time.sleep(0.05)
