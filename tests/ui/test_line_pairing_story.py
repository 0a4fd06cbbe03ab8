"""An officer pairs a shop by the code on its screen; it sells without a line, the line comes back, and it is let go when all is told.

The page is real, the shop is real, and so is the central: a process of its own behind a line that can be cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.services import drawer
from pos.services.goods import put_catalogue
from pos.sync import snapshot
from pos.ui.settings.leaving import LeaveDialog, UnsentDialog
from pos.ui.settings.screen import SettingsScreen
from tests.helpers.bad_line import BadLine, Weather
from tests.helpers.central import CentralProcess
from tests.helpers.shops import SHELF, sell
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

INDOMIE = "089686010947"
PATIENCE_MS = 30_000


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}", "--from-address", "0")
    yield process
    process.close()


@pytest.fixture
def line(central: CentralProcess) -> Iterator[BadLine]:
    made = BadLine(central.url)
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "toko") as made:
        put_catalogue(made.shop.till, SHELF)
        drawer.open_session(made.shop.till, 100_000)
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> SettingsScreen:
    screen = SettingsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen.open_section("central")
    return screen


def settle(shop: Stage) -> None:
    for _ in range(200):
        done = shop.shop.sync_once()
        read = shop.shop.till.store.read
        if done.error is None and done.next_in > 0 and not read.line().waiting and not snapshot.goes_on(read):
            return
    raise AssertionError(f"the line does not settle: {shop.shop.till.store.read.line()}")


def show_code(page: SettingsScreen, url: str, qtbot: QtBot) -> str:
    page.pairing.address.setText(url)
    button_of(page.pairing, "Tunjukkan kode ke petugas").click()
    qtbot.waitUntil(lambda: bool(page.pairing.grant.code), timeout=PATIENCE_MS)
    return page.pairing.grant.code


def test_paired_by_a_shown_code_sold_without_a_line_all_told_and_then_let_go(
    shop: Stage, page: SettingsScreen, central: CentralProcess, line: BadLine, qtbot: QtBot
) -> None:
    city_shop = central.command("shop", "Toko Sinar Jaya")
    code = show_code(page, line.url, qtbot)
    assert any("Berlaku" in words for words in words_of(page.pairing))
    assert nameless(page.pairing) == []
    central.command("approve", code, city_shop)
    with qtbot.waitSignal(page.pairing.paired, timeout=PATIENCE_MS):
        pass
    assert "Tersambung ke e-Peken sebagai Toko Sinar Jaya." in page.pairing.note.sentence
    assert not page.pairing.grant.busy
    settle(shop)
    line.set(Weather.NO_LINE)
    sold = sell(shop.shop.till, INDOMIE)
    # the officer wants the computer back, and is told why not yet
    button_of(page.pairing, "Lepas dari toko").click()
    (asking,) = page.findChildren(LeaveDialog)
    button_of(asking, "Lepas").click()
    qtbot.waitUntil(lambda: any(found.isVisible() for found in page.findChildren(UnsentDialog)), timeout=PATIENCE_MS)
    (refused,) = page.findChildren(UnsentDialog)
    assert "Masih ada 1 catatan belum terkirim" in words_of(refused)
    line.set(Weather.FAIR)
    button_of(refused, "Kirim sekarang").click()
    assert shop.went == ["health#line"]
    settle(shop)
    told = central.summary(city_shop)
    assert (told["sales"], told["turnover"]) == (1, sold.total)
    button_of(page.pairing, "Lepas dari toko").click()
    button_of(next(found for found in page.findChildren(LeaveDialog) if found.isVisible()), "Lepas").click()
    qtbot.waitUntil(lambda: "sudah dilepas" in page.pairing.note.sentence, timeout=PATIENCE_MS)
    assert not shop.shop.till.store.read.line().paired
    assert button_of(page.pairing, "Tunjukkan kode ke petugas")


def test_an_officer_who_does_not_know_the_shop_refuses_and_it_is_said(page: SettingsScreen, central: CentralProcess, qtbot: QtBot) -> None:
    city_shop = central.command("shop", "Toko Lain")
    code = show_code(page, central.url, qtbot)
    central.command("approve", "--deny", code, city_shop)
    qtbot.waitUntil(lambda: "Petugas menolak" in page.pairing.note.sentence, timeout=PATIENCE_MS)
    assert not page.pairing.grant.busy
    assert button_of(page.pairing, "Sambungkan")


def test_a_code_that_nobody_wants_is_put_away_and_without_a_line_there_is_none(
    page: SettingsScreen, central: CentralProcess, line: BadLine, qtbot: QtBot
) -> None:
    show_code(page, line.url, qtbot)
    button_of(page.pairing, "Batal").click()
    assert page.pairing.grant.code == ""
    line.set(Weather.NO_LINE)
    button_of(page.pairing, "Tunjukkan kode ke petugas").click()
    qtbot.waitUntil(lambda: "Sedang luring" in page.pairing.note.sentence, timeout=PATIENCE_MS)
