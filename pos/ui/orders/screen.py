"""Pesanan online: the board of three columns, its history, and the field for the buyer's code. Owns the order of the questions.

What may be done with an order is `services.orders`' to say; this asks, shows what waits for the server, and hands over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import Order, OrderStatus, OrderStep
from pos.domain.server_time import server_now
from pos.services import orders
from pos.services.views import LineState
from pos.ui.context import Screen, UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.operations import attempt, tell
from pos.ui.orders import board, handing
from pos.ui.orders.board import Column
from pos.ui.orders.card import CardState, OrderCard, Tick, Verb, missing_lines
from pos.ui.orders.column import BoardColumn
from pos.ui.orders.dialogs import CapDialog, CodeDialog, MissingDialog, RejectDialog, SureDialog
from pos.ui.orders.meter import CapMeter
from pos.ui.orders.past import PastOrders
from pos.ui.orders.tries import CodeTries
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.pill import Chip

_MINUTE_MS: Final = 60_000
_ASKED: Final = Changed(orders=True, outbox=True)
_NO_MATCH: Final = frozenset({ErrorCode.PICKUP_CODE_UNKNOWN, ErrorCode.PICKUP_CODE_UNREADABLE, ErrorCode.PICKUP_CODE_FORGED})


class OrdersScreen(Screen):
    """The room `orders`."""

    key = "orders"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._cards: dict[str, OrderCard] = {}
        self._open: dict[Column, str | None] = {Column.NEW: None, Column.PACKING: None, Column.READY: ""}
        self._dialog: Dialog | None = None
        self._tries = CodeTries()
        self._columns = {column: BoardColumn(column) for column in Column}
        self._past = PastOrders()
        self._meter = CapMeter()
        self._field = TextField(icon="scan-qr-code")
        self._chips = {"board": Chip(icon="square-kanban"), "past": Chip(icon="history")}
        self._pages = QStackedWidget()
        self._empty_button = ActionButton(icon="store", kind=Kind.PRIMARY)
        self._empty = EmptyState("kosong_papan", "", "", self._empty_button)
        self._build()
        self._minutes = QTimer(self, interval=_MINUTE_MS)
        self._minutes.timeout.connect(self._minute)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is not None and not (changed.orders or changed.outbox or changed.shop):
            return
        read = self.context.till.store.read
        line = read.line()
        self._meter.tell(line.cap_used, line.cap_amount)
        self._show_board(read.orders(), line)
        if self._pages.currentWidget() is self._past:
            self._past.show_orders(read.orders(history=True))
        if changed is None and self.isVisible():
            self._see_open()

    def scanned(self, code: str) -> bool:
        if not handing.is_pickup_code(code):
            return False
        self._hand_over(code)
        return True

    def retranslate(self) -> None:
        self._chips["board"].setText(tr("Papan"))
        self._chips["past"].setText(tr("Riwayat"))
        self._field.set_words(tr("Kode ambil"), tr("Pindai / ketik kode ambil"))
        self._empty_button.setText(tr("Sambungkan toko"))
        for column in self._columns.values():
            column.retranslate()
        for card in self._cards.values():
            card.retranslate()
        self._past.retranslate()
        self.refresh()

    def help_text(self) -> str:
        return tr(
            "Pesanan baru masuk ke kolom Baru dan berbunyi sampai dibuka. Centang barang yang masih ada di rak, lalu Terima. "
            "Setelah e-Peken menjawab, kemas barangnya, centang satu per satu, lalu Siap diambil. "
            "Saat pembeli datang, pindai QR di ponselnya atau ketik kode pendeknya. Ini bisa juga waktu luring. "
            "Lingkaran menunjukkan sisa waktu."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # no button is chosen until someone reaches for it by Tab
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._minutes.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minutes.stop()
        super().hideEvent(event)

    # --- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(look().px(8))
        group = QButtonGroup(self)
        for name, chip in self._chips.items():
            group.addButton(chip)
            on_click(chip, lambda name=name: self._turn_to(name))  # type: ignore[misc]
            top.addWidget(chip)
        self._chips["board"].setChecked(True)
        self._field.setMaxLength(200)
        self._field.setMinimumWidth(look().px(316))
        self._field.returnPressed.connect(self._typed)
        top.addSpacing(look().px(8))
        top.addWidget(self._field, 3)
        top.addStretch(1)
        top.addWidget(self._meter, 4)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        for column in self._columns.values():
            row.addWidget(column, 1)
        on_click(self._empty_button, lambda: self.context.go.emit("settings#central"))
        for page in (columns, self._empty, self._past):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.setSpacing(look().px(12))
        box.addLayout(top)
        box.addWidget(self._pages, 1)

    def _turn_to(self, name: str) -> None:
        if name == "past":
            self._past.show_orders(self.context.till.store.read.orders(history=True))
            self._pages.setCurrentWidget(self._past)
        else:
            self._pages.setCurrentIndex(0)
            self.refresh()

    # --- the board --------------------------------------------------------------------------------------------

    def _show_board(self, found: list[Order], line: LineState) -> None:
        now = server_now(self.context.till.clock.now(), line.clock_offset)
        reserved = self.context.till.store.read.reserved() if any(order.status is OrderStatus.PLACED for order in found) else {}
        columns = board.arrange(found)
        for column, part in columns.items():
            self._settle_open(column, part)
            cards = [
                self._card(order, CardState(self._open[column] == order.uid, line, now, self._short(order, reserved))) for order in part
            ]
            self._columns[column].set_cards(cards)
        for uid in set(self._cards) - {order.uid for order in found}:
            gone = self._cards.pop(uid)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for column, part in columns.items():
            self._columns[column].set_cards([self._cards[order.uid] for order in part])
        if self._pages.currentWidget() is not self._past:
            self._pages.setCurrentIndex(0 if found else 1)
        self._say_empty(line)

    def _short(self, order: Order, reserved: Mapping[str, int]) -> dict[str, int]:
        """Base units on the shelf that no other order holds, of goods of which a new order wants more."""
        if order.status is not OrderStatus.PLACED or order.pending is not None:
            return {}
        wanted: dict[str, int] = {}
        for line in order.lines:
            wanted[line.product_uid] = wanted.get(line.product_uid, 0) + line.quantity
        read = self.context.till.store.read
        free = {uid: read.on_hand(uid) - reserved.get(uid, 0) + own for uid, own in wanted.items()}
        return {uid: left for uid, left in free.items() if left < wanted[uid]}

    def _say_empty(self, line: LineState) -> None:
        self._empty_button.setVisible(not line.paired)
        if line.paired:
            said = tr("Pesanan dari e-Peken masuk ke sini sendiri, dengan bunyi. Pastikan tulisan di atas Daring.")
            self._empty.set_words(tr("Belum ada pesanan"), said)
        else:
            said = tr("Sambungkan toko ke e-Peken supaya pesanan online masuk ke sini.")
            self._empty.set_words(tr("Belum ada pesanan"), said)

    def _settle_open(self, column: Column, part: list[Order]) -> None:
        """The first card is open until someone opens another; an open one stays open while it is in its column."""
        chosen = self._open[column]
        if chosen == "" or any(order.uid == chosen for order in part):
            return
        self._open[column] = "" if column is Column.READY else part[0].uid if part else None

    def _card(self, order: Order, state: CardState) -> OrderCard:
        card = self._cards.get(order.uid)
        if card is None:
            card = self._cards[order.uid] = OrderCard(order, state)
            card.wanted.connect(self._wanted)
            card.ticked.connect(self._ticked)
        else:
            card.tell(order, state)
        return card

    def _minute(self) -> None:
        now = server_now(self.context.till.clock.now(), self.context.till.store.read.line().clock_offset)
        for card in self._cards.values():
            card.minute(now)

    def _see_open(self) -> None:
        """Someone looks at the board: the new order whose card is open sounds no more."""
        uid = self._open[Column.NEW]
        card = self._cards.get(uid) if uid else None
        if card is not None and not card.order.seen:
            attempt(self.context, lambda: orders.see(self.context.till, card.order.uid))

    # --- what a person wants ----------------------------------------------------------------------------------

    def _wanted(self, verb: str, uid: str) -> None:
        order = self.context.till.store.read.order(uid)
        if order is None:
            tell(self.context, ShopError(ErrorCode.ORDER_NOT_FOUND))
            self.refresh()
            return
        acts: dict[Verb, Callable[[Order], object]] = {
            Verb.OPEN: self._toggle,
            Verb.ACCEPT: self._accept,
            Verb.REJECT: self._ask_reason,
            Verb.READY: lambda order: self._ask(order, OrderStep.READY),
            Verb.PRINT: self._print,
            Verb.HAND_OVER: self._ask_code,
            Verb.CANCEL_ALLOW: self._allow_cancel,
            Verb.CANCEL_DENY: lambda order: self._ask(order, OrderStep.CANCEL_DENY),
            Verb.NO_SHOW: self._nobody_came,
            Verb.SEEN: self._see,
        }
        acts[Verb(verb)](order)

    def _toggle(self, order: Order) -> None:
        column = board.column_of(order)
        self._open[column] = "" if self._open[column] == order.uid else order.uid
        if self._open[Column.NEW] == order.uid and not order.seen:
            attempt(self.context, lambda: orders.see(self.context.till, order.uid))
        self._announce(Changed(orders=True))

    def _ticked(self, tick: str, uid: str, position: int, on: bool) -> None:
        on_shelf, packed = (on, None) if tick == Tick.ON_SHELF else (None, on)
        attempt(self.context, lambda: orders.tick(self.context.till, uid, position, on_shelf=on_shelf, packed=packed))
        self._announce(Changed(orders=True))

    def _accept(self, order: Order) -> None:
        missing = missing_lines(order)
        if not missing:
            self._accept_whole(order)
            return
        dialog = MissingDialog(missing, self.window())
        dialog.refuse.connect(lambda: self._ask_reason(order))
        dialog.all_there.connect(lambda: self._accept_whole(order))
        self._open_dialog(dialog)

    def _accept_whole(self, order: Order) -> None:
        line = self.context.till.store.read.line()
        if not board.crosses_cap(order, line):
            self._ask(order, OrderStep.ACCEPT)
            return
        dialog = CapDialog(order, line, self.window())
        dialog.go_on.connect(lambda: self._ask(order, OrderStep.ACCEPT))
        self._open_dialog(dialog)

    def _ask_reason(self, order: Order) -> None:
        missing = missing_lines(order) if order.status is OrderStatus.PLACED and any(line.on_shelf for line in order.lines) else []
        dialog = RejectDialog(order, missing, self.window())
        dialog.answered.connect(lambda reason: self._ask(order, OrderStep.REJECT, reason))
        self._open_dialog(dialog)

    def _ask(self, order: Order, step: OrderStep, reason: str = "") -> None:
        """Tell the server; until it answers the card says that it waits."""
        if attempt(self.context, lambda: orders.ask(self.context.till, order.uid, step, reason)):
            self.context.backstage.sync_now()
        self._announce(_ASKED)

    def _allow_cancel(self, order: Order) -> None:
        said = tr("Pesanan selesai, dan uang pembeli dikembalikan oleh e-Peken. Ini tidak bisa dibatalkan.")
        dialog = SureDialog(tr("Setujui batal #{number}?", number=order.number), said, tr("Setujui batal"), self.window())
        dialog.go_on.connect(lambda: self._ask(order, OrderStep.CANCEL_ALLOW))
        self._open_dialog(dialog)

    def _nobody_came(self, order: Order) -> None:
        said = tr("Barang kembali ke rak. Kalau pembelinya masih datang dengan kodenya, penyerahan tetap dihitung.")
        dialog = SureDialog(tr("#{number} tidak diambil?", number=order.number), said, tr("Tidak diambil"), self.window())
        dialog.go_on.connect(lambda: self._ask(order, OrderStep.NO_SHOW))
        self._open_dialog(dialog)

    def _see(self, order: Order) -> None:
        attempt(self.context, lambda: orders.see(self.context.till, order.uid))
        self._announce(Changed(orders=True))

    def _print(self, order: Order) -> None:
        def printed(copy: int) -> None:
            self.context.backstage.print_now()
            said = tr("SALINAN struk ambil #{number} dikirim ke printer") if copy else tr("Struk ambil #{number} dikirim ke printer")
            self.context.told.emit("good", said.format(number=order.number))
            self._announce(Changed(print_jobs=True))

        attempt(self.context, lambda: orders.print_pickup(self.context.till, order.uid), printed)

    def _ask_code(self, order: Order) -> None:
        dialog = CodeDialog(order, self.window())
        dialog.entered.connect(self._entered)
        self._open_dialog(dialog)

    # --- codes ------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        code = self._field.text().strip()
        if code and self._hand_over(code):
            self._field.clear()
        else:
            self._field.selectAll()

    def _entered(self, code: str) -> None:
        self._hand_over(code)

    def _hand_over(self, code: str) -> bool:
        """By a scanned or typed code; with a code dialog open, only the order that it asks for."""
        dialog = self._dialog if isinstance(self._dialog, CodeDialog) else None
        scanned = handing.is_pickup_code(code)
        try:
            if not scanned:
                self._tries.check(self.context.till.clock.monotonic())
            order = orders.order_of_code(self.context.till, code)
        except ShopError as error:
            self._refused(error, dialog, scanned)
            return False
        self._tries.right()
        if dialog is not None and order.uid != dialog.order_uid:
            self._tell_trouble(
                dialog, tr("Kode ini untuk pesanan #{number} ({buyer}). Ambil bungkusan itu.", number=order.number, buyer=order.buyer)
            )
            return False
        self._close_dialog()
        return handing.hand_over(self.context, code) is not None

    def _refused(self, error: ShopError, dialog: CodeDialog | None, scanned: bool) -> None:
        if not scanned and error.code in _NO_MATCH:
            self._tries.wrong(self.context.till.clock.monotonic())
        if dialog is not None:
            self._tell_trouble(dialog, error_sentence(error))
        else:
            tell(self.context, error)

    def _tell_trouble(self, dialog: CodeDialog, sentence: str) -> None:
        self.context.sound.emit("error")
        dialog.tell(sentence)

    # --- dialogs ----------------------------------------------------------------------------------------------

    def _open_dialog(self, dialog: Dialog) -> None:
        self._close_dialog()
        self._dialog = dialog
        dialog.finished.connect(lambda _result, dialog=dialog: self._forget(dialog))
        dialog.open()

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self, dialog: Dialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _announce(self, changed: Changed) -> None:
        """Everyone hears of it, this screen too."""
        self.context.changed.emit(changed)
