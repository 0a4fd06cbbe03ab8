"""Random facts of every kind of paper, for tests: amounts up to what the till lets through, names as nobody should be able to type them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from hypothesis import strategies as st

from pos.domain.cash_movement import CashReason
from pos.domain.credit import CreditEntry, CreditKind, make_statement
from pos.domain.customer import Customer
from pos.domain.document import Document
from pos.domain.drawer_report import DrawerLine, DrawerLineKind, DrawerReport, Tally, TenderTotal
from pos.domain.money import MAX_AMOUNT, RoundingDirection, round_cash
from pos.domain.papers import CountRow, CountSheet, GoodsReceipt, HelpCard, KeyLine, Label, LabelKind, ReceivedLine, UnsentList
from pos.domain.printing import DocumentKind
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, TenderState
from pos.printing.book_papers import cash_book, consignment_note, supplier_account
from pos.printing.credit_papers import bon, repayment, statement
from pos.printing.drawer_papers import drawer_report
from pos.printing.goods_papers import goods_receipt, key_card, labels, stock_take_sheet
from pos.printing.help_card import help_card
from pos.printing.nota import kuitansi, nota
from pos.printing.paper import PrinterPaper
from pos.printing.parts import House
from pos.printing.pickup_slip import pickup_slip
from pos.printing.raster import Bitmap
from pos.printing.recap_papers import recap
from pos.printing.stock_papers import shopping_list, stock_card
from pos.printing.struk import struk
from pos.printing.unsent_list import unsent_list
from pos.services.views import ShopIdentity
from tests.helpers.book_facts import cash_books, consigned_goods, supplier_books
from tests.helpers.papers import AT, names, orders, sale_lines
from tests.helpers.recap_facts import recaps
from tests.helpers.stock_facts import shopping_lists, stock_cards

AMOUNTS: Final = st.one_of(st.integers(-500_000, 500_000), st.sampled_from([0, 1, -1, 999_999_999, MAX_AMOUNT, -MAX_AMOUNT]))
MOMENTS: Final = st.integers(0, 4_000_000_000_000)
CODES: Final = st.one_of(
    st.sampled_from(["8991002105485", "089686010947", "89686010947", "12345670", "2100001012345", "001", "TLR-KG", "", "é", "A" * 40]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=34),
    st.text("0123456789", min_size=1, max_size=20),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A paper: what it says, and the same as frozen bytes.

    Attributes:
        document: for a house; `data`: for a printer of it.
    """

    kind: DocumentKind
    document: Callable[[House], Document]
    data: Callable[[PrinterPaper, ShopIdentity], bytes]


def houses() -> st.SearchStrategy[ShopIdentity]:
    """Shops that call themselves anything."""
    return st.builds(lambda name, address: ShopIdentity("5" * 32, name, address, "Sari", "", "A", 1, "", "", ""), names(), names())


def logos(dots: int) -> st.SearchStrategy[Bitmap]:
    """Pictures no wider than the paper, real-time commands among their bytes."""

    def build(seed: int, width: int, height: int) -> Bitmap:
        row = (width + 7) // 8
        data = np.random.default_rng(seed).integers(0, 256, (height, row), np.uint8)
        data[:, ::3] = 0x10
        if row > 1:
            data[:, 1::3] = np.random.default_rng(seed).choice([0x04, 0x05, 0x14, 0x01], data[:, 1::3].shape)
        if spare := row * 8 - width:
            data[:, -1] &= 0xFF << spare & 0xFF
        return Bitmap(width, height, data.astype(np.uint8).tobytes())

    return st.builds(build, st.integers(0, 2**32), st.integers(1, dots), st.integers(1, 300))


def payments(total: int) -> st.SearchStrategy[tuple[Payment, ...]]:
    """Any tenders in any order that come to the total; change in cash, change kept, money that nobody is sure of."""

    def build(parts: list[int], tenders: list[Tender], states: list[TenderState], change: int, reference: str) -> tuple[Payment, ...]:
        amounts = [*parts, total - sum(parts)]
        paid = [
            Payment(
                tender,
                amount,
                amount + (change if tender is Tender.CASH and amount >= 0 else 0),
                change if tender is Tender.CASH and amount >= 0 else 0,
                state if tender is Tender.QRIS else TenderState.PAID,
                reference,
            )
            for amount, tender, state in zip(amounts, tenders, states, strict=False)
        ]
        return tuple(paid)

    many = st.integers(0, 4)
    return many.flatmap(
        lambda count: st.builds(
            build,
            st.lists(AMOUNTS, min_size=count, max_size=count),
            st.lists(st.sampled_from(list(Tender)), min_size=count + 1, max_size=count + 1),
            st.lists(st.sampled_from(list(TenderState)), min_size=count + 1, max_size=count + 1),
            st.sampled_from([0, 500, 37_500]),
            st.sampled_from(["", "****3841", "\x1bp\x00"]),
        )
    )


