"""The nota history: finding a nota, its paper, printing it again as SALINAN, and the answer to a struk that may not have come out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.domain.printing import DocumentKind, PrintJob, PrintState
from pos.domain.sale import short_number
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.paying_views import SaleSearch
from pos.services.preferences import one_printer
from pos.ui.history.model import PAGE, HistoryModel
from pos.ui.history.screen import HistoryScreen
from pos.ui.language import set_language
from pos.ui.theme.look import look
from pos.ui.widgets.paper_view import PaperView
from tests.helpers.shops import KOPI, MI, SHELF, sell
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

MI_CODE, KOPI_CODE = MI.units[0].barcodes[0].code, KOPI.units[0].barcodes[0].code


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=one_printer("tcp://127.0.0.1:9")) as made:
        put_catalogue(made.context.till, SHELF)
        open_session(made.context.till, 100_000)
        yield made


def open_history(shop: Stage, qtbot: QtBot, width: int = 1270) -> HistoryScreen:
    screen = HistoryScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen, width)
    return screen


def view_of(screen: HistoryScreen) -> QListView:
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    return view


def search(screen: HistoryScreen, text: str, qtbot: QtBot, rows: int) -> None:
    screen.findChildren(QLineEdit)[0].setText(text)
    qtbot.waitUntil(lambda: view_of(screen).model().rowCount() == rows)


def struks(shop: Stage, uid: str) -> list[PrintJob]:
    jobs = [job for job in shop.context.till.store.read.print_jobs_of(uid) if job.kind is DocumentKind.RECEIPT]
    return sorted(jobs, key=lambda job: job.copy)


def left(shop: Stage, uid: str, state: PrintState) -> None:
    """The print worker came so far with the original."""
    with shop.context.till.store.begin() as work:
        work.set_print_state(struks(shop, uid)[0].id, state, 1, "the cable was pulled")
        work.commit()


def test_before_the_first_sale_the_next_step_is_shown(shop: Stage, qtbot: QtBot) -> None:
    screen = open_history(shop, qtbot)
    assert "Belum ada nota" in words_of(screen)
    button_of(screen, "Mulai jualan").click()
    assert shop.went == ["sale"]


def test_the_newest_nota_stands_first_with_its_paper(shop: Stage, qtbot: QtBot) -> None:
    sell(shop.context.till, MI_CODE)
    newest = sell(shop.context.till, KOPI_CODE, KOPI_CODE)
    screen = open_history(shop, qtbot)
    assert view_of(screen).model().rowCount() == 2
    assert f"Nota {short_number(newest.number)}" in words_of(screen)
    qtbot.waitUntil(lambda: "Rp3.000" in words_of(screen))
    paper = screen.findChild(PaperView)
    assert isinstance(paper, PaperView)
    assert paper.picture is not None
    assert paper.picture == shop.context.backstage.draw_paper(struks(shop, newest.uid)[0].data), "dot for dot what was frozen"


def test_a_nota_without_a_struk_still_shows_what_would_be_on_it(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path) as shop:
        put_catalogue(shop.context.till, SHELF)
        open_session(shop.context.till, 0)
        sell(shop.context.till, MI_CODE)
        screen = open_history(shop, qtbot)
        paper = screen.findChild(PaperView)
        assert isinstance(paper, PaperView)
        assert paper.picture is not None
        assert "tanpa struk" in words_of(screen)


def test_a_nota_is_found_by_number_amount_or_goods(shop: Stage, qtbot: QtBot) -> None:
    first = sell(shop.context.till, MI_CODE)
    sell(shop.context.till, KOPI_CODE)
    screen = open_history(shop, qtbot)
    search(screen, "mi gor", qtbot, 1)
    assert f"Nota {short_number(first.number)}" in words_of(screen)
    search(screen, "1.500", qtbot, 1)
    search(screen, "", qtbot, 2)


def test_a_search_that_finds_nothing_says_what_to_try(shop: Stage, qtbot: QtBot) -> None:
    sell(shop.context.till, MI_CODE)
    screen = open_history(shop, qtbot)
    search(screen, "semen", qtbot, 0)
    assert "Tidak ketemu" in words_of(screen)


def test_a_reprint_is_a_copy_and_says_so(shop: Stage, qtbot: QtBot) -> None:
    sale = sell(shop.context.till, MI_CODE)
    screen = open_history(shop, qtbot)
    button_of(screen, "Cetak ulang (SALINAN)").click()
    assert [job.copy for job in struks(shop, sale.uid)] == [0, 1]
    assert shop.told == [("good", f"SALINAN 1 dari nota {short_number(sale.number)} dikirim ke printer")]
    qtbot.waitUntil(lambda: {"Struk", "SALINAN 1"} <= set(words_of(screen)))
    paper = screen.findChild(PaperView)
    assert isinstance(paper, PaperView)
    copy = paper.picture
    button_of(screen, "Struk").click()
    assert paper.picture != copy, "the original does not say SALINAN"


def test_the_reprint_key_prints_the_chosen_nota(shop: Stage, qtbot: QtBot) -> None:
    sale = sell(shop.context.till, MI_CODE)
    screen = open_history(shop, qtbot)
    with qtbot.waitActive(screen):
        screen.activateWindow()
    qtbot.keyClick(screen, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: len(struks(shop, sale.uid)) == 2)


def test_a_struk_that_may_not_have_come_out_asks(shop: Stage, qtbot: QtBot) -> None:
    sale = sell(shop.context.till, MI_CODE)
    left(shop, sale.uid, PrintState.UNKNOWN)
    screen = open_history(shop, qtbot)
    assert "Struk ini mungkin belum keluar. Lihat di printer dulu." in words_of(screen)
    button_of(screen, "Sudah tercetak").click()
    assert [job.state for job in struks(shop, sale.uid)] == [PrintState.ON_PAPER]
    with pytest.raises(LookupError):
        button_of(screen, "Sudah tercetak")


@pytest.mark.parametrize("state", [PrintState.UNKNOWN, PrintState.FAILED])
def test_a_struk_that_did_not_come_out_is_printed_again_as_a_copy(shop: Stage, qtbot: QtBot, state: PrintState) -> None:
    sale = sell(shop.context.till, MI_CODE)
    left(shop, sale.uid, state)
    screen = open_history(shop, qtbot)
    button_of(screen, "Cetak ulang").click()
    assert [(job.copy, job.state) for job in struks(shop, sale.uid)] == [(0, PrintState.EXPIRED), (1, PrintState.QUEUED)]


def test_the_badge_follows_the_line(shop: Stage, qtbot: QtBot) -> None:
    sale = sell(shop.context.till, MI_CODE)
    screen = open_history(shop, qtbot)
    assert "belum terkirim" in words_of(screen)
    with shop.context.till.store.begin() as work:
        work.acknowledge([(sale.uid, "applied", "")], 1)
        work.commit()
    shop.context.changed.emit(Changed(outbox=True))
    assert "sudah di e-Peken" in words_of(screen)


def test_a_new_sale_does_not_take_the_nota_away_that_is_looked_at(shop: Stage, qtbot: QtBot) -> None:
    first = sell(shop.context.till, MI_CODE)
    sell(shop.context.till, KOPI_CODE)
    screen = open_history(shop, qtbot)
    view_of(screen).setCurrentIndex(view_of(screen).model().index(1, 0))
    sell(shop.context.till, KOPI_CODE)
    shop.context.changed.emit(Changed(sales=True))
    assert f"Nota {short_number(first.number)}" in words_of(screen)


def test_years_of_notas_are_read_page_by_page(shop: Stage, qtbot: QtBot) -> None:
    for _ in range(PAGE + 5):
        sell(shop.context.till, MI_CODE)
    model = HistoryModel(lambda: shop.context.till.store.read, shop.context.till.clock.now)
    model.show(SaleSearch())
    assert model.rowCount() == PAGE
    assert model.canFetchMore()
    model.fetchMore()
    assert model.rowCount() == PAGE + 5
    assert not model.canFetchMore()
    model.show(SaleSearch())
    assert model.rowCount() == PAGE + 5, "what was read stays read"


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", [PrintState.SENT, PrintState.UNKNOWN])
def test_the_history_fits_its_window(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str, state: PrintState) -> None:
    sale = sell(shop.context.till, MI_CODE)
    left(shop, sale.uid, state)
    set_language(language)
    look().use("light", scale)
    try:
        screen = open_history(shop, qtbot, width)
        need = screen.minimumSizeHint()
        assert (need.width() <= width, need.height() <= 704) == (True, True), need
        assert nameless(screen) == []
    finally:
        look().use("light")
