"""Every number that a question of the till asks for: nothing that is none is booked, its field says so, and the right one goes through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from pos.domain.cash_book import AccountKind
from pos.domain.receiving import ReceiptHead
from pos.domain.supplier import Supplier
from pos.services import cash_book, receiving, stock_taking, suppliers
from pos.services.goods import put_catalogue
from pos.services.supplier_views import ConsignedGoods
from pos.ui.books.cash_dialogs import AccountForm, AccountMoneyDialog, ExpenseDialog
from pos.ui.books.dialogs import AdjustDialog, PayDialog, SendBackDialog, SupplierForm
from pos.ui.customers.dialogs import CustomerForm, OldDebtDialog, RepayDialog
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.goods.bulk_prices import RaiseDialog
from pos.ui.goods.editor.page import KEEPING, UNITS, EditorPage
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.history.returning import ReturnDialog
from pos.ui.settings.screen import SettingsScreen
from pos.ui.stock.count_dialogs import CountDialog
from pos.ui.stock.line_dialog import LineDialog
from pos.ui.stock.out_dialog import OutDialog
from pos.ui.stock.price_dialog import PriceDialog
from pos.ui.stock.screen import StockScreen
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.buttons import ActionButton, Kind
from pos.ui.widgets.text import Text
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.goods_in import deliver, unit_of
from tests.helpers.paying import known_customer, sell_on_credit
from tests.helpers.shops import KOPI, MI, sell
from tests.helpers.spoken import misnamed_roles, steps_back, unnamed
from tests.helpers.stage import button_of

MI_CODE, KOPI_CODE = "089686010947", "8991002105485"
NO_NUMBERS = ("abc", "-5", "+-5", "9" * 30, "😀", "5\n6\n7", "1,5,5", "Rp", "٣٠", "1e9", "0x10")
"""Letters, signs, thirty digits, an emoji, a pasted column, digits of another script. What is left empty may be meant so."""


ODD = (*NO_NUMBERS, "²")
WORDS = frozenset({"Keterangan", "Nomor HP", "Kelompok harga", "Catatan", "Barcode"})
"""Fields that may stay empty and take any word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what else it has to be told, and a right number for each of its fields."""

    dialog: Callable[[CounterWindow], QDialog]
    right: dict[str, str]
    words: dict[str, str]


def _asked(dialog: Callable[[CounterWindow], QDialog], right: dict[str, str], **words: str) -> Asked:
    return Asked(dialog, right, {name.replace("_", " "): said for name, said in words.items()})


def _supplier(counter: CounterWindow) -> Supplier:
    supplier = suppliers.add_supplier(counter.till, "Agen Makmur", "", 14)
    with counter.till.store.begin() as work:
        suppliers.owe(counter.till, work, supplier.uid, counter.till.ids.new(), 150_000, number="INV-7")
        work.commit()
    return supplier


def _consigned(counter: CounterWindow) -> tuple[Supplier, ConsignedGoods]:
    baker = suppliers.add_supplier(counter.till, "Bu Tin", consignment=True)
    put_catalogue(counter.till, [(replace(KOPI, consignor_uid=baker.uid, cost_total=1_200, cost_quantity=1), 0)])
    (goods,) = counter.till.store.read.consigned_goods(baker.uid)
    return baker, goods


def _delivery(counter: CounterWindow) -> QDialog:
    draft = receiving.open_draft(counter.till)
    line = receiving.add_unit(counter.till, draft.uid, unit_of(counter.till, MI_CODE), 12)
    return LineDialog(counter.application.context, draft.uid, line, counter.application.window)


def _counted(counter: CounterWindow) -> QDialog:
    take = stock_taking.begin(counter.till)
    line = stock_taking.count(counter.till, take.uid, unit_of(counter.till, MI_CODE))
    return CountDialog(counter.application.context, take, line, counter.application.window)


def _out(counter: CounterWindow) -> QDialog:
    mi = counter.till.store.read.product(MI.uid)
    assert mi is not None
    return OutDialog(counter.application.context, mi, counter.application.window)


def _repay(counter: CounterWindow) -> QDialog:
    customer = known_customer(counter.till)
    sell_on_credit(counter.till, customer, MI_CODE, MI_CODE)
    return RepayDialog(counter.application.context, customer, 7_000, counter.application.window)


def _account(counter: CounterWindow) -> QDialog:
    account = cash_book.add_account(counter.till, "BCA toko", AccountKind.BANK, 100_000)
    return AccountMoneyDialog(counter.application.context, account, counter.application.window)


QUESTIONS: dict[str, Asked] = {
    "cash in": _asked(lambda counter: CashDialog(counter.application.context, False, counter.application.window), {"Jumlah uang": "5000"}),
    "cash out": _asked(lambda counter: CashDialog(counter.application.context, True, counter.application.window), {"Jumlah uang": "5000"}),
    "a customer": _asked(
        lambda counter: CustomerForm(counter.application.context, None, counter.application.window),
        {"Batas bon": "50000", "Jatuh tempo": "14"},
        Nama_panggilan="Bu Rina",
    ),
    "paying back": _asked(_repay, {"Dibayar": "5000", "Uang diterima": "10000"}),
    "an old debt": _asked(
        lambda counter: OldDebtDialog(counter.application.context, known_customer(counter.till), 0, counter.application.window),
        {"Jumlah": "5000"},
    ),
    "new goods": _asked(
        lambda counter: NewProductDialog(counter.application.context, "123456", counter.application.window),
        {"Harga jual": "5000"},
        Nama_barang="Kerupuk",
    ),
    "goods that come back": _asked(
        lambda counter: ReturnDialog(counter.application.context, sell(counter.till, MI_CODE, MI_CODE), counter.application.window),
        {"Jumlah Mi goreng": "1"},
        Alasan_lain="rusak",
    ),
    "a delivery's line": _asked(_delivery, {"Jumlah": "5", "Harga kulakan": "2500", "Baik sampai": "25/11/2099"}),
    "a count": _asked(_counted, {"Ada berapa bungkus?": "5"}),
    "goods out": _asked(_out, {"Berapa bungkus?": "5"}),
    "a supplier": _asked(
        lambda counter: SupplierForm(counter.application.context, None, parent=counter.application.window),
        {"Tempo bayar": "14"},
        Nama_pemasok="Agen Baru",
    ),
    "paying a supplier": _asked(
        lambda counter: PayDialog(counter.application.context, _supplier(counter), 150_000, counter.application.window),
        {"Dibayar": "5000"},
    ),
    "a supplier's book": _asked(
        lambda counter: AdjustDialog(counter.application.context, _supplier(counter), 150_000, counter.application.window),
        {"Jumlah": "5000"},
        Alasan="potongan",
    ),
    "goods sent back": _asked(
        lambda counter: SendBackDialog(counter.application.context, *_consigned(counter), counter.application.window),
        {"Berapa yang dikembalikan": "5"},
    ),
    "an expense": _asked(lambda counter: ExpenseDialog(counter.application.context, "", counter.application.window), {"Jumlah": "5000"}),
    "money of an account": _asked(_account, {"Jumlah": "5000"}),
    "an account": _asked(
        lambda counter: AccountForm(counter.application.context, counter.application.window),
        {"Isinya sekarang": "5000"},
        Nama="BCA toko",
    ),
}


def _facts(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the shop has on disk, table by table; what is only searched in is made of it."""
    (path,) = folder.rglob("*.db")
    wanted = "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '%search%'"
    with closing(sqlite3.connect(path)) as shop:
        tables = [name for (name,) in shop.execute(wanted)]
        return {name: shop.execute(f'select * from "{name}"').fetchall() for name in tables}


