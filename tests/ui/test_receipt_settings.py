"""What stands on the paper is set beside the paper: it changes while it is typed, and what is seen are the bytes that are printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.printing import DocumentKind
from pos.services.checkout import complete_sale
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.preferences import one_printer
from pos.services.selling import scan
from pos.ui.context import PaperPicture
from pos.ui.settings.screen import SettingsScreen
from pos.ui.theme.look import look
from pos.ui.widgets.lines_field import LinesField
from tests.helpers.shops import SHELF
from tests.helpers.stage import Stage, button_of, nameless, stage


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> SettingsScreen:
    screen = SettingsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen.open_section("receipt")
    return screen


def picture_of(page: SettingsScreen) -> PaperPicture:
    picture = page.preview.paper.picture
    assert picture is not None
    return picture


def as_printed(shop: Stage, kind: DocumentKind = DocumentKind.RECEIPT) -> PaperPicture:
    """The paper with the settings that are kept, drawn apart from the page."""
    return shop.shop.sample_paper(shop.shop.preferences, kind)


def type_into(field: LinesField, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field.focusProxy(), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.focusProxy(), text)


def test_the_words_below_the_struk_are_seen_while_they_are_typed_and_kept_when_the_field_is_left(
    shop: Stage, page: SettingsScreen, qtbot: QtBot
) -> None:
    before = picture_of(page)
    type_into(page.paper.footer, " dan sampai jumpa lagi di toko kami yang baru")
    qtbot.waitUntil(lambda: picture_of(page) != before, timeout=5_000)
    assert shop.context.preferences.receipt_footer == "Terima kasih", "a letter is no decision"
    page.paper.header.setFocus()
    assert shop.context.preferences.receipt_footer == "Terima kasih dan sampai jumpa lagi di toko kami yang baru"
    qtbot.waitUntil(lambda: picture_of(page) == as_printed(shop), timeout=5_000)


def test_header_lines_stand_below_the_name_each_for_itself(shop: Stage, page: SettingsScreen) -> None:
    page.paper.header.setFocus()
    QTest.keyClicks(page.paper.header.focusProxy(), "Buka 06.00-21.00")
    QTest.keyClick(page.paper.header.focusProxy(), Qt.Key.Key_Return)
    QTest.keyClicks(page.paper.header.focusProxy(), "Parkir gratis")
    page.paper.footer.setFocus()
    assert shop.context.preferences.paper_header == "Buka 06.00-21.00\nParkir gratis"
    kept = tomllib.loads((shop.shop._paths.settings).read_text(encoding="utf-8"))
    assert kept["paper_header"] == "Buka 06.00-21.00\nParkir gratis"


def test_no_more_lines_and_letters_are_taken_than_paper_has_room_for(page: SettingsScreen) -> None:
    field = page.paper.header
    field.setFocus()
    field.setText("satu\ndua\ntiga\nempat")
    assert field.text() == "satu\ndua"
    field.setText("x" * 500)
    assert len(field.text()) == 200


def test_the_paper_speaks_another_language_than_the_screen(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    before = picture_of(page)
    button_of(page.paper, "English").click()
    assert shop.context.preferences.paper_language == "en"
    assert shop.context.preferences.language == "id"
    qtbot.waitUntil(lambda: picture_of(page) != before, timeout=5_000)
    assert picture_of(page) == as_printed(shop)


def test_thrifty_paper_is_shorter_and_says_the_same(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    before = picture_of(page)
    button_of(page.paper, "Hemat").click()
    qtbot.waitUntil(lambda: picture_of(page) != before, timeout=5_000)
    assert picture_of(page).height < before.height * 9 // 10
    assert shop.context.preferences.paper_compact


def test_a_picture_of_a_phone_becomes_the_logo_without_stopping_the_window(
    shop: Stage, page: SettingsScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "logo.png"
    Image.linear_gradient("L").resize((1_600, 700)).save(source)
    before = picture_of(page).height
    page.paper.logo.take(str(source))
    assert not page.paper.logo.choose.isEnabled(), "one at a time"
    qtbot.waitUntil(lambda: bool(shop.context.preferences.paper_logo), timeout=20_000)
    qtbot.waitUntil(lambda: picture_of(page).height > before + 100, timeout=5_000)
    assert page.paper.logo.choose.isEnabled()
    assert page.paper.logo.remove.isVisible()
    button_of(page.paper, "Tanpa logo").click()
    qtbot.waitUntil(lambda: picture_of(page).height == before, timeout=5_000)


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_old_logo_stays(
    shop: Stage, page: SettingsScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "logo.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 400)
    page.paper.logo.take(str(broken))
    qtbot.waitUntil(lambda: "Gambar tidak bisa dibuka" in page.paper.logo.note.sentence, timeout=20_000)
    assert shop.context.preferences.paper_logo == ""
    assert page.paper.logo.choose.isEnabled()


def test_another_paper_width_and_other_papers_are_seen(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    assert picture_of(page).width == 384
    shop.context.preferences = replace(shop.context.preferences, printers=one_printer("screen:", "generic80"))
    shop.context.preferences_changed.emit()
    qtbot.waitUntil(lambda: picture_of(page).width == 576, timeout=5_000)
    for words, kind in (("Struk ambil", DocumentKind.PICKUP), ("Laporan Z", DocumentKind.DRAWER_REPORT)):
        button_of(page.preview, words).click()
        assert picture_of(page) == as_printed(shop, kind)


def test_what_is_shown_is_what_is_printed_byte_for_byte(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    till = shop.shop.till
    put_catalogue(till, SHELF)
    open_session(till, 100_000)
    basket, _ = scan(till, "089686010947")
    shop.context.preferences = replace(shop.context.preferences, printers=one_printer("screen:"))
    shop.context.preferences_changed.emit()
    sale = complete_sale(shop.shop.till, basket, 50_000)
    page.preview.show_kept()
    (job,) = (job for job in shop.shop.till.store.read.print_jobs_of(sale.uid) if job.kind is DocumentKind.RECEIPT)
    qtbot.waitUntil(lambda: picture_of(page) == shop.shop.draw_paper(job.data), timeout=5_000)


def test_the_receipts_form_fits_and_every_field_has_a_name(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    least = page.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 704
    assert nameless(page) == []
    look().use("light", 125)
    screen = SettingsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen.open_section("receipt")
    assert screen.minimumSizeHint().width() <= 1270


@pytest.mark.parametrize(("width", "profile"), [(992, "generic58"), (992, "generic80"), (1270, "generic80")])
def test_no_paper_is_cut_by_the_edge_of_the_window(shop: Stage, page: SettingsScreen, qtbot: QtBot, width: int, profile: str) -> None:
    shop.context.preferences = replace(shop.context.preferences, printers=one_printer("screen:", profile))
    shop.context.preferences_changed.emit()
    page.resize(1_270, 704)
    qtbot.waitUntil(lambda: picture_of(page).width == (384 if profile == "generic58" else 576), timeout=5_000)
    page.resize(width, 704)

    def inside() -> bool:
        paper = page.preview.paper
        return paper.mapTo(page, paper.rect().topRight()).x() < width - 16 and paper.width() >= picture_of(page).width

    qtbot.waitUntil(inside, timeout=5_000)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('paper_logo = "../../etc/passwd"', "paper_logo"),
        ('paper_logo = "logo-äöü"', "paper_logo"),
        (f'paper_header = "{"x" * 201}"', "paper_header"),
        ("paper_compact = 1", "paper_compact"),
    ],
)
def test_a_setting_that_somebody_mistyped_in_the_file_costs_only_itself(tmp_path: Path, line: str, field: str) -> None:
    from pos.config.settings import SettingsFile
    from pos.services.preferences import Preferences

    path = tmp_path / "settings.toml"
    path.write_text(f'receipt_footer = "Matur nuwun"\n{line}\n', encoding="utf-8")
    file = SettingsFile(path)
    assert file.load() == Preferences(receipt_footer="Matur nuwun")
    assert file.dropped == (field,)


def test_a_logo_that_is_gone_from_the_disk_leaves_the_paper_without_one(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    before = picture_of(page)
    shop.context.preferences = replace(shop.context.preferences, paper_logo="logo-0123456789ab")
    shop.context.preferences_changed.emit()
    assert as_printed(shop) == before
    button_of(page.preview, "Struk ambil").click()
    qtbot.waitUntil(lambda: picture_of(page) == as_printed(shop, DocumentKind.PICKUP), timeout=5_000)
    assert shop.shop.page_logo() == ""
