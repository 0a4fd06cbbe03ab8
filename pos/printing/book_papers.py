"""Papers of the books as documents: a supplier's account, the note of goods on consignment, the cash book. Pure.

Of a supplier they say the name that the shop uses and the last four digits of the phone, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pos.domain.cash_book import CashBook, CashDay, CashKind, CashRow
from pos.domain.document import BOLD, LARGE, Align, Block, Cut, Document, Item, Pair, Rule, Signs, Spacer, Text
from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.domain.supplier import Supplier, SupplierBook, SupplierEntry
from pos.printing.figures import day, moment
from pos.printing.parts import BREATH, GAP, House, titled
from pos.services.supplier_views import ConsignedGoods

_HIDDEN: Final = "****"
_MOST_ENTRIES: Final = 60
"""Entries of an account; what was before stands as one sum."""


def supplier_account(book: SupplierBook, house: House, at: int, copy: int = 0) -> Document:
    """What a supplier is owed at UTC ms `at`: what happened since nothing was owed, and what is overdue."""
    words = house.words.books
    before, entries = _since_settled(book.entries)
    return (
        *titled(house, words.supplier, copy),
        Text(words.as_of.format(moment(at)), Align.CENTRE),
        Rule("="),
        *_supplier(book.supplier, house),
        Rule(),
        *((Pair(words.before, format_figure(before)),) if before else ()),
        *(_entry(entry, house) for entry in entries),
        *((Text(words.nothing),) if not entries and not before else ()),
        Rule(),
        *_owed(book, house),
        Cut(),
    )


def consignment_note(book: SupplierBook, goods: Sequence[ConsignedGoods], house: House, at: int, copy: int = 0) -> Document:
    """What was sold of a supplier's goods since they were last paid, what is left of each, what is to be paid; with places to sign."""
    words = house.words.books
    return (
        *titled(house, words.consigned, copy),
        Text(words.as_of.format(moment(at)), Align.CENTRE),
        Rule("="),
        *_supplier(book.supplier, house),
        Rule(),
        *(_sold(item, house) for item in goods),
        *((Text(words.nothing),) if not goods else ()),
        Rule(),
        *_owed(book, house),
        Spacer(16),
        Signs(words.settled_by, words.taken_by, "", book.supplier.name),
        Cut(),
    )


def cash_book(book: CashBook, house: House, at: int) -> Document:
    """The days of a book on which something happened, each with its sums, and expenses by category."""
    words = house.words.books
    return (
        *titled(house, words.cash_book),
        Text(f"{book.days[0].day:%d/%m/%Y} - {book.days[-1].day:%d/%m/%Y}", Align.CENTRE),
        Text(words.as_of.format(moment(at)), Align.CENTRE),
        Rule("="),
        Pair(book.name or words.drawer, "", BOLD),
        Pair(words.opening, format_rupiah(book.opening)),
        *(block for each in book.days if each.rows for block in _day(each, house, bool(book.name))),
        Rule(),
        Pair(words.came, format_rupiah(book.came)),
        Pair(words.went, format_rupiah(book.went)),
        BREATH,
        Pair(words.closing, format_rupiah(book.closing), LARGE),
        BREATH,
        *_spent(book, house),
        Cut(),
    )


def _supplier(supplier: Supplier, house: House) -> Iterator[Block]:
    yield Pair(house.words.books.whose, supplier.name, BOLD)
    if supplier.phone4:
        yield Pair(house.words.credit.phone, _HIDDEN + supplier.phone4[-4:])


def _since_settled(entries: Sequence[SupplierEntry]) -> tuple[Rupiah, Sequence[SupplierEntry]]:
    """What was owed before, and the entries since nothing was owed for the last time; of a long book only the last ones."""
    start = max((place + 1 for place, entry in enumerate(entries[:-1]) if entry.balance == 0), default=0)
    start = max(start, len(entries) - _MOST_ENTRIES)
    return (entries[start - 1].balance if start else 0), entries[start:]


def _entry(entry: SupplierEntry, house: House) -> Block:
    said = " ".join(part for part in (entry.number, entry.note) if part)
    return Item(f"{day(entry.at)} {house.words.books.kinds[entry.kind]}", said, format_figure(entry.amount))


def _owed(book: SupplierBook, house: House) -> Iterator[Block]:
    words = house.words.books
    yield BREATH
    yield Pair(words.owed if book.balance >= 0 else words.in_favour, format_rupiah(abs(book.balance)), LARGE)
    yield BREATH
    if book.overdue:
        yield Pair(words.overdue, format_rupiah(book.overdue), BOLD)


def _sold(item: ConsignedGoods, house: House) -> Block:
    words = house.words.books
    unit = "" if item.base_unit == "pcs" else f" {item.base_unit}"
    said = f"{words.sold.format(format_figure(item.sold))}{unit}, {words.left.format(format_figure(item.on_hand))}{unit}"
    return Item(item.name, said, format_figure(item.owed))


def _day(each: CashDay, house: House, of_account: bool) -> Iterator[Block]:
    yield Rule()
    yield Pair(f"{each.day:%d/%m/%Y}", "", BOLD)
    for row in each.rows:
        yield Pair(f"  {_row(row, house, of_account)}", format_figure(row.amount))
    yield Pair(house.words.books.closing, format_figure(each.closing), BOLD)


def _row(row: CashRow, house: House, of_account: bool) -> str:
    words = house.words.books
    if row.kind is not CashKind.MOVED:
        return words.rows[row.kind].format(row.count)
    reasons = words.accounts if of_account else house.words.report.reasons
    word = words.expenses.get(row.category) or reasons.get(row.label, row.label)
    return ", ".join(part for part in (word, row.name, row.note) if part)


def _spent(book: CashBook, house: House) -> Iterator[Block]:
    if not book.expenses:
        return
    yield GAP
    yield Text(house.words.books.spent, style=BOLD)
    for category, amount in book.expenses:
        yield Pair(f"  {house.words.books.expenses[category]}", format_figure(amount))
