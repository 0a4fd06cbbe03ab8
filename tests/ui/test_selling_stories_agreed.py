"""Discounts, baskets put aside, prices asked, what the law asks, deposits: told as the shopkeeper would, in the real window."""

from __future__ import annotations

from pathlib import Path

from pos.domain.discount import DiscountKind
from pos.services.views import GoodsFilter
from pos.ui.lock.approve import ApproveDialog
from pos.ui.sale.customer_dialog import CustomerDialog
from pos.ui.sale.deposit_dialog import DepositDialog
from pos.ui.sale.dialogs import NewGoodsDialog, PriceCheckDialog
from pos.ui.sale.discount_dialog import BASKET, DiscountDialog
from pos.ui.sale.held_dialog import HeldDialog, NameDialog
from pos.ui.sale.line_dialog import LineDialog
from tests.helpers.counter_shelf import (
    BATANG_CODE,
    GALON_CODE,
    GAS_CODE,
    MIE_CODE,
    OWNER_PIN,
    ROKOK_CODE,
    staff,
)
from tests.helpers.counter_window import settle, wait_until
from tests.helpers.selling_window import click, dialog_of, shop

# --- discounts -------------------------------------------------------------------------------------------------------


def test_two_thousand_off_the_oil_and_five_percent_off_everything(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(GALON_CODE)
        counter.key("F8")
        counter.type("500")
        click(counter, "langganan")
        counter.key("Return")
        line = counter.sale.counter.line
        assert line is not None
        assert line.own is not None
        assert (line.own.reason, line.amount) == ("langganan", 5_500)
        counter.scan(MIE_CODE)
        counter.key("F8")
        dialog = dialog_of(counter, DiscountDialog)
        click(counter, "Seluruh nota")
        click(counter, "Persen")
        click(counter, "5%")
        assert dialog.after.amount == 8_550
        click(counter, "Simpan")
        assert counter.sale.total.total.amount == 8_550
        foot = counter.sale.basket.foot
        assert foot.off.isVisible()
        assert "Rp450" in foot.off.accessibleName()
        foot.off.click()
        settle()
        assert dialog_of(counter, DiscountDialog).scope.current() == BASKET
        click(counter, "Tanpa potongan")
        assert counter.sale.total.total.amount == 9_000
        assert not foot.isVisible()


def test_half_off_is_the_owners_to_give(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        staff(counter.till)
        counter.scan(GALON_CODE)
        counter.key("F8")
        dialog = dialog_of(counter, DiscountDialog)
        dialog.kind.choose(DiscountKind.PERCENT.value)
        dialog.value.setText("50")
        assert "perlu izin pemilik" in dialog.limit.text()
        click(counter, "Simpan")
        assert counter.sale.total.total.amount == 6_000
        dialog_of(counter, ApproveDialog).pad.entered.emit(OWNER_PIN)
        wait_until(lambda: counter.window is counter.application.window, "both dialogues are done")
        assert counter.sale.total.total.amount == 3_000


# --- put aside -------------------------------------------------------------------------------------------------------


def test_three_customers_at_once_are_kept_apart_by_number_name_and_total(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        for code in (MIE_CODE, GALON_CODE, GAS_CODE):
            counter.scan(code)
            counter.key("F4")
        assert any("Disimpan sebagai nomor 3" in toast for toast in counter.toasts())
        counter.key("F5")
        dialog = dialog_of(counter, HeldDialog)
        assert len(dialog.cards) == 3
        assert dialog.cards[0].button.accessibleDescription() == "3 · Gas LPG 3 kg"
        dialog.cards[2].rename.click()
        settle()
        dialog_of(counter, NameDialog).name.setText("Pak Budi")
        click(counter, "Simpan")
        assert dialog.cards[2].button.accessibleDescription() == "1 · Pak Budi"
        dialog.cards[1].drop.click()
        settle()
        assert len(dialog.cards) == 2
        dialog.cards[1].button.click()
        settle()
        assert counter.names() == ["Indomie goreng"]
        click(counter, "Kembalikan")
        assert [basket.number for basket in counter.till.store.read.held_baskets()] == [2, 3]
        assert counter.sale._held == 2


# --- asking and not buying -------------------------------------------------------------------------------------------


def test_what_does_it_cost_is_answered_with_every_unit_and_no_basket(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.key("F7")
        dialog = dialog_of(counter, PriceCheckDialog)
        counter.scan(MIE_CODE)
        said = dialog.details.text()
        assert dialog.price.amount == 3_500
        assert "grosir Rp3.300 mulai 10" in said
        assert "dus (40) Rp124.000" in said
        assert counter.names() == []


def test_a_code_that_nobody_knows_is_named_sold_and_waits_to_be_looked_at(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        before = counter.till.store.read.goods_counts()[GoodsFilter.REVIEW]
        counter.scan("8990000000017")
        click(counter, "Tambah barang")
        dialog = dialog_of(counter, NewGoodsDialog)
        dialog.name.setText("Kerupuk udang")
        dialog.price.set_amount(2_500)
        click(counter, "Simpan dan jual")
        assert counter.names() == ["Kerupuk udang"]
        assert counter.till.store.read.goods_counts()[GoodsFilter.REVIEW] == before + 1
        unit = counter.till.store.read.find_unit("8990000000017")
        assert unit is not None
        assert unit.product_name == "Kerupuk udang"


# --- what the law asks -----------------------------------------------------------------------------------------------


def test_rokok_reminds_of_the_age_and_gas_of_map_and_neither_stands_in_the_way(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        reminder = counter.sale.basket.foot.reminder
        counter.scan(MIE_CODE)
        assert not reminder.isVisible()
        counter.scan(ROKOK_CODE)
        assert reminder.isVisible()
        assert "Rokok: tanyakan umur pembeli" in reminder.accessibleName()
        reminder.click()
        settle()
        assert not reminder.isVisible()
        counter.scan(ROKOK_CODE)
        assert not reminder.isVisible(), "once a basket"
        counter.scan(GAS_CODE)
        assert "catat juga di MAP" in reminder.accessibleName()
        counter.key("F12")
        assert len(counter.sales()) == 1
        counter.scan(ROKOK_CODE)
        assert reminder.isVisible(), "the next buyer may be younger"


def test_three_scans_and_one_key_are_a_sale_with_rokok_and_gas_too(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        for code in (ROKOK_CODE, GAS_CODE, MIE_CODE):
            counter.scan(code)
        counter.key("F12")
        assert [sale.total for sale in counter.sales()] == [51_500]


def test_a_single_cigarette_is_refused_in_words_and_pale_among_the_units(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(BATANG_CODE)
        assert counter.names() == []
        assert any("Rokok batangan tidak dijual" in toast for toast in counter.toasts())
        counter.scan(ROKOK_CODE)
        counter.key("Ctrl+E")
        chips = {chip.text(): chip for chip in dialog_of(counter, LineDialog).units.values()}
        assert not chips["batang"].isEnabled()
        assert "PP 28/2024" in chips["batang"].toolTip()


def test_the_owner_may_sell_single_cigarettes_and_is_warned(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.application.context.go.emit("settings#selling")
        settle()
        form = counter.application.screen("settings").selling  # type: ignore[attr-defined]
        assert not form.warning.isVisible()
        form.sticks._segments._buttons["yes"].click()
        settle()
        assert form.warning.isVisible()
        assert "PP 28/2024" in form.warning.text()
        assert counter.kept[-1].loose_sticks


# --- deposits --------------------------------------------------------------------------------------------------------


def test_bu_rina_takes_two_galon_and_brings_one_back(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(GALON_CODE)
        counter.key("Ctrl+E")
        click(counter, "Titipan wadah")
        dialog_of(counter, CustomerDialog)
        counter.type("Bu Rina")
        click(counter, "Tambah “Bu Rina”")
        counter.key("Ctrl+E")
        click(counter, "Titipan wadah")
        deposit = dialog_of(counter, DepositDialog)
        deposit.pieces.setText("2")
        deposit.each.set_amount(40_000)
        assert deposit.money.text() == "Terima Rp80.000 ke laci"
        click(counter, "Catat")
        assert any("Bu Rina memegang 2 Air galon" in toast for toast in counter.toasts()), counter.toasts()
        counter.key("F6")
        click(counter, "Kembali")
        back = dialog_of(counter, DepositDialog)
        assert back.money.text() == "Beri Rp40.000 dari laci"
        click(counter, "Catat")
        uid = counter.sale.counter.basket.customer_uid
        assert [(item.quantity, item.amount) for item in counter.till.store.read.deposits(uid)] == [(1, 40_000)]
        session = counter.till.store.read.session()
        assert session is not None
        assert session.expected == 240_000
