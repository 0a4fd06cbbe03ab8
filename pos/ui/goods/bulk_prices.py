"""Prices by percent: how much, on which step, and every price as it would be before anything is done. Owns what is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScroller, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import RoundingDirection, format_figure, format_rupiah
from pos.services.goods_bulk import NewPrice, Raise, preview_prices, shop_step
from pos.ui.context import UiContext
from pos.ui.goods.editor.words import rule_words
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.operations import run
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import CheckRow, Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, text_width

Index = QModelIndex | QPersistentModelIndex
_PERCENT: Final = re.compile(r"(\d{1,4})(?:,(\d{1,2}))?\s*%?")
_STEPS: Final = (50, 100, 500, 1_000)
_TYPING_MS: Final = 120
_HIGH: Final = 140
_ROW: Final = Qt.ItemDataRole.UserRole


def read_percent(typed: str) -> int:
    """Hundredths of a percent: `5`, `7,5`, `2,25 %`. Raises ShopError PERCENT_OUT_OF_RANGE with `typed`."""
    found = _PERCENT.fullmatch(typed.strip())
    if found is None or not typed.isascii():
        raise ShopError(ErrorCode.PERCENT_OUT_OF_RANGE, typed=typed[:20])
    return int(found.group(1)) * 100 + int((found.group(2) or "").ljust(2, "0"))


class RaiseDialog(Dialog):
    """Stands over the goods list.

    Signals:
        chosen(Raise): the prices are to be changed so.
    """

    chosen = Signal(object)

    def __init__(self, context: UiContext, uids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(tr("Ubah harga {n} barang", n=format_figure(len(uids))), parent, width=860)
        self._context, self._uids = context, tuple(uids)
        self._asked: Raise | None = None
        self.way = Segments([("up", tr("Naik")), ("down", tr("Turun"))])
        self.way.setAccessibleName(tr("Naik atau turun"))
        self.percent = TextField(tr("Persen"), tr("misalnya 5 atau 7,5"), label=tr("Persen"))
        self.percent.setMaxLength(8)
        step = shop_step(context.till)
        steps = sorted({*_STEPS, step})
        self.step = Segments([(str(amount), format_figure(amount)) for amount in steps])
        self.step.setAccessibleName(tr("Dibulatkan ke kelipatan"))
        self.step.choose(str(step))
        self.direction = Segments(
            [
                (RoundingDirection.NEAREST.value, tr("Terdekat")),
                (RoundingDirection.DOWN.value, tr("Ke bawah")),
                (RoundingDirection.UP.value, tr("Ke atas")),
            ]
        )
        self.direction.setAccessibleName(tr("Arah pembulatan"))
        self.retail = CheckRow(tr("Hanya harga eceran"))
        self.model = NewPricesModel()
        self.view = QListView()
        self._notice = Notice("info", "", Tone.INFORMATION)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.percent.setFocus()
        self._say()

    def scanned(self, code: str) -> bool:
        """A scan is no percentage."""
        self._context.sound.emit("error")
        return True

    def _build(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(_NewPriceDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMinimumHeight(look().px(_HIGH))
        self.view.viewport().setAutoFillBackground(False)
        self.view.setAccessibleName(tr("Harga lama dan baru"))
        QScroller.grabGesture(self.view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        how, rounding = QHBoxLayout(), QHBoxLayout()
        how.setSpacing(look().px(10))
        how.addWidget(self.way, 1)
        how.addWidget(self.percent, 1)
        rounding.setSpacing(look().px(10))
        rounding.addWidget(self.step, 1)
        rounding.addWidget(self.direction, 1)
        self.body.addLayout(how)
        self.body.addLayout(rounding)
        self.body.addWidget(self.retail)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.view, 1)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Ubah harga"), Kind.PRIMARY, "check")

    def _connect(self) -> None:
        self.percent.textChanged.connect(lambda _text: self._typed())
        self._typing.timeout.connect(self._say)
        for segments in (self.way, self.step, self.direction):
            segments.chosen.connect(lambda _key: self._say())
        on_click(self.retail, self._say)
        self.percent.returnPressed.connect(self._say)
        on_click(self.yes, self._choose)

    def how(self) -> Raise:
        """What is asked for. Raises ShopError PERCENT_OUT_OF_RANGE."""
        percent = read_percent(self.percent.text())
        sign = -1 if self.way.current() == "down" else 1
        return Raise(sign * percent, int(self.step.current()), RoundingDirection(self.direction.current()), self.retail.isChecked())

    def _typed(self) -> None:
        # no price changes that was not shown first
        self.yes.setEnabled(False)
        self._typing.start()

    def _say(self) -> None:
        """Work the prices out anew, off the UI thread where they are many."""
        self._typing.stop()
        self.yes.setEnabled(False)
        self.percent.set_faulty(False)
        if not self.percent.text().strip():
            self.model.show(())
            self._notice.tell("info", tr("Isi persennya; harga barunya terlihat di sini dulu."), Tone.INFORMATION)
            return
        try:
            how = self.how()
        except ShopError as error:
            self._refuse(error)
            return
        self._asked = how
        run(
            self._context,
            lambda _progress: preview_prices(self._context.till, self._uids, how),
            lambda rows: self._show(how, rows),
            self._refuse,
        )

    def _show(self, how: Raise, rows: list[NewPrice]) -> None:
        if how != self._asked or not self.isVisible():
            # something else was typed meanwhile
            return
        self.model.show(rows)
        losses = sum(row.below_cost for row in rows)
        if not rows:
            self._notice.tell("info", tr("Tidak ada harga yang berubah dengan pembulatan ini."), Tone.WAITING)
        elif losses:
            self._notice.tell("triangle-alert", tr("{n} harga jadi di bawah modal.", n=format_figure(losses)), Tone.FAULT)
        else:
            self._notice.tell("info", tr("{n} harga berubah. Bisa diurungkan.", n=format_figure(len(rows))), Tone.INFORMATION)
        self.yes.setEnabled(bool(rows))

    def _refuse(self, error: ShopError) -> None:
        self.model.show(())
        self.percent.set_faulty(True)
        self._notice.tell("triangle-alert", error_sentence(error), Tone.FAULT)

    def _choose(self) -> None:
        how = self.how()
        self.accept()
        self.chosen.emit(how)


class NewPricesModel(QAbstractListModel):
    """Prices as they are and as they would be, as Qt rows."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[NewPrice] = ()

    def show(self, rows: Sequence[NewPrice]) -> None:
        """Others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, _ROW):
            return None
        row = self._rows[index.row()]
        return row if role == _ROW else f"{_what(row)}: {_change(row)}"


def _what(row: NewPrice) -> str:
    return f"{row.name} · {row.unit_name} · {rule_words(row.price.kind, row.price.min_quantity, row.price.group)}"


def _change(row: NewPrice) -> str:
    said = tr("{before} menjadi {after}", before=format_rupiah(row.price.amount), after=format_rupiah(row.after))
    return tr("{change} (di bawah modal)", change=said) if row.below_cost else said


class _NewPriceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        bold, plain = look().font(Role.BACA, 600), look().font(Role.BACA, 400)
        line = QRectF(rect).adjusted(look().px(6), 0, -look().px(10), 0)
        painter.save()
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        said = _change(row)
        painter.setPen(look().colour(Token.BATA_TEKS if row.below_cost else Token.TINTA))
        painter.setFont(bold)
        painter.drawText(line, RIGHT, said)
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(plain)
        painter.drawText(line, LEFT, elide_middle(_what(row), plain, line.width() - text_width(said, bold) - look().px(14)))
        painter.restore()
