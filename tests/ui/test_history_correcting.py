"""Taking back, exchanging, finding a nota again, and money that came late: through the real window, as a cashier and an owner do it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QWidget

from pos.domain.changed import Changed
from pos.domain.printing import DocumentKind
from pos.domain.qris_request import LateMoney, QrisRequest
from pos.domain.sale import Sale, SaleKind, Tender, TenderState, short_number
from pos.domain.tendering import Part
from pos.services import checkout, correcting, drawer, qris
from pos.services.people_views import AuditSearch
from pos.ui.history.correcting import VoidDialog
from pos.ui.history.late import LateMoneyDialog, MatchDialog
from pos.ui.history.returning import ReturnDialog
from pos.ui.history.screen import HistoryScreen
from pos.ui.lock.approve import ApproveDialog
from pos.ui.widgets.dialog import Dialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.paying import KOPI, MI, OWNER_PIN, SABUN, basket_of, known_customer, sell_for, sell_on_credit, shown, told, with_guards
from tests.helpers.shops import sell
from tests.helpers.stage import button_of, words_of


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


def history(counter: CounterWindow) -> HistoryScreen:
    """The room of the notas, with the newest chosen."""
    counter.application.go("history")
    settle()
    screen = counter.application.screen("history")
    assert isinstance(screen, HistoryScreen)
    return screen


def find(counter: CounterWindow, screen: HistoryScreen, text: str, rows: int) -> None:
    screen.findChildren(QLineEdit)[0].setText(text)
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    wait_until(lambda: view.model().rowCount() == rows, f"{rows} notas match {text!r}")


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def twice(button: QAbstractButton) -> None:
    """As a nervous hand does it."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    settle()


def asked(counter: CounterWindow) -> Dialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    return dialog


def owner_allows(counter: CounterWindow) -> None:
    assert isinstance(asked(counter), ApproveDialog)
    for digit in OWNER_PIN:
        click(counter, digit)
    click(counter, "Izinkan")
    wait_until(lambda: not isinstance(QApplication.activeModalWidget(), ApproveDialog), "the owner's PIN is checked")


def corrections(counter: CounterWindow, sale: Sale) -> list[Sale]:
    return list(counter.till.store.read.corrections(sale.uid))


def in_drawer(counter: CounterWindow) -> int:
    session = counter.till.store.read.session()
    assert session is not None
    return session.expected


def stock(counter: CounterWindow, sale: Sale) -> list[int]:
    return [counter.till.store.read.on_hand(line.product_uid) for line in sale.lines]


# --- void -------------------------------------------------------------------------------------------------------------------


def test_a_nota_is_taken_back_with_a_reason_and_everything_is_as_before(counter: CounterWindow) -> None:
    cash, shelf = in_drawer(counter), counter.till.store.read
    sale = sell(counter.till, MI, KOPI, SABUN)
    before = [shelf.on_hand(line.product_uid) + line.quantity for line in sale.lines]
    screen = history(counter)
    click(counter, "Batalkan nota")
    dialog = asked(counter)
    assert isinstance(dialog, VoidDialog)
    assert "Kembali: Rp9.000 tunai." in dialog.said.text()
    click(counter, "Pembeli batal")
    twice(dialog.yes)
    (correction,) = corrections(counter, sale)
    assert (correction.kind, correction.corrects, correction.total) == (SaleKind.VOID, sale.uid, -9_000)
    assert in_drawer(counter) == cash
    assert stock(counter, sale) == before
    assert counter.till.store.read.sale(sale.uid) == sale, "the sale itself stays as it was"
    assert counter.toasts()[-1] == "Nota dibatalkan, Rp9.000 kembali"
    assert any("Pembeli batal" in str(entry.details) for entry in counter.till.store.read.audit(AuditSearch(), 0, 50))
    find(counter, screen, short_number(sale.number), 1)
    assert any(part.accessibleName().startswith("Dibatalkan: ") for part in screen.findChildren(QWidget))
    with pytest.raises(LookupError):
        button_of(screen, "Batalkan nota")


