"""What a product is: its photo, names, category, how it is counted, and a rule of law. Owns what is typed; keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.category import CATEGORY_COLOURS
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Regulation
from pos.domain.product_rules import LONGEST_NAME, LONGEST_WORD
from pos.domain.quantity import BaseUnit
from pos.services.goods_editing import Photo
from pos.ui.context import UiContext
from pos.ui.goods.editor.draft import Draft
from pos.ui.goods.editor.photo import KINDS, read_photo, small_photo
from pos.ui.goods.editor.words import COUNTED_BY
from pos.ui.language import later, tr
from pos.ui.operations import run, tell
from pos.ui.theme.look import look
from pos.ui.theme.pictures import show_once
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.files import choose_file
from pos.ui.widgets.goods import GoodsPicture
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_SIDE: Final = 176
_MOST_CHIPS: Final = 6
_RULES: Final = {Regulation.NONE: later("Barang biasa"), Regulation.TOBACCO: later("Rokok"), Regulation.LPG_3KG: later("LPG 3 kg")}


class AboutTab(QWidget):
    """The first tab.

    Attributes:
        photo: what was chosen; None leaves the one that is there.
    """

    def __init__(self, context: UiContext, draft: Draft, picture: str, fixed_base: bool) -> None:
        super().__init__()
        self._context, self._draft = context, draft
        self._shown = picture
        self.photo: Photo | None = None
        self.name = TextField(tr("Nama barang"), label=tr("Nama barang"))
        self.brand = TextField(tr("Merek"), label=tr("Merek"))
        self.measure = TextField(tr("Ukuran"), tr("misalnya 85 g"), label=tr("Ukuran"))
        self.category = TextField(tr("Kategori"), label=tr("Kategori"))
        self.name.setMaxLength(LONGEST_NAME)
        for field in (self.brand, self.measure, self.category):
            field.setMaxLength(LONGEST_WORD)
        self._picture = GoodsPicture(_SIDE, 16)
        self.choose = ActionButton(tr("Pilih foto"), "image")
        self.paste = ActionButton(tr("Tempel"), "clipboard-check", key="Ctrl+V")
        self.remove = ActionButton(tr("Tanpa foto"), "trash-2")
        self._chips = [Chip(name) for name in self._usual(context)]
        self.counted = Segments([(unit.value, tr(words)) for unit, words in COUNTED_BY.items()])
        self.counted.setAccessibleName(tr("Cara menghitung stok"))
        self.counted.setEnabled(not fixed_base)
        self._fixed = Text(tr("Sudah pernah masuk atau terjual, jadi cara hitungnya tetap."), Role.BACA, Token.TINTA2, 400, wrap=True)
        self._fixed.setVisible(fixed_base)
        self.rule = Segments([(rule.value, tr(words)) for rule, words in _RULES.items()])
        self.rule.setAccessibleName(tr("Aturan khusus"))
        self._build()
        self._load()
        self._connect()

    def _usual(self, context: UiContext) -> Sequence[str]:
        """The shop's fullest categories; the product's own where it has none yet."""
        used = [name for name, _ in context.till.store.read.categories()]
        return list(dict.fromkeys([*used, *CATEGORY_COLOURS]))[:_MOST_CHIPS]

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(look().px(8))
        left.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for button in (self.choose, self.paste, self.remove):
            left.addWidget(button)
        left.addStretch(1)
        chips = QGridLayout()
        chips.setSpacing(look().px(8))
        for place, chip in enumerate(self._chips):
            chip.setCheckable(False)
            chips.addWidget(chip, place // 3, place % 3, Qt.AlignmentFlag.AlignLeft)
        chips.setColumnStretch(3, 1)
        names = QHBoxLayout()
        names.setSpacing(look().px(10))
        names.addWidget(self.brand, 1)
        names.addWidget(self.measure, 1)
        right = QVBoxLayout()
        right.setSpacing(look().px(10))
        right.addWidget(self.name)
        right.addLayout(names)
        right.addWidget(self.category)
        right.addLayout(chips)
        for words, part in ((tr("Dihitung"), self.counted), (tr("Aturan khusus"), self.rule)):
            row = QHBoxLayout()
            row.addWidget(Text(words, Role.BACA, Token.TINTA2, 500))
            row.addWidget(part, 1)
            right.addLayout(row)
        right.addWidget(self._fixed)
        right.addStretch(1)
        both = QHBoxLayout(self)
        side = look().px(20)
        both.setContentsMargins(side, look().px(16), side, look().px(16))
        both.setSpacing(look().px(24))
        both.addLayout(left)
        both.addLayout(right, 1)

    def _load(self) -> None:
        draft = self._draft
        for field, text in (
            (self.name, draft.name),
            (self.brand, draft.brand),
            (self.measure, draft.size),
            (self.category, draft.category),
        ):
            field.setText(text)
        self.counted.choose(draft.base_unit.value)
        self.rule.choose(draft.regulation.value)
        self._paint()

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda text: self._set(name=text))
        self.brand.textChanged.connect(lambda text: self._set(brand=text))
        self.measure.textChanged.connect(lambda text: self._set(size=text))
        self.category.textChanged.connect(lambda text: self._set(category=text))
        self.counted.chosen.connect(lambda key: self._set(base_unit=BaseUnit(key)))
        self.rule.chosen.connect(lambda key: self._draft.set_regulation(Regulation(key)))
        for field in (self.name, self.brand, self.measure, self.category):
            field.installEventFilter(self)
        for chip in self._chips:
            on_click(chip, lambda chip=chip: self.category.setText(chip.text()))  # type: ignore[misc]
        on_click(self.choose, lambda: choose_file(self, tr("Pilih foto barang"), KINDS, self.take))
        on_click(self.paste, self.take_copied)
        on_click(self.remove, lambda: self._show(b""))

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self._draft, name, value)
        self._paint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that has the focus would swallow the keys that paste, and can do nothing with a picture: the page gets them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pastes = event.matches(QKeySequence.StandardKey.Paste) and not QGuiApplication.clipboard().image().isNull()
            if pastes:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    # --- the photo ----------------------------------------------------------------------------------------------

    def take(self, path: str) -> None:
        """Make a photo of a file, off the UI thread."""
        self.choose.setEnabled(False)

        def done(data: bytes) -> None:
            self.choose.setEnabled(True)
            self._show(data)

        def refused(error: ShopError) -> None:
            self.choose.setEnabled(True)
            tell(self._context, error)

        run(self._context, lambda _progress: read_photo(path), done, refused)

    def take_copied(self) -> None:
        """Make a photo of what was copied: a picture, or a picture's file."""
        copied = QGuiApplication.clipboard().mimeData()
        paths = [url.toLocalFile() for url in copied.urls() if url.isLocalFile()]
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            run(self._context, lambda _progress: small_photo(image), self._show)
        elif paths:
            self.take(paths[0])
        else:
            tell(self._context, ShopError(ErrorCode.PICTURE_NOT_THERE))

    def _show(self, data: bytes) -> None:
        self.photo = Photo(data)
        self._shown = show_once(data) if data else ""
        self._paint()

    def _paint(self) -> None:
        draft = self._draft
        self._picture.set_goods(draft.name or "?", draft.category, self._shown or draft.drawing)
        self.remove.setVisible(bool(self._shown))
