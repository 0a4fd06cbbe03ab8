"""Fields to type into: a flat card with an edge, a label, an icon, a key cap. Own no meaning of what is typed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import TYPES, Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import TOUCH, key_cap_size, paint_key_cap
from pos.ui.widgets.painting import LEFT, RIGHT, paint_focus, paint_ground, paint_pixmap, painter_on, text_width

_TONE_INK = {Tone.GOOD: Token.DAUN_TEKS, Tone.WAITING: Token.KUNYIT_TEKS, Tone.FAULT: Token.BATA_TEKS}


class TextField(QLineEdit):
    """A line of text.

    Args:
        name: accessible name; the placeholder or the label where it is empty.
        placeholder: what to type, in the colour of a hint.
        label: small words inside, above what is typed; empty for none.
        icon: at the left, empty for none.
        key: what its key cap at the right says, empty for none.
    """

    def __init__(
        self,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
        label: str = "",
        icon: str = "",
        key: str = "",
        role: Role = Role.BACA,
    ) -> None:
        super().__init__(parent)
        self._label, self._icon, self._key, self._role = label, icon, key, role
        self._note, self._note_tone = "", Tone.QUIET
        self._faulty = False
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or label or placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look().changed.connect(self._dress)

    def set_words(self, name: str, placeholder: str = "", label: str = "") -> None:
        """Every word anew, after a change of language."""
        self._label = label
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or label or placeholder)
        self._dress()

    def set_note(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """A short state at the right (`Pemindai siap`), with a dot; empty takes it away."""
        self._note, self._note_tone = text, tone
        self._dress()

    def set_faulty(self, faulty: bool) -> None:
        """Edge it in brick red; say in words beside it what is wrong."""
        self._faulty = faulty
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(220), self._height())

    def minimumSizeHint(self) -> QSize:
        margins = self.textMargins()
        return QSize(margins.left() + margins.right() + look().px(60), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        self._paint_ground(painter)
        painter.end()
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        fill = look().colour(Token.KERTAS if self.isEnabled() else Token.CEKUNG)
        edge = look().colour(Token.BATA if self._faulty else Token.GARIS_KUAT if self.isEnabled() else Token.GARIS)
        paint_ground(painter, rect, fill, edge, 14, 2.0 if self._faulty else 1.4)
        if self.hasFocus():
            paint_focus(painter, rect, 14)
        if self._icon:
            token = Token.FOKUS if self.hasFocus() else Token.TINTA2
            paint_pixmap(painter, picture(self._icon, token, look().px(26)), QPointF(look().px(31), rect.center().y()))
        if self._label:
            painter.setPen(look().colour(Token.TINTA2))
            painter.setFont(look().font(Role.BACA, 400))
            painter.drawText(QRectF(look().px(17), look().px(8), rect.width() - look().px(32), look().px(26)), LEFT, self._label)
        self._paint_right(painter, rect)

    def _paint_right(self, painter: QPainter, rect: QRectF) -> None:
        x = rect.right() - look().px(14)
        if self._key:
            cap = key_cap_size(self._key)
            x -= cap.width()
            paint_key_cap(painter, QRectF(x, rect.center().y() - cap.height() / 2, cap.width(), cap.height()), self._key)
            x -= look().px(16)
        if self._note:
            ink = look().colour(_TONE_INK.get(self._note_tone, Token.TINTA2))
            font = look().font(Role.BACA, 500)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QRectF(rect.left(), rect.top(), x - rect.left(), rect.height()), RIGHT, self._note)
            x -= text_width(self._note, font) + look().px(13)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(x, rect.center().y()), 5, 5)

    def _height(self) -> int:
        inner = TYPES[self._role].px * 1.2 + (46 if self._label else 20)
        return max(TOUCH, look().px(round(max(inner, 52))))

    def _dress(self) -> None:
        self.setFont(look().font(self._role))
        # the ground is painted by hand, below what is typed
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, look().colour(Token.TINTA))
        palette.setColor(QPalette.ColorRole.PlaceholderText, look().colour(Token.TINTA3))
        self.setPalette(palette)
        left = look().px(52 if self._icon else 14)
        right = look().px(14)
        right += key_cap_size(self._key).width() + look().px(8) if self._key else 0
        right += round(text_width(self._note, look().font(Role.BACA, 500))) + look().px(34) if self._note else 0
        self.setTextMargins(left, look().px(28) if self._label else 0, right, 0)
        self.updateGeometry()
        self.update()


class SearchField(TextField):
    """The field where a scan or a name is typed: 60 px high."""

    def __init__(
        self, name: str = "", placeholder: str = "", parent: QWidget | None = None, icon: str = "search", key: str = "", label: str = ""
    ) -> None:
        super().__init__(name, placeholder, parent, label=label, icon=icon, key=key, role=Role.SUB)

    def _height(self) -> int:
        return look().px(60)

    def _dress(self) -> None:
        super()._dress()
        self.setFont(look().font(Role.SUB, 400))
