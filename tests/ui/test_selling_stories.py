"""How much, in which unit, at which price, by the rupiah and by the scale: told as the shopkeeper would, in the real window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from pos.domain.scale_label import parse_patterns
from pos.domain.weighing import WeightState
from pos.services.customers import add_customer
from pos.services.ports import Rules
from pos.ui.lock.approve import ApproveDialog
from pos.ui.sale.dialogs import NewGoodsDialog
from pos.ui.sale.discount_dialog import DiscountDialog
from pos.ui.sale.line_dialog import LineDialog
from pos.ui.sale.pack_dialog import PackDialog
from pos.ui.sale.words import reason_words
from tests.helpers.counter_shelf import (
    KOPI,
    KOPI_CODE,
    KOPI_DUS,
    KOPI_DUS_CODE,
    MIE_CODE,
    MIE_DUS_CODE,
    OWNER_PIN,
    staff,
)
from tests.helpers.counter_window import wait_until
from tests.helpers.selling_window import QuietScale, click, dialog_of, label, shop, tap_gula, turn_wheel

# --- how many -----------------------------------------------------------------------------------------------------


def test_bu_sari_sells_five_twelve_and_one_less_in_four_ways(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.type("5*")
        counter.scan(MIE_CODE)
        assert counter.quantities() == [5]
        counter.key("F3")
        counter.type("12")
        counter.key("Return")
        assert counter.quantities() == [12]
        turn_wheel(counter.sale.basket.rows.editor, -1)
        assert counter.quantities() == [11]
        turn_wheel(counter.sale.basket.rows.editor, 2)
        counter.type("-")
        assert counter.quantities() == [12]
        assert counter.sale.total.total.amount == 12 * 3_300


def test_every_step_is_taken_back_and_done_again_also_after_the_power_was_cut(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        customer = add_customer(counter.till, "Bu Rina", "08123454821", "langganan")
        counter.scan(MIE_CODE)
        counter.key("F3")
        counter.type("4")
        counter.key("Return")
        counter.key("F6")
        click(counter, "Bu Rina")
        counter.key("F8")
        dialog_of(counter, DiscountDialog).value.setText("500")
        click(counter, "Simpan")
        whole = counter.till.store.read.basket()
        assert (whole.customer_uid, whole.total) == (customer.uid, 4 * 3_200 - 500)
    with shop(tmp_path) as counter:
        assert counter.sale.counter.basket == whole
        assert "Bu Rina" in counter.sale.basket.pill.text()
        for total in (12_800, 14_000, 3_500):
            counter.key("Ctrl+Z")
            assert counter.sale.total.total.amount == total
        assert counter.sale.basket.pill.text() == "Pelanggan"
        for _ in range(3):
            counter.key("Ctrl+Y")
        assert counter.till.store.read.basket().lines == whole.lines


# --- units and prices -----------------------------------------------------------------------------------------------


def test_a_carton_is_scanned_and_a_line_becomes_a_carton(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.scan(MIE_DUS_CODE)
        counter.scan(MIE_CODE)
        counter.key("Ctrl+E")
        dialog = dialog_of(counter, LineDialog)
        assert [chip.text() for chip in dialog.units.values()] == ["bungkus", "dus"]
        click(counter, "dus")
        again = dialog_of(counter, LineDialog)
        assert again is not dialog, "another unit has other prices"
        assert again.price.amount() == 124_000
        counter.key("Esc")
        assert counter.quantities() == [80]
        assert counter.sale.total.total.amount == 248_000


def test_the_line_says_why_it_has_its_price(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        add_customer(counter.till, "Pak Agen", "", "langganan")
        counter.scan(MIE_CODE)
        assert counter.sale.counter.line is not None
        assert reason_words(counter.sale.counter.line)[0] == ""
        counter.key("F3")
        counter.type("10")
        counter.key("Return")
        assert reason_words(counter.sale.counter.line)[0] == "grosir mulai 10"
        counter.key("F6")
        click(counter, "Pak Agen")
        assert reason_words(counter.sale.counter.line)[0] == "harga langganan"
        counter.key("Ctrl+E")
        said = dialog_of(counter, LineDialog).explained.text()
        assert "Eceran Rp3.500" in said
        assert "Grosir mulai 10 Rp3.300" in said
        assert "✓ Harga langganan Rp3.200" in said
        assert "Eceran Rp3.700 mulai 15/01/2027" in said


def test_a_cashier_changes_a_price_with_the_owners_pin(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        staff(counter.till)
        counter.scan(MIE_CODE)
        counter.key("Ctrl+E")
        line = dialog_of(counter, LineDialog)
        line.price.set_amount(3_000)
        click(counter, "Simpan")
        pin = dialog_of(counter, ApproveDialog)
        assert counter.sale.total.total.amount == 3_500
        pin.pad.entered.emit(OWNER_PIN)
        wait_until(lambda: counter.window is counter.application.window, "both dialogues are done")
        assert counter.sale.total.total.amount == 3_000
        assert counter.sale.counter.line is not None
        assert reason_words(counter.sale.counter.line)[0] == "harga diubah, biasanya Rp3.500"


# --- by rupiah, by weight -------------------------------------------------------------------------------------------


def test_gula_five_thousand_please(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        tap_gula(counter)
        counter.key("F3")
        dialog = dialog_of(counter, LineDialog)
        counter.type("Rp5.000")
        assert dialog.outcome.detail.text() == "280 g × Rp18.000/kg"
        assert dialog.outcome.amount.amount == 5_040
        assert dialog.outcome.note.text() == "Rp40 lebih dari Rp5.000"
        counter.key("Return")
        assert counter.quantities() == [280]
        assert counter.sale.goods.field.hasFocus()


def test_gula_by_touch_and_by_the_gram(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        tap_gula(counter)
        counter.key("F3")
        click(counter, "Rupiah")
        click(counter, "10.000")
        click(counter, "Simpan")
        assert counter.quantities() == [555]
        counter.key("F3")
        click(counter, "250 g")
        click(counter, "Simpan")
        assert counter.quantities() == [250]
        counter.key("F3")
        for key in ("1", "0", "0", "0"):
            click(counter, key)
        assert dialog_of(counter, LineDialog).entry.quantity.text() == "1000"
        counter.key("Esc")


def test_the_scale_says_how_much_and_an_unsteady_one_sells_nothing(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        scale = QuietScale(counter)
        counter.backstage.weigher = scale
        tap_gula(counter)
        counter.key("F3")
        scale.grams, scale.state = 485, WeightState.MOVING
        click(counter, "Timbangan")
        dialog = dialog_of(counter, LineDialog)
        assert scale.running
        assert "belum tenang" in dialog.entry.weight_state.text()
        click(counter, "Simpan")
        assert "belum tenang" in dialog.trouble.text()
        scale.state, scale.grams = WeightState.STABLE, -5
        wait_until(lambda: "di bawah nol" in dialog.entry.weight_state.text(), "the scale is below nothing")
        click(counter, "Simpan")
        assert counter.quantities() == [1_000]
        scale.grams = 485
        wait_until(lambda: dialog.outcome.amount.amount == 8_730, "the weight is shown as money")
        click(counter, "Simpan")
        assert counter.quantities() == [485]
        assert not scale.running, "nobody looks any more"


def test_a_label_of_the_scale_is_scanned_and_a_smudged_one_is_refused(tmp_path: Path) -> None:
    with shop(tmp_path, Rules(label_patterns=parse_patterns("2F IIIII WWWWW C"))) as counter:
        good = label("200012300485")
        counter.scan(good)
        assert counter.quantities() == [485]
        counter.scan(good[:-1] + str((int(good[-1]) + 1) % 10))
        assert counter.quantities() == [485]
        assert any("Label timbangan tidak terbaca benar" in toast for toast in counter.toasts())
        assert counter.application.sounds.played[-1] == "error"


def test_a_label_of_goods_that_nobody_knew_makes_weighed_goods_and_sells_what_it_says(tmp_path: Path) -> None:
    with shop(tmp_path, Rules(label_patterns=parse_patterns("2F IIIII WWWWW C"))) as counter:
        counter.scan(label("205555500250"))
        click(counter, "Tambah barang")
        dialog = dialog_of(counter, NewGoodsDialog)
        assert dialog.weighed.isChecked()
        dialog.name.setText("Cabe rawit")
        dialog.price.set_amount(60_000)
        click(counter, "Simpan dan jual")
        assert counter.quantities() == [250]
        assert counter.sale.total.total.amount == 15_000
        counter.scan(label("205555500100"))
        assert counter.quantities() == [250, 100]


# --- the shelf -------------------------------------------------------------------------------------------------------


def test_when_sachets_run_out_a_dus_is_opened_and_next_time_by_itself(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.type("4*")
        counter.scan(KOPI_CODE)
        counter.key("Ctrl+E")
        click(counter, "Kemasan")
        pack = dialog_of(counter, PackDialog)
        counter.scan(KOPI_DUS_CODE)
        pack.contents.setText("120")
        click(counter, "Ingat saja")
        counter.type("4*")
        counter.scan(KOPI_CODE)
        assert any("Stok lepas Kopi sachet habis" in toast for toast in counter.toasts())
        click(counter, "Buka kemasan")
        assert counter.till.store.read.on_hand(KOPI.uid) == 125
        assert counter.sale.counter.basket.missing(KOPI.uid) == 0
        click(counter, "Selalu buka sendiri")
        counter.type("130*")
        counter.scan(KOPI_CODE)
        assert counter.till.store.read.on_hand(KOPI.uid) == 245
        assert counter.till.store.read.on_hand(KOPI_DUS.uid) == 1
        assert counter.till.store.read.check() == []


def test_stock_below_nothing_is_seen_on_the_line_and_on_the_tile(tmp_path: Path) -> None:
    with shop(tmp_path) as counter:
        counter.type("8*")
        counter.scan(KOPI_CODE)
        rows = counter.sale.basket.rows
        said = rows.lines.data(rows.lines.index(0), Qt.ItemDataRole.AccessibleTextRole)
        assert "stok di catatan kurang 3 sachet" in str(said)
        counter.key("F12")
        tile = next(tile for tile in counter.sale.goods.grid.tiles() if tile.text() == "Kopi sachet")
        assert "minus 3 sachet di catatan" in tile.accessibleDescription()


def test_where_the_books_rule_the_owner_is_asked_before_more_is_sold(tmp_path: Path) -> None:
    with shop(tmp_path, Rules(negative_stock=False)) as counter:
        staff(counter.till)
        counter.type("6*")
        counter.scan(KOPI_CODE)
        assert counter.names() == []
        assert any("Kopi sachet di catatan tinggal 5 sachet" in toast for toast in counter.toasts())
        click(counter, "Tetap jual")
        dialog_of(counter, ApproveDialog).pad.entered.emit(OWNER_PIN)
        wait_until(lambda: counter.quantities() == [6], "the owner has allowed it")
