"""Nota, kuitansi and labels as they are asked for at the counter: seen before they are printed, refused in words, saved as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.papers import LONGEST_BUYER, MOST_LABELS, LabelKind
from pos.domain.printing import DocumentKind, PrintJob
from pos.domain.sale import Sale, Tender
from pos.domain.tendering import Part
from pos.services import papers
from pos.services.checkout import complete_sale, pay
from pos.services.customers import add_customer
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.ports import Till
from pos.services.preferences import one_printer
from pos.services.selling import scan
from pos.services.selling_lines import set_customer
from pos.services.shop import set_identity
from pos.services.views import GoodsFilter
from pos.ui.goods.screen import GoodsScreen
from pos.ui.history.screen import HistoryScreen
from pos.ui.language import set_language
from pos.ui.papers import saving
from pos.ui.papers.label_dialog import GoodsChoice, LabelDialog
from pos.ui.papers.nota_dialog import NotaDialog
from pos.ui.theme.look import look
from tests.helpers.papers import reader_of
from tests.helpers.shops import SHELF, goods
from tests.helpers.stage import Stage, button_of, nameless, stage

BUYER = "Dinas Komunikasi dan Informatika Kota Surabaya"
MI = "089686010947"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    """A shop that sells and prints on the screen."""
    with stage(tmp_path) as made:
        made.context.preferences = replace(made.context.preferences, printers=one_printer("screen:"))
        made.context.preferences_changed.emit()
        till = made.shop.till
        set_identity(till, "Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya", "Sari")
        put_catalogue(till, SHELF)
        open_session(till, 200_000)
        yield made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The till's window, at its smallest."""
    window = QWidget()
    window.resize(1024, 768)
    qtbot.addWidget(window)
    window.show()
    return window


def sold(till: Till) -> Sale:
    basket, _ = scan(till, MI)
    return complete_sale(till, basket, basket.total)


def ask_nota(shop: Stage, sale: Sale, window: QWidget, qtbot: QtBot) -> NotaDialog:
    dialog = NotaDialog(shop.context, sale, window)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def ask_labels(shop: Stage, window: QWidget, qtbot: QtBot, total: int = 4, one: bool = True) -> LabelDialog:
    row = shop.shop.till.store.read.goods(GoodsFilter.ALL, "", 0, 1)[0] if one else None
    dialog = LabelDialog(shop.context, GoodsChoice(GoodsFilter.ALL, "", total, row, "Semua barang"), window)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def jobs(till: Till, kind: DocumentKind) -> list[PrintJob]:
    return sorted((job for job in till.store.read.print_jobs() if job.kind is kind), key=lambda job: job.id)


def paper_text(shop: Stage, job: PrintJob) -> str:
    from pos.app.papers import device, receipt_printer

    return reader_of(device(receipt_printer(shop.shop.preferences)).profile).read(job.data).text


# --- nota and kuitansi ----------------------------------------------------------------------------------------------


