"""What a screen reader is told, screen by screen and in both languages: names, roles, states, and an order that follows reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog

from pos.domain.cash_movement import CashReason
from pos.domain.people import Act, Role
from pos.services import drawer, people, permission, receiving, stock_taking
from pos.services.preferences import Preferences
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.drawer.report_dialog import ReportDialog, ZListDialog
from pos.ui.keys import Action
from pos.ui.lock.approve import ApproveDialog
from pos.ui.lock.screen import LockScreen
from pos.ui.settings.shortcuts_form import KeyDialog
from pos.ui.shell.rooms import BY_KEY
from pos.ui.users.dialogs import EditUserDialog, NewUserDialog, OwnPinDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.goods_in import unit_of
from tests.helpers.orders import arrive, order
from tests.helpers.spoken import faults, spoken

MI_CODE, KOPI_CODE = "089686010947", "8991002105485"
QUIET = replace(Preferences(), sounds=False, reduce_motion=True)


def busy(counter: CounterWindow) -> None:
    """A shop in the middle of its day: something in every room."""
    arrive(counter.till, order(now=counter.till.clock.now()))
    counter.scan(MI_CODE)
    counter.key("F12")
    drawer.move_cash(counter.till, -10_000, CashReason.SHOPPING)
    people.add_first_owner(counter.till, "Bu Sari", "2580")
    people.add_user(counter.till, "Sri", Role.CASHIER, "1357")
    counter.application.go("sale")
    counter.scan(MI_CODE)
    counter.scan(KOPI_CODE)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)], ids=["1366", "1024"])
def test_every_room_is_told_by_name_and_in_reading_order(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    with counter_window(tmp_path, size=size, preferences=replace(QUIET, language=language)) as counter:
        busy(counter)
        wrong = {}
        for room in BY_KEY:
            counter.application.go(room)
            settle()
            wrong[room] = faults(counter.application.window)
        assert {room: found for room, found in wrong.items() if found} == {}


PARTS: dict[str, Callable[[CounterWindow], object]] = {
    "opening the drawer": lambda counter: _closed_drawer(counter),
    "counting": lambda counter: (counter.application.go("drawer"), counter.drawer.day.close_button.click()),
    "counted": lambda counter: _counted(counter),
    "paying": lambda counter: (counter.application.go("sale"), counter.sale.pay()),
    "locked": lambda counter: counter.application.change_cashier(),
    "settings, counter and keys": lambda counter: counter.application.go("settings#counter"),
    "the cash book": lambda counter: counter.application.go("books#cash"),
    "goods on consignment": lambda counter: counter.application.go("books#consigned"),
    "a delivery": lambda counter: _delivery(counter),
    "counting the shelves": lambda counter: _shelves(counter),
    "the card of a product": lambda counter: counter.application.go("stock#card"),
    "what to buy": lambda counter: counter.application.go("stock#shopping"),
}


def _closed_drawer(counter: CounterWindow) -> None:
    counter.sale.hold()
    drawer.close_session(counter.till, 0)
    counter.application.go("drawer")
    counter.drawer.refresh(None)


def _counted(counter: CounterWindow) -> None:
    from pos.services.selling import hold_basket

    hold_basket(counter.till, "Bu Rina")
    counter.application.go("drawer")
    counter.drawer.day.close_button.click()
    counter.drawer.counting.board.rows[100_000].plus.click()
    counter.drawer.counting.button.click()


def _delivery(counter: CounterWindow) -> None:
    draft = receiving.open_draft(counter.till)
    receiving.add_unit(counter.till, draft.uid, unit_of(counter.till, MI_CODE), 12)
    counter.application.go("stock#receipts")


def _shelves(counter: CounterWindow) -> None:
    take = stock_taking.begin(counter.till)
    stock_taking.count(counter.till, take.uid, unit_of(counter.till, MI_CODE))
    counter.application.go("stock#count")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_page_of_a_room_is_told_too(tmp_path: Path, part: str, language: str) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, language=language)) as counter:
        busy(counter)
        PARTS[part](counter)
        settle()
        assert faults(counter.application.window) == []


QUESTIONS: dict[str, Callable[[CounterWindow], QDialog]] = {
    "cash out": lambda counter: CashDialog(counter.application.context, True, counter.application.window),
    "X": lambda counter: ReportDialog(counter.application.context, drawer.x_report(counter.till), counter.application.window),
    "Z": lambda counter: ZListDialog(counter.application.context, counter.application.window),
    "permission": lambda counter: ApproveDialog(
        counter.application.context, Act.VOID, permission.approvers(counter.till, Act.VOID), counter.application.window
    ),
    "somebody new": lambda counter: NewUserDialog(counter.application.context, False, counter.application.window),
    "somebody": lambda counter: EditUserDialog(counter.application.context, counter.till.store.read.users()[1], counter.application.window),
    "own PIN": lambda counter: OwnPinDialog(counter.application.context, counter.till.store.read.users()[0], counter.application.window),
    "a key": lambda counter: KeyDialog(counter.application.context, Action.PAY, counter.application.window),
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_told_by_name_and_in_reading_order(tmp_path: Path, question: str, language: str) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, language=language)) as counter:
        busy(counter)
        dialog = QUESTIONS[question](counter)
        dialog.open()
        settle()
        assert faults(dialog) == []
        told = QAccessible.queryAccessibleInterface(dialog)
        assert told is not None
        assert told.role() is QAccessible.Role.Dialog
        assert told.text(QAccessible.Text.Name)
        dialog.close()


def test_a_pin_is_never_told(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        busy(counter)
        counter.application.change_cashier()
        settle()
        lock = counter.application.window.findChildren(LockScreen)[0]
        counter.type("1")
        lock.pad.field.setText("2580")
        told = QAccessible.queryAccessibleInterface(lock.pad.field)
        assert told is not None
        assert told.state().passwordEdit
        assert "2580" not in told.text(QAccessible.Text.Value)
        text = told.textInterface()
        assert text is None or "2580" not in text.text(0, text.characterCount())


def test_the_total_the_last_line_and_the_change_are_told(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        names = [each.name for each in spoken(counter.application.window)]
        assert "Rp3.500" in names, "the total"
        assert any(name.startswith("Mi goreng, 1 bungkus") for name in names), "what is in the basket"


def test_one_of_some_is_a_radio_button_and_a_room_is_a_button(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("audit")
        settle()
        roles = {each.name: each.role for each in spoken(counter.application.window)}
        assert roles["7 hari"] is QAccessible.Role.RadioButton
        assert roles["Penjualan juga"] is QAccessible.Role.CheckBox
        assert roles["Pesanan"] is QAccessible.Role.Button