def _names(dialog: QDialog) -> dict[str, QLineEdit]:
    return {field.accessibleName(): field for field in dialog.findChildren(QLineEdit) if field.isVisible()}


def _paste(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QApplication.clipboard().setText(text)
    field.paste()
    settle()


def _yes(dialog: QDialog) -> ActionButton:
    (button,) = [each for each in dialog.findChildren(ActionButton) if each.isVisible() and each.kind in (Kind.PRIMARY, Kind.NEXT)]
    return button


def _press(dialog: QDialog) -> None:
    if _yes(dialog).isEnabled():
        _yes(dialog).click()
    settle()


def _told(dialog: QDialog) -> bool:
    """A sentence in red stands there."""
    red = look().colour(Token.BATA_TEKS)
    texts = [text for text in dialog.findChildren(Text) if text.isVisible() and text.text()]
    return any(text.palette().color(text.foregroundRole()) == red for text in texts)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_no_number_is_booked_by_no_question_and_the_right_one_is(counter: CounterWindow, tmp_path: Path, question: str) -> None:
    asked = QUESTIONS[question]
    dialog = asked.dialog(counter)
    dialog.open()
    settle()
    fields = _names(dialog)
    assert set(fields) - WORDS == {*asked.right, *asked.words}, "a number that this test does not know of"
    assert [*unnamed(dialog), *misnamed_roles(dialog), *steps_back(dialog)] == []
    before = _facts(tmp_path)
    for name, said in {**asked.words, **asked.right}.items():
        _paste(fields[name], said)
    wrong = []
    for name, right in asked.right.items():
        for typed in NO_NUMBERS:
            _paste(fields[name], typed)
            _press(dialog)
            assert dialog.isVisible(), (name, typed)
            if _yes(dialog).isEnabled() and not _told(dialog):
                wrong.append((name, typed, "nothing is said"))
            if _facts(tmp_path) != before:
                wrong.append((name, typed, "something was booked"))
        _paste(fields[name], right)
    assert wrong == []
    _press(dialog)
    assert not dialog.isVisible(), "it was the number that was refused, and nothing else"


# --- numbers that stand on a page ---------------------------------------------------------------------------------------------


def test_no_figure_of_a_delivery_is_taken_that_is_none(counter: CounterWindow, tmp_path: Path) -> None:
    supplier = suppliers.add_supplier(counter.till, "Agen Makmur", "", 14)
    counter.application.go("stock#receipts")
    settle()
    counter.scan(MI_CODE)
    screen = counter.application.screen("stock")
    assert isinstance(screen, StockScreen)
    pay, draft = screen.receipts.draft.pay, counter.till.store.read.receipt_drafts()[0]
    pay.show_draft(receiving.set_head(counter.till, draft.uid, ReceiptHead(supplier_uid=supplier.uid, paid=1_000)))
    before = _facts(tmp_path)
    assert pay.isVisible()
    for field, typed in product((pay.discount, pay.transport, pay.part, pay.due), ODD):
        assert field.isVisible()
        right = field.text()
        _paste(field, typed)
        assert not pay.keep(), (field.accessibleName(), typed)
        assert pay.trouble.isVisible()
        _paste(field, right)
    assert pay.keep()
    assert _facts(tmp_path) == before


def test_no_margin_and_no_percentage_is_taken_that_is_none(counter: CounterWindow, tmp_path: Path) -> None:
    prices = PriceDialog(counter.application.context, deliver(counter.till, (MI_CODE, 12, 40_000)), counter.application.window)
    prices.open()
    settle()
    before = _facts(tmp_path)
    for typed in ODD:
        _paste(prices.margin, typed)
        prices.margin.editingFinished.emit()
        assert "belum jelas" in prices.said.text() or "bisa dibaca" in prices.said.text(), typed
    prices.reject()
    higher = RaiseDialog(counter.application.context, [MI.uid], counter.application.window)
    higher.open()
    for typed in ODD:
        _paste(higher.percent, "10")
        wait_until(higher.yes.isEnabled, "the new prices are shown")
        _paste(higher.percent, typed)
        assert not higher.yes.isEnabled(), "at once, also before the prices are worked out anew"
        higher.percent.returnPressed.emit()
        assert not higher.yes.isEnabled()
    assert _facts(tmp_path) == before
    higher.reject()


def test_no_limit_of_new_customers_is_kept_that_is_none(counter: CounterWindow) -> None:
    counter.application.go("settings#money")
    settle()
    screen = counter.application.screen("settings")
    assert isinstance(screen, SettingsScreen)
    before = counter.application.context.preferences
    for typed in ODD:
        for field in (screen.pay.limit, screen.money.wholesale):
            counter.application.window.toasts.clear()
            _paste(field, typed)
            field.editingFinished.emit()
            assert counter.application.context.preferences == before
            assert len(counter.toasts()) == 1, (field.accessibleName(), typed)


def test_no_figure_of_goods_is_kept_that_is_none(counter: CounterWindow, tmp_path: Path) -> None:
    page = EditorPage(counter.application.context, counter.till.store.read.product(MI.uid))
    page.resize(1200, 680)
    page.show()
    before = _facts(tmp_path)
    page.show_tab(KEEPING)
    for field, typed in product((page.keeping.least, page.keeping.buffer), ODD):
        _paste(field, typed)
        page.keep()
        assert _facts(tmp_path) == before
        _paste(field, "")
    page.show_tab(UNITS)
    price = page.units.form.retail.text()
    for typed in ODD:
        _paste(page.units.form.retail, typed)
        page.keep()
        assert _facts(tmp_path) == before
    _paste(page.units.form.retail, price)
    page.units.add.click()
    settle()
    carton = page.units.form
    carton.name.setText("dus")
    _paste(carton.retail, "130000")
    for typed in (*ODD, "0", ""):
        _paste(carton.count, typed)
        page.keep()
        assert _facts(tmp_path) == before, typed
    carton.drop.click()
    settle()
    page.units.form.add_price.click()
    rule = page.units.form.form
    made: list[object] = []
    rule.made.connect(lambda price, _instead: made.append(price))
    for (field, right), typed in product(((rule.least, "40"), (rule.amount, "3000"), (rule.starts, "")), ODD):
        _paste(rule.least, "40")
        _paste(rule.amount, "3000")
        _paste(field, typed)
        button_of(rule, "Pakai harga ini").click()
        assert made == [], (field.accessibleName(), typed)
        _paste(field, right)
    button_of(rule, "Pakai harga ini").click()
    assert len(made) == 1
    page.close()
