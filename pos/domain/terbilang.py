"""An amount in words (*terbilang*), as a nota and a kuitansi need it: `21000` -> `dua puluh satu ribu rupiah`. Pure.

Source: shop.md, Money. Eleven, a hundred and a thousand have words of their own (sebelas, seratus, seribu), the last only for exactly one
thousand: 21.000 is dua puluh satu ribu, 1.001.000 is satu juta seribu. A million is satu juta.
"""

from __future__ import annotations

from typing import Final

from pos.domain.money import Rupiah

_DIGITS: Final = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_STEPS: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def terbilang(amount: Rupiah) -> str:
    """Whole rupiah in words, in lower case; what is below nothing begins with `minus`.

    Raises:
        ValueError: a thousand triliun and more, which no shop takes.
    """
    if abs(amount) >= 10**15:
        raise ValueError(f"no words for {amount}")
    words = " ".join(_number(abs(amount))) or "nol"
    return f"minus {words} rupiah" if amount < 0 else f"{words} rupiah"


def _number(number: int) -> list[str]:
    words: list[str] = []
    for size, name in _STEPS:
        count, number = divmod(number, size)
        if count == 1 and name == "ribu":
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), name]
    return words + _below_thousand(number)


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"] if hundreds else []
    if rest == 10:
        return [*words, "sepuluh"]
    if rest == 11:
        return [*words, "sebelas"]
    if 12 <= rest < 20:
        return [*words, _DIGITS[rest - 10], "belas"]
    tens, ones = divmod(rest, 10)
    if tens:
        words += [_DIGITS[tens], "puluh"]
    return [*words, _DIGITS[ones]] if ones else words
