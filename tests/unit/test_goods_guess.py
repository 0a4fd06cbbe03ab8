"""What a name tells of a product: its drawing, its law, its colour."""

from __future__ import annotations

import pytest

from pos.domain.category import CATEGORY_COLOURS, DRAWING_COLOURS, TileColour, category_colour, tile_colour
from pos.domain.goods_guess import guess_drawing, guess_regulation
from pos.domain.product import Regulation
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from tests.helpers.ids import CountingIds


@pytest.mark.parametrize(
    "name",
    [
        "SAMPOERNA MILD 16",
        "malboro merah",
        "Marlboro Filter Black",
        "surya 12",
        "SURYA PRO16",
        "GG filter",
        "clas mild",
        "LA Bold 20",
        "dji sam soe 12",
        "76 kretek",
        "Esse Change",
        "Rokok lintingan",
        "Wismilak",
        "u mild",
    ],
)
def test_tobacco_is_known_by_its_name_alone(name: str) -> None:
    assert guess_regulation(name) is Regulation.TOBACCO
    assert guess_drawing(name) == "rokok"


@pytest.mark.parametrize(
    "name",
    [
        "Sabun Surya",
        "Cussons Baby Mild & Gentle",
        "es krim Magnum",
        "Lifebuoy Mild Care",
        "Garam halus",
        "Korek gas Djarum",
        "Sampo Emeron",
        "Bendera SKM",
        "Camel baby",
    ],
)
def test_what_only_sounds_like_tobacco_is_none(name: str) -> None:
    assert guess_regulation(name) is Regulation.NONE


def test_an_unknown_brand_under_rokok_is_tobacco_but_a_lighter_is_not() -> None:
    assert guess_regulation("Bintang Buana 12", "Rokok") is Regulation.TOBACCO
    assert guess_regulation("Korek api", "Rokok & korek") is Regulation.NONE
    assert guess_regulation("macis gas 2000", "Rokok") is Regulation.NONE


@pytest.mark.parametrize(
    ("name", "regulation"),
    [
        ("Gas LPG 3 kg", Regulation.LPG_3KG),
        ("elpiji 3kg isi ulang", Regulation.LPG_3KG),
        ("gas melon", Regulation.LPG_3KG),
        ("LPG 12 kg", Regulation.NONE),
        ("Bright Gas 5,5 kg", Regulation.NONE),
        ("melon 3 kg", Regulation.NONE),
        ("tepung 3 kg", Regulation.NONE),
    ],
)
def test_the_green_cylinder_is_known(name: str, regulation: Regulation) -> None:
    assert guess_regulation(name) is regulation


@pytest.mark.parametrize(
    ("name", "category", "drawing"),
    [
        ("indomie goreng", "", "mi"),
        ("mi sedap kari", "Makanan dan Minuman", "mi"),
        ("kopi susu abc", "", "kopi"),
        ("minyak kayu putih 60ml", "", "obat"),
        ("minyak goreng 1 liter", "", "minyak"),
        ("kacang telur garuda", "", "camilan"),
        ("telur ayam", "", "telur"),
        ("susu coklat kotak", "", "susu"),
        ("coklat batang", "", "biskuit"),
        ("BENG-BENG", "", "biskuit"),
        ("pulsa 25.000", "", "pulsa"),
        ("Galon isi ulang", "", "galon"),
        ("lavenda 200", "Sabun", "sabun"),
        ("sirup", "Makanan dan Minuman", ""),
        ("Bawang goreng Bu Tin", "", "bumbu"),
        ("Tenteng", "", ""),
        ("", "", ""),
    ],
)
def test_a_name_finds_its_drawing(name: str, category: str, drawing: str) -> None:
    assert guess_drawing(name, category) == drawing


def test_every_drawing_that_can_be_guessed_has_a_ground() -> None:
    guessed = {guess_drawing(product.name, product.category) for product, _ in load_demo_goods(demo_catalogue(), CountingIds())}
    assert guessed - {""} <= set(DRAWING_COLOURS)
    assert len(guessed) > 20


def test_the_laws_of_the_catalogue_are_guessed_from_its_names() -> None:
    for product, _ in load_demo_goods(demo_catalogue(), CountingIds()):
        assert guess_regulation(product.name) is product.regulation, product.name


@pytest.mark.parametrize(
    ("category", "colour"),
    [
        ("Mi instan", TileColour.KUNING),
        ("MI INSTAN ", TileColour.KUNING),
        ("Makanan dan Minuman", TileColour.MERAH),
        ("Permen & Cokelat", TileColour.MERAH),
        ("Kosmetik & Perawatan", TileColour.TOSKA),
        ("susu", TileColour.BIRU),
        ("Cemilan", TileColour.MERAH),
        ("Gas elpiji", TileColour.HIJAU),
        ("Tembakau", TileColour.ABU),
        ("Suku cadang", TileColour.ABU),
        ("", TileColour.ABU),
    ],
)
def test_a_category_of_any_name_has_a_colour(category: str, colour: TileColour) -> None:
    assert category_colour(category) is colour


def test_a_tile_takes_the_ground_of_its_drawing_before_that_of_its_category() -> None:
    assert tile_colour("Sembako", "telur") is TileColour.JINGGA
    assert tile_colour("Sembako", "gula") is TileColour.MERAH
    assert tile_colour("Sembako") is CATEGORY_COLOURS["Sembako"]
    assert tile_colour("Sembako", "belum-digambar") is CATEGORY_COLOURS["Sembako"]
