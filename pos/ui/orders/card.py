"""One order on the board: its head, and below it what is to be done with it now. Tells what a person wants; asks no store.

A card is built anew only when the step changes; a tick or a minute only changes what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.order import Order, OrderLine, OrderStatus
from pos.domain.quantity import format_quantity
from pos.services.views import LineState
from pos.ui.language import tr
from pos.ui.messages import order_status_text
from pos.ui.orders import board
from pos.ui.orders.head import CardHead
from pos.ui.orders.meter import Pieces
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, CheckRow, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.painting import CENTRE, paint_ground, painter_on, text_width
from pos.ui.widgets.text import ElidedText, Text

_BUTTON: Final = 56


class Verb(StrEnum):
    """What a person wants with an order."""

    OPEN = "open"
    ACCEPT = "accept"
    REJECT = "reject"
    READY = "ready"
    PRINT = "print"
    HAND_OVER = "hand_over"
    CANCEL_ALLOW = "cancel_allow"
    CANCEL_DENY = "cancel_deny"
    NO_SHOW = "no_show"
    SEEN = "seen"


class Tick(StrEnum):
    """Which question a ticked row answers; also the first part of its object name."""

    ON_SHELF = "on_shelf"
    PACKED = "packed"


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card is told beside its order: whether it is open, how far the line has come, and UTC ms now by the server.

    `free`: base units of each product that no other order holds, as far as they are fewer than this order wants.
    """

    open: bool
    line: LineState
    now: int
    free: Mapping[str, int] = field(default_factory=dict)


