"""What lies outside the shop's memory: clock, randomness, paper, wire, secrets, as protocols. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from pos.domain.cash_session import CashSession
from pos.domain.money import Rupiah
from pos.domain.order import Order, OrderStep
from pos.domain.product import Product
from pos.domain.sale import Sale, TenderState
from pos.domain.stock import StockMovement
from pos.services.views import (
    ShopIdentity,
)

if TYPE_CHECKING:
    from pos.domain.cash_book import CashBook
    from pos.domain.cash_movement import CashMovement
    from pos.domain.credit import CreditEntry, Statement
    from pos.domain.customer import Customer
    from pos.domain.deposit import DepositMovement
    from pos.domain.document import Document
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.papers import CountSheet, GoodsReceipt, HelpCard, KeyLine, Label, LabelKind, StockCard, UnsentList
    from pos.domain.printing import PrinterRole
    from pos.domain.shopping import ShoppingList
    from pos.domain.supplier import SupplierBook
    from pos.services.reports import Report
    from pos.services.supplier_views import ConsignedGoods


class Clock(Protocol):
    """Time, handed in. Never used to decide what happened, only to say when."""

    def now(self) -> int:
        """UTC milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds, only ever growing."""
        ...


class Ids(Protocol):
    """Randomness, handed in."""

    def new(self) -> str:
        """32 lower-case hex digits."""
        ...


class Paper(Protocol):
    """Turns facts into frozen bytes for the shop's printers. Pure: no printer is touched, the same facts give the same bytes.

    Each document is set for the printer of its role (`printing.role_of(kind)`); where that role has no printer of its own, for the one
    of receipts. `copy` n is the n-th SALINAN, which says so; 0 the original. Amounts are rupiah, moments UTC ms.
    """

    @property
    def printer(self) -> str:
        """Name of the printer that receipts go to; empty when none is set (then nothing is queued)."""
        ...

    def printer_of(self, role: PrinterRole) -> str:
        """Name of the printer of a role; that of receipts where the role has none; empty when none is set."""
        ...

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def test_page(self, shop: ShopIdentity, at: int) -> bytes: ...

    def drawer_kick(self) -> bytes:
        """Empty when the printer has no drawer."""
        ...

    def drawer_report(self, report: DrawerReport, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The X report (no number), or the Z report."""
        ...

    def bon(self, sale: Sale, customer: Customer, balance: Rupiah, shop: ShopIdentity, due_at: int = 0, copy: int = 0) -> bytes:
        """What a customer signs for a sale on credit. `balance`: owed in all, this sale with it; `due_at` 0 = no date."""
        ...

    def statement(self, statement: Statement, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        """What a customer owes, entry by entry."""
        ...

    def repayment(self, customer: Customer, entry: CreditEntry, shop: ShopIdentity, copy: int = 0) -> bytes:
        """That a customer paid back: how much, and what is still owed (`entry.balance`)."""
        ...

    def nota(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> bytes:
        """A sale for a department's accounts: goods, what came back of them, sum in words, places to sign. `buyer` as typed."""
        ...

    def kuitansi(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> bytes:
        """That a sale was paid, with the sum in words; an empty `purpose` names the goods."""
        ...

    def nota_document(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> Document:
        """What the nota says, before it is set for any paper: pages are set from it too."""
        ...

    def kuitansi_document(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> Document:
        """What the kuitansi says, before it is set for any paper."""
        ...

    def labels(self, labels: Sequence[Label], kind: LabelKind) -> bytes:
        """Labels one below the other, to be cut apart."""
        ...

    def goods_receipt(self, receipt: GoodsReceipt, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def stock_take_sheet(self, sheet: CountSheet, shop: ShopIdentity) -> bytes: ...

    def stock_card(self, card: StockCard, shop: ShopIdentity) -> bytes:
        """Every movement of a product with its cause."""
        ...

    def stock_card_document(self, card: StockCard, shop: ShopIdentity) -> Document:
        """What that card says, before it is set for any paper."""
        ...

    def shopping_list(self, lists: Sequence[ShoppingList], shop: ShopIdentity, at: int) -> bytes:
        """What is to be bought, supplier by supplier."""
        ...

    def supplier(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        """What a supplier is owed, entry by entry; with `goods` the note of what was sold of theirs."""
        ...

    def supplier_document(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int) -> Document:
        """What that paper says, before it is set for any paper."""
        ...

    def cash_book(self, book: CashBook, shop: ShopIdentity, at: int) -> bytes: ...

    def cash_book_document(self, book: CashBook, shop: ShopIdentity, at: int) -> Document: ...

    def recap(self, report: Report, shop: ShopIdentity, at: int) -> bytes: ...

    def recap_document(self, report: Report, shop: ShopIdentity, at: int) -> Document:
        """The recap with every row, before it is set for a page."""
        ...

    def statement_document(self, statement: Statement, shop: ShopIdentity, at: int) -> Document:
        """What a customer's book says, before it is set for any paper."""
        ...

    def key_card(self, keys: Sequence[KeyLine], shop: ShopIdentity) -> bytes: ...

    def help_card(self, card: HelpCard, shop: ShopIdentity) -> bytes: ...

    def unsent_list(self, told: UnsentList, shop: ShopIdentity) -> bytes: ...

    def copy_of(self, data: bytes, copy: int) -> bytes:
        """A job's frozen bytes once more, marked as the n-th SALINAN: for documents whose facts are not looked up again."""
        ...


class Wire(Protocol):
    """Facts as operations of the protocol: (kind, payload bytes)."""

    def sale(self, sale: Sale) -> tuple[str, bytes]: ...

    def credit(self, entry: CreditEntry) -> tuple[str, bytes]:
        """A repayment, an opening balance or a write-off; what sales change the server books from the sales."""
        ...

    def tender_settled(self, sale_uid: str, position: int, state: TenderState, reference: str) -> tuple[str, bytes]: ...

    def stock(self, reason: str, movements: Sequence[StockMovement]) -> tuple[str, bytes]: ...

    def stock_take(self, lines: Sequence[tuple[str, int, int]]) -> tuple[str, bytes]:
        """(product uid, base units counted, base units seen in the book) of a count."""
        ...

    def products(self, products: Sequence[Product]) -> tuple[str, bytes]: ...

    def product_with(self, product: Product, field: str, value: str) -> Product:
        """The product with one field as an edit had it (name and JSON text as in `EditRow`). Raises ShopError EDIT_GONE where that field
        or its unit is not there any more."""
        ...

    def product_edit(self, before: Product, after: Product) -> tuple[str, bytes]:
        """What differs between two states of a product with one ladder, field by field."""
        ...

    def deposit(self, movement: DepositMovement) -> tuple[str, bytes]: ...

    def session_opened(self, session: CashSession) -> tuple[str, bytes]: ...

    def session_closed(
        self, session_uid: str, expected: int, counted: int, z_number: int = 0, notes: Sequence[tuple[Rupiah, int]] = ()
    ) -> tuple[str, bytes]: ...

    def cash_movement(self, movement: CashMovement) -> tuple[str, bytes]: ...

    def order_command(self, order: Order, step: OrderStep, reason: str) -> tuple[str, bytes]: ...

    def order_picked_up(self, order: Order, code: str) -> tuple[str, bytes]: ...

    def verify_pickup(self, code: str, server_keys: Mapping[str, str]) -> tuple[str, str]:
        """(order uid, short code) of a scanned code that is signed by one of the server's keys (id -> public key).

        Raises:
            ShopError: PICKUP_CODE_UNREADABLE, PICKUP_CODE_FORGED.
        """
        ...


class Secrets(Protocol):
    """Keys and tokens. Raises ShopError NO_KEYRING where there is nowhere safe to keep them."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...
