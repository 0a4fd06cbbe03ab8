"""Hands that slip, names without end, sums without measure, scans at any moment: the dialogues of the counter take none of it wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from pos.domain.discount import DiscountKind
from pos.ui.sale.customer_dialog import CustomerDialog
from pos.ui.sale.deposit_dialog import DepositDialog
from pos.ui.sale.discount_dialog import DiscountDialog
from pos.ui.sale.line_dialog import LineDialog
from pos.ui.sale.pack_dialog import PackDialog
from tests.helpers.counter_shelf import (
    GALON_CODE,
    KOPI,
    KOPI_CODE,
    KOPI_DUS_CODE,
    MIE_CODE,
)
from tests.helpers.counter_window import settle
from tests.helpers.selling_window import QuietScale, click, dialog_of, opened, shop, tap_gula
from tests.helpers.stage import nameless

# --- hands that slip ---------------------------------------------------------------------------------------------------

NONSENSE = ("abc", "-5", "+", "9" * 30, "😀", "5\n000", "12,5,5", "Rp", "٣", "1e9", "")
"""What a numeric field may get."""


@pytest.mark.parametrize("typed", NONSENSE)
def test_no_field_of_the_counter_takes_nonsense_for_a_number(tmp_path: Path, typed: str) -> None:
    with shop(tmp_path) as counter:
        tap_gula(counter)
        before = counter.till.store.read.basket()
        openings = counter.sale.openings
        for way in ("quantity", "rupiah"):
            line = opened(counter, openings.edit_line)
            assert isinstance(line, LineDialog)
            line.entry.choose(way)
            (line.entry.quantity if way == "quantity" else line.entry.rupiah).setText(typed)
            click(counter, "Simpan")
            assert line.isVisible()
            assert line.trouble.isVisible()
            line.reject()
            settle()
        line = opened(counter, openings.edit_line)
        assert isinstance(line, LineDialog)
        line.price.setText(typed)
        click(counter, "Simpan")
        assert line.trouble.isVisible()
        line.reject()
        settle()
        for kind in DiscountKind:
            off = opened(counter, openings.discount)
            assert isinstance(off, DiscountDialog)
            off.kind.choose(kind.value)
            off.value.setText(typed)
            click(counter, "Simpan")
            assert off.trouble.isVisible()
            off.reject()
            settle()
        counter.sale.counter.type_quantity(typed)
        assert counter.till.store.read.basket() == before


@pytest.mark.parametrize("typed", NONSENSE)
def test_no_field_of_packages_and_deposits_takes_nonsense_for_a_number(tmp_path: Path, typed: str) -> None:
    with shop(tmp_path) as counter:
        counter.sale.counter.set_customer("c" * 32, "Bu Rina", "")
        counter.scan(KOPI_CODE)
        pack = opened(counter, counter.sale.openings.pack)
        assert isinstance(pack, PackDialog)
        pack.scanned(KOPI_DUS_CODE)
        pack.contents.setText(typed)
        click(counter, "Buka satu")
        assert pack.trouble.isVisible()
        pack.reject()
        settle()
        counter.scan(GALON_CODE)
        for field in ("pieces", "each"):
            deposit = opened(counter, counter.sale.openings.deposit)
            assert isinstance(deposit, DepositDialog)
            getattr(deposit, field).setText(typed)
            click(counter, "Catat")
            assert deposit.trouble.isVisible()
            deposit.reject()
            settle()
        assert counter.till.store.read.pack_source(KOPI.uid) is None
        assert counter.till.store.read.deposits("c" * 32) == []


def test_prices_of_nothing_and_of_nearly_a_billion_and_a_total_too_large(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(MIE_CODE)
        for amount in (0, 999_999_999):
            line = opened(counter, counter.sale.openings.edit_line)
            assert isinstance(line, LineDialog)
            line.price.set_amount(amount)
            click(counter, "Simpan")
            assert counter.sale.total.total.amount == amount
        counter.key("F3")
        counter.type("9999")
        counter.key("Return")
        assert counter.quantities() == [1]
        assert any("Jumlah uang di luar batas" in toast for toast in counter.toasts())


def test_a_customer_with_a_name_of_three_hundred_letters_fits_on_the_basket(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(MIE_CODE)
        counter.key("F6")
        dialog = dialog_of(counter, CustomerDialog)
        dialog.field.setText("Bu Rina Wulandari Kusumaningrum " * 10)
        dialog.add.click()
        settle()
        basket = counter.till.store.read.basket()
        assert 0 < len(basket.customer_name) <= 60
        pill = counter.sale.basket.pill
        assert pill.width() <= counter.sale.basket.width()
        assert counter.sale.basket.title.width() > 40
        counter.key("F4")
        assert counter.till.store.read.held_baskets()[0].label == basket.customer_name


# --- for everybody -----------------------------------------------------------------------------------------------------


def test_what_a_person_acts_on_has_a_name_in_every_dialogue(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.backstage.weigher = QuietScale(counter)
        counter.sale.counter.set_customer("c" * 32, "Bu Rina", "")
        counter.scan(MIE_CODE)
        counter.sale.counter.hold()
        counter.scan(GALON_CODE)
        openings = counter.sale.openings
        for act in (openings.edit_line, openings.discount, openings.customer, openings.recall, openings.pack, openings.deposit):
            dialog = opened(counter, act)
            assert dialog is not counter.application.window
            assert nameless(dialog) == [], type(dialog).__name__
            dialog.close()
            settle()
        assert nameless(counter.application.window) == []


@pytest.mark.parametrize("way", ["line", "discount", "customer", "held", "pack"])
def test_a_scan_while_something_is_open_is_not_lost_and_leaks_nothing(tmp_path: Path, way: str) -> None:
    with shop(tmp_path) as counter:
        counter.scan(GALON_CODE)
        openings = counter.sale.openings
        acts = {
            "line": openings.edit_line,
            "discount": openings.discount,
            "customer": openings.customer,
            "held": openings.recall,
            "pack": openings.pack,
        }
        dialog = opened(counter, acts[way])
        counter.scan(MIE_CODE)
        QTest.qWait(120)
        taken = counter.names() == ["Air galon", "Indomie goreng"]
        assert taken or (isinstance(dialog, PackDialog) and "Indomie goreng" in dialog.chosen.text())
        assert counter.sale.goods.field.text() == ""


def test_settings_of_selling_and_of_the_scale_are_kept(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.application.context.go.emit("settings#selling")
        settle()
        screen = counter.application.screen("settings")
        screen.selling.step._segments._buttons["50"].click()  # type: ignore[attr-defined]
        screen.selling.stock._segments._buttons["no"].click()  # type: ignore[attr-defined]
        screen.labels.kind._segments._buttons["own"].click()  # type: ignore[attr-defined]
        pattern = screen.labels.pattern  # type: ignore[attr-defined]
        pattern.setText("2F IIIII WWW C")
        pattern.editingFinished.emit()
        assert "Pola label belum pas" in screen.labels.trouble.text()  # type: ignore[attr-defined]
        pattern.setText("21 IIIII PPPPP C; 20 IIIII WWWWW C")
        pattern.editingFinished.emit()
        screen.scale.port.setText("/dev/ttyUSB0")  # type: ignore[attr-defined]
        screen.scale.port.editingFinished.emit()  # type: ignore[attr-defined]
        kept = counter.kept[-1]
        wanted = (50, False, "21 IIIII PPPPP C; 20 IIIII WWWWW C", "/dev/ttyUSB0")
        assert (kept.weight_step, kept.negative_stock, kept.scale_labels, kept.scale_port) == wanted
        assert replace(kept, scale_port="") != kept
