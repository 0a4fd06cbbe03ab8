"""The search field: beginnings of words and codes, the best sellers first, and slips of the fingers forgiven."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.local_db.words import words_of
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from tests.helpers.shops import goods, open_market, open_till, sell

SHELF = (
    goods("Indomie goreng", 3_500, "089686010947", brand="Indofood", size="85 g"),
    goods("Indomie kuah soto", 3_500, "8998866200325", brand="Indofood", size="75 g"),
    goods("Kopi susu sachet", 1_500, "8991002105485", brand="Kapal Api"),
    goods("Susu kental manis", 12_000, "8999999036607", brand="Frisian Flag", size="370 g"),
    goods("Minyak goreng", 18_000, "KRP-001", size="1 liter"),
    goods("Crème brûlée", 9_000),
    goods("Deterjen bubuk", 5_000, brand="Rinso"),
)


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    with open_market(tmp_path_factory.mktemp("toko"), [(item, 10) for item in SHELF]) as open_shop:
        yield open_shop


def found(till: Till, text: str) -> list[str]:
    return [hit.name for hit in till.store.read.search(text)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("i", ["Indomie goreng", "Indomie kuah soto"]),
        ("in", ["Indomie goreng", "Indomie kuah soto"]),
        ("indomie", ["Indomie goreng", "Indomie kuah soto"]),
        ("INDOMIE SOTO", ["Indomie kuah soto"]),
        ("sot ind", ["Indomie kuah soto"]),
        ("goreng", ["Indomie goreng", "Minyak goreng"]),
        ("susu", ["Kopi susu sachet", "Susu kental manis"]),
        ("kapal", ["Kopi susu sachet"]),
        ("370", ["Susu kental manis"]),
        ("89", ["Indomie kuah soto", "Kopi susu sachet", "Susu kental manis"]),
        ("8998866200325", ["Indomie kuah soto"]),
        ("krp 001", ["Minyak goreng"]),
        ("krp-0", ["Minyak goreng"]),
        ("creme", ["Crème brûlée"]),
        ("BRÛ", ["Crème brûlée"]),
        ("1 liter minyak", ["Minyak goreng"]),
        ("", []),
        ("   ", []),
        ("?!", []),
        ("goreng kopi", []),
        ("x", []),
    ],
)
def test_a_few_letters_find_goods_by_name_brand_size_and_code(till: Till, typed: str, names: list[str]) -> None:
    assert found(till, typed) == names


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("indomei", "Indomie goreng"),
        ("indmie", "Indomie goreng"),
        ("indoomie soto", "Indomie kuah soto"),
        ("indo mie goreng", "Indomie goreng"),
        ("kental mannis", "Susu kental manis"),
        ("deterjne", "Deterjen bubuk"),
        ("detergen", "Deterjen bubuk"),
        ("rinzo", "Deterjen bubuk"),
        ("miniak", "Minyak goreng"),
        ("kopi sasu", "Kopi susu sachet"),
        ("indnm", "Indomie goreng"),
        ("minyakgoreng", "Minyak goreng"),
        ("kopisusu", "Kopi susu sachet"),
        ("susu kentl maniz", "Susu kental manis"),
        ("kupi susi", "Kopi susu sachet"),
    ],
)
def test_a_slip_of_the_fingers_still_finds_it(till: Till, typed: str, first: str) -> None:
    assert found(till, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["zzzzzzz", "qqq", "xy", "123456", "indomei zzzzzzz"])
def test_what_is_like_nothing_finds_nothing(till: Till, typed: str) -> None:
    assert found(till, typed) == []


@pytest.mark.parametrize("typed", ["89686010947", "0089686010947", "00089686010947"])
def test_a_code_typed_with_other_zeros_is_the_same_code(till: Till, typed: str) -> None:
    assert found(till, typed) == ["Indomie goreng"]


@pytest.mark.parametrize(
    "typed", ['"', "'", '" OR "', "NEAR(", "words:", "*", "^indo", "-kopi", "a" * 500, "kopi " * 50, "\x00", "%", "ind*mie"]
)
def test_signs_that_mean_something_to_a_database_mean_nothing_here(till: Till, typed: str) -> None:
    read = till.store.read
    names = {row.name for row in read.goods(GoodsFilter.ALL, typed, 0, 1_000)}
    assert {hit.name for hit in read.search(typed)} <= names
    assert len(names) == read.goods_total(GoodsFilter.ALL, typed)
    assert read.sales(typed, 0, 10) == []


def test_the_goods_list_forgives_the_same_slips_and_counts_what_it_shows(till: Till) -> None:
    read = till.store.read
    assert [row.name for row in read.goods(GoodsFilter.ALL, "indomei", 0, 10)] == ["Indomie goreng", "Indomie kuah soto"]
    assert read.goods_total(GoodsFilter.ALL, "indomei") == 2
    assert read.goods_total(GoodsFilter.ALL, "g") == 4


def test_a_result_says_what_a_tap_would_sell(till: Till) -> None:
    hit = till.store.read.search("kental")[0]
    assert (hit.unit_uid, hit.unit_name, hit.factor, hit.price, hit.on_hand, hit.size) == (
        SHELF[3].units[0].uid,
        "pcs",
        1,
        12_000,
        10,
        "370 g",
    )


def test_no_more_are_given_than_asked_for_and_none_twice(tmp_path: Path) -> None:
    many = [goods(f"Kopi kopi kopi {number}", 1_000, f"kopi{number}", brand="Kopi") for number in range(60)]
    with open_market(tmp_path, [(item, 1) for item in many]) as till:
        hits = till.store.read.search("kopi", 24)
        assert len(hits) == len({hit.product_uid for hit in hits}) == 24
        assert [hit.name for hit in hits] == [item.name for item in many[:24]]
        # the best seller is first among those with the same word
        sell(till, "kopi42")
        till.store.tidy()  # type: ignore[attr-defined]
        assert till.store.read.search("kopi", 2)[0].name == many[42].name


def test_a_word_that_is_new_can_be_mistyped_at_once(tmp_path: Path) -> None:
    with open_market(tmp_path, [(SHELF[0], 1)]) as till:
        assert found(till, "telurr") == []
        with till.store.begin() as work:
            work.put_products([goods("Telur ayam")])
            work.commit()
        assert found(till, "telurr") == ["Telur ayam"]
        with till.store.begin() as work:
            work.put_products([replace(goods("Telur ayam"), name="Endog")])
            work.commit()
        assert found(till, "telurr") == []
        assert found(till, "endogg") == ["Endog"]


def test_the_likeness_library_is_loaded_only_for_a_mistyped_word(tmp_path: Path) -> None:
    import subprocess

    program = (
        "import sys; from pathlib import Path; from tests.helpers.shops import open_market\n"
        f"with open_market(Path({str(tmp_path)!r})) as till:\n"
        "  till.store.read.search('mi gor'); print('rapidfuzz' in sys.modules)\n"
        "  till.store.read.search('gorenk'); print('rapidfuzz' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


WORDS = st.sampled_from(["kopi", "susu", "kental", "mi", "mie", "minyak", "goreng", "g", "20", "2000", "kecap", "k", "é", "es", "esé"])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    names=st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12),
    typed=st.lists(WORDS, min_size=1, max_size=3),
)
def test_the_search_finds_what_looking_through_all_goods_finds(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], typed: list[str]
) -> None:
    with open_till(tmp_path_factory.mktemp("toko")) as till:
        with till.store.begin() as work:
            work.put_products([goods(name, uid=f"{number:032x}") for number, name in enumerate(names)])
            work.commit()
        asked = [word for text in typed for word in words_of(text)]
        expected = [name for name in names if all(any(kept.startswith(word) for kept in words_of(name)) for word in asked)]
        shown = found(till, " ".join(typed))
        # nothing by its beginning: then by likeness, which is another story
        assert shown == expected or not expected