def test_a_nota_is_seen_while_the_department_is_typed_and_printed_with_its_name(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    till = shop.shop.till
    sale = sold(till)
    dialog = ask_nota(shop, sale, window, qtbot)
    before = dialog._paper.view.picture
    dialog._buyer.setText(BUYER)
    qtbot.waitUntil(lambda: dialog._paper.view.picture != before, timeout=5_000)
    seen = dialog._paper.view.picture
    button_of(dialog, "Cetak").click()
    (job,) = jobs(till, DocumentKind.NOTA)
    assert shop.shop.draw_paper(job.data) == seen, "what was seen is what is printed"
    assert "Dinas Komunikasi dan" in paper_text(shop, job)
    assert shop.told[-1] == ("good", "Nota pembelian 1 dikirim ke printer")
    assert not dialog.isVisible()


def test_the_next_one_is_a_copy_and_says_so(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    sale = sold(shop.shop.till)
    for _ in range(2):
        dialog = ask_nota(shop, sale, window, qtbot)
        dialog.choose(DocumentKind.KUITANSI)
        dialog._purpose.setText("Konsumsi rapat")
        button_of(dialog, "Cetak").click()
    first, second = jobs(shop.shop.till, DocumentKind.KUITANSI)
    assert "SALINAN" not in paper_text(shop, first)
    assert "SALINAN ke-1" in paper_text(shop, second)
    assert "Konsumsi rapat" in paper_text(shop, second)
    assert shop.told[-1] == ("good", "Kuitansi 1 dikirim ke printer sebagai SALINAN ke-1")


def test_a_department_that_bought_before_is_one_touch_away(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    sale = sold(shop.shop.till)
    papers.print_nota(shop.shop.till, sale.uid, BUYER)
    dialog = ask_nota(shop, sale, window, qtbot)
    button_of(dialog, BUYER).click()
    assert dialog._buyer.text() == BUYER


def test_what_is_not_paid_has_a_nota_and_no_kuitansi_and_is_told_why(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    till = shop.shop.till
    customer = add_customer(till, "Bu Rina", limit=100_000)
    scan(till, MI)
    owed = pay(till, set_customer(till, customer.uid, customer.name), (Part(Tender.CREDIT, 3_500),))
    dialog = ask_nota(shop, owed, window, qtbot)
    assert button_of(dialog, "Cetak").isEnabled()
    dialog.choose(DocumentKind.KUITANSI)
    assert "Belum lunas" in dialog._trouble.text()
    assert not any(button_of(dialog, words).isEnabled() for words in ("Cetak", "PDF A5", "PDF A4"))
    dialog.choose(DocumentKind.NOTA)
    assert dialog._trouble.text() == ""
    assert button_of(dialog, "Cetak").isEnabled()


def test_a_pasted_name_that_is_too_long_is_said_and_not_cut(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    dialog = ask_nota(shop, sold(shop.shop.till), window, qtbot)
    dialog._buyer.setText("x" * 300)
    qtbot.waitUntil(lambda: "Nama terlalu panjang" in dialog._trouble.text(), timeout=5_000)
    assert str(LONGEST_BUYER) in dialog._trouble.text()
    assert not button_of(dialog, "Cetak").isEnabled()
    dialog._buyer.setText("Dinas Sosial")
    qtbot.waitUntil(lambda: button_of(dialog, "Cetak").isEnabled(), timeout=5_000)


def test_without_a_printer_the_way_on_is_said_and_a_pdf_can_still_be_saved(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    shop.context.preferences = replace(shop.context.preferences, printers=())
    shop.context.preferences_changed.emit()
    dialog = ask_nota(shop, sold(shop.shop.till), window, qtbot)
    button_of(dialog, "Cetak").click()
    assert "Printer belum dipilih" in dialog._trouble.text()
    assert dialog.isVisible()
    assert button_of(dialog, "PDF A5").isEnabled()


@pytest.mark.parametrize(("words", "points"), [("PDF A5", 420), ("PDF A4", 595)])
def test_a_page_is_saved_where_it_was_wanted_under_a_name_that_says_what_it_is(
    shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path, words: str, points: int
) -> None:
    sale = sold(shop.shop.till)
    dialog = ask_nota(shop, sale, window, qtbot)
    dialog.choose(DocumentKind.KUITANSI)
    dialog._buyer.setText(BUYER)
    button_of(dialog, words).click()
    (asked,) = dialog.findChildren(QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == f"Kuitansi KW-{sale.number}.pdf"
    target = tmp_path / "kuitansi.pdf"
    asked.fileSelected.emit(str(target))
    asked.close()
    qtbot.waitUntil(lambda: bool(shop.told) and shop.told[-1] == ("good", "kuitansi.pdf tersimpan"), timeout=10_000)
    read = PdfReader(target)
    assert round(float(read.pages[0].mediabox.width)) == pytest.approx(points, abs=1)
    assert BUYER in " ".join(read.pages[0].extract_text().split())
    assert papers.buyers(shop.shop.till.store.read) == [BUYER]


def test_a_place_that_cannot_be_written_is_told(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ask_nota(shop, sold(shop.shop.till), window, qtbot)
    button_of(dialog, "PDF A5").click()
    (asked,) = dialog.findChildren(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "nowhere" / "a.pdf"))
    asked.close()
    qtbot.waitUntil(lambda: bool(shop.told) and shop.told[-1][0] == "fault", timeout=10_000)
    assert "PDF belum tersimpan" in shop.told[-1][1]


@pytest.mark.parametrize(
    ("name", "file"), [("Nota A1-1042-7C2F", "Nota A1-1042-7C2F"), ("../a/b\\c:d", "-a-b-c-d"), ("", "epeken"), ("x" * 200, "x" * 80)]
)
def test_a_proposed_name_is_one_that_every_system_takes(name: str, file: str) -> None:
    assert saving.file_name(name) == file


def test_the_history_leads_to_the_nota_of_the_chosen_sale(shop: Stage, qtbot: QtBot) -> None:
    sale = sold(shop.shop.till)
    screen = HistoryScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    button_of(screen, "Nota dan kuitansi").click()
    (dialog,) = screen.findChildren(NotaDialog)
    assert dialog._sale == sale
    dialog.reject()


# --- labels ---------------------------------------------------------------------------------------------------------


def test_the_label_of_one_product_is_seen_and_printed_as_often_as_wanted(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    dialog = ask_labels(shop, window, qtbot)
    assert dialog._paper.view.picture is not None
    dialog._copies.choose("4")
    button_of(dialog, "Cetak").click()
    qtbot.waitUntil(lambda: bool(jobs(shop.shop.till, DocumentKind.LABEL)), timeout=10_000)
    (job,) = jobs(shop.shop.till, DocumentKind.LABEL)
    assert paper_text(shop, job).count("Rp3.500") == 4
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)
    assert shop.told[-1] == ("good", "Dikirim ke printer: 1 cetakan")


def test_a_whole_list_is_printed_as_stickers_in_jobs_that_are_not_too_long(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    put_catalogue(shop.shop.till, [(goods(f"Barang {number}", 1_000, f"{number:05d}"), 1) for number in range(60)])
    dialog = ask_labels(shop, window, qtbot, total=64)
    button_of(dialog, "Stiker barcode").click()
    dialog._goods.choose("all")
    button_of(dialog, "Cetak").click()
    qtbot.waitUntil(lambda: len(jobs(shop.shop.till, DocumentKind.LABEL)) == 2, timeout=20_000)


def test_a_sheet_to_count_by_has_every_product_and_a_blind_one_no_figures(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    dialog = ask_labels(shop, window, qtbot, one=False)
    button_of(dialog, "Lembar stok opname").click()
    assert not dialog._copies.isVisible()
    assert not dialog._pdf.isVisible()
    for number, (words, known) in enumerate((("Dengan catatan stok", True), ("Tanpa catatan", False)), start=1):
        dialog.setEnabled(True)
        dialog.open()
        button_of(dialog, words).click()
        button_of(dialog, "Cetak").click()
        qtbot.waitUntil(lambda number=number: len(jobs(shop.shop.till, DocumentKind.STOCK_TAKE)) == number, timeout=10_000)
        text = paper_text(shop, jobs(shop.shop.till, DocumentKind.STOCK_TAKE)[-1])
        assert "4 barang" in text
        assert ("catatan 200 bungkus" in text) is known
        assert text.count("........") >= 4


def test_more_than_paper_should_hold_at_once_is_refused_before_the_press(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    dialog = ask_labels(shop, window, qtbot, total=MOST_LABELS // 4 + 1)
    dialog._goods.choose("all")
    assert button_of(dialog, "Cetak").isEnabled()
    dialog._copies.choose("4")
    dialog._draw()
    assert f"Paling banyak {MOST_LABELS} label" in dialog._trouble.text()
    assert not button_of(dialog, "Cetak").isEnabled()


def test_an_empty_list_has_no_labels_and_says_so(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    dialog = LabelDialog(shop.context, GoodsChoice(GoodsFilter.ALL, "tidak ada", 0, None, "tidak ada"), window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "Belum ada barang yang dipilih" in dialog._trouble.text()
    assert not button_of(dialog, "Cetak").isEnabled()


def test_labels_are_saved_as_a_sheet(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ask_labels(shop, window, qtbot)
    dialog._goods.choose("all")
    button_of(dialog, "PDF A4").click()
    (asked,) = dialog.findChildren(QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == "Label Semua barang.pdf"
    asked.fileSelected.emit(str(tmp_path / "label.pdf"))
    asked.close()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    assert "Rp28.000" in PdfReader(tmp_path / "label.pdf").pages[0].extract_text()


def test_the_goods_list_leads_to_the_labels_of_what_it_shows(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen._search.setText("sabun")
    screen._searched()
    button_of(screen, "Label").click()
    (dialog,) = screen.findChildren(LabelDialog)
    assert (dialog._choice.text, dialog._choice.total, dialog._choice.part) == ("sabun", 1, "sabun")
    assert dialog._choice.row is not None
    assert dialog._choice.row.name == "Sabun mandi"
    assert LabelKind(dialog._kind) is LabelKind.SHELF
    dialog.reject()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("profile", ["generic58", "generic80"])
def test_the_dialogues_fit_the_smallest_window_and_everything_has_a_name(
    shop: Stage, window: QWidget, qtbot: QtBot, language: str, profile: str
) -> None:
    set_language(language)
    shop.context.preferences = replace(shop.context.preferences, printers=one_printer("screen:", profile))
    shop.context.preferences_changed.emit()
    sale = sold(shop.shop.till)
    papers.print_nota(shop.shop.till, sale.uid, BUYER)
    for dialog in (ask_nota(shop, sale, window, qtbot), ask_labels(shop, window, qtbot)):
        assert dialog.minimumSizeHint().width() <= 1024, type(dialog)
        assert dialog.minimumSizeHint().height() <= 768, type(dialog)
        assert dialog.width() <= 1024
        assert nameless(dialog) == []
        dialog.reject()


def test_the_dialogues_fit_at_large_text(shop: Stage, qtbot: QtBot) -> None:
    look().use("light", 125)
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    for dialog in (ask_nota(shop, sold(shop.shop.till), window, qtbot), ask_labels(shop, window, qtbot)):
        assert dialog.minimumSizeHint().width() <= 1366
        assert dialog.minimumSizeHint().height() <= 768
        dialog.reject()
