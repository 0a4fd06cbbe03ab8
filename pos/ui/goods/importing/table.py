"""The rows of a preview as a table: what each will be, in a sign, a word and its reasons. Paints and lays out; judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pos.services.sheet_import import RowStatus, RowVerdict
from pos.ui.goods.importing.model import (
    CODE_COLUMN,
    NAME_COLUMN,
    NUMBER_COLUMN,
    PRICE_COLUMN,
    STATUS_WORDS,
    VERDICT,
    VERDICT_COLUMN,
    PreviewModel,
    reasons_text,
)
from pos.ui.language import tr
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_ground, paint_pixmap, text_width
from pos.ui.widgets.pill import TONES

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 62
SIGNS: Final[Mapping[RowStatus, tuple[str, Tone]]] = {
    RowStatus.NEW: ("circle-plus", Tone.GOOD),
    RowStatus.UPDATE: ("refresh-cw", Tone.INFORMATION),
    RowStatus.REVIEW: ("eye", Tone.WAITING),
    RowStatus.REFUSED: ("circle-x", Tone.FAULT),
}


class PreviewDelegate(QStyledItemDelegate):
    """Paints one cell; the last column says the verdict over its reasons."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row = index.data(VERDICT)
        if not isinstance(row, RowVerdict):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour(Token.DAUN_MUDA))
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right() + 1, rect.bottom() - 0.5))
        if index.column() == VERDICT_COLUMN:
            self._paint_verdict(painter, rect.adjusted(8, 0, -8, 0), row)
        else:
            self._paint_cell(painter, rect.adjusted(8, 0, -8, 0), index, row)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, index: Index, row: RowVerdict) -> None:
        refused = row.status is RowStatus.REFUSED
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        column = index.column()
        token = Token.TINTA2 if column in (NUMBER_COLUMN, CODE_COLUMN) or refused else Token.TINTA
        font = {NAME_COLUMN: look().font(Role.BACA, 600), PRICE_COLUMN: look().font(Role.BACA, 700)}.get(
            column, look().font(Role.BACA, 400)
        )
        _say(painter, rect, text, font, token, RIGHT if column in (NUMBER_COLUMN, PRICE_COLUMN) else LEFT)

    def _paint_verdict(self, painter: QPainter, rect: QRectF, row: RowVerdict) -> None:
        name, tone = SIGNS[row.status]
        ink = TONES[tone][1]
        side = look().px(24)
        reasons = reasons_text(row)
        half = look().px(26)
        upper = QRectF(rect.left(), rect.center().y() - half, rect.width(), half) if reasons else rect
        paint_pixmap(painter, picture(name, ink, side), QPointF(rect.left() + side / 2, upper.center().y()))
        words = upper.adjusted(side + look().px(8), 0, 0, 0)
        _say(painter, words, tr(STATUS_WORDS[row.status]), look().font(Role.BACA, 600), ink, LEFT)
        if reasons:
            below = QRectF(words.left(), rect.center().y(), words.width(), half)
            painter.setFont(look().font(Role.BACA, 400))
            painter.setPen(look().colour(Token.TINTA2))
            painter.drawText(below, LEFT, painter.fontMetrics().elidedText(reasons, Qt.TextElideMode.ElideRight, round(below.width())))


def _say(painter: QPainter, rect: QRectF, text: str, font: QFont, token: Token, flags: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(look().colour(token))
    painter.drawText(rect, flags, elide_middle(text, font, rect.width()))


class PreviewTable(QTableView):
    """The preview's rows; its columns share the width it has."""

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look().px(_ROW))
        self.setHorizontalHeader(_Head(self))
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Baris daftar dan hasilnya"))

    def cuts(self, reasons: str) -> bool:
        """Whether these reasons are longer than what their column can show."""
        return text_width(reasons, look().font(Role.BACA, 400)) > self.columnWidth(VERDICT_COLUMN) - look().px(48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = look().px
        fixed = {NUMBER_COLUMN: px(70), PRICE_COLUMN: px(128), CODE_COLUMN: px(190)}
        rest = max(px(240), self.viewport().width() - sum(fixed.values()))
        widths = {**fixed, NAME_COLUMN: rest * 46 // 100, VERDICT_COLUMN: rest - rest * 46 // 100}
        for column, width in widths.items():
            self.setColumnWidth(column, width)


class _Head(QHeaderView):
    """Names of the columns, on the card itself."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(look().px(42))
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        where = QRectF(rect)  # type: ignore[call-overload]
        paint_ground(painter, where.adjusted(0, 0, 1, 0), look().colour(Token.KERTAS), None, 0)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        flags = RIGHT if section in (NUMBER_COLUMN, PRICE_COLUMN) else LEFT
        _say(painter, where.adjusted(8, 0, -8, 0), words, look().font(Role.BACA, 600), Token.TINTA2, flags)
        painter.fillRect(QRectF(where.left(), where.bottom() - 1.4, where.width() + 1, 1.4), look().colour(Token.GARIS_KUAT))
