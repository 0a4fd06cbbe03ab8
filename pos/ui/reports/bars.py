"""The bars of a report: hours of one day, days of a month, months of a year; the parts of what was paid how. Pure; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pos.domain.business_day import business_day
from pos.services.report_views import Takings
from pos.services.reports import Report, SpanKind
from pos.ui.language import tr
from pos.ui.moments import wib
from pos.ui.reports import words
from pos.ui.theme.tokens import Token
from pos.ui.widgets.charts.series import Bar, Share

_TENDERS: Final = (Token.DAUN, Token.NILA, Token.KUNYIT, Token.TERONG, Token.BATA, Token.GARIS_KUAT)


@dataclass(frozen=True, slots=True)
class DatedBar(Bar):
    """A bar that knows its days, both counted, and on a single day its hour of the clock."""

    day: date = date.min
    last: date = date.min
    hour: int | None = None


def bars_of(report: Report, now: int) -> list[DatedBar]:
    """The bars of a report made at UTC ms `now`; none where nothing was sold and nothing is usual."""
    if report.span.days == 1:
        return _hours(report, now)
    if report.span.kind is SpanKind.YEAR:
        return _months(report, now)
    return _days(report, now)


def tender_shares(report: Report) -> list[Share]:
    """Ways to pay as parts of a whole with their percent, the one that brought most first; those that brought something."""
    whole = sum(max(0, row.amount) for row in report.tenders)
    return [
        Share(words.tender_text(row.tender), row.amount, f"{(row.amount * 100 + whole // 2) // whole}%", token)
        for row, token in zip(report.tenders, _TENDERS, strict=False)
        if row.amount > 0
    ]


def _hours(report: Report, now: int) -> list[DatedBar]:
    sold = dict(report.hours)
    shown = [hour for hour in _clock(report) if hour in sold or report.usual.get(hour)]
    if not shown:
        return []
    order = _clock(report)
    between = order[order.index(shown[0]) : order.index(shown[-1]) + 1]
    this_hour = wib(now).hour if report.span.kind is SpanKind.TODAY else -1
    return [
        DatedBar(
            str(hour),
            max(0, sold.get(hour, Takings()).turnover),
            words.hour_said(hour, sold.get(hour, Takings()), report.usual.get(hour)),
            max(0, report.usual.get(hour, 0)) if report.usual else None,
            hour == this_hour,
            report.span.first,
            report.span.first,
            hour,
        )
        for hour in between
    ]


def _clock(report: Report) -> list[int]:
    """The hours in the order of the business day: after midnight comes last where the shop sold then before its day began."""
    first = report.hours[0][0] if report.hours else min(report.usual, default=0)
    start = first if report.hours and report.hours[-1][0] < first else 0
    return [(start + step) % 24 for step in range(24)]


def _days(report: Report, now: int) -> list[DatedBar]:
    sold = dict(report.days)
    if not sold:
        return []
    today = business_day(now)
    found = []
    for step in range(report.span.days):
        day = report.span.first + timedelta(days=step)
        takings = sold.get(day, Takings())
        label = tr(words.SHORT_DAYS[day.weekday()]) if report.span.kind is SpanKind.WEEK else str(day.day)
        said = f"{words.day_text(day)}: {words.amount_said(takings)}"
        found.append(DatedBar(label, max(0, takings.turnover), said, None, day == today, day, day))
    return found


def _months(report: Report, now: int) -> list[DatedBar]:
    sold = dict(report.months)
    if not sold:
        return []
    this_month = business_day(now).replace(day=1)
    found = []
    for month in range(1, report.span.last.month + 1):
        first = report.span.first.replace(month=month, day=1)
        takings = sold.get(first, Takings())
        name = tr(words.MONTHS[month - 1])
        last = min(report.span.last, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        said = f"{name} {first.year}: {words.amount_said(takings)}"
        found.append(DatedBar(name, max(0, takings.turnover), said, None, first == this_month, first, last))
    return found