class Stub(QLabel):
    """An order's number on a dashed ticket: what is called out at the counter."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(f"#{number}", parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(tr("Nomor pesanan {n}", n=number))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self.text(), look().font(Role.SUB, 800, 23))) + look().px(30), look().px(_BUTTON))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(text_width(self.text(), look().font(Role.SUB, 800, 19))) + look().px(10), look().px(_BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect()).adjusted(0.7, 0.7, -0.7, -0.7)
        paint_ground(painter, rect, look().colour(Token.CEKUNG), None, 12)
        pen = QPen(look().colour(Token.GARIS_KUAT), 1.4)
        pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 12, 12)
        px = 23
        while px > 19 and text_width(self.text(), look().font(Role.SUB, 800, px)) > rect.width() - 8:
            px -= 1
        painter.setFont(look().font(Role.SUB, 800, px))
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(rect, CENTRE, self.text())
        painter.end()


class OrderCard(Card):
    """An order as a card.

    Signals:
        wanted(str, str): a `Verb` and the order's uid.
        ticked(str, str, int, bool): a `Tick`, the order's uid, the line's position, on or off.
    """

    wanted = Signal(str, str)
    ticked = Signal(str, str, int, bool)

    def __init__(self, order: Order, state: CardState) -> None:
        super().__init__(radius=12)
        self.order = order
        self._signature: object = None
        self._head = CardHead()
        self._rows: list[CheckRow] = []
        self._count: Text | None = None
        self._pieces: Pieces | None = None
        self._strong: ActionButton | None = None
        self._iconed: list[tuple[ActionButton, str]] = []
        self._signs: list[IconButton] = []
        self._narrow = False
        self._body: QWidget | None = None
        self._box = QVBoxLayout(self)
        side = look().px(11)
        self._box.setContentsMargins(side, look().px(4), side, look().px(4))
        self._box.setSpacing(0)
        self._box.addWidget(self._head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        on_click(self._head, lambda: self._want(Verb.OPEN))
        self.tell(order, state)

    def tell(self, order: Order, state: CardState) -> None:
        """The order as it is now."""
        self.order = order
        ready = board.column_of(order) is board.Column.READY
        aside = tr("HP ··{last4}", last4=order.buyer_phone4) if ready and order.buyer_phone4 else ""
        number = "" if ready else f"#{order.number}"
        self._head.tell(order.buyer or tr("Pembeli"), number, board.second_lines(order), aside, board.countdown(order, state.now))
        self._head.setToolTip(tr("Tutup rinciannya") if state.open else tr("Lihat rinciannya"))
        signature = self._shape(order, state)
        if signature != self._signature:
            self._signature = signature
            self._build(order, state)
        self._say_ticks(order)

    def set_narrow(self, narrow: bool) -> None:
        """A narrow column: the words of the buttons stay, their icons go."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        self._head.set_compact(self._narrow)
        for button, icon in self._iconed:
            button.set_icon("" if self._narrow else icon)
        for sign in self._signs:
            sign.setFixedSize(look().px(48 if self._narrow else _BUTTON), look().px(_BUTTON))

    def minute(self, now: int) -> None:
        """Time went by: only the ring changes."""
        self._head.set_left(board.countdown(self.order, now))

    def retranslate(self) -> None:
        """Build every word anew at the next `tell`."""
        self._signature = None

    def _shape(self, order: Order, state: CardState) -> object:
        """Everything that decides which parts the card has."""
        words = [(line.name, line.unit_name, line.quantity) for line in order.lines]
        step = (order.status, order.status_text, order.pending, order.handed_over_at, order.paid, order.number)
        started = any(line.packed for line in order.lines) and not state.open
        news = (order.cancel_asked, order.lost, board.is_late(order, state.now), tuple(state.free.items()))
        return (state.open, step, words, order.note, board.crosses_cap(order, state.line), bool(order.pickup_code), started, news)

    def _want(self, verb: Verb) -> None:
        self.wanted.emit(verb.value, self.order.uid)

    # --- building ---------------------------------------------------------------------------------------------

    def _build(self, order: Order, state: CardState) -> None:
        if self._body is not None:
            self._body.hide()
            self._box.removeWidget(self._body)
            self._body.deleteLater()
        self._rows, self._count, self._pieces, self._strong = [], None, None, None
        self._iconed, self._signs = [], []
        self._body = QWidget()
        box = QVBoxLayout(self._body)
        box.setContentsMargins(0, 0, 0, look().px(7))
        box.setSpacing(look().px(7))
        column = board.column_of(order)
        self._add_news(box, order)
        if column is board.Column.NEW:
            self._build_new(box, order, state)
        elif column is board.Column.PACKING:
            self._build_packing(box, order, state)
        else:
            self._build_ready(box, order, state)
        self._box.addWidget(self._body)
        self._body.setVisible(box.count() > 0)
        self._fit()

    def _build_new(self, box: QVBoxLayout, order: Order, state: CardState) -> None:
        waiting = board.waiting_text(order)
        if order.status is not OrderStatus.PLACED:
            said = tr(
                "Status dari e-Peken: “{status}”. Tunggu kabar berikutnya.", status=order_status_text(order.status, order.status_text)
            )
            box.addWidget(Notice("circle-help", said, Tone.INFORMATION))
        elif waiting:
            box.addWidget(Notice("hourglass", waiting, Tone.WAITING))
        if not state.open:
            return
        self._add_remarks(box, order, state)
        if waiting or order.status is not OrderStatus.PLACED:
            self._add_plain_lines(box, order)
            return
        self._count = Text("", Role.BACA, Token.TINTA2, 400)
        box.addLayout(_pair(Text(tr("Masih ada di rak?"), Role.BACA, Token.TINTA, 600), self._count))
        self._add_ticks(box, order, Tick.ON_SHELF, tr("masih ada di rak"))
        for line in order.lines:
            if line.product_uid in state.free:
                left = format_quantity(max(0, state.free[line.product_uid]), line.factor)
                said = tr("{goods}: catatan stok tinggal {n}.", goods=line.name, n=left)
                box.addWidget(Text(said, Role.BACA, Token.BATA_TEKS, 500, wrap=True))
        self._strong = self._button(tr("Terima"), "check", Verb.ACCEPT)
        box.addLayout(_buttons((self._quiet(tr("Tolak"), Verb.REJECT), 0), (self._strong, 1)))

    def _build_packing(self, box: QVBoxLayout, order: Order, state: CardState) -> None:
        waiting = board.waiting_text(order)
        if waiting:
            box.addWidget(Notice("hourglass", waiting, Tone.WAITING))
        printing = self._sign("printer", tr("Cetak struk ambil"), Verb.PRINT)
        if not state.open:
            summary = ElidedText(board.summary_text(order), Role.BACA, Token.TINTA)
            summary.setContentsMargins(4, 0, 4, 0)
            box.addWidget(summary)
            words = tr("Lanjut siapkan") if any(line.packed for line in order.lines) else tr("Mulai siapkan")
            begin = ActionButton(words, "package-open", kind=Kind.QUIET)
            self._iconed.append((begin, "package-open"))
            begin.setMinimumHeight(look().px(_BUTTON))
            on_click(begin, lambda: self._want(Verb.OPEN))
            box.addLayout(_buttons((printing, 0), (begin, 1)))
            return
        self._add_remarks(box, order, state)
        self._count = Text("", Role.BACA, Token.TINTA2, 400)
        self._pieces = Pieces()
        box.addLayout(_pair(self._count, self._pieces))
        self._add_ticks(box, order, Tick.PACKED, tr("sudah dikemas"))
        if waiting:
            return
        self._strong = self._button(tr("Siap diambil"), "package-check", Verb.READY)
        box.addLayout(_buttons((printing, 0), (self._sign("x", tr("Tolak pesanan"), Verb.REJECT), 0), (self._strong, 1)))

    def _build_ready(self, box: QVBoxLayout, order: Order, state: CardState) -> None:
        waiting = board.waiting_text(order)
        if waiting:
            given = order.handed_over_at is not None
            box.addWidget(Notice("check" if given else "hourglass", waiting, Tone.GOOD if given else Tone.WAITING))
        if state.open:
            self._add_remarks(box, order, state)
            self._add_plain_lines(box, order)
        if not order.paid:
            box.addWidget(Notice("triangle-alert", tr("Belum lunas. Cocokkan dulu dengan pembeli."), Tone.FAULT))
        if order.handed_over_at is not None:
            return
        hand = ActionButton(tr("Serahkan"), "hand-heart", kind=Kind.PRIMARY)
        self._iconed.append((hand, "hand-heart"))
        on_click(hand, lambda: self._want(Verb.HAND_OVER))
        printing = self._sign("printer", tr("Cetak struk ambil"), Verb.PRINT)
        box.addLayout(_buttons((Stub(order.number), 0), (printing, 0), (hand, 1)))
        if board.is_late(order, state.now) and order.pending is None:
            box.addLayout(_buttons((self._quiet(tr("Tidak diambil pembeli"), Verb.NO_SHOW), 1)))

    def _add_news(self, box: QVBoxLayout, order: Order) -> None:
        """A step of the shop that came to nothing, and a buyer who asks to cancel: seen also on a closed card."""
        if order.lost:
            box.addWidget(Notice("triangle-alert", board.lost_text(order.lost), Tone.FAULT))
            box.addLayout(_buttons((self._quiet(tr("Sudah saya lihat"), Verb.SEEN), 1)))
        if order.cancel_asked and order.pending is None:
            box.addWidget(Notice("message-circle", tr("Pembeli minta batal. Setujui?"), Tone.WAITING))
            allow, deny = self._quiet(tr("Setujui"), Verb.CANCEL_ALLOW), self._quiet(tr("Tidak setuju"), Verb.CANCEL_DENY)
            box.addLayout(_buttons((allow, 1), (deny, 1)))

    def _add_remarks(self, box: QVBoxLayout, order: Order, state: CardState) -> None:
        if order.note:
            box.addWidget(Notice("message-circle", order.note, Tone.INFORMATION))
        if board.crosses_cap(order, state.line):
            box.addWidget(Notice("triangle-alert", tr("Pesanan ini melewati batas omzet e-Peken."), Tone.WAITING))

    def _add_ticks(self, box: QVBoxLayout, order: Order, tick: Tick, said: str) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        for position, line in enumerate(order.lines):
            row = CheckRow(board.line_text(line), board.count_text(line))
            row.setObjectName(f"{tick.value}:{order.uid}:{position}")
            row.setAccessibleName(f"{row.accessibleName()}, {said}")
            row.setToolTip(board.line_text(line))
            row.toggled.connect(lambda on, position=position: self.ticked.emit(tick.value, self.order.uid, position, on))
            self._rows.append(row)
            rows.addWidget(row)
        box.addLayout(rows)

    def _add_plain_lines(self, box: QVBoxLayout, order: Order) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(look().px(4))
        for line in order.lines:
            row = QHBoxLayout()
            row.setSpacing(look().px(10))
            count = Text(board.count_text(line), Role.BACA, Token.TINTA, 700)
            count.setMinimumWidth(look().px(32))
            row.addWidget(count)
            row.addWidget(ElidedText(board.line_text(line)), 1)
            rows.addLayout(row)
        box.addLayout(rows)

    # --- saying -----------------------------------------------------------------------------------------------

    def _say_ticks(self, order: Order) -> None:
        if not self._rows:
            return
        packing = board.column_of(order) is board.Column.PACKING
        ticks = [_ticked(line, packing) for line in order.lines]
        for row, on in zip(self._rows, ticks, strict=True):
            blocked = row.blockSignals(True)
            row.setChecked(on)
            row.blockSignals(blocked)
        done, total = sum(ticks), len(ticks)
        if self._count is not None:
            said = tr("{n} dari {total} dikemas", n=done, total=total) if packing else tr("{n} dari {total}", n=done, total=total)
            self._count.setText(said)
        if self._pieces is not None:
            self._pieces.tell(done, total)
        if self._strong is not None:
            self._strong.set_kind(Kind.PRIMARY if done == total else Kind.SOFT)

    def _button(self, text: str, icon: str, verb: Verb) -> ActionButton:
        """The step of this card: pale until pressing it is right, always as high."""
        button = ActionButton(text, icon, kind=Kind.SOFT, role=Role.SUB)
        self._iconed.append((button, icon))
        button.setMinimumHeight(look().px(_BUTTON))
        on_click(button, lambda: self._want(verb))
        return button

    def _quiet(self, text: str, verb: Verb) -> ActionButton:
        button = ActionButton(text)
        button.setMinimumHeight(look().px(_BUTTON))
        on_click(button, lambda: self._want(verb))
        return button

    def _sign(self, icon: str, name: str, verb: Verb) -> IconButton:
        button = IconButton(icon, name, size=_BUTTON)
        self._signs.append(button)
        on_click(button, lambda: self._want(verb))
        return button


def _ticked(line: OrderLine, packing: bool) -> bool:
    return line.packed if packing else line.on_shelf


def missing_lines(order: Order) -> list[OrderLine]:
    """Lines that nobody has found on the shelf yet."""
    return [line for line in order.lines if not line.on_shelf]


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(look().px(4), 0, look().px(4), 0)
    row.addWidget(left, 1)
    row.addWidget(right, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row


def _buttons(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look().px(8))
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row
