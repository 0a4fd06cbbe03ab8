"""The books of a span of days: what was sold, when, of what, by whom, paid how; beside the span before it. Reads only.

Every figure is a sum of the same facts, so that the hours, the goods and the ways to pay of one report come to one turnover.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pos.domain.business_day import business_day, starts_at
from pos.domain.money import Rupiah, divide_half_up
from pos.domain.ppn import Ppn, ppn_of
from pos.services.ports import Rules, Till
from pos.services.ports.queries import Queries
from pos.services.report_views import HourTakings, OnlineTakings, ProductTakings, StockWorth, Takings, TakingsBy, TenderTakings

USUAL_WEEKS: Final = 4
"""What is usual on a Monday is the average of so many Mondays before."""
SMALL_TURNOVER: Final = 500_000_000
"""Rupiah a calendar year without final income tax for a person's own small business (PP 55/2022 art. 60; shop.md, Money)."""
_FIRST: Final = date(1970, 1, 1).toordinal()


class SpanKind(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """The last seven days."""
    MONTH = "month"
    """From the first of the month on."""
    YEAR = "year"
    DAYS = "days"
    """Any days."""


@dataclass(frozen=True, slots=True)
class Span:
    """Business days, both counted."""

    kind: SpanKind
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    Attributes:
        takings, before: of the span, and of the one that it is compared with.
        hours: hour of the clock -> takings, from the hour at which a day begins. days, months: likewise by day and by first of the month.
        usual: hour -> rupiah that the same weekday brings at that hour; only for a single day.
        products: the highest turnover first. categories, cashiers: (name, takings or goods' sums), the highest first.
        ppn: of the days on which the shop is PKP; None where it is so on none of the span's.
        behind: sales that had to be summed from the facts.
        variance: rupiah by which goods that were sold in advance turned out in these days to have cost more than was taken for them.
    """

    span: Span
    compared: Span
    takings: Takings
    before: Takings
    hours: tuple[tuple[int, Takings], ...]
    days: tuple[tuple[date, Takings], ...]
    months: tuple[tuple[date, Takings], ...]
    usual: dict[int, Rupiah]
    products: tuple[ProductTakings, ...]
    categories: tuple[tuple[str, ProductTakings], ...]
    cashiers: tuple[tuple[str, Takings], ...]
    tenders: tuple[TenderTakings, ...]
    online: OnlineTakings
    worth: StockWorth
    year_turnover: Rupiah
    behind: int
    ppn: Ppn | None = None
    variance: Rupiah = 0

    @property
    def profit_settled(self) -> Rupiah:
        """Gross profit with what earlier sales turned out to have cost in these days."""
        return self.takings.profit - self.variance


@dataclass(frozen=True, slots=True)
class CapForecast:
    """How the e-Peken cap fares. `reached_on`: the day on which it is used up if the month goes on so; None when it is not."""

    used: Rupiah
    cap: Rupiah
    reached_on: date | None


def today(till: Till, cutoff: int) -> date:
    """The business day that it is now."""
    return business_day(till.clock.now(), cutoff)


def span_of(kind: SpanKind, day: date) -> Span:
    """The span of a kind that ends on `day` (yesterday's ends the day before)."""
    match kind:
        case SpanKind.YESTERDAY:
            return Span(kind, day - timedelta(days=1), day - timedelta(days=1))
        case SpanKind.WEEK:
            return Span(kind, day - timedelta(days=6), day)
        case SpanKind.MONTH:
            return Span(kind, day.replace(day=1), day)
        case SpanKind.YEAR:
            return Span(kind, day.replace(month=1, day=1), day)
        case _:
            return Span(kind, day, day)


def span_before(span: Span) -> Span:
    """What a span is compared with: a day with the same weekday of the week before, a month or year so far with the same part of the one
    before, any other with as many days just before it."""
    if span.kind in (SpanKind.TODAY, SpanKind.YESTERDAY) or (span.kind is SpanKind.DAYS and span.days == 1):
        return Span(span.kind, span.first - timedelta(days=7), span.last - timedelta(days=7))
    if span.kind is SpanKind.MONTH:
        last_of_before = span.first - timedelta(days=1)
        return Span(span.kind, last_of_before.replace(day=1), last_of_before.replace(day=min(span.last.day, last_of_before.day)))
    if span.kind is SpanKind.YEAR:
        return Span(span.kind, _a_year_before(span.first), _a_year_before(span.last))
    return Span(span.kind, span.first - timedelta(days=span.days), span.first - timedelta(days=1))


def read_report(till: Till, span: Span, cutoff: int) -> Report:
    """All of a span.

    Args:
        cutoff: minutes after midnight at which a business day begins.

    Raises:
        ShopError: STORE_BUSY, STORE_DAMAGED.
    """
    read, compared = till.store.read, span_before(span)
    since, until = starts_at(span.first, cutoff), starts_at(span.last + timedelta(days=1), cutoff)
    days = _by_day(read, span, cutoff)
    products = tuple(read.report_products(_number(span.first), _number(span.last), cutoff))
    year = Span(SpanKind.YEAR, span.last.replace(month=1, day=1), span.last)
    return Report(
        span,
        compared,
        _total(days),
        _total(_by_day(read, compared, cutoff)),
        _by_hour(read, span, cutoff),
        tuple(days),
        _by_month(days),
        usual_hours(read, span, cutoff) if span.days == 1 else {},
        products,
        by_category(products),
        tuple(sorted(_by_cashier(read, span, cutoff), key=lambda pair: (-pair[1].turnover, pair[0]))),
        tuple(read.report_tenders(_number(span.first), _number(span.last), cutoff)),
        read.online_takings(since, until),
        read.stock_worth(),
        _total(days if year.first == span.first else _by_day(read, year, cutoff)).turnover,
        read.report_behind(cutoff),
        _ppn(days, span, till.rules),
        read.cost_variance(since, until),
    )


def span_back(kind: SpanKind, day: date, back: int) -> Span:
    """The span of a kind that lies `back` spans of its kind before the one that ends on `day`: whole ones but for the present one."""
    if back <= 0:
        return span_of(kind, day)
    if kind is SpanKind.MONTH:
        months = day.year * 12 + day.month - 1 - back
        first = date(months // 12, months % 12 + 1, 1)
        return Span(kind, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    if kind is SpanKind.YEAR:
        return Span(kind, date(day.year - back, 1, 1), date(day.year - back, 12, 31))
    now = span_of(kind, day)
    step = timedelta(days=now.days * back)
    kind = SpanKind.DAYS if now.days == 1 else kind
    return Span(kind, now.first - step, now.last - step)


def catch_up(till: Till, cutoff: int, progress: Callable[[int, int], bool] = lambda done, whole: True) -> int:
    """Put every sale into the kept sums, in small transactions, so that the reports after it are quick. Returns how many are still to come:
    0, or more when `progress(done, whole)` said stop."""
    whole = till.store.read.report_behind(cutoff)
    left = whole
    while left > 0 and progress(whole - left, whole):
        with till.store.begin() as work:
            left = work.roll_up(cutoff)
            work.commit()
    return left


def usual_hours(read: Queries, span: Span, cutoff: int) -> dict[int, Rupiah]:
    """Hour -> rupiah that the same weekday brought on average of the weeks before; empty for a shop that is younger than a week."""
    found: dict[int, Rupiah] = defaultdict(int)
    weeks = 0
    for week in range(1, USUAL_WEEKS + 1):
        day = span.first - timedelta(days=7 * week)
        rows = _hours(read, Span(SpanKind.DAYS, day, day), cutoff)
        weeks += bool(rows)
        for row in rows:
            found[row.hour] += row.takings.turnover
    return {hour: divide_half_up(amount, weeks) for hour, amount in found.items()} if weeks else {}


def cap_forecast(used: Rupiah, cap: Rupiah, day: date) -> CapForecast:
    """When the cap of this month (told by the server) is used up if the days to come bring what the days so far have brought."""
    if cap <= 0 or used <= 0:
        return CapForecast(used, cap, None)
    if used >= cap:
        return CapForecast(used, cap, day)
    # the day after which day * used / days_so_far reaches the cap, in whole numbers
    reached = -(-cap * day.day // used)
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return CapForecast(used, cap, day.replace(day=reached) if reached <= last.day else None)


def by_category(products: Iterable[ProductTakings]) -> tuple[tuple[str, ProductTakings], ...]:
    """Goods summed by their category of today, the highest turnover first."""
    sums: dict[str, ProductTakings] = {}
    for item in products:
        held = sums.get(item.category)
        sums[item.category] = ProductTakings(
            "",
            item.category,
            item.category,
            "",
            "",
            1,
            item.quantity + (held.quantity if held else 0),
            item.amount + (held.amount if held else 0),
            item.cost + (held.cost if held else 0),
            item.costed + (held.costed if held else 0),
        )
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1].amount, pair[0])))


def _ppn(days: Iterable[tuple[date, Takings]], span: Span, rules: Rules) -> Ppn | None:
    if not rules.pkp_since:
        return None
    since, until = date.fromisoformat(rules.pkp_since), date.fromisoformat(rules.pkp_until) if rules.pkp_until else date.max
    if span.last < since or span.first > until:
        return None
    return ppn_of([(day, takings.turnover) for day, takings in days], since, until)


def total(rows: Iterable[HourTakings]) -> Takings:
    """All of them together."""
    return sum((row.takings for row in rows), Takings())


def _total(days: Iterable[tuple[date, Takings]]) -> Takings:
    return sum((takings for _, takings in days), Takings())


def _hours(read: Queries, span: Span, cutoff: int) -> list[HourTakings]:
    return read.report_hours(_number(span.first), _number(span.last), cutoff)


def _by_day(read: Queries, span: Span, cutoff: int) -> list[tuple[date, Takings]]:
    rows = read.report_takings(_number(span.first), _number(span.last), cutoff, TakingsBy.DAY)
    return [(_date(int(day)), takings) for day, takings in rows]


def _by_month(days: Iterable[tuple[date, Takings]]) -> tuple[tuple[date, Takings], ...]:
    sums: dict[date, Takings] = {}
    for day, takings in days:
        month = day.replace(day=1)
        sums[month] = sums.get(month, Takings()) + takings
    return tuple(sums.items())


def _by_cashier(read: Queries, span: Span, cutoff: int) -> list[tuple[str, Takings]]:
    rows = read.report_takings(_number(span.first), _number(span.last), cutoff, TakingsBy.CASHIER)
    return [(str(name), takings) for name, takings in rows]


def _by_hour(read: Queries, span: Span, cutoff: int) -> tuple[tuple[int, Takings], ...]:
    """From the first hour in which something was sold to the last, those between them too, beginning where the day begins."""
    sums = {int(hour): takings for hour, takings in read.report_takings(_number(span.first), _number(span.last), cutoff, TakingsBy.HOUR)}
    begins = cutoff // 60
    order = [*range(begins, 24), *range(begins)]
    places = [place for place, hour in enumerate(order) if hour in sums]
    return tuple((hour, sums.get(hour, Takings())) for hour in order[places[0] : places[-1] + 1]) if places else ()


def _number(day: date) -> int:
    return day.toordinal() - _FIRST


def _date(number: int) -> date:
    return date.fromordinal(number + _FIRST)


def _a_year_before(day: date) -> date:
    """29 February is compared with the 28th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
