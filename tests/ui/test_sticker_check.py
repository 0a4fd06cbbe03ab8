"""The shop's QRIS sticker: told to the till once, compared at every opening, and what the settings keep of paying."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.qris import parse, to_dynamic
from pos.services.people_views import AuditSearch
from pos.services.ports import Rules
from pos.ui.payment.sticker import StickerDialog
from pos.ui.settings.pay_form import PayForm
from pos.ui.settings.screen import SettingsScreen
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.paying import MI, NMID, sticker
from tests.helpers.stage import Stage, button_of, stage, words_of

OTHERS = sticker("ID1099999999999", "Warung Sebelah")


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def open_the_drawer(counter: CounterWindow) -> StickerDialog:
    counter.application.go("drawer")
    settle()
    counter.drawer.opening.amount.set_amount(200_000)
    click(counter, "Buka kasir")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StickerDialog)
    return dialog


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path, session=False, rules=Rules(qris_static=sticker())) as made:
        yield made


def seen(counter: CounterWindow) -> list[str]:
    return [entry.details for entry in counter.till.store.read.audit(AuditSearch(), 0, 50) if entry.action == "sticker_checked"]


def test_at_opening_the_shops_own_sticker_is_scanned_and_told_to_be_so(counter: CounterWindow) -> None:
    dialog = open_the_drawer(counter)
    assert f"Toko Uji Sinar · NMID {NMID}" in dialog.said.text()
    counter.scan(sticker())
    assert "Cocok. Stiker ini milik toko." in dialog.verdict.accessibleName()
    click(counter, "Selesai")
    assert counter.application.screen_key() == "sale"
    assert len(seen(counter)) == 1
    assert '"ours": true' in seen(counter)[0]


def test_somebody_elses_sticker_is_told_with_their_name_and_number(counter: CounterWindow) -> None:
    dialog = open_the_drawer(counter)
    counter.scan(OTHERS)
    said = dialog.verdict.accessibleName()
    assert "Warung Sebelah" in said
    assert "ID1099999999999" in said
    assert "Jangan terima bayaran" in said
    assert counter.application.sounds.played[-1] == "error"
    assert '"ours": false' in seen(counter)[0]
    counter.scan(sticker())
    assert "Cocok." in dialog.verdict.accessibleName(), "the right one may be put up and scanned at once"


def test_a_sticker_that_was_read_half_is_said_and_scanned_again(counter: CounterWindow) -> None:
    dialog = open_the_drawer(counter)
    counter.scan(sticker()[:-9])
    assert "tidak terbaca" in dialog.verdict.accessibleName() or "bukan QRIS" in dialog.verdict.accessibleName()
    assert dialog.isVisible()
    assert not seen(counter)


def test_goods_that_are_scanned_meanwhile_are_sold(counter: CounterWindow) -> None:
    open_the_drawer(counter)
    counter.scan(MI)
    assert QApplication.activeModalWidget() is None
    assert counter.quantities() == [1]


def test_a_shop_that_told_no_sticker_is_asked_for_none(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        settle()
        counter.drawer.opening.amount.set_amount(200_000)
        click(counter, "Buka kasir")
        assert QApplication.activeModalWidget() is None


# --- the settings -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def form(shop: Stage, qtbot: QtBot) -> PayForm:
    screen = SettingsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen.open_section("money")
    return screen.pay


def test_the_shops_code_is_scanned_into_the_settings_and_named(shop: Stage, form: PayForm) -> None:
    assert not form.own.isEnabled(), "without a code none can be made"
    assert form.scanned(sticker())
    assert shop.context.preferences.qris_static == sticker()
    assert shop.context.till.rules.qris_static == sticker()
    assert f"Toko Uji Sinar · SURABAYA · NMID {NMID}" in form.whose.accessibleName()
    button_of(form.own, "boleh").click()
    assert shop.context.till.rules.qris_own
    assert not form.scanned("8991002105485"), "goods are no code of the shop"


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "9" * 30,
        "-1",
        "😀" * 50,
        sticker()[:-1],
        sticker()[:-1] + "X",
        sticker() + "\n" + sticker(),
        to_dynamic(parse(sticker()), 5_000),
    ],
    ids=["letters", "digits", "sign", "emoji", "short", "bad sum", "twice", "for one payment"],
)
def test_what_is_no_sticker_is_refused_in_its_place_and_not_kept(shop: Stage, form: PayForm, typed: str) -> None:
    form.take(typed)
    assert shop.context.preferences.qris_static == ""
    assert form.whose.accessibleName()
    assert form.whose.isVisible()


def test_a_code_that_is_taken_out_again_takes_its_codes_along(shop: Stage, form: PayForm) -> None:
    form.take(sticker())
    form.take("  ")
    assert shop.context.preferences.qris_static == ""
    assert any("supaya stiker palsu ketahuan" in words for words in (*words_of(form), form.whose.accessibleName()))


@pytest.mark.parametrize("typed", ["abc", "-5", "9" * 30, "😀", "1\n2", "1,5"])
def test_a_limit_that_cannot_be_is_not_kept(shop: Stage, form: PayForm, typed: str) -> None:
    form.limit.setText(typed)
    form.limit.editingFinished.emit()
    assert 0 <= shop.context.preferences.credit_limit <= 999_999_999
    if shop.context.preferences.credit_limit == 0:
        assert shop.told or typed in ("-5",)


def test_titipan_and_due_days_count_at_once(shop: Stage, form: PayForm) -> None:
    button_of(form.titipan, "jangan").click()
    button_of(form.days, "30").click()
    form.limit.setText("250.000")
    form.limit.editingFinished.emit()
    rules = shop.context.till.rules
    assert (rules.titipan, rules.credit_days, rules.credit_limit) == (False, 30, 250_000)
