"""Random reports for papers, books and files: any sums, days and names, each figure by itself (a paper computes none)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from pos.services.report_views import OnlineTakings, ProductTakings, StockWorth, Takings, TenderTakings
from pos.services.reports import Report, Span, SpanKind, by_category, span_before
from tests.helpers.papers import names

_RUPIAH = st.one_of(st.integers(-500_000, 5_000_000), st.sampled_from([0, 999_999_999, -999_999_999, 999_999_999_999]))
_COUNTS = st.integers(0, 100_000)


def takings() -> st.SearchStrategy[Takings]:
    """Sums of some hour or day."""
    return st.builds(Takings, _COUNTS, _RUPIAH, _RUPIAH, _RUPIAH, _RUPIAH, _RUPIAH, _COUNTS, _RUPIAH, _COUNTS, _RUPIAH)


def _product() -> st.SearchStrategy[ProductTakings]:
    units = st.sampled_from([("pcs", 1), ("kg", 1_000), ("dus", 40), ("", 1)])
    return st.builds(
        lambda name, category, unit, quantity, amount, cost: ProductTakings(
            "a" * 32, name, category, "", unit[0], unit[1], quantity, amount, cost, amount
        ),
        names(), names(), units, st.integers(-10_000, 10**7), _RUPIAH, _RUPIAH,
    )  # fmt: skip


@st.composite
def recaps(draw: st.DrawFn) -> Report:
    """A report of a day, some days or a year."""
    kind = draw(st.sampled_from([SpanKind.TODAY, SpanKind.DAYS, SpanKind.MONTH, SpanKind.YEAR]))
    first = draw(st.dates(date(2025, 1, 1), date(2027, 12, 1)))
    span = Span(kind, first, first if kind is SpanKind.TODAY else first + timedelta(days=draw(st.integers(1, 90))))
    goods = tuple(draw(st.lists(_product(), max_size=15)))
    hours = draw(st.lists(st.integers(0, 23), unique=True, max_size=6))
    days = [span.first + timedelta(days=step) for step in range(min(span.days, 5))]
    return Report(
        span,
        span_before(span),
        draw(takings()),
        draw(takings()),
        tuple((hour, draw(takings())) for hour in sorted(hours)),
        tuple((day, draw(takings())) for day in days),
        tuple((day, draw(takings())) for day in sorted({day.replace(day=1) for day in days})),
        {},
        goods,
        by_category(goods),
        tuple((draw(names()), draw(takings())) for _ in range(draw(st.integers(0, 3)))),
        tuple(TenderTakings(tender, draw(_COUNTS), draw(_RUPIAH)) for tender in ("cash", "qris", "kupon")),
        OnlineTakings(draw(_COUNTS), draw(_RUPIAH)),
        StockWorth(draw(_RUPIAH), draw(_COUNTS), draw(_COUNTS)),
        draw(_RUPIAH),
        0,
    )
