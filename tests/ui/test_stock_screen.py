"""The room of the stock through the real window: deliveries, counts, cards and the shopping list, as the shop does it after closing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.money import format_rupiah
from pos.domain.printing import DocumentKind
from pos.domain.receiving import PaidFrom, ReceiptHead, ReceiptLine
from pos.domain.stock import MovementReason
from pos.services import checkout, receiving, selling, stock_lists, stock_taking, suppliers
from pos.services.goods_views import ProductCare
from pos.ui.moments import date_text
from pos.ui.stock.count_dialogs import BeginDialog, CountDialog
from pos.ui.stock.line_dialog import LineDialog
from pos.ui.stock.out_dialog import OutDialog
from pos.ui.stock.price_dialog import PriceDialog
from pos.ui.stock.rows import LineList
from pos.ui.stock.screen import StockScreen
from pos.ui.stock.supplier_dialog import SupplierDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.goods_in import DUS_CODE, MI_AND_DUS, deliver, unit_of, worth
from tests.helpers.shops import KOPI, MI, SABUN, goods, open_till, sell
from tests.helpers.stage import button_of, words_of

INDOMIE, COFFEE, SOAP = "089686010947", "8991002105485", "8999999036607"
D = TypeVar("D", bound=QWidget)
LINES = int(os.environ.get("RECEIPT_LINES", "600"))
"""Of a very long delivery; the whole size is 10000."""


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path, [(MI_AND_DUS, 10), (KOPI, 20), (SABUN, 5)]) as made:
        yield made


def room(counter: CounterWindow, part: str = "receipts") -> StockScreen:
    counter.application.go(f"stock#{part}")
    settle()
    screen = counter.application.screen("stock")
    assert isinstance(screen, StockScreen)
    return screen


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def asked(kind: type[D]) -> D:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def touch(view: LineList, place: int = 0) -> None:
    where = view.visualRect(view.rows.index(place)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    settle()


def said(view: LineList) -> list[str]:
    return [line.spoken for line in view.rows.lines]


def test_bu_sari_buys_two_dus_one_breaks_half_is_paid_the_shelf_is_counted_while_budi_sells_and_the_card_tells_it_all(
    counter: CounterWindow,
) -> None:
    till = counter.till
    screen = room(counter)
    assert "Belum ada kulakan" in words_of(screen)
    counter.scan(DUS_CODE)
    counter.scan(DUS_CODE)
    draft = screen.receipts.draft
    assert said(draft.lines) == ["Mi goreng, 2 dus · Rp112.000 per dus, Rp224.000"]
    click(counter, "Pilih pemasok")
    who = asked(SupplierDialog)
    who.field.setText("Agen Makmur")
    click(counter, "Pemasok baru")
    QTest.mouseClick(draft.pay.how._buttons["part"], Qt.MouseButton.LeftButton)
    settle()
    assert draft.pay.part.text() == "112.000", "half of it, until somebody says otherwise"
    click(counter, "Catat Rp224.000")
    (row,) = till.store.read.receipts(0, 5)
    assert (row.supplier, row.total, row.paid) == ("Agen Makmur", 224_000, 112_000)
    session = till.store.read.session()
    assert session is not None
    assert session.expected == 200_000 - 112_000
    assert till.store.read.supplier_balance(till.store.read.suppliers()[0].supplier.uid) == 112_000

    screen = room(counter, f"card/{MI.uid}")
    click(counter, "Keluarkan barang")
    out = asked(OutDialog)
    out.count.setText("satu")
    click(counter, "Keluarkan")
    assert out.trouble.isVisible(), "that is no number, and nothing is lost"
    out.count.setText("1")
    out.note.setText("dus robek")
    click(counter, "Keluarkan")
    assert till.store.read.on_hand(MI.uid) == 89

    screen = room(counter, "count")
    click(counter, "Mulai opname")
    asked(BeginDialog)
    click(counter, "Mulai")
    counter.scan(INDOMIE)
    basket, _ = selling.scan(till, INDOMIE, 2)
    sale = checkout.complete_sale(till, basket, basket.total)
    touch(screen.count.lines)
    count = asked(CountDialog)
    count.count.setText("86")
    click(counter, "Simpan")
    assert said(screen.count.lines) == ["Mi goreng, dihitung 86 bungkus, catatan 87, -1 bungkus, -Rp2.800"]
    click(counter, "Catat selisih")
    assert till.store.read.on_hand(MI.uid) == 86
    assert "Opname tercatat" in counter.toasts()[-1]

    screen = room(counter, f"card/{MI.uid}")
    told = said(screen.card.lines)
    for words, moved in (
        ("Stok opname", "-1 "),
        (f"Terjual {sale.number}", "-2 "),
        ("Rusak dus robek", "-1 "),
        (f"Barang masuk {row.number}", "+80 "),
    ):
        assert any(words in line and moved in line for line in told), (words, told)
    assert [line.rsplit(", ", 1)[-1] for line in told] == ["sisa 86", "sisa 87", "sisa 89", "sisa 90", "sisa 10"]
    assert worth(till, MI.uid) == (86, 86 * 2_800)
    assert till.store.read.check() == []


def test_a_kill_in_the_middle_of_a_delivery_loses_not_one_scan(counter: CounterWindow, tmp_path: Path) -> None:
    room(counter)
    for code in (COFFEE, SOAP, SOAP):
        counter.scan(code)
    killed = tmp_path / "killed"
    killed.mkdir()
    # what lies on the disk at this very moment is what a power cut leaves
    for name in ("shop.db", "shop.db-wal"):
        shutil.copy(tmp_path / name, killed / name)
    with open_till(killed) as till:
        (draft,) = till.store.read.receipt_drafts()
        assert [(line.name, line.quantity) for line in till.store.read.receipt_draft_lines(draft.uid)] == [
            ("Kopi susu sachet", 1),
            ("Sabun mandi", 2),
        ]


def test_a_double_click_books_a_delivery_once(counter: CounterWindow) -> None:
    screen = room(counter)
    counter.scan(SOAP)
    button = screen.receipts.draft.book
    for press in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseClick):
        press(button, Qt.MouseButton.LeftButton)
    settle()
    assert len(counter.till.store.read.receipts(0, 5)) == 1
    assert counter.till.store.read.on_hand(SABUN.uid) == 6


def test_a_line_is_looked_at_typed_in_another_unit_and_taken_off_with_a_way_back(counter: CounterWindow) -> None:
    screen = room(counter)
    counter.scan(INDOMIE)
    touch(screen.receipts.draft.lines)
    line = asked(LineDialog)
    line.units.choose(MI_AND_DUS.units[1].uid)
    line.count.setText("3")
    line.keeps.setText("kapan-kapan")
    line.cost.setText("330000")
    line.ways.choose("all")
    click(counter, "Simpan")
    assert "25/11/2027" in line.trouble.text()
    line.keeps.setText("30-11-2027")
    click(counter, "Simpan")
    assert said(screen.receipts.draft.lines) == ["Mi goreng, 3 dus, Rp330.000, sampai 30/11/2027"]
    touch(screen.receipts.draft.lines)
    click(counter, "Hapus baris")
    assert said(screen.receipts.draft.lines) == []
    click(counter, "Kembalikan")
    assert said(screen.receipts.draft.lines) == ["Mi goreng, 3 dus, Rp330.000, sampai 30/11/2027"]


def test_goods_with_a_date_ask_for_it_in_the_line(counter: CounterWindow) -> None:
    with counter.till.store.begin() as work:
        work.set_care(KOPI.uid, ProductCare(tracks_expiry=True))
        work.commit()
    screen = room(counter)
    counter.scan(COFFEE)
    assert said(screen.receipts.draft.lines)[0].endswith("isi tanggalnya")


def test_what_is_owed_is_due_by_the_days_agreed_until_another_day_is_typed(counter: CounterWindow) -> None:
    agent = suppliers.add_supplier(counter.till, "Agen Makmur", terms_days=14)
    screen = room(counter)
    counter.scan(SOAP)
    pay = screen.receipts.draft.pay
    click(counter, "Pilih pemasok")
    touch(asked(SupplierDialog).found)
    QTest.mouseClick(pay.how._buttons["later"], Qt.MouseButton.LeftButton)
    settle()
    assert pay.due.text() == "09/12/2026"
    pay.due.setText("bulan depan")
    assert not pay.keep()
    pay.due.setText("31/12/2026")
    click(counter, "Catat Rp3.200")
    (entry,) = counter.till.store.read.supplier_entries(agent.uid)
    assert (entry.amount, date_text(entry.due_at)) == (3_200, "31/12/2026")


def test_what_cannot_be_booked_says_why_and_stays(counter: CounterWindow) -> None:
    plain = replace(goods("Kerupuk", 1_000, "8990000000012"), cost_total=0, cost_quantity=0)
    with counter.till.store.begin() as work:
        work.put_products([plain])
        work.commit()
    screen = room(counter)
    counter.scan("8990000000012")
    click(counter, "Catat Rp0")
    assert "Kerupuk" in counter.toasts()[-1]
    counter.scan("12345")
    assert "belum terdaftar" in counter.toasts()[-1]
    assert screen.receipts.draft.isVisible()
    screen.receipts.draft.pay.discount.setText("12,5")
    assert not screen.receipts.draft.pay.keep()
    assert screen.receipts.draft.pay.trouble.isVisible()


def test_a_posted_receipt_is_put_right_and_printed(counter: CounterWindow) -> None:
    posted = deliver(counter.till, (SOAP, 12, 36_000))
    screen = room(counter)
    click(counter, "Cetak")
    wait_until(lambda: bool(counter.till.store.read.print_jobs_of(posted.uid)), "it is sent to the printer")
    assert [job.kind for job in counter.till.store.read.print_jobs_of(posted.uid)] == [DocumentKind.GOODS_RECEIPT]
    wait_until(lambda: counter.backstage.prints == 1, "and the printer is woken")
    click(counter, "Perbaiki")
    wait_until(screen.receipts.draft.isVisible, "it can be put right")
    settle()
    touch(screen.receipts.draft.lines)
    line = asked(LineDialog)
    line.count.setText("10")
    line.cost.setText("30000")
    line.ways.choose("all")
    click(counter, "Simpan")
    click(counter, "Catat perbaikan")
    assert counter.till.store.read.on_hand(SABUN.uid) == 15
    assert said(screen.receipts.list)[0].endswith(f"perbaikan {posted.number}")
    assert said(screen.receipts.list)[1].endswith("diperbaiki")


def test_a_dearer_delivery_proposes_prices_and_a_touch_takes_one(counter: CounterWindow) -> None:
    stock_lists.set_margin(counter.till, "Sabun & cuci", 2_000)
    room(counter)
    draft = receiving.open_draft(counter.till)
    line = receiving.add_unit(counter.till, draft.uid, unit_of(counter.till, SOAP), 15)
    receiving.set_line(counter.till, draft.uid, line.position, amount=64_000)
    receiving.set_head(counter.till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
    screen = room(counter)
    screen.receipts.refresh()
    touch(screen.receipts.list)
    click(counter, "Catat Rp64.000")
    dialog = asked(PriceDialog)
    assert said(dialog.list) == ["Sabun mandi, modal Rp4.000 per pcs, Rp4.000 jadi Rp4.800, sentuh untuk memakai"]
    touch(dialog.list)
    product = counter.till.store.read.product(SABUN.uid)
    assert product is not None
    assert product.units[0].prices[0].amount == 4_800
    dialog.margin.setText("dua puluh")
    dialog._set_margin()
    assert dialog.margin._faulty
    click(counter, "Selesai")


def test_a_count_of_a_category_and_its_sheet(counter: CounterWindow) -> None:
    screen = room(counter, "count")
    click(counter, "Mulai opname")
    begin = asked(BeginDialog)
    QTest.mouseClick(begin.parts._buttons["category"], Qt.MouseButton.LeftButton)
    assert not begin.yes.isEnabled(), "which one?"
    touch(begin.categories, [line.key for line in begin.categories.rows.lines].index("Sabun & cuci"))
    click(counter, "Mulai")
    click(counter, "Cetak lembar hitung")
    assert counter.backstage.prints == 1
    counter.scan(SOAP)
    touch(screen.count.lines)
    click(counter, "Hapus baris")
    click(counter, "Kembalikan")
    assert counter.till.store.read.count_lines(counter.till.store.read.stock_takes()[0].uid)[0].counted == 1
    click(counter, "Kembali")
    assert said(screen.count.list)[0].startswith("Opname Sabun & cuci")


def test_the_card_is_filtered_printed_and_leads_to_the_nota(counter: CounterWindow) -> None:
    sell(counter.till, SOAP)
    deliver(counter.till, (SOAP, 2, 6_000))
    screen = room(counter, f"card/{SABUN.uid}")
    assert len(said(screen.card.lines)) == 3
    click(counter, "Jualan")
    (line,) = said(screen.card.lines)
    assert "sisa 4" in line
    click(counter, "Cetak")
    assert counter.till.store.read.print_jobs(5)[0].kind is DocumentKind.STOCK_CARD
    touch(screen.card.lines)
    assert counter.application.screen_key() == "history"
    room(counter, "card")
    counter.scan(COFFEE)
    assert screen.card.product_uid == KOPI.uid


def test_the_shopping_list_is_copied_for_the_agent_and_printed(counter: CounterWindow) -> None:
    agent = suppliers.add_supplier(counter.till, "Agen Makmur")
    deliver(counter.till, (DUS_CODE, 1, 112_000), head=ReceiptHead(agent.uid, paid=0))
    sell(counter.till, *[INDOMIE] * 30)
    screen = room(counter, "shopping")
    wait_until(lambda: bool(screen.shopping.lists), "the list is there")
    assert said(screen.shopping.lines) == ["Mi goreng, Agen Makmur · sisa 0,5 dus, 2 dus, kira-kira Rp224.000"]
    click(counter, "Salin teks")
    text = QGuiApplication.clipboard().text()
    assert "Agen Makmur\n- Mi goreng: 2 dus\n" in text
    click(counter, "Cetak daftar")
    assert counter.till.store.read.print_jobs(5)[0].kind is DocumentKind.SHOPPING
    click(counter, "Tidak laku")
    wait_until(lambda: "Semua barang laku" in words_of(screen), "nothing lies dead")


def test_a_delivery_of_very_many_lines_is_shown_added_to_and_booked(tmp_path: Path) -> None:
    many = [(goods(f"Barang {n}", 1_000, f"29{n:010d}", uid=f"{n:032x}"), 0) for n in range(1, LINES + 1)]
    with counter_window(tmp_path, many) as counter:
        till = counter.till
        draft = receiving.open_draft(till)
        with till.store.begin() as work:
            rows = enumerate(product for product, _ in many)
            work.put_draft_lines(
                draft.uid,
                [ReceiptLine(at, item.uid, item.units[0].uid, item.name, "pcs", 1, 2, 1_400, 700) for at, item in rows],
            )
            work.commit()
        receiving.set_head(till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
        screen = room(counter)
        touch(screen.receipts.list)
        counter.scan(f"29{LINES // 2:010d}")
        assert screen.receipts.draft.lines.rows.lines[0].right == "Rp2.100"
        click(counter, f"Catat {format_rupiah(1_400 * LINES + 700)}")
        wait_until(lambda: bool(till.store.read.receipts(0, 1)), "it is booked off the UI thread")
        wait_until(lambda: screen.receipts.list.isVisible(), "and shown")
        assert till.store.read.receipts(0, 1)[0].lines == LINES
        assert till.store.read.on_hand(f"{LINES // 2:032x}") == 3
        assert till.store.read.check() == []


def test_counting_goes_on_after_the_room_was_left(counter: CounterWindow) -> None:
    take = stock_taking.begin(counter.till)
    screen = room(counter, "count")
    touch(screen.count.list)
    counter.scan(SOAP)
    counter.application.go("sale")
    counter.scan(SOAP)
    screen = room(counter, "count")
    (line,) = counter.till.store.read.count_lines(take.uid)
    assert (line.counted, line.seen) == (1, 5), "the sale screen's scan is a sale"
    assert counter.names() == ["Sabun mandi"]
    (row,) = counter.till.store.read.stock_card(SABUN.uid, [], 0, 0, 9)
    assert row.reason is MovementReason.OPENING
