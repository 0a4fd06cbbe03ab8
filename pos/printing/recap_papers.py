"""The recap of some days as a document: what they brought, paid how, when, of what, by whom. Pure; says the report's own figures.

On narrow paper it is short; on a page (`whole`) every day, category and cashier stands, and a hundred goods.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos.domain.document import BOLD, LARGE, Align, Block, Cut, Document, Goods, GoodsHead, Item, Pair, Rule, Text
from pos.domain.money import format_figure, format_rupiah
from pos.printing.figures import moment, quantity
from pos.printing.parts import BREATH, House, titled
from pos.printing.words.recaps import RecapWords
from pos.services.report_views import ProductTakings, Takings
from pos.services.reports import Report, Span, SpanKind

_FEW: Final = 10
_MANY: Final = 100


def recap(report: Report, house: House, at: int, whole: bool = False) -> Document:
    """What a report says, made at UTC ms `at`."""
    words = house.words.recap
    return (
        *titled(house, words.day if report.span.days == 1 else words.days),
        Text(_span(report.span), Align.CENTRE, BOLD),
        Rule("="),
        BREATH,
        Pair(words.turnover, format_rupiah(report.takings.turnover), LARGE),
        BREATH,
        *_figures(report, words),
        *_part(words.tenders_head, _tenders(report, words)),
        *_part(*_times(report, words, whole)),
        *_part(words.goods, _goods(report, words, whole)),
        *(_part(words.categories, _categories(report, words)) if whole else ()),
        *_part(words.cashiers, _cashiers(report, whole)),
        Rule(),
        *_shelf(report, words),
        Text(words.as_of.format(moment(at))),
        Cut(),
    )


def _figures(report: Report, words: RecapWords) -> Iterator[Block]:
    now = report.takings
    yield Pair(words.profit, format_rupiah(now.profit))
    if report.variance:
        yield Pair(words.variance, format_figure(-report.variance))
        yield Pair(words.profit_settled, format_rupiah(report.profit_settled))
    yield Pair(words.sales, format_figure(now.sales))
    yield Pair(words.average, format_rupiah(now.average))
    for name, count, amount in ((words.voids, now.voids, now.voided), (words.refunds, now.refunds, now.refunded)):
        if count:
            yield Pair(name.format(format_figure(count)), format_figure(amount))
    for name, amount in ((words.discounts, now.discount), (words.rounding, now.rounding)):
        if amount:
            yield Pair(name, format_figure(amount))
    if report.ppn is not None:
        yield Pair(words.ppn_base, format_figure(report.ppn.base))
        yield Pair(words.ppn, format_figure(report.ppn.tax))
    yield Pair(words.before.format(_span(report.compared)), format_figure(report.before.turnover))


def _part(title: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """A part under its title; nothing where it says nothing."""
    found = list(blocks)
    if found:
        yield Rule()
        yield Text(title, style=BOLD)
        yield from found


def _tenders(report: Report, words: RecapWords) -> Iterator[Block]:
    for row in report.tenders:
        yield Pair(f"{words.tenders.get(row.tender, row.tender)} ({format_figure(row.payments)})", format_figure(row.amount))


def _times(report: Report, words: RecapWords, whole: bool) -> tuple[str, Iterator[Block]]:
    """Hours of a day, days of a month, months of a year: as the bars of the screen."""
    if report.span.days == 1:
        return words.hours, (_time(words.hour.format(hour), takings) for hour, takings in report.hours)
    if report.span.kind is SpanKind.YEAR:
        return words.by_month, (_time(f"{words.months[day.month - 1]} {day.year}", takings) for day, takings in report.months)
    days = report.days if whole else report.days[-31:]
    return words.by_day, (_time(f"{day:%d/%m/%Y}", takings) for day, takings in days)


def _time(name: str, takings: Takings) -> Block:
    return Pair(f"{name} ({format_figure(takings.sales)})", format_figure(takings.turnover))


def _goods(report: Report, words: RecapWords, whole: bool) -> Iterator[Block]:
    most = _MANY if whole else _FEW
    if whole and report.products:
        yield GoodsHead(*words.goods_head)
    for item in report.products[:most]:
        yield _product(item, whole)
    if len(report.products) > most:
        yield Text(words.more_goods.format(format_figure(len(report.products) - most)))


def _product(item: ProductTakings, whole: bool) -> Block:
    many = quantity(item.quantity, item.factor, item.unit_name)
    if whole:
        return Goods(item.name or "-", many, format_figure(item.profit), format_figure(item.amount))
    return Item(item.name or "-", many, format_figure(item.amount))


def _categories(report: Report, words: RecapWords) -> Iterator[Block]:
    for name, item in report.categories:
        yield Pair(name or words.no_category, format_figure(item.amount))


def _cashiers(report: Report, whole: bool) -> Iterator[Block]:
    """Who sold how much, where there was more than one; on a page always."""
    if len(report.cashiers) > 1 or whole:
        for name, takings in report.cashiers:
            yield _time(name or "-", takings)


def _shelf(report: Report, words: RecapWords) -> Iterator[Block]:
    if report.online.orders:
        yield Pair(words.online.format(format_figure(report.online.orders)), format_figure(report.online.amount))
    yield Pair(words.worth, format_rupiah(report.worth.cost))
    if report.worth.unknown:
        yield Text(words.worth_unknown.format(format_figure(report.worth.unknown)))


def _span(span: Span) -> str:
    return f"{span.first:%d/%m/%Y}" if span.days == 1 else f"{span.first:%d/%m/%Y} - {span.last:%d/%m/%Y}"
