"""The card of a product and the shopping list on paper. Each is a job of its own with its bytes frozen now."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import StockCard, StockCardLine
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.domain.shopping import ShoppingList
from pos.domain.stock import MovementReason
from pos.services import papers
from pos.services.ports import Till

MOST_LINES = 500
"""Movements on one card: what is older is asked for by its dates."""


def card_of(till: Till, product_uid: str, reasons: Sequence[MovementReason], since: int, until: int) -> StockCard:
    """A product's card in the unit it is sold in, as it is filtered. Raises ShopError PRODUCT_NOT_FOUND."""
    product = till.store.read.product(product_uid)
    if product is None:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    unit = product.units[product.sell_unit]
    rows = till.store.read.stock_card(product_uid, reasons, since, until, MOST_LINES)
    lines = tuple(StockCardLine(row.at, row.reason.value, row.number or row.note, row.quantity, row.balance) for row in rows)
    return StockCard(product_uid, product.name, unit.name, unit.factor, till.clock.now(), till.store.read.on_hand(product_uid), lines)


def print_card(till: Till, card: StockCard) -> None:
    """Queue a card. Raises ShopError PRINTER_NOT_SET."""
    _queue(till, DocumentKind.STOCK_CARD, till.paper.stock_card(card, till.store.read.shop()))


def card_page(till: Till, card: StockCard) -> Document:
    """What the card says, for a page."""
    return till.paper.stock_card_document(card, till.store.read.shop())


def print_shopping(till: Till, lists: Sequence[ShoppingList]) -> None:
    """Queue the list of what is to be bought. Raises ShopError PRINTER_NOT_SET."""
    _queue(till, DocumentKind.SHOPPING, till.paper.shopping_list(lists, till.store.read.shop(), till.clock.now()))


def _queue(till: Till, kind: DocumentKind, data: bytes) -> None:
    printer = till.paper.printer_of(role_of(kind))
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    papers.queue(till, [NewPrintJob(kind, till.ids.new(), 0, printer, data)])