def test_a_cashier_takes_back_with_the_owners_pin_and_not_without(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        sale = sell(counter.till, MI)
        with_guards(counter.till)
        history(counter)
        click(counter, "Batalkan nota")
        click(counter, "Batalkan nota")
        assert isinstance(asked(counter), ApproveDialog)
        counter.key("Esc")
        assert not corrections(counter, sale), "who gives no PIN changes nothing"
        click(counter, "Batalkan nota")
        owner_allows(counter)
        assert len(corrections(counter, sale)) == 1


def test_before_the_drawer_is_open_nothing_is_taken_back_and_that_is_said(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI)
    drawer.close_session(counter.till, in_drawer(counter))
    screen = history(counter)
    with pytest.raises(LookupError):
        button_of(screen, "Batalkan nota")
    click(counter, "Retur / tukar")
    assert QApplication.activeModalWidget() is None
    assert counter.toasts()[-1].startswith("Kasir belum dibuka")
    drawer.open_session(counter.till, 100_000)
    counter.application.context.changed.emit(Changed(session=True, sales=True))
    settle()
    with pytest.raises(LookupError):
        button_of(screen, "Batalkan nota")
    click(counter, "Retur / tukar")
    click(counter, "Semua barang")
    click(counter, "Kembalikan uang")
    assert corrections(counter, sale)[0].kind is SaleKind.REFUND, "yesterday's goods may still come back"
    assert in_drawer(counter) == 96_500


def test_what_was_paid_by_qris_goes_back_on_the_way_that_is_chosen(counter: CounterWindow) -> None:
    request = shown(counter.till, 3_500)
    told(counter.till, request)
    sale = sell_for(counter.till, Part(Tender.QRIS, 3_500, state=TenderState.PAID, reference=request.uid))
    cash = in_drawer(counter)
    history(counter)
    click(counter, "Batalkan nota")
    click(counter, "Simpan titipan")
    dialog = asked(counter)
    assert isinstance(dialog, VoidDialog)
    assert "Rp3.500 jadi titipan" in dialog.said.text()
    click(counter, "Batalkan nota")
    assert in_drawer(counter) == cash
    (correction,) = corrections(counter, sale)
    assert counter.till.store.read.titipan_of(correction.uid) == 3_500


def test_a_debt_is_taken_off_the_book_with_its_nota(counter: CounterWindow) -> None:
    customer = known_customer(counter.till)
    sell_on_credit(counter.till, customer, SABUN)
    history(counter)
    click(counter, "Batalkan nota")
    dialog = asked(counter)
    assert isinstance(dialog, VoidDialog)
    assert "Rp4.000 mengurangi bon" in dialog.said.text()
    click(counter, "Batalkan nota")
    assert counter.till.store.read.credit_balance(customer.uid) == 0


# --- by line ----------------------------------------------------------------------------------------------------------------


def open_return(counter: CounterWindow) -> ReturnDialog:
    history(counter)
    click(counter, "Retur / tukar")
    dialog = asked(counter)
    assert isinstance(dialog, ReturnDialog)
    return dialog


def test_goods_come_back_by_line_and_never_more_than_were_bought(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI, MI, MI, KOPI)
    dialog = open_return(counter)
    assert not dialog.yes.isEnabled()
    counter.scan(MI)
    counter.scan(MI)
    assert dialog.rows[0].quantity == 2
    assert dialog.said.text() == "Kembali: Rp7.000 tunai."
    twice(dialog.yes)
    assert [item.total for item in corrections(counter, sale)] == [-7_000]
    again = open_return(counter)
    assert any("bisa kembali 1" in words for words in words_of(again))
    click(counter, "Semua barang")
    assert (again.rows[0].quantity, again.said.text()) == (1, "Kembali: Rp5.000 tunai.")
    click(counter, "Kembalikan uang")
    assert sum(item.total for item in corrections(counter, sale)) == -sale.total
    with pytest.raises(LookupError):
        button_of(history(counter), "Retur / tukar")


def test_spoilt_goods_come_back_and_not_onto_the_shelf(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI)
    left = stock(counter, sale)
    open_return(counter)
    counter.scan(MI)
    click(counter, f"{sale.lines[0].name} rusak")
    click(counter, "Barang rusak")
    click(counter, "Kembalikan uang")
    assert corrections(counter, sale)[0].lines[0].damaged
    assert stock(counter, sale) == left


@pytest.mark.parametrize("typed", ["abc", "-1", "+-1", "9" * 30, "😀", "1\n2\n3", "1.5.2", "٣", "0x10", "1e3", " ", "4"])
def test_a_quantity_that_cannot_be_is_refused_where_it_is_typed(counter: CounterWindow, typed: str) -> None:
    sale = sell(counter.till, MI, MI, MI)
    dialog = open_return(counter)
    field = dialog.rows[0].typed
    field.selectAll()
    QApplication.clipboard().setText(typed)
    field.paste()
    settle()
    assert not dialog.yes.isEnabled() or dialog.rows[0].quantity <= 3
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle()
    assert sum(-line.quantity for item in corrections(counter, sale) for line in item.lines) <= 3
    if typed not in ("1\n2\n3",):
        assert not corrections(counter, sale)
        assert dialog.said.text()


def test_goods_that_are_not_on_the_nota_are_refused_in_words(counter: CounterWindow) -> None:
    sell(counter.till, MI)
    dialog = open_return(counter)
    counter.scan(SABUN)
    assert dialog.said.text().startswith("Barang itu tidak ada di nota ini")


def test_an_exchange_is_one_flow_from_the_nota_to_the_difference(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI)
    cash = in_drawer(counter)
    open_return(counter)
    counter.scan(MI)
    click(counter, "Tukar barang")
    assert counter.application.screen_key() == "sale"
    assert "Pindai barang gantinya" in counter.toasts()[-1]
    counter.scan(SABUN)
    assert counter.sale.total.total.amount == 500
    counter.key("F12")
    assert in_drawer(counter) == cash + 500
    (correction,) = corrections(counter, sale)
    assert correction.kind is SaleKind.REFUND
    screen = history(counter)
    find(counter, screen, short_number(sale.number), 1)
    with pytest.raises(LookupError):
        button_of(screen, "Retur / tukar")


# --- found again --------------------------------------------------------------------------------------------------------------


def test_a_nota_is_found_by_number_amount_time_goods_and_customer(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati RT 5")
    first = sell_on_credit(counter.till, customer, SABUN)
    sell(counter.till, MI)
    screen = history(counter)
    for typed in ("wati", first.number, short_number(first.number), "4.000", "Rp4000", "sabun"):
        find(counter, screen, typed, 1)
        assert any(part.accessibleName() == "Pelanggan: Bu Wati RT 5" for part in screen.findChildren(QWidget)), typed
    find(counter, screen, "hari ini", 2)
    find(counter, screen, "kemarin", 0)
    for typed in ("9" * 30, "😀", "%_'\"", "-1", "32/13", "jam 99"):
        find(counter, screen, typed, 0)
        assert "Tidak ketemu" in words_of(screen), typed


def test_what_was_taken_back_is_found_with_one_press_and_shown_with_its_nota(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI)
    sell(counter.till, KOPI)
    back = correcting.void_sale(counter.till, sale.uid, "salah")
    screen = history(counter)
    click(counter, "Retur")
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    wait_until(lambda: view.model().rowCount() == 1, "only what was taken back")
    said = words_of(screen)
    assert f"Nota {short_number(back.number)}" in said
    assert short_number(sale.number) in said
    assert any("Rp3.500" in words and words.startswith(("-", "−")) for words in said)
    with pytest.raises(LookupError):
        button_of(screen, "Retur / tukar")


def test_a_correction_has_its_own_struk_and_its_copy_says_so(counter: CounterWindow) -> None:
    sale = sell(counter.till, MI)
    back = correcting.void_sale(counter.till, sale.uid, "salah")
    history(counter)
    click(counter, "Cetak ulang (SALINAN)")
    jobs = [job for job in counter.till.store.read.print_jobs_of(back.uid) if job.kind is DocumentKind.RECEIPT]
    assert sorted(job.copy for job in jobs) == [0, 1]


# --- money that came late -------------------------------------------------------------------------------------------------------


def late_money(counter: CounterWindow, amount: int = 3_500) -> QrisRequest:
    """A QR that had expired, and then its money came."""
    request = shown(counter.till, amount)
    told(counter.till, request, TenderState.PAID_LATE)
    return request


def test_late_money_is_matched_to_the_nota_that_was_confirmed_by_hand(counter: CounterWindow) -> None:
    asked_for = shown(counter.till, 3_500)
    basket = basket_of(counter.till, MI)
    seen = qris.confirm_by_hand(counter.till, asked_for.uid)
    sale = checkout.pay(counter.till, basket, [Part(Tender.QRIS, 3_500, state=seen.state, reference=seen.uid)])
    request = late_money(counter)
    history(counter)
    click(counter, "Terlambat")
    assert isinstance(asked(counter), LateMoneyDialog)
    click(counter, "Cocokkan")
    dialog = asked(counter)
    assert isinstance(dialog, MatchDialog)
    card = dialog.cards[0]
    assert short_number(sale.number) in card.accessibleName()
    twice(card)
    left = counter.till.store.read.qris_request(request.uid)
    assert left is not None
    assert left.late is LateMoney.USED
    assert counter.till.store.read.late_money_count() == 0


def test_late_money_without_a_nota_goes_back_once(counter: CounterWindow) -> None:
    cash = in_drawer(counter)
    request = late_money(counter, 20_000)
    screen = history(counter)
    click(counter, "Terlambat")
    assert "Rp20.000" in words_of(counter.window)
    click(counter, "Cocokkan")
    assert "Tidak ada nota yang cocok" in words_of(counter.window)
    click(counter, "Tutup")
    dialog = asked(counter)
    assert isinstance(dialog, LateMoneyDialog)
    twice(dialog.cards[0].cash)
    left = counter.till.store.read.qris_request(request.uid)
    assert left is not None
    assert left.late is LateMoney.RETURNED_CASH
    assert in_drawer(counter) == cash - 20_000
    click(counter, "Tutup")
    with pytest.raises(LookupError):
        button_of(screen, "Terlambat")
