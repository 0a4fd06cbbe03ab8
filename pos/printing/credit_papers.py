"""Papers about debts as documents: the bon that a customer signs, the statement of the book, the receipt of a repayment. Pure.

Of a customer they say the name that the shop uses and the last four digits of the phone, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pos.domain.credit import CreditEntry, OpenDebt, Statement
from pos.domain.customer import Customer
from pos.domain.document import BOLD, LARGE, PLAIN, Align, Bar, Block, Cut, Document, Item, Pair, Rule, Signs, Spacer, Text
from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.domain.sale import Sale, Tender
from pos.printing.figures import day, moment
from pos.printing.parts import BREATH, GAP, House, cashier, farewell, titled
from pos.printing.struk import goods, sums, tenders

_HIDDEN: Final = "****"
_MOST_ENTRIES: Final = 60
"""Entries of a statement; what was before stands as one sum."""


def bon(sale: Sale, customer: Customer, balance: Rupiah, house: House, due_at: int = 0, copy: int = 0) -> Document:
    """The bon. `balance`: owed in all, this sale with it; `due_at`: UTC ms, 0 = no date."""
    words = house.words.credit
    on_credit = sum(payment.amount for payment in sale.payments if payment.tender is Tender.CREDIT)
    return (
        *titled(house, words.bon, copy),
        Rule("="),
        Pair(house.words.accounts.number, sale.number),
        cashier(house, sale.cashier, day(sale.at)),
        *_customer(customer, house),
        Rule(),
        *goods(sale, house.words),
        Rule(),
        *sums(sale, house.words),
        *tenders(sale, house.words),
        Rule(),
        Pair(words.on_credit, format_rupiah(on_credit), BOLD),
        *((Pair(words.due, day(due_at), BOLD),) if due_at else ()),
        Pair(words.balance, format_rupiah(balance), LARGE),
        GAP,
        Text(words.i_owe),
        Spacer(16),
        Signs(words.debtor, words.shop, customer.name, sale.cashier),
        Cut(),
    )


def statement(book: Statement, house: House, at: int, copy: int = 0) -> Document:
    """A customer's book at UTC ms `at`: what happened since nothing was owed, what is open and when it is due, what is overdue."""
    words = house.words.credit
    before, entries = _since_settled(book.entries)
    return (
        *titled(house, words.statement, copy),
        Text(words.as_of.format(moment(at)), Align.CENTRE),
        Rule("="),
        *_customer(book.customer, house),
        Rule(),
        *((Pair(words.before, format_figure(before)),) if before else ()),
        *(_entry(entry, house) for entry in entries),
        *((Text(words.nothing),) if not entries and not before else ()),
        Rule(),
        BREATH,
        Pair(words.balance if book.balance >= 0 else words.in_favour, format_rupiah(abs(book.balance)), LARGE),
        BREATH,
        *((Pair(words.overdue, format_rupiah(book.overdue), BOLD),) if book.overdue else ()),
        *((Pair(words.titipan, format_rupiah(book.titipan)),) if book.titipan else ()),
        *_open(book.debts, house, at),
        GAP,
        *farewell(house),
        Cut(),
    )


def repayment(customer: Customer, entry: CreditEntry, house: House, copy: int = 0) -> Document:
    """That a customer paid back. The entry holds what was paid, how, and what is still owed."""
    words, struk = house.words.credit, house.words.struk
    return (
        *titled(house, words.repayment, copy),
        Rule("="),
        *((Pair(words.number, entry.number),) if entry.number else ()),
        cashier(house, entry.cashier, moment(entry.at)),
        *_customer(customer, house),
        Rule(),
        BREATH,
        Pair(words.repaid, format_rupiah(abs(entry.amount)), LARGE),
        BREATH,
        *_handed_over(entry, struk.tenders, struk.change),
        Rule(),
        *_left(entry.balance, house),
        GAP,
        *farewell(house),
        Cut(),
    )


def _customer(customer: Customer, house: House) -> Iterator[Block]:
    yield Pair(house.words.credit.customer, customer.name, BOLD)
    if customer.phone4:
        yield Pair(house.words.credit.phone, _HIDDEN + customer.phone4[-4:])


def _since_settled(entries: Sequence[CreditEntry]) -> tuple[Rupiah, Sequence[CreditEntry]]:
    """What was owed before, and the entries since nothing was owed for the last time; of a long book only the last ones."""
    start = max((place + 1 for place, entry in enumerate(entries[:-1]) if entry.balance == 0), default=0)
    start = max(start, len(entries) - _MOST_ENTRIES)
    return (entries[start - 1].balance if start else 0), entries[start:]


def _entry(entry: CreditEntry, house: House) -> Block:
    return Item(f"{day(entry.at)} {house.words.credit.kinds[entry.kind]}", entry.number, format_figure(entry.amount))


def _open(debts: Sequence[OpenDebt], house: House, at: int) -> Iterator[Block]:
    """What is not paid yet, oldest first, each with its date; what is late is bold."""
    dated = [debt for debt in debts if debt.due_at]
    if not dated:
        return
    words = house.words.credit
    yield GAP
    yield Text(words.open_debts)
    for debt in dated[:_MOST_ENTRIES]:
        late = debt.due_at < at
        yield Pair(f"  {words.due} {day(debt.due_at)}", format_figure(debt.left), BOLD if late else PLAIN)


def _handed_over(entry: CreditEntry, names: Mapping[str, str], change: str) -> Iterator[Block]:
    if name := names.get(entry.tender):
        yield Pair(name, format_figure(entry.received or abs(entry.amount)))
    if entry.change:
        yield Pair(change, format_figure(entry.change), LARGE)


def _left(balance: Rupiah, house: House) -> Iterator[Block]:
    words = house.words.credit
    if balance == 0:
        yield GAP
        yield Bar(words.settled)
    else:
        yield Pair(words.balance if balance > 0 else words.in_favour, format_rupiah(abs(balance)), BOLD)
