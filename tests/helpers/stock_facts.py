"""Cards and shopping lists of any kind, for papers."""

from __future__ import annotations

from hypothesis import strategies as st

from pos.domain.papers import StockCard, StockCardLine
from pos.domain.shopping import ShoppingList, Wanted
from pos.domain.stock import MovementReason
from tests.helpers.papers import AT, names

_UNITS = st.sampled_from(["pcs", "kg", "dus isi banyak sekali"])
_FACTORS = st.sampled_from([1, 40, 1_000])
_QUANTITIES = st.integers(-(10**9), 10**9)


def stock_cards() -> st.SearchStrategy[StockCard]:
    """Of a product with any movements."""
    reasons = st.sampled_from([*(reason.value for reason in MovementReason), "unheard_of"])
    lines = st.lists(st.builds(StockCardLine, st.integers(0, 4_000_000_000_000), reasons, names(), _QUANTITIES, _QUANTITIES), max_size=10)
    return st.builds(StockCard, st.just("c" * 32), names(), _UNITS, _FACTORS, st.just(AT), _QUANTITIES, lines.map(tuple))


def shopping_lists() -> st.SearchStrategy[ShoppingList]:
    """Of a supplier, or of none."""
    rupiah = st.one_of(st.none(), st.integers(0, 10**9))
    wanted = st.builds(Wanted, st.just("p" * 32), names(), _UNITS, st.integers(1, 10**6), _QUANTITIES, _FACTORS, rupiah)
    return st.builds(ShoppingList, st.just("s" * 32), st.one_of(st.just(""), names()), st.lists(wanted, max_size=5).map(tuple))