def sold(most: int = 8) -> st.SearchStrategy[Sale]:
    """Sales, voids and refunds that add up, paid in any way."""

    def build(lines: tuple[SaleLine, ...], step: int, kind: SaleKind, customer: str, cashier: str, damaged: bool) -> Sale:
        total = sum(line.amount for line in lines)
        due = round_cash(total, step, RoundingDirection.DOWN)
        if damaged:
            lines = tuple(replace(line, damaged=True) for line in lines)
        corrects = "" if kind is SaleKind.SALE else "9c1b" + "0" * 28
        return Sale(
            "7c2f" + "0" * 28,
            "A1-1042-7C2F",
            "s",
            cashier,
            AT,
            lines,
            (),
            due,
            due - total,
            kind,
            corrects,
            "c" * 32 * bool(customer),
            customer,
        )

    plain = st.builds(
        build,
        st.lists(sale_lines(), min_size=1, max_size=most).map(tuple),
        st.sampled_from([0, 0, 100, 500]),
        st.sampled_from([SaleKind.SALE, SaleKind.SALE, SaleKind.VOID, SaleKind.REFUND]),
        st.one_of(st.just(""), names()),
        names(),
        st.booleans(),
    )
    return plain.flatmap(lambda sale: payments(sale.total).map(lambda paid: replace(sale, payments=paid)))


def customers() -> st.SearchStrategy[Customer]:
    return st.builds(lambda name, phone: Customer("c" * 32, name, phone), names(), st.sampled_from(["", "3841", "081234563841"]))


def entries() -> st.SearchStrategy[CreditEntry]:
    def build(kind: CreditKind, at: int, number: str, amount: int, due: int, tender: str, change: int) -> CreditEntry:
        return CreditEntry(
            kind, at, number, amount, amount // 2, due, "e" * 32, "c" * 32, "", tender, abs(amount) + change, change, "", "Sari"
        )

    ways = st.sampled_from(["cash", "qris", "transfer", "", "cheque"])
    return st.builds(
        build, st.sampled_from(list(CreditKind)), MOMENTS, names(), AMOUNTS, st.one_of(st.just(0), MOMENTS), ways, st.integers(0, 9_000)
    )


def reports() -> st.SearchStrategy[DrawerReport]:
    lines = st.builds(
        DrawerLine,
        st.sampled_from(list(DrawerLineKind)),
        st.one_of(st.just(""), st.sampled_from(list(CashReason)), names()),
        st.integers(0, 5_000),
        AMOUNTS,
    )
    notes = st.lists(st.tuples(st.sampled_from([100_000, 50_000, 2_000, 500]), st.integers(0, 9_999)), max_size=6)
    tallies = st.builds(Tally, st.integers(0, 9_999), AMOUNTS)
    totals = st.builds(TenderTotal, st.sampled_from([*(tender.value for tender in Tender), "voucher"]), st.integers(0, 9_999), AMOUNTS)

    def build(
        number: int | None,
        cashiers: list[str],
        drawer: list[DrawerLine],
        counted: int | None,
        count: list[tuple[int, int]],
        tenders: list[TenderTotal],
        tally: Tally,
        amount: int,
    ) -> DrawerReport:
        expected, day = sum(line.amount for line in drawer), "2026-11-23" if number else ""
        return DrawerReport(
            number, "d" * 32, tuple(cashiers), AT, AT, AT if number else None, 300_000, tuple(drawer), expected, counted, tuple(count),
            tuple(tenders), tally.count, amount, amount, -350, tally, tally, tally, amount, day,
        )  # fmt: skip

    counted = st.one_of(st.none(), st.integers(0, MAX_AMOUNT))
    numbers = st.one_of(st.none(), st.integers(1, 10**9))
    lists = st.lists(lines, max_size=12)
    return st.builds(build, numbers, st.lists(names(), max_size=3), lists, counted, notes, st.lists(totals, max_size=6), tallies, AMOUNTS)


