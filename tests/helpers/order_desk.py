"""A person at the order board: what is held, ticked, told by the server, and asked. Owns the handling; asserts no story."""

from __future__ import annotations

import time
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QDialog
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.domain.order import Order
from pos.ui.orders.screen import OrdersScreen
from tests.helpers.orders import SEAL, UID, answered, arrive, order
from tests.helpers.stage import Stage

Asked = TypeVar("Asked", bound=QDialog)


def board_of(shop: Stage, qtbot: QtBot) -> OrdersScreen:
    """The board with one new order on it, as it is seen."""
    arrive(shop.context.till, order(now=now()), name="Toko Sinar Jaya")
    screen = OrdersScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    return screen


def now() -> int:
    return int(time.time() * 1000)


def held(shop: Stage, uid: str = UID) -> Order:
    found = shop.context.till.store.read.order(uid)
    assert found is not None
    return found


def tick_all(board: OrdersScreen, tick: str, lines: int = 2, uid: str = UID) -> None:
    for position in range(lines):
        row = board.findChild(QAbstractButton, f"{tick}:{uid}:{position}")
        assert row is not None
        row.click()


def told(shop: Stage, board: OrdersScreen, status: str, uid: str = UID) -> None:
    """The server answers; the worker announces it."""
    answered(shop.context.till, uid, status)
    shop.context.changed.emit(Changed(orders=True))


def make_ready(shop: Stage, board: OrdersScreen) -> str:
    """Until the buyer comes. Gives the text of the buyer's QR."""
    told(shop, board, "accepted")
    told(shop, board, "ready")
    return SEAL.code(UID)


def sent(shop: Stage) -> list[str]:
    return [operation.kind.partition("@")[0] for operation in shop.context.till.store.read.waiting_operations(100)]


def dialog_of(board: OrdersScreen, kind: type[Asked]) -> Asked:
    """The question of that kind that is open."""
    found = [dialog for dialog in board.window().findChildren(kind) if dialog.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[0]
