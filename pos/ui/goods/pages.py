"""What stands in the goods room: the list, or a page in its place. A page that was left with something typed can be gone back to.

Owns which page is shown; what a page does is its own.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.services.goods_views import PHOTO
from pos.services.ports import Queries
from pos.ui.context import UiContext
from pos.ui.goods.editor.page import EditorPage
from pos.ui.goods.twins.page import TwinsPage
from pos.ui.language import tr

_LISTS = 2
"""The list itself, and what stands there while there is nothing."""


class GoodsPages(QStackedWidget):
    """The list's place.

    Signals:
        kept(str): uid of a product that was made or changed.
    """

    kept = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._list = 0

    @property
    def page(self) -> QWidget | None:
        """The page that stands in place of the list."""
        return self.currentWidget() if self.currentIndex() >= _LISTS else None

    def show_list(self, place: int) -> None:
        """Which of the lists it is; a page that stands over it stays."""
        self._list = place
        if self.page is None:
            self.setCurrentIndex(place)

    def scanned(self, code: str) -> bool:
        """Offer a scan to the page that is shown."""
        page = self.page
        return isinstance(page, EditorPage | TwinsPage) and page.scanned(code)

    def edit(self, product_uid: str) -> EditorPage | None:
        """Change a product; nothing when it is gone."""
        product = self._context.till.store.read.product(product_uid) if product_uid else None
        return self._open(EditorPage(self._context, product)) if product is not None and not product.deleted else None

    def make(self, name: str = "", code: str = "") -> EditorPage:
        """A new product, with what is known of it."""
        return self._open(EditorPage(self._context, None, name, code))

    def twins(self) -> TwinsPage:
        """Goods that stand in the list twice."""
        self._drop_page()
        page = TwinsPage(self._context)
        page.left.connect(lambda: self._close(page))
        self.addWidget(page)
        self.setCurrentWidget(page)
        return page

    def _open(self, page: EditorPage) -> EditorPage:
        self._drop_page()
        page.kept.connect(lambda uid: self._keep(page, uid))
        page.left.connect(lambda: self._leave(page))
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.about.name.setFocus()
        return page

    def _keep(self, page: EditorPage, uid: str) -> None:
        self._close(page)
        self.kept.emit(uid)

    def _leave(self, page: EditorPage) -> None:
        if not page.changed:
            self._close(page)
            return
        # what was typed is not lost: it waits behind the list until another page is opened
        self.setCurrentIndex(self._list)
        words = tr("Perubahannya masih ada. Lanjutkan untuk menyimpannya.")
        self._context.offered.emit(tr("Belum disimpan"), words, tr("Lanjutkan"), lambda: self._go_back(page))

    def _go_back(self, page: EditorPage) -> None:
        if self.indexOf(page) >= 0:
            self.setCurrentWidget(page)

    def _close(self, page: QWidget) -> None:
        self.removeWidget(page)
        page.deleteLater()
        self.setCurrentIndex(self._list)

    def _drop_page(self) -> None:
        while self.count() > _LISTS:
            page = self.widget(_LISTS)
            if page is None:
                return
            self._close(page)


def photo_of(read: Queries, product_uid: str) -> str:
    """The name of a product's photo as pictures are named; empty for none."""
    picture = read.care(product_uid).picture
    return f"{PHOTO}{picture}" if picture else ""
