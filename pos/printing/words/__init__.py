"""The words of paper, apart from the words of the screen: a shop may sell in Indonesian and be looked after in English.

Owns sentences of documents only, a module a family of papers, loaded when the first of the family is asked for. Holds no layout and no
amounts. Fields with `{}` take one value.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from pos.printing.words import receipts
from pos.printing.words.receipts import PickupWords, StrukWords, TestWords

if TYPE_CHECKING:
    from pos.printing.words.accounts import AccountWords
    from pos.printing.words.books import BookWords
    from pos.printing.words.credit import CreditWords
    from pos.printing.words.goods import GoodsWords
    from pos.printing.words.help_card import HelpWords
    from pos.printing.words.recaps import RecapWords
    from pos.printing.words.reports import ReportWords
    from pos.printing.words.unsent import UnsentWords

FAMILIES: Final = ("struk", "pickup", "test", "accounts", "credit", "report", "goods", "books", "help", "recap", "unsent")
"""Names of the families, which are attributes of `Words`."""


class Words:
    """One language of paper.

    Attributes:
        english: else Indonesian.
    """

    def __init__(self, english: bool) -> None:
        self.english = english

    @cached_property
    def struk(self) -> StrukWords:
        return receipts.ENGLISH if self.english else receipts.INDONESIAN

    @cached_property
    def pickup(self) -> PickupWords:
        return receipts.ENGLISH_PICKUP if self.english else receipts.INDONESIAN_PICKUP

    @cached_property
    def test(self) -> TestWords:
        return receipts.ENGLISH_TEST if self.english else receipts.INDONESIAN_TEST

    @cached_property
    def accounts(self) -> AccountWords:
        from pos.printing.words import accounts

        return accounts.ENGLISH if self.english else accounts.INDONESIAN

    @cached_property
    def credit(self) -> CreditWords:
        from pos.printing.words import credit

        return credit.ENGLISH if self.english else credit.INDONESIAN

    @cached_property
    def report(self) -> ReportWords:
        from pos.printing.words import reports

        return reports.ENGLISH if self.english else reports.INDONESIAN

    @cached_property
    def goods(self) -> GoodsWords:
        from pos.printing.words import goods

        return goods.ENGLISH if self.english else goods.INDONESIAN

    @cached_property
    def books(self) -> BookWords:
        from pos.printing.words import books

        return books.ENGLISH if self.english else books.INDONESIAN

    @cached_property
    def help(self) -> HelpWords:
        from pos.printing.words import help_card

        return help_card.ENGLISH if self.english else help_card.INDONESIAN

    @cached_property
    def recap(self) -> RecapWords:
        from pos.printing.words import recaps

        return recaps.ENGLISH if self.english else recaps.INDONESIAN

    @cached_property
    def unsent(self) -> UnsentWords:
        from pos.printing.words import unsent

        return unsent.ENGLISH if self.english else unsent.INDONESIAN


INDONESIAN: Final = Words(english=False)
ENGLISH: Final = Words(english=True)


def words_for(language: str) -> Words:
    """The words of `id` or `en`; anything else speaks Indonesian, as the shop does."""
    return ENGLISH if language == "en" else INDONESIAN
