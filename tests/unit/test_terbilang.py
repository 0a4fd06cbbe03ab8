"""An amount in words is the amount: read back by a reader that shares nothing with the writer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.terbilang import terbilang

NUMBERS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_aloud(words: str) -> int:
    """What someone understands who hears the words: a number is heard until a size closes it."""
    said, unit = words.rsplit(" ", 1)
    assert unit == "rupiah"
    sign = -1 if said.startswith("minus ") else 1
    whole = group = ones = 0
    for word in said.removeprefix("minus ").split():
        match word:
            case "belas":
                group, ones = group + 10 + ones, 0
            case "puluh":
                group, ones = group + 10 * ones, 0
            case "ratus":
                group, ones = group + 100 * ones, 0
            case "seratus":
                group += 100
            case "seribu":
                assert group == ones == 0, "seribu is one thousand and nothing before it"
                whole += 1_000
            case _ if word in SIZES:
                whole, group, ones = whole + (group + ones) * SIZES[word], 0, 0
            case _:
                assert ones == 0, "two figures one after the other"
                ones = NUMBERS[word]
    return sign * (whole + group + ones)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (12_500, "dua belas ribu lima ratus"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (999_999_999_999, "sembilan ratus sembilan puluh sembilan miliar sembilan ratus sembilan puluh sembilan juta "
         "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"),
        (1_000_000_000_000, "satu triliun"),
        (-12_500, "minus dua belas ribu lima ratus"),
    ],
)  # fmt: skip
def test_an_amount_is_said_as_a_shopkeeper_says_it(amount: int, words: str) -> None:
    assert terbilang(amount) == f"{words} rupiah"


def test_every_amount_up_to_a_hundred_thousand_is_heard_as_it_was_meant() -> None:
    assert all(read_aloud(terbilang(amount)) == amount for amount in range(100_001))


@settings(derandomize=True, deadline=None, max_examples=1_500)
@given(
    st.one_of(
        st.integers(0, 999_999_999_999),
        st.builds(lambda groups: sum(1_000**place * group for place, group in enumerate(groups)),
                  st.lists(st.sampled_from([0, 1, 10, 11, 12, 20, 100, 101, 110, 111, 119, 999]), min_size=1, max_size=4)),
    )
)  # fmt: skip
def test_any_amount_is_heard_as_it_was_meant(amount: int) -> None:
    words = terbilang(amount)
    assert read_aloud(words) == amount
    assert words == " ".join(words.split()), "one blank between words, none at the ends"
    assert "satu ribu " not in f" {words} ".replace("puluh satu ribu ", "").replace("ratus satu ribu ", "")


def test_what_no_shop_takes_has_no_words() -> None:
    with pytest.raises(ValueError, match="no words"):
        terbilang(10**15)
