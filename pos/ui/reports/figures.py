"""A large figure on a card: what it is, how much, its trend, and how it stands beside the time before. Owns no figure's meaning."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Card
from pos.ui.widgets.charts.shares import SparkLine
from pos.ui.widgets.painting import fitting_font
from pos.ui.widgets.text import Text

_LEAST: int = 24


class FigureCard(Card):
    """One of the four figures on top of the books."""

    def __init__(self, token: Token, ground: Token, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", Role.BACA, Token.TINTA2)
        self._figure = Text("", Role.ANGKA)
        self._spark = SparkLine(token, ground)
        self._figure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sign = QLabel()
        self._sentence = Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self._sign_name, self._ink = "", Token.TINTA2
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._spark, 0, Qt.AlignmentFlag.AlignTop)
        foot.setSpacing(look().px(8))
        foot.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._sentence, 1)
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, look().px(8), side, look().px(10))
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._figure)
        box.addLayout(foot)
        box.addStretch(1)
        look().changed.connect(self._dress)

    def show_figure(self, title: str, figure: str, sentence: str, way: int = 0, sign: str = "", trend: Sequence[int] = ()) -> None:
        """`way`: 1 up is good, -1 down, 0 neither. `sign`: an icon instead of the arrow."""
        self._title.setText(title)
        self._figure.setText(figure)
        self._sentence.setText(sentence)
        self._sign_name = sign or {1: "trending-up", -1: "trending-down"}.get(way, "")
        self._ink = Token.DAUN_TEKS if way > 0 else Token.TINTA2
        self._spark.show_values(trend)
        self.setAccessibleName(f"{title} {figure}, {sentence}")
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * look().px(16) - 2
        self._figure.setFont(fitting_font(self._figure.text(), room, Role.ANGKA, None, _LEAST))

    def _dress(self) -> None:
        self._sentence.set_token(self._ink)
        self._sign.setVisible(bool(self._sign_name))
        if self._sign_name:
            self._sign.setPixmap(icon(self._sign_name, self._ink, look().px(22)))
        self._fit()
