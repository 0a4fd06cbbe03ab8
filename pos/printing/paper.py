"""Facts as frozen bytes for the shop's printers: `services.ports.Paper`. Pure: no printer is touched; same facts, same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos import __version__
from pos.domain.document import Bar, Cut, Document, Spacer
from pos.domain.order import Order
from pos.domain.printing import DocumentKind, PrinterRole, role_of
from pos.domain.sale import Sale
from pos.printing.answers import ask
from pos.printing.device import Device
from pos.printing.encoder import encode, encode_more, kick, set_up
from pos.printing.layout import Layout
from pos.printing.parts import House, rehearsal_mark
from pos.printing.profiles import Profile
from pos.printing.struk import struk
from pos.printing.words import words_for
from pos.services.views import ShopIdentity

if TYPE_CHECKING:
    # what only some papers need is loaded when the first of them is asked for: the counter does not wait for it
    from pos.domain.cash_book import CashBook
    from pos.domain.credit import CreditEntry, Statement
    from pos.domain.customer import Customer
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.money import Rupiah
    from pos.domain.papers import CountSheet, GoodsReceipt, HelpCard, KeyLine, Label, LabelKind, StockCard, UnsentList
    from pos.domain.shopping import ShoppingList
    from pos.domain.supplier import SupplierBook
    from pos.printing.logo import Logos
    from pos.services.reports import Report
    from pos.services.supplier_views import ConsignedGoods

_COMPACT_LINE: Final = 26
"""Dots from line to line on compact paper; letters are 24 high."""
_AS_IT_IS: Final = frozenset({DocumentKind.TEST_PAGE, DocumentKind.LABEL})
"""Papers that compact mode leaves alone: one shows what the printer does, the other is read from afar."""


@dataclass(frozen=True, slots=True)
class PaperLook:
    """The shop's taste.

    Attributes:
        language: of paper, `id` or `en`.
        header, footer: the shop's own words below its name and at the end; each line of them is a line.
        compact: leave out what is air.
        logos: the shop's picture in every width it was made in.
        rehearsal: every paper says at both ends that it is none.
    """

    language: str = "id"
    header: str = ""
    footer: str = ""
    compact: bool = False
    logos: Logos | None = None
    rehearsal: bool = False


class PrinterPaper:
    """Paper of the shop's printers in its language.

    Args:
        profile, printer: of the printer of receipts: what it can do, and what its jobs are queued under; empty when none is set.
        roles: printers of other roles.
        device: the printer of receipts as the shop knows it, for the test page.
    """

    def __init__(
        self,
        profile: Profile,
        language: str = "id",
        footer: str = "",
        printer: str = "",
        *,
        look: PaperLook | None = None,
        roles: Mapping[PrinterRole, Device] | None = None,
        device: Device | None = None,
    ) -> None:
        self._look = look or PaperLook(language=language, footer=footer)
        self._words = words_for(self._look.language)
        self._device = device or Device(printer, profile)
        self._roles = dict(roles or {})
        self._setters: dict[tuple[Device, bool], tuple[Layout, Profile]] = {}

    @property
    def printer(self) -> str:
        return self._device.ref

    def printer_of(self, role: PrinterRole) -> str:
        return self._device_of(role).ref

    def profile_of(self, kind: DocumentKind) -> Profile:
        """What the printer of a document's role can do."""
        return self._device_of(role_of(kind)).profile

    def drawer_kick(self) -> bytes:
        """The drawer's pulse; empty when the printer has no drawer."""
        return kick(self._device.profile)

    # --- papers -------------------------------------------------------------------------------------------------

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The struk; `copy` n is the n-th SALINAN."""
        return self._frozen(DocumentKind.RECEIPT, struk(sale, self._house(shop), copy), sale.uid)

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The pickup receipt with its QR."""
        from pos.printing.pickup_slip import pickup_slip

        return self._frozen(DocumentKind.PICKUP, pickup_slip(order, self._house(shop), copy), order.uid)

    def test_page(self, shop: ShopIdentity, at: int) -> bytes:
        """The printer's self-test; `at` UTC ms."""
        from pos.printing.self_test import self_test

        page = self_test(self._house(shop), self._device, __version__, at)
        return self._frozen(DocumentKind.TEST_PAGE, page, f"{at % 10_000:04d}")

    def drawer_report(self, report: DrawerReport, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The X report (no number), or the Z report."""
        from pos.printing.drawer_papers import drawer_report

        paper = drawer_report(report, self._house(shop), copy)
        return self._frozen(DocumentKind.DRAWER_REPORT, paper, report.session_uid)

    def bon(self, sale: Sale, customer: Customer, balance: Rupiah, shop: ShopIdentity, due_at: int = 0, copy: int = 0) -> bytes:
        """What a customer signs for a sale on credit."""
        from pos.printing import credit_papers

        paper = credit_papers.bon(sale, customer, balance, self._house(shop), due_at, copy)
        return self._frozen(DocumentKind.BON, paper, sale.uid)

    def statement(self, statement: Statement, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        """What a customer owes, entry by entry."""
        from pos.printing import credit_papers

        paper = credit_papers.statement(statement, self._house(shop), at, copy)
        return self._frozen(DocumentKind.STATEMENT, paper, statement.customer.uid)

    def repayment(self, customer: Customer, entry: CreditEntry, shop: ShopIdentity, copy: int = 0) -> bytes:
        """That a customer paid back, and what is still owed."""
        from pos.printing import credit_papers

        paper = credit_papers.repayment(customer, entry, self._house(shop), copy)
        return self._frozen(DocumentKind.REPAYMENT, paper, entry.uid or customer.uid)

    def nota(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> bytes:
        """A sale for a department's accounts."""
        paper = self.nota_document(sale, shop, buyer, copy, corrections)
        return self._frozen(DocumentKind.NOTA, paper, sale.uid)

    def kuitansi(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> bytes:
        """That a sale was paid, with the sum in words."""
        paper = self.kuitansi_document(sale, shop, buyer, purpose, copy, corrections)
        return self._frozen(DocumentKind.KUITANSI, paper, sale.uid)

    def labels(self, labels: Sequence[Label], kind: LabelKind) -> bytes:
        """Labels one below the other, to be cut apart."""
        from pos.printing import goods_papers

        return self._frozen(DocumentKind.LABEL, goods_papers.labels(labels, kind, self._words), "labl")

    def goods_receipt(self, receipt: GoodsReceipt, shop: ShopIdentity, copy: int = 0) -> bytes:
        """Goods that came in."""
        from pos.printing import goods_papers

        paper = goods_papers.goods_receipt(receipt, self._house(shop), copy)
        return self._frozen(DocumentKind.GOODS_RECEIPT, paper, receipt.uid)

    def stock_take_sheet(self, sheet: CountSheet, shop: ShopIdentity) -> bytes:
        """The list to count by."""
        from pos.printing import goods_papers

        return self._frozen(DocumentKind.STOCK_TAKE, goods_papers.stock_take_sheet(sheet, self._house(shop)), f"{sheet.at % 10_000:04d}")

    def supplier(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        """What a supplier is owed; with `goods` the note of what was sold of theirs."""
        from pos.printing import book_papers

        if goods is None:
            paper = book_papers.supplier_account(book, self._house(shop), at, copy)
        else:
            paper = book_papers.consignment_note(book, goods, self._house(shop), at, copy)
        return self._frozen(DocumentKind.SUPPLIER, paper, book.supplier.uid)

    def cash_book(self, book: CashBook, shop: ShopIdentity, at: int) -> bytes:
        """The cash book of some days."""
        return self._frozen(DocumentKind.CASH_BOOK, self.cash_book_document(book, shop, at), f"{at % 10_000:04d}")

    def stock_card(self, card: StockCard, shop: ShopIdentity) -> bytes:
        """Every movement of a product."""
        return self._frozen(DocumentKind.STOCK_CARD, self.stock_card_document(card, shop), card.product_uid)

    def shopping_list(self, lists: Sequence[ShoppingList], shop: ShopIdentity, at: int) -> bytes:
        """What is to be bought."""
        from pos.printing import stock_papers

        return self._frozen(DocumentKind.SHOPPING, stock_papers.shopping_list(lists, self._house(shop), at), f"{at % 10_000:04d}")

    def recap(self, report: Report, shop: ShopIdentity, at: int) -> bytes:
        """What some days brought, short."""
        from pos.printing.recap_papers import recap

        return self._frozen(DocumentKind.RECAP, recap(report, self._house(shop), at), f"{at % 10_000:04d}")

    def key_card(self, keys: Sequence[KeyLine], shop: ShopIdentity) -> bytes:
        """Every key and what it does."""
        from pos.printing import goods_papers

        return self._frozen(DocumentKind.KEY_CARD, goods_papers.key_card(keys, self._house(shop)), "keys")

    def help_card(self, card: HelpCard, shop: ShopIdentity) -> bytes:
        """Whom to call, and what to read out."""
        from pos.printing.help_card import help_card

        return self._frozen(DocumentKind.HELP_CARD, help_card(card, self._house(shop)), "help")

    def unsent_list(self, told: UnsentList, shop: ShopIdentity) -> bytes:
        """What the server has not heard of a till that is let go."""
        from pos.printing.unsent_list import unsent_list

        return self._frozen(DocumentKind.UNSENT, unsent_list(told, self._house(shop)), f"{told.at % 10_000:04d}")

    def copy_of(self, data: bytes, copy: int) -> bytes:
        """Frozen bytes once more, with the mark of a SALINAN at their top. Whichever printer they are for, they begin with its set-up."""
        device = next((each for each in (self._device, *self._roles.values()) if self._begins(data, each)), None)
        if device is None:
            return data
        layout, profile = self._setter(device, compact=False)
        start = len(set_up(profile)) if data.startswith(set_up(profile)) else len(set_up(self._compact(profile)))
        rest = data[start:]
        for earlier in range(1, copy):
            # the mark of the copy that this one is made from
            rest = rest.removeprefix(self._mark(earlier, layout, profile))
        return data[:start] + self._mark(copy, layout, profile) + rest

    def _mark(self, copy: int, layout: Layout, profile: Profile) -> bytes:
        return encode_more(layout.lines((Bar(self._words.struk.copy.format(copy)), Spacer(10))), profile)

    # --- the same as documents, for pages -----------------------------------------------------------------------

    def nota_document(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> Document:
        """What the nota says, before it is set for any paper."""
        from pos.printing.nota import nota

        return self._marked(nota(sale, self._house(shop), buyer, copy, corrections))

    def statement_document(self, statement: Statement, shop: ShopIdentity, at: int) -> Document:
        """What a customer's book says."""
        from pos.printing import credit_papers

        return self._marked(credit_papers.statement(statement, self._house(shop), at))

    def supplier_document(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int) -> Document:
        """What a supplier's account or the note of goods on consignment says."""
        from pos.printing import book_papers

        if goods is None:
            return self._marked(book_papers.supplier_account(book, self._house(shop), at))
        return self._marked(book_papers.consignment_note(book, goods, self._house(shop), at))

    def recap_document(self, report: Report, shop: ShopIdentity, at: int) -> Document:
        """What some days brought, with every row."""
        from pos.printing.recap_papers import recap

        return self._marked(recap(report, self._house(shop), at, whole=True))

    def cash_book_document(self, book: CashBook, shop: ShopIdentity, at: int) -> Document:
        """What the cash book says."""
        from pos.printing import book_papers

        return self._marked(book_papers.cash_book(book, self._house(shop), at))

    def stock_card_document(self, card: StockCard, shop: ShopIdentity) -> Document:
        """What the card of a product says."""
        from pos.printing import stock_papers

        return self._marked(stock_papers.stock_card(card, self._house(shop)))

    def kuitansi_document(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> Document:
        """What the kuitansi says, before it is set for any paper."""
        from pos.printing.nota import kuitansi

        return self._marked(kuitansi(sale, self._house(shop), buyer, purpose, copy, corrections))

    # --- setting ------------------------------------------------------------------------------------------------

    def _house(self, shop: ShopIdentity) -> House:
        return House(shop, self._words, self._look.header, self._look.footer)

    def _device_of(self, role: PrinterRole) -> Device:
        return self._roles.get(role, self._device)

    def _frozen(self, kind: DocumentKind, document: Document, job: str) -> bytes:
        layout, profile = self._setter(self._device_of(role_of(kind)), self._look.compact and kind not in _AS_IT_IS)
        data = encode(layout.lines(self._marked(document)), profile)
        return data + ask(job) if profile.answers else data

    def _marked(self, document: Document) -> Document:
        """Of a rehearsal: said before anything else and after everything, wherever the paper is torn."""
        if not self._look.rehearsal:
            return document
        mark = rehearsal_mark(self._words)
        if document[: len(mark)] == mark:
            return document
        # a cut is the end of its document
        end = len(document) - 1 if document and isinstance(document[-1], Cut) else len(document)
        return (*mark, *document[:end], *mark, *document[end:])

    def _setter(self, device: Device, compact: bool) -> tuple[Layout, Profile]:
        """How papers of a device are set; kept, since a shop has two or three."""
        kept = self._setters.get((device, compact))
        if kept is None:
            profile = self._compact(device.profile) if compact else device.profile
            logo = self._look.logos.for_paper(profile.dots) if self._look.logos else None
            layout = Layout(profile.columns, profile.dots, profile.codepage, compact=compact, logo=logo)
            kept = self._setters[(device, compact)] = layout, profile
        return kept

    def _compact(self, profile: Profile) -> Profile:
        return replace(profile, line_dots=min(profile.line_dots, _COMPACT_LINE))

    def _begins(self, data: bytes, device: Device) -> bool:
        return data.startswith((set_up(device.profile), set_up(self._compact(device.profile))))
