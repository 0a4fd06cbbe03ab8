"""What the counter calls things: quantities, hints, badges, names that do not fit, and which rows of a long basket are seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from pos.domain.basket import Basket, BasketLine
from pos.domain.pricing import PriceChoice
from pos.domain.product import PriceKind
from pos.services.views import GoodsHit
from pos.ui.drawer.words import difference_text
from pos.ui.sale.basket_list import _window
from pos.ui.sale.tiles import two_lines
from pos.ui.sale.words import badge_texts, detail_text, first_names, size_text, stock_text, wholesale_words
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role


def line(
    name: str = "Mi goreng", unit: str = "bungkus", factor: int = 1, quantity: int = 5, price: int = 3_500, step: int | None = None
) -> BasketLine:
    choice = PriceChoice(price, PriceKind.RETAIL, 1, step, price - 100 if step else None)
    return BasketLine(name, "p", f"u {name}", name, unit, factor, quantity, price, 0, choice)


def hit(unit: str, factor: int, size: str, on_hand: int) -> GoodsHit:
    return GoodsHit("p", "u", "Kopi", "Kopi & teh", size, "kopi", unit, factor, 1_000, on_hand)


def test_basket_tile_and_paper_say_a_quantity_in_the_same_words() -> None:
    assert detail_text(line()) == "5 bungkus × Rp3.500"
    assert detail_text(line("Gula", "kg", 1_000, 400, 17_500)) == "0,4 kg × Rp17.500/kg"
    basket = Basket("b", lines=(line(), line("Telur", "kg", 1_000, 1_500, 28_000)))
    assert badge_texts(basket) == {"u Mi goreng": "5×", "u Telur": "1,5 kg"}


def test_the_wholesale_hint_has_a_long_and_a_short_form() -> None:
    assert wholesale_words(line(step=10)) == ("grosir mulai 10", "10+")
    assert wholesale_words(line()) == ("", "")


def test_a_tile_says_what_a_tap_sells() -> None:
    assert size_text(hit("kg", 1_000, "", 0)) == "1 kg"
    assert size_text(hit("renteng", 10, "30 g", 0)) == "renteng"
    assert size_text(hit("sachet", 1, "30 g", 0)) == "30 g"
    assert stock_text(hit("renteng", 10, "", 318)) == "sisa 31 renteng"
    assert stock_text(hit("kg", 1_000, "", 18_500)) == "sisa 18,5 kg"
    assert stock_text(hit("kg", 1_000, "", 0)) == "habis di catatan"
    assert stock_text(hit("kg", 1_000, "", -500)) == "minus 0,5 kg di catatan"
    assert stock_text(hit("renteng", 10, "", -5)) == "minus 0,5 renteng di catatan", "what was sold too much is said to the last sachet"


def test_a_held_basket_is_known_by_its_first_goods() -> None:
    assert first_names([line(name) for name in ("A", "B", "C", "D", "E")]) == "A, B, C, 2 lagi"


@pytest.mark.parametrize(("difference", "said"), [(0, "Pas, tidak ada selisih"), (-2_000, "Kurang Rp2.000"), (500, "Lebih Rp500")])
def test_a_difference_is_said_in_words(difference: int, said: str) -> None:
    assert difference_text(difference) == said


@pytest.mark.parametrize(
    "name", ["Minyak goreng Bimoli Klasik refill 1 liter", "Susu", "Pembalutsangatpanjangsekalinamanyatanpaspasi 30 cm", "Teh Botol Sosro"]
)
def test_a_long_name_stands_in_two_lines_and_keeps_its_end(qtbot: QtBot, name: str) -> None:
    metrics = QFontMetrics(look().font(Role.BACA, 600))
    lines = two_lines(name, "", metrics, 150)
    assert len(lines) <= 2
    assert all(metrics.horizontalAdvance(part) <= 150 for part in lines)
    assert lines[-1].split()[-1] == name.split()[-1]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([53, 56]), min_size=1, max_size=60), st.data())
def test_whole_rows_are_shown_and_the_chosen_one_is_among_them(heights: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(heights) - 1))
    heights = [92 if row == chosen else height for row, height in enumerate(heights)]
    first = data.draw(st.integers(0, len(heights) - 1))
    room = data.draw(st.integers(92, 700))
    top, bottom = _window(heights, chosen, first, room)
    assert 0 <= top <= chosen <= bottom < len(heights)
    assert sum(heights[top : bottom + 1]) <= room
    assert bottom == len(heights) - 1 or sum(heights[top : bottom + 2]) > room, "no row is hidden that would fit below"
    assert bottom < len(heights) - 1 or top == 0 or sum(heights[top - 1 :]) > room, "at the end, none that would fit above"
