"""What holds in every room and for every question of the window: it can be named, touched, and seen whole in each of its sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QScrollArea, QWidget

from pos.domain.customer import Customer
from pos.domain.people import Act, Role, User
from pos.domain.product import Product
from pos.domain.qris_request import QrisRequest
from pos.domain.receiving import ReceiptLine
from pos.domain.sale import Sale, Tender, TenderState
from pos.domain.stock_take import CountLine, StockTake
from pos.domain.tendering import Part
from pos.services import drawer, packs, people, permission, receiving, stock_taking
from pos.services.preferences import Preferences
from pos.ui.context import UiContext
from pos.ui.customers.dialogs import CustomerForm, OldDebtDialog, RepayDialog
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.drawer.report_dialog import ReportDialog, ZListDialog
from pos.ui.goods.bulk import CategoryDialog, ListingDialog
from pos.ui.goods.bulk_prices import RaiseDialog
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.history.correcting import VoidDialog
from pos.ui.history.late import LateMoneyDialog, MatchDialog
from pos.ui.history.returning import ReturnDialog
from pos.ui.keys import Action
from pos.ui.lock.approve import ApproveDialog
from pos.ui.orders.dialogs import CapDialog, CodeDialog, MissingDialog, RejectDialog
from pos.ui.payment.parts import PartsDialog
from pos.ui.payment.sticker import StickerDialog
from pos.ui.payment.titipan import TitipanDialog
from pos.ui.settings.shortcuts_form import KeyDialog
from pos.ui.shell.rooms import BY_KEY
from pos.ui.stock.count_dialogs import BeginDialog, CountDialog
from pos.ui.stock.line_dialog import LineDialog
from pos.ui.stock.out_dialog import OutDialog
from pos.ui.stock.price_dialog import PriceDialog
from pos.ui.stock.supplier_dialog import SupplierDialog
from pos.ui.users.dialogs import EditUserDialog, NewUserDialog, OwnPinDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.goods_in import deliver, unit_of
from tests.helpers.orders import LINES, arrive, order
from tests.helpers.paying import known_customer, pair, sell_for, shown, told
from tests.helpers.shops import MI, SABUN
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


WAYS = ("q", "r", "b", "g")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_paying_is_whole_named_and_touched(counter: CounterWindow, way: str) -> None:
    customer = _customer(counter)
    counter.sale.counter.set_customer(customer.uid, customer.name, "")
    pair(counter.till, counter.backstage)
    window = counter.application.window
    counter.key("F9")
    counter.type(way)
    if way == "q":
        wait_until(lambda: counter.sale.payment.taking.flow.request is not None, "the server issues")
        assert counter.sale.payment.entry.qris.code.code_px() >= 320
    if way == "g":
        counter.type("1000")
        counter.key("F9")
        counter.type("r")
    assert counter.sale.payment.isVisible()
    assert unsaid(window) == []
    assert too_small(window) == []
    least = window.minimumSizeHint()
    assert (least.width(), least.height()) <= (window.width(), window.height())
    assert least.height() <= window.height()


PARTS = [
    Part(tender, 999_999_999, reference="BCA *4417 Sari Wulandari binti Abdul") for tender in (Tender.CASH, Tender.TRANSFER, Tender.CREDIT)
]

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
    "a customer in the book": lambda counter: CustomerForm(_context(counter), None, counter.application.window),
    "paying back": lambda counter: RepayDialog(_context(counter), _customer(counter), 123_456_789, counter.application.window),
    "an old debt": lambda counter: OldDebtDialog(_context(counter), _customer(counter), 999_999_999, counter.application.window),
    "taking a nota back": lambda counter: VoidDialog(_context(counter), _sold(counter), counter.application.window),
    "taking goods back": lambda counter: ReturnDialog(_context(counter), _sold(counter), counter.application.window),
    "late money": lambda counter: LateMoneyDialog(_context(counter), counter.application.window) if _late(counter) else None,
    "late money's nota": lambda counter: MatchDialog(_context(counter), _late(counter), counter.application.window),
    "titipan": lambda counter: TitipanDialog(_context(counter), counter.till.store.read.basket(), counter.application.window),
    "parts": lambda counter: PartsDialog(PARTS, 25_000, counter.application.window),
    "the sticker": lambda counter: StickerDialog(_context(counter), counter.application.window),
    "permission": lambda counter: ApproveDialog(counter.application.context, Act.VOID, _owners(counter), counter.application.window),
    "owner": lambda counter: NewUserDialog(counter.application.context, True, counter.application.window),
    "somebody new": lambda counter: NewUserDialog(counter.application.context, False, counter.application.window),
    "somebody": lambda counter: EditUserDialog(counter.application.context, _owners(counter)[0], counter.application.window),
    "own PIN": lambda counter: OwnPinDialog(counter.application.context, _owners(counter)[0], counter.application.window),
    "a key": lambda counter: KeyDialog(counter.application.context, Action.PAY, counter.application.window),
    "a delivery's line": lambda counter: LineDialog(_context(counter), *_delivery(counter), counter.application.window),
    "who brought it": lambda counter: SupplierDialog(_context(counter), counter.application.window),
    "prices of a delivery": lambda counter: PriceDialog(
        _context(counter), deliver(counter.till, (MI_CODE, 12, 999_999)), counter.application.window
    ),
    "a new count": lambda counter: BeginDialog(_context(counter), counter.application.window),
    "how many were counted": lambda counter: CountDialog(_context(counter), *_counted(counter), counter.application.window),
    "goods out": lambda counter: OutDialog(_context(counter), _mi(counter), counter.application.window),
    "prices by percent": lambda counter: RaiseDialog(_context(counter), [MI.uid, SABUN.uid], counter.application.window),
    "a category for many": lambda counter: CategoryDialog(_context(counter), 12_908, counter.application.window),
    "many online": lambda counter: ListingDialog(12_908, counter.application.window),
    "new in the list": lambda counter: NewProductDialog(counter.application.context, "123456", counter.application.window),
    "reject": lambda counter: RejectDialog(order(), LINES, counter.application.window),
    "missing": lambda counter: MissingDialog(LINES * 4, counter.application.window),
    "cap": lambda counter: CapDialog(order(), counter.till.store.read.line(), counter.application.window),
    "code": lambda counter: CodeDialog(order(status="ready"), counter.application.window),
}


def _delivery(counter: CounterWindow) -> tuple[str, ReceiptLine]:
    draft = receiving.open_draft(counter.till)
    return draft.uid, receiving.add_unit(counter.till, draft.uid, unit_of(counter.till, MI_CODE), 12)


def _counted(counter: CounterWindow) -> tuple[StockTake, CountLine]:
    take = stock_taking.begin(counter.till)
    return take, stock_taking.count(counter.till, take.uid, unit_of(counter.till, MI_CODE))


def _mi(counter: CounterWindow) -> Product:
    """Goods that come out of a package: both can be done with them."""
    packs.remember_pack(counter.till, MI.uid, SABUN.units[0].uid, 40)
    product = counter.till.store.read.product(MI.uid)
    assert product is not None
    return product


def _opened(*steps: Callable[[], object]) -> None:
    for step in steps:
        step()


def _context(counter: CounterWindow) -> UiContext:
    return counter.application.context


def _customer(counter: CounterWindow) -> Customer:
    return known_customer(counter.till, "Bu Hajjah Siti Nurhalimah binti Abdul Karim RT 05 RW 12")


def _sold(counter: CounterWindow) -> Sale:
    """A nota of some lines that was paid in more than one way."""
    codes = ("089686010947", "8991002105485", "8999999036607")
    parts = (Part(Tender.CASH, 4_000), Part(Tender.TRANSFER, 8_500, reference="BCA 4417"))
    return sell_for(counter.till, *parts, codes=codes)


def _late(counter: CounterWindow) -> QrisRequest:
    """Money that came after its QR had expired."""
    request = shown(counter.till, 9_999_999)
    told(counter.till, request, TenderState.PAID_LATE)
    return request


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