def receipts() -> st.SearchStrategy[GoodsReceipt]:
    lines = st.builds(
        ReceivedLine,
        names(),
        st.sampled_from(["dus", "kg", "\x1bp\x00"]),
        st.sampled_from([1, 40, 1_000]),
        st.integers(0, 10**9),
        st.one_of(st.none(), AMOUNTS),
    )
    return st.builds(
        lambda number, who, supplier, paper, rows: GoodsReceipt("f" * 32, number, AT, who, supplier, paper, tuple(rows)),
        names(), names(), names(), names(), st.lists(lines, max_size=10),
    )  # fmt: skip


def count_sheets() -> st.SearchStrategy[CountSheet]:
    rows = st.builds(
        CountRow,
        names(),
        st.sampled_from(["pcs", "kg", "dus isi banyak sekali"]),
        st.sampled_from([1, 40, 1_000]),
        CODES,
        st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    )
    return st.builds(lambda part, found: CountSheet(AT, part, tuple(found), len(found)), names(), st.lists(rows, max_size=12))


def shelf_labels() -> st.SearchStrategy[Label]:
    prices = st.one_of(st.integers(0, 500_000), st.sampled_from([0, 999_999_999, MAX_AMOUNT]))
    return st.builds(
        Label,
        names(),
        st.sampled_from(["", "pcs", "renteng", "\x1d"]),
        prices,
        CODES,
        st.sampled_from(["", "85 g", "1 liter"]),
        st.one_of(st.just(0), prices),
        st.integers(0, 1_000),
    )


def cases(kind: DocumentKind) -> st.SearchStrategy[Case]:
    """Papers of one kind."""
    return _CASES[kind]


_COPIES: Final = st.sampled_from([0, 0, 1, 12])


def _on_a_sale(build: Callable[[Sale, int, str], Case]) -> st.SearchStrategy[Case]:
    return st.builds(build, sold(), _COPIES, names())


def _nota(sale: Sale, copy: int, buyer: str) -> Case:
    back = (replace(sale, kind=SaleKind.REFUND),) if copy else ()
    return Case(
        DocumentKind.NOTA,
        lambda house: nota(sale, house, buyer, copy, back),
        lambda paper, shop: paper.nota(sale, shop, buyer, copy, back),
    )


