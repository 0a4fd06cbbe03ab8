"""The first-run guide: an officer pairs the shop with a real server process, sets the printer, tries the scanner and fills the shelf."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.domain.people import Role
from pos.services.shop import finish_set_up, needs_set_up
from pos.services.views import GoodsFilter
from pos.ui.first_run.pages import GoodsPage, PairPage, PrinterPage, ScannerPage
from pos.ui.first_run.pin_page import PinPage
from pos.ui.first_run.screen import FirstRunScreen
from pos.ui.first_run.steps import STEPS, Step
from pos.ui.goods.importing.dialog import ImportDialog
from pos.ui.language import set_language
from pos.ui.theme.look import look
from tests.helpers.central import CentralProcess
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.sheets import shop_list, write_csv, write_xlsx
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

_WAIT_MS = 30_000


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}")
    yield process
    process.close()


@pytest.fixture(scope="module")
def city_shop(central: CentralProcess) -> str:
    return central.command("shop", "Toko Sinar Jaya", "--address", "Jl. Kenanga 12, Surabaya")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def guide(shop: Stage, qtbot: QtBot) -> FirstRunScreen:
    screen = FirstRunScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen, 1366, 768)
    return screen


def _page(guide: FirstRunScreen, step: Step) -> PairPage:
    """Walk to a step by its button."""
    while guide.step is not step:
        button_of(guide, "Lanjut").click()
    page = guide.pages[step]
    assert isinstance(page, PairPage)
    return page


def _pair(guide: FirstRunScreen, url: str, code: str) -> PairPage:
    page = _page(guide, Step.PAIR)
    page.pairing.address.setText(url)
    page.pairing.code.setText(code)
    button_of(guide, "Sambungkan").click()
    return page


def test_a_shop_is_paired_by_its_one_time_code(
    shop: Stage, guide: FirstRunScreen, qtbot: QtBot, central: CentralProcess, city_shop: str
) -> None:
    page = _pair(guide, central.url, central.command("code", city_shop).lower())
    assert not page.pairing.connect_button.isEnabled(), "the window goes on while the server is asked"
    qtbot.waitUntil(lambda: page.pairing.is_paired, timeout=_WAIT_MS)
    qtbot.waitUntil(lambda: "Tersambung ke e-Peken sebagai Toko Sinar Jaya" in page.pairing.note.sentence, timeout=_WAIT_MS)
    identity = shop.shop.till.store.read.shop()
    assert (identity.name, identity.central_url) == ("Toko Sinar Jaya", central.url)
    assert "Toko Sinar Jaya" in words_of(guide.rail)
    assert not page.shop.name.isEnabled(), "the shop's name is the server's now"
    assert shop.context.preferences.central_url == central.url
    assert "accepted" in shop.sounds
    assert guide.rail.marks[Step.PAIR].done


def test_a_wrong_code_is_said_in_its_place_and_the_right_one_still_works(
    shop: Stage, guide: FirstRunScreen, qtbot: QtBot, central: CentralProcess, city_shop: str
) -> None:
    page = _pair(guide, central.url, "AAAA-AAAA")
    qtbot.waitUntil(lambda: "Kode belum cocok. Cek lagi kodenya" in page.pairing.note.sentence, timeout=_WAIT_MS)
    assert shop.told == [], "it is said in its place, not in a toast"
    assert not page.pairing.is_paired
    qtbot.waitUntil(page.pairing.connect_button.isEnabled, timeout=_WAIT_MS)
    _pair(guide, central.url, central.command("code", city_shop))
    qtbot.waitUntil(lambda: page.pairing.is_paired, timeout=_WAIT_MS)


def test_a_code_that_was_used_is_said(
    tmp_path: Path, shop: Stage, guide: FirstRunScreen, qtbot: QtBot, central: CentralProcess, city_shop: str
) -> None:
    code = central.command("code", city_shop)
    with stage(tmp_path / "other till") as other:
        other.shop.pair(central.url, code)
    page = _pair(guide, central.url, code)
    qtbot.waitUntil(lambda: "Kode sudah dipakai" in page.pairing.note.sentence, timeout=_WAIT_MS)
    assert not page.pairing.is_paired


def test_a_code_that_can_be_none_is_said_without_asking_anyone(guide: FirstRunScreen) -> None:
    page = _pair(guide, "http://127.0.0.1:9", "ABC")
    assert "Kode belum cocok" in page.pairing.note.sentence
    assert page.pairing.connect_button.isEnabled()


def test_a_server_that_is_not_there_is_said_and_the_next_step_is_open(guide: FirstRunScreen, qtbot: QtBot) -> None:
    page = _pair(guide, "http://127.0.0.1:9", "ABCD-EFGH")
    qtbot.waitUntil(lambda: "Sedang luring" in page.pairing.note.sentence, timeout=_WAIT_MS)
    button_of(guide, "Lanjut").click()
    assert guide.step is Step.PRINTER


def test_a_server_that_lets_one_wait_is_said_to(guide: FirstRunScreen, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        taken: list[socket.socket] = []
        thread = threading.Thread(target=lambda: taken.append(silent.accept()[0]), daemon=True)
        thread.start()
        page = _pair(guide, f"http://127.0.0.1:{silent.getsockname()[1]}", "ABCD-EFGH")
        qtbot.waitUntil(lambda: "Sedang menghubungi server" in page.pairing.note.sentence, timeout=_WAIT_MS)
        thread.join(10)
        taken[0].close()
    qtbot.waitUntil(page.pairing.connect_button.isEnabled, timeout=_WAIT_MS)


def test_a_machine_without_a_keyring_asks_its_owner_before_keys_go_into_a_file(
    tmp_path: Path, qtbot: QtBot, central: CentralProcess, city_shop: str
) -> None:
    keyring.set_keyring(NoKeyring())
    with stage(tmp_path, secrets_in_file=False) as shop:
        guide = FirstRunScreen(shop.context)
        qtbot.addWidget(guide)
        shop.show(guide, 1366, 768)
        code = central.command("code", city_shop)
        page = _pair(guide, central.url, code)
        qtbot.waitUntil(lambda: "tempat aman untuk kunci" in page.pairing.note.sentence, timeout=_WAIT_MS)
        assert not (tmp_path / "config" / "secrets.json").exists()
        button_of(guide, "Simpan kunci di berkas komputer ini").click()
        qtbot.waitUntil(page.pairing.connect_button.isEnabled, timeout=_WAIT_MS)
        button_of(guide, "Sambungkan").click()
        qtbot.waitUntil(lambda: page.pairing.is_paired, timeout=_WAIT_MS)
        assert shop.context.preferences.secrets_in_file
        assert (tmp_path / "config" / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_shop_without_a_code_gives_its_own_name(shop: Stage, guide: FirstRunScreen) -> None:
    page = _page(guide, Step.PAIR)
    page.shop.name.setText("Warung Bu Siti")
    page.shop.cashier.setText("Bu Siti")
    button_of(guide, "Lanjut").click()
    kept = shop.shop.till.store.read.shop()
    assert (kept.name, kept.cashier) == ("Warung Bu Siti", "Bu Siti")
    assert "Warung Bu Siti" in words_of(guide.rail)


def test_every_step_can_be_skipped_and_nothing_is_kept_by_it(shop: Stage, guide: FirstRunScreen) -> None:
    page = _page(guide, Step.PAIR)
    page.shop.name.setText("Warung Bu Siti")
    button_of(guide, "Lewati").click()
    assert shop.shop.till.store.read.shop().name == ""
    button_of(guide, "Lewati").click()
    button_of(guide, "Lewati").click()
    button_of(guide, "Lewati").click()
    button_of(guide, "Lewati").click()
    assert guide.step is Step.PIN
    button_of(guide, "Kembali").click()
    assert guide.step is Step.GOODS


def test_the_set_up_page_comes_out_and_its_three_questions_tell_width_and_letters(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.PRINTER)
    page = guide.pages[Step.PRINTER]
    assert isinstance(page, PrinterPage)
    with StandInPrinter() as printer:
        page.printer.address.setText(printer.address)
        button_of(guide, "Cetak halaman atur").click()
        shop.print_all()
        assert len(printer.jobs) == 1
    assert "Lihat kertasnya, lalu jawab:" in words_of(guide)
    button_of(guide, "1 dan 2").click()
    button_of(guide, "2").click()
    (chosen,) = shop.context.preferences.printers
    assert (chosen.columns, chosen.dots, chosen.codepage, chosen.table) == (42, 512, "cp850", 2)
    assert chosen.address == printer.address
    assert guide.scanned("EPEKEN-UJI")
    assert [question.answer for question in page.questions.questions] == [1, 1, 0], "the code on the paper was read"
    assert any("42 huruf sebaris" in words for words in words_of(page.questions))
    button_of(guide, "Tidak ada").click()
    assert shop.context.preferences.printers[0].codepage == "ascii", "letters that every printer has"
    button_of(guide, "Kode terbaca pemindai?  Tidak").click()
    assert any("kepala cetak" in words for words in words_of(page.questions))


def test_an_address_that_is_none_holds_the_step_and_skipping_does_not(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.PRINTER)
    page = guide.pages[Step.PRINTER]
    assert isinstance(page, PrinterPage)
    page.printer.address.setText("di sebelah kanan")
    button_of(guide, "Lanjut").click()
    assert guide.step is Step.PRINTER
    assert "Printer tidak ketemu" in page.printer.note.sentence
    button_of(guide, "Lewati").click()
    assert guide.step is Step.SCANNER
    assert shop.context.preferences.printers == ()


def test_a_scan_shows_the_code_and_that_the_scanner_works(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.SCANNER)
    assert "Menunggu pindaian…" in words_of(guide)
    assert guide.scanned("8998100000025")
    assert {"8998100000025", "Pemindai jalan"} <= set(words_of(guide))
    assert shop.sounds == ["accepted"]


@pytest.mark.parametrize("step", STEPS)
def test_no_scan_of_the_guide_sells_anything(shop: Stage, guide: FirstRunScreen, step: Step) -> None:
    guide.open_step(step)
    assert guide.scanned("8998100000025")
    scanner = guide.pages[Step.SCANNER]
    assert isinstance(scanner, ScannerPage)
    assert scanner.done
    assert shop.shop.till.store.read.basket().lines == ()


def test_the_starter_list_fills_the_shelf_with_nothing_counted_yet(shop: Stage, guide: FirstRunScreen, qtbot: QtBot) -> None:
    guide.open_step(Step.GOODS)
    page = guide.pages[Step.GOODS]
    assert isinstance(page, GoodsPage)
    button_of(guide, "Pakai daftar ini").click()
    qtbot.waitUntil(lambda: page.done, timeout=_WAIT_MS)
    qtbot.waitUntil(lambda: any("barang siap dijual" in words for words in words_of(guide)), timeout=_WAIT_MS)
    assert not page.sources.starter.button.isEnabled(), "once is enough"
    rows = shop.shop.till.store.read.tiles("", 20)
    assert len(rows) == 20
    assert {row.on_hand for row in rows} == {0}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_the_shops_own_list_is_chosen_looked_into_and_taken(
    shop: Stage, guide: FirstRunScreen, qtbot: QtBot, tmp_path: Path, write: Callable[..., Path]
) -> None:
    file = write(tmp_path / f"barang.{write.__name__[-4:].strip('_')}", shop_list(60))
    guide.open_step(Step.GOODS)
    button_of(guide, "Pilih berkas").click()
    [choice] = guide.findChildren(QFileDialog)
    assert choice.isVisible()
    choice.selectFile(str(file))
    choice.fileSelected.emit(str(file))
    choice.close()
    [dialog] = guide.findChildren(ImportDialog)
    qtbot.waitUntil(lambda: any(words.startswith("Ambil ") for words in words_of(dialog)), timeout=_WAIT_MS)
    button_of(dialog, next(words for words in words_of(dialog) if words.startswith("Ambil "))).click()
    taken = shop.shop.till.store.read.goods_counts
    qtbot.waitUntil(lambda: taken()[GoodsFilter.ALL] > 50, timeout=_WAIT_MS)
    qtbot.waitUntil(lambda: "Tutup" in words_of(dialog), timeout=_WAIT_MS)
    button_of(dialog, "Tutup").click()
    assert f"{taken()[GoodsFilter.ALL]} barang siap dijual." in words_of(guide)


def test_goods_that_come_by_an_import_are_counted_on_the_page(shop: Stage, guide: FirstRunScreen) -> None:
    from pos.services.goods import add_unknown

    guide.open_step(Step.GOODS)
    add_unknown(shop.shop.till, "8998100000025", "Kopi", 3_500)
    shop.context.changed.emit(Changed(goods=True))
    assert "1 barang siap dijual." in words_of(guide)


def test_the_guide_ends_at_the_counter_and_opens_by_itself_no_more(shop: Stage, guide: FirstRunScreen) -> None:
    assert needs_set_up(shop.shop.till.store.read)
    guide.open_step(Step.PIN)
    button_of(guide, "Mulai jualan").click()
    assert shop.went == ["sale"]
    assert not needs_set_up(shop.shop.till.store.read)


def test_the_owners_pin_is_made_at_the_end_or_never(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.PIN)
    page = guide.pages[Step.PIN]
    assert isinstance(page, PinPage)
    page.name.setText("Bu Siti")
    for first, second, words in (("1357", "1358", "belum sama"), ("1234", "1234", "terlalu mudah")):
        page.pins.first.setText(first)
        page.pins.second.setText(second)
        button_of(guide, "Mulai jualan").click()
        assert words in page.note.sentence
        assert shop.went == []
    page.pins.first.setText("1357")
    page.pins.second.setText("1357")
    button_of(guide, "Mulai jualan").click()
    assert shop.went == ["sale"]
    signed = shop.shop.till.store.read.signed()
    assert (signed.name, signed.role, signed.guarded) == ("Bu Siti", Role.OWNER, True)
    assert page.pins.pin() == "", "nothing of it stays on the screen"


def test_a_shop_of_one_skips_the_pin(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.PIN)
    button_of(guide, "Mulai jualan").click()
    assert shop.went == ["sale"]
    assert not shop.shop.till.store.read.signed().guarded


def test_another_language_is_there_at_once(shop: Stage, guide: FirstRunScreen) -> None:
    button_of(guide, "English").click()
    assert shop.context.preferences.language == "en"
    set_language("en")
    guide.retranslate()
    assert {"Next", "Language", "Welcome"} <= set(words_of(guide))


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 100), (1024, 768, 100), (1366, 768, 125)])
def test_the_guide_fits_the_window_and_every_button_has_a_name(shop: Stage, qtbot: QtBot, width: int, height: int, scale: int) -> None:
    look().use("light", scale)
    try:
        guide = FirstRunScreen(shop.context)
        qtbot.addWidget(guide)
        shop.show(guide, width, height)
        printer = guide.pages[Step.PRINTER]
        assert isinstance(printer, PrinterPage)
        printer.questions.ask(printer.printer.printer)
        for step in STEPS:
            guide.open_step(step)
            least = guide.minimumSizeHint()
            assert least.width() <= width, step
            assert least.height() <= height, step
            area = guide.areas[step]
            assert guide.pages[step].minimumSizeHint().width() <= area.viewport().width(), f"{step} is cut off at its right"
            assert nameless(guide) == []
    finally:
        look().use("light", 100)


def test_the_paper_beside_the_printer_is_the_test_page_before_it_is_printed(guide: FirstRunScreen) -> None:
    guide.open_step(Step.PRINTER)
    assert guide.paper.isVisible()
    assert guide.paper.paper.picture is not None
    guide.open_step(Step.SCANNER)
    assert not guide.paper.isVisible()


def test_a_double_click_on_lanjut_is_one_step(guide: FirstRunScreen) -> None:
    QTest.mouseClick(guide.next, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(guide.next, Qt.MouseButton.LeftButton)
    assert guide.step is STEPS[1]


def test_esc_leads_out_of_the_guide_when_the_shop_is_set_up_already(shop: Stage, guide: FirstRunScreen) -> None:
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert shop.went == []
    finish_set_up(shop.context.till)
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert shop.went == ["sale"]
