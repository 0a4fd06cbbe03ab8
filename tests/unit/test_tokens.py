"""Whether everything on the screen can be read: the contrast of every pair of colours, by the formula of WCAG 2."""

from __future__ import annotations

import re

import pytest

from pos.domain.category import TileColour
from pos.domain.money import NOTES as NOTES_OF_THE_SHOP
from pos.ui.theme.tokens import DARK, GIANT_LEAST, LIGHT, NOTES, PAIRS, THEMES, TILE_COLOURS, TYPES, Pair, Role, Token, contrast

MONEY = 7.0
READ = 4.5
WHITE = "#FFFFFF"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.text}-on-{pair.ground}")
def test_what_stands_on_a_ground_can_be_read_on_it(theme: str, pair: Pair) -> None:
    colours = THEMES[theme]
    assert contrast(colours[pair.text], colours[pair.ground]) >= pair.least


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (Token.TINTA, Token.KERTAS),
        (Token.TINTA2, Token.KERTAS),
        (Token.TINTA, Token.TEKAN),
        (Token.TINTA, Token.CEKUNG),
        (Token.TINTA, Token.DAUN_MUDA),
        (Token.DI_TUA, Token.DAUN_TUA),
        (Token.DI_TUA2, Token.DAUN_TUA),
        (Token.DI_TUA, Token.TUA_BTN),
        (Token.DI_KUNYIT, Token.KUNYIT),
        (Token.DAUN_TEKS, Token.KERTAS),
    ],
)
def test_money_is_held_to_seven_to_one(text: Token, ground: Token) -> None:
    assert any(pair.text is text and pair.ground is ground and pair.least >= MONEY for pair in PAIRS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", TileColour)
def test_the_size_and_the_monogram_can_be_read_on_every_tile(theme: str, colour: TileColour) -> None:
    ink = TILE_COLOURS[theme][colour]
    assert contrast(ink.text, ink.ground) >= READ


@pytest.mark.parametrize("amount", NOTES)
def test_a_white_figure_can_be_read_on_every_banknote(amount: int) -> None:
    assert contrast(WHITE, NOTES[amount].fill) >= MONEY


def test_every_banknote_of_the_shop_has_its_colours() -> None:
    assert set(NOTES) == set(NOTES_OF_THE_SHOP)


def test_no_two_banknotes_look_the_same() -> None:
    assert len({note.fill for note in NOTES.values()}) == len(NOTES)


def test_turmeric_is_never_text_on_paper_in_light() -> None:
    assert contrast(LIGHT[Token.KUNYIT], LIGHT[Token.KERTAS]) < 3
    assert not any(pair.text is Token.KUNYIT and pair.ground in (Token.KERTAS, Token.ALAS) for pair in PAIRS)


def test_both_themes_say_every_colour() -> None:
    for theme in (LIGHT, DARK):
        assert set(theme) == set(Token)
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in theme.values())
    assert all(set(tiles) == set(TileColour) for tiles in TILE_COLOURS.values())


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_what_is_read_is_fourteen_points_and_giant_money_is_giant() -> None:
    assert set(TYPES) == set(Role)
    assert all(kind.px >= 19 for role, kind in TYPES.items() if role is not Role.TANDA)
    assert TYPES[Role.TANDA].px >= 16
    assert min(TYPES[Role.UANG_BESAR].px, TYPES[Role.UANG_KEMBALI].px) > GIANT_LEAST >= 64