_CASES: Final[dict[DocumentKind, st.SearchStrategy[Case]]] = {
    DocumentKind.RECEIPT: _on_a_sale(
        lambda sale, copy, _: Case(
            DocumentKind.RECEIPT, lambda house: struk(sale, house, copy), lambda paper, shop: paper.receipt(sale, shop, copy)
        )
    ),
    DocumentKind.PICKUP: st.builds(
        lambda order, copy: Case(
            DocumentKind.PICKUP, lambda house: pickup_slip(order, house, copy), lambda paper, shop: paper.pickup(order, shop, copy)
        ),
        orders(),
        _COPIES,
    ),
    DocumentKind.DRAWER_REPORT: st.builds(
        lambda report, copy: Case(
            DocumentKind.DRAWER_REPORT,
            lambda house: drawer_report(report, house, copy),
            lambda paper, shop: paper.drawer_report(report, shop, copy),
        ),
        reports(),
        _COPIES,
    ),
    DocumentKind.BON: st.builds(
        lambda sale, who, balance, due, copy: Case(
            DocumentKind.BON,
            lambda house: bon(sale, who, balance, house, due, copy),
            lambda paper, shop: paper.bon(sale, who, balance, shop, due, copy),
        ),
        sold(),
        customers(),
        AMOUNTS,
        st.one_of(st.just(0), MOMENTS),
        _COPIES,
    ),
    DocumentKind.STATEMENT: st.builds(
        lambda who, found, titipan, copy: Case(
            DocumentKind.STATEMENT,
            lambda house: statement(make_statement(who, found, AT, titipan), house, AT, copy),
            lambda paper, shop: paper.statement(make_statement(who, found, AT, titipan), shop, AT, copy),
        ),
        customers(),
        st.lists(entries(), max_size=80),
        AMOUNTS,
        _COPIES,
    ),
    DocumentKind.REPAYMENT: st.builds(
        lambda who, entry, copy: Case(
            DocumentKind.REPAYMENT,
            lambda house: repayment(who, entry, house, copy),
            lambda paper, shop: paper.repayment(who, entry, shop, copy),
        ),
        customers(),
        entries(),
        _COPIES,
    ),
    DocumentKind.NOTA: _on_a_sale(_nota),
    DocumentKind.KUITANSI: _on_a_sale(
        lambda sale, copy, buyer: Case(
            DocumentKind.KUITANSI,
            lambda house: kuitansi(sale, house, buyer, buyer[::-1], copy),
            lambda paper, shop: paper.kuitansi(sale, shop, buyer, buyer[::-1], copy),
        )
    ),
    DocumentKind.LABEL: st.builds(
        lambda found, kind: Case(
            DocumentKind.LABEL, lambda house: labels(found, kind, house.words), lambda paper, shop: paper.labels(found, kind)
        ),
        st.lists(shelf_labels(), min_size=1, max_size=4),
        st.sampled_from(list(LabelKind)),
    ),
    DocumentKind.GOODS_RECEIPT: st.builds(
        lambda receipt, copy: Case(
            DocumentKind.GOODS_RECEIPT,
            lambda house: goods_receipt(receipt, house, copy),
            lambda paper, shop: paper.goods_receipt(receipt, shop, copy),
        ),
        receipts(),
        _COPIES,
    ),
    DocumentKind.STOCK_TAKE: st.builds(
        lambda sheet: Case(
            DocumentKind.STOCK_TAKE, lambda house: stock_take_sheet(sheet, house), lambda paper, shop: paper.stock_take_sheet(sheet, shop)
        ),
        count_sheets(),
    ),
    DocumentKind.KEY_CARD: st.builds(
        lambda keys: Case(DocumentKind.KEY_CARD, lambda house: key_card(keys, house), lambda paper, shop: paper.key_card(keys, shop)),
        st.lists(st.builds(KeyLine, st.sampled_from(["F2", "Ctrl+Z", "F12"]), names()), max_size=12),
    ),
    DocumentKind.STOCK_CARD: st.builds(
        lambda card: Case(DocumentKind.STOCK_CARD, lambda house: stock_card(card, house), lambda paper, shop: paper.stock_card(card, shop)),
        stock_cards(),
    ),
    DocumentKind.SHOPPING: st.builds(
        lambda lists: Case(
            DocumentKind.SHOPPING,
            lambda house: shopping_list(lists, house, AT),
            lambda paper, shop: paper.shopping_list(lists, shop, AT),
        ),
        st.lists(shopping_lists(), max_size=3),
    ),
    DocumentKind.SUPPLIER: st.builds(
        lambda book, goods: Case(
            DocumentKind.SUPPLIER,
            lambda house: supplier_account(book, house, AT) if goods is None else consignment_note(book, goods, house, AT),
            lambda paper, shop: paper.supplier(book, goods, shop, AT),
        ),
        supplier_books(),
        st.none() | st.lists(consigned_goods(), max_size=4),
    ),
    DocumentKind.CASH_BOOK: st.builds(
        lambda book: Case(
            DocumentKind.CASH_BOOK, lambda house: cash_book(book, house, AT), lambda paper, shop: paper.cash_book(book, shop, AT)
        ),
        cash_books(),
    ),
    DocumentKind.UNSENT: st.builds(
        lambda told: Case(DocumentKind.UNSENT, lambda house: unsent_list(told, house), lambda paper, shop: paper.unsent_list(told, shop)),
        st.builds(
            UnsentList,
            st.just(AT),
            names(),
            names(),
            st.lists(st.tuples(names(), st.just(AT), st.integers(0, 999_999_999)), max_size=5).map(tuple),
            st.lists(st.tuples(st.sampled_from(["stock.moved", "cash.moved"]), st.integers(1, 99)), max_size=2).map(tuple),
        ),
    ),
    DocumentKind.HELP_CARD: st.builds(
        lambda card: Case(DocumentKind.HELP_CARD, lambda house: help_card(card, house), lambda paper, shop: paper.help_card(card, shop)),
        st.builds(HelpCard, names(), st.sampled_from(["", "031-5312144", "+62 31 531 2144"]), st.just("1.0.0")),
    ),
    DocumentKind.RECAP: st.builds(
        lambda report: Case(DocumentKind.RECAP, lambda house: recap(report, house, AT), lambda paper, shop: paper.recap(report, shop, AT)),
        recaps(),
    ),
}
