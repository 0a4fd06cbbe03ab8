"""What holds in every room and for every question of the window: it can be named, touched, and seen whole in each of its sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QScrollArea, QWidget

from pos.domain.people import Act, Role, User
from pos.services import drawer, people, permission
from pos.services.preferences import Preferences
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.drawer.report_dialog import ReportDialog, ZListDialog
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.keys import Action
from pos.ui.lock.approve import ApproveDialog
from pos.ui.orders.dialogs import CapDialog, CodeDialog, MissingDialog, RejectDialog
from pos.ui.settings.shortcuts_form import KeyDialog
from pos.ui.shell.rooms import BY_KEY
from pos.ui.users.dialogs import EditUserDialog, NewUserDialog, OwnPinDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.orders import LINES, arrive, order
from tests.helpers.stage import nameless

MI_CODE = "089686010947"
TOUCH = 48
SIZES = [((1366, 768), 100), ((1024, 768), 100), ((1366, 768), 125)]
QUIET = replace(Preferences(), sounds=False, reduce_motion=True)


@pytest.fixture(params=SIZES, ids=lambda param: f"{param[0][0]} at {param[1]} %")
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CounterWindow]:
    size, scale = request.param
    with counter_window(tmp_path, size=size, preferences=replace(QUIET, text_scale=scale)) as made:
        arrive(made.till, order(now=made.till.clock.now()))
        made.scan(MI_CODE)
        yield made


def unsaid(root: QWidget) -> list[str]:
    """What a person acts on there and no screen reader could name, lists of rows among it."""
    views = [view for view in root.findChildren(QAbstractItemView) if view.isVisibleTo(root) and not view.accessibleName()]
    return [*nameless(root), *(type(view).__name__ for view in views)]


def too_small(root: QWidget) -> list[str]:
    """Buttons that a finger misses."""
    buttons = [button for button in root.findChildren(QAbstractButton) if button.isVisibleTo(root)]
    return [button.accessibleName() for button in buttons if min(button.width(), button.height()) < TOUCH]


def test_every_room_is_whole_and_everything_in_it_can_be_named_and_touched(counter: CounterWindow) -> None:
    window = counter.application.window
    wanted = (window.width(), window.height())
    for key in BY_KEY:
        counter.application.go(key)
        settle()
        assert counter.application.screen_key() == key
        assert unsaid(window) == [], key
        assert too_small(window) == [], key
        assert (window.width(), window.height()) == wanted, f"{key} made the window larger"
        least = window.minimumSizeHint()
        assert least.width() <= wanted[0], key
        assert least.height() <= wanted[1], key


def test_paying_and_its_change_are_whole_named_and_touched(counter: CounterWindow) -> None:
    window = counter.application.window
    for typed in ("", "50000"):
        counter.type(typed)
        counter.key("F9")
        assert unsaid(window) == []
        assert too_small(window) == []
        assert window.minimumSizeHint().height() <= window.height()
    assert len(counter.sales()) == 1


QUESTIONS: dict[str, Callable[[CounterWindow], QDialog | None]] = {
    "held": lambda counter: _opened(counter.sale.hold, counter.sale.openings.recall),
    "price": lambda counter: _opened(counter.sale.openings.check_price),
    "new at the counter": lambda counter: _opened(lambda: counter.sale.openings.new_goods("123456")),
    "a line": lambda counter: _opened(counter.sale.openings.edit_line),
    "a discount": lambda counter: _opened(counter.sale.openings.discount),
    "a customer": lambda counter: _opened(counter.sale.openings.customer),
    "a package": lambda counter: _opened(counter.sale.openings.pack),
    "a deposit": lambda counter: _opened(lambda: counter.sale.counter.set_customer("c" * 32, "Bu Rina", ""), counter.sale.openings.deposit),
    "help": lambda counter: _opened(counter.application.show_help),
    "categories": lambda counter: _opened(counter.sale.goods._all_categories),
    "cash in": lambda counter: CashDialog(counter.application.context, False, counter.application.window),
    "cash out": lambda counter: CashDialog(counter.application.context, True, counter.application.window),
    "X": lambda counter: ReportDialog(counter.application.context, drawer.x_report(counter.till), counter.application.window),
    "Z": lambda counter: ZListDialog(counter.application.context, counter.application.window),
    "permission": lambda counter: ApproveDialog(counter.application.context, Act.VOID, _owners(counter), counter.application.window),
    "owner": lambda counter: NewUserDialog(counter.application.context, True, counter.application.window),
    "somebody new": lambda counter: NewUserDialog(counter.application.context, False, counter.application.window),
    "somebody": lambda counter: EditUserDialog(counter.application.context, _owners(counter)[0], counter.application.window),
    "own PIN": lambda counter: OwnPinDialog(counter.application.context, _owners(counter)[0], counter.application.window),
    "a key": lambda counter: KeyDialog(counter.application.context, Action.PAY, counter.application.window),
    "new in the list": lambda counter: NewProductDialog(counter.application.context, "123456", counter.application.window),
    "reject": lambda counter: RejectDialog(order(), LINES, counter.application.window),
    "missing": lambda counter: MissingDialog(LINES * 4, counter.application.window),
    "cap": lambda counter: CapDialog(order(), counter.till.store.read.line(), counter.application.window),
    "code": lambda counter: CodeDialog(order(status="ready"), counter.application.window),
}


def _opened(*steps: Callable[[], object]) -> None:
    for step in steps:
        step()


def _owners(counter: CounterWindow) -> list[User]:
    """Two people whose PIN is asked for."""
    people.add_first_owner(counter.till, "Bu Sari", "2580")
    people.add_user(counter.till, "Pak Budi Santoso Wicaksono", Role.OWNER, "9753")
    return permission.approvers(counter.till, Act.VOID)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_whole_and_everything_in_it_can_be_named_and_touched(counter: CounterWindow, question: str) -> None:
    dialog = QUESTIONS[question](counter)
    if dialog is not None:
        dialog.open()
    settle()
    shown = counter.window
    assert isinstance(shown, QDialog)
    assert unsaid(shown) == []
    assert too_small(shown) == []
    assert shown.accessibleName() or shown.windowTitle()
    assert shown.width() <= counter.application.window.width()
    assert shown.height() <= counter.application.window.height()
    for area in shown.findChildren(QScrollArea):
        inside = area.widget()
        assert inside is None or inside.minimumSizeHint().width() <= area.viewport().width(), "cut off at its right"
    shown.close()
