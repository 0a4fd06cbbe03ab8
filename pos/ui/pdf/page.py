"""Writes a document as a PDF file: A5 or A4, Inter embedded, the head of a table on every page, page numbers where there are more.

Owns the page; what it says is the document's, how a block looks is `blocks`. The file is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, TypeAlias

from PySide6.QtCore import QMarginsF, QRectF, QSaveFile, QSizeF, Qt, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.pdf.blocks import rich_text
from pos.ui.widgets.painting import RIGHT

DOTS_AN_INCH: Final = 300
_MARGIN_MM: Final = {QPageSize.PageSizeId.A5: 12.0, QPageSize.PageSizeId.A4: 20.0}
"""Millimetres of paper that stay white around what is read."""
_FOOT_PT: Final = 18
_LOGO: Final = "shop:logo"


Front: TypeAlias = Callable[[QPainter, QRectF], None]


class Page(Enum):
    """Sizes that a department files."""

    A5 = QPageSize.PageSizeId.A5
    A4 = QPageSize.PageSizeId.A4


def write_document(document: Document, path: str, page: Page, title: str, logo: str = "", front: Front | None = None) -> int:
    """Write the file. Returns how many pages it has. Some tenths of a second for a long nota: not for the UI thread.

    Args:
        title: of the file, as a reader shows it.
        logo: path of the shop's picture, empty for none.
        front: paints a page before the document's own, in points.

    Raises:
        ShopError: PDF_NOT_WRITTEN; what was at `path` before is untouched then.
    """

    def draw(writer: QPdfWriter, painter: QPainter) -> int:
        return _draw(document, writer, painter, logo, front)

    return write_pdf(path, page.value, title, _MARGIN_MM[page.value], draw)


def write_pdf(path: str, size: QPageSize.PageSizeId, title: str, margin: float, draw: Callable[[QPdfWriter, QPainter], int]) -> int:
    """A PDF file of one page size with `margin` millimetres around, drawn by `draw`, which returns its pages.

    Raises:
        ShopError: PDF_NOT_WRITTEN.
    """
    file = QSaveFile(path)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise ShopError(ErrorCode.PDF_NOT_WRITTEN)
    writer = QPdfWriter(file)
    writer.setResolution(DOTS_AN_INCH)
    writer.setTitle(title)
    writer.setCreator("e-Peken POS")
    margins = QMarginsF(margin, margin, margin, margin)
    writer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter(writer)
    pages = draw(writer, painter)
    if not (painter.end() and file.commit()):
        raise ShopError(ErrorCode.PDF_NOT_WRITTEN)
    return pages


def _draw(document: Document, writer: QPdfWriter, painter: QPainter, logo: str, front: Front | None) -> int:
    """The document page by page, in points: a text document knows nothing of a printer's dots."""
    scale = DOTS_AN_INCH / 72
    width, height = writer.width() / scale, writer.height() / scale
    text = QTextDocument()
    text.setDocumentMargin(0)
    text.setDefaultFont(_body_font())
    picture = QImage(logo) if logo else QImage()
    if not picture.isNull():
        text.addResource(QTextDocument.ResourceType.ImageResource, QUrl(_LOGO), picture)
    text.setHtml(rich_text(document, "" if picture.isNull() else _LOGO))
    text.setPageSize(QSizeF(width, height - _FOOT_PT))
    painter.scale(scale, scale)
    before = 0 if front is None else 1
    pages = before + text.pageCount()
    for page in range(pages):
        if page:
            writer.newPage()
        if front is not None and not page:
            front(painter, QRectF(0, 0, width, height - _FOOT_PT))
        else:
            _draw_page(text, painter, page - before, width, height)
        if pages > 1:
            _draw_foot(painter, f"{page + 1} / {pages}", width, height)
    return pages


def _draw_page(text: QTextDocument, painter: QPainter, page: int, width: float, height: float) -> None:
    shown = QRectF(0, page * (height - _FOOT_PT), width, height - _FOOT_PT)
    painter.save()
    painter.translate(0, -shown.top())
    text.drawContents(painter, shown)
    painter.restore()


def _draw_foot(painter: QPainter, words: str, width: float, height: float) -> None:
    painter.setFont(_body_font(8))
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(QRectF(0, height - _FOOT_PT + 4, width, _FOOT_PT - 4), RIGHT, words)


def page_font() -> QFont:
    """Inter as pages have it: without the tabular figures of the screen. Qt leaves out of a file what those stand for, and nobody could
    search or copy an amount. Said outright, since a painter's font takes what it leaves open from the application's."""
    font = QFont("Inter")
    font.setFeature(QFont.Tag("tnum"), 0)
    return font


def _body_font(points: int = 10) -> QFont:
    font = page_font()
    font.setPixelSize(points)
    return font
