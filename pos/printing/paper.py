"""Facts as frozen bytes for the shop's printer: `services.ports.Paper`. Pure: no printer is touched, the same facts give the same bytes."""

from __future__ import annotations

from pos import __version__
from pos.domain.order import Order
from pos.domain.sale import Sale
from pos.printing.answers import ask
from pos.printing.documents import Document
from pos.printing.encoder import encode, kick
from pos.printing.layout import Layout
from pos.printing.pickup_slip import pickup_slip
from pos.printing.profiles import Profile
from pos.printing.self_test import self_test
from pos.printing.struk import struk
from pos.printing.words import words_for
from pos.services.views import ShopIdentity


class PrinterPaper:
    """Paper of one printer in one language.

    Attributes:
        printer: address that jobs go to; empty when none is set (then nothing is queued).
        footer: the shop's own words at the end of a struk.
    """

    def __init__(self, profile: Profile, language: str, footer: str, printer: str) -> None:
        self._profile = profile
        self._words = words_for(language)
        self._layout = Layout(profile.columns, profile.dots, profile.codepage)
        self.footer = footer
        self._printer = printer

    @property
    def printer(self) -> str:
        return self._printer

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The struk; `copy` n is the n-th SALINAN."""
        return self._frozen(struk(sale, shop, self._words, self.footer, copy), sale.uid)

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes:
        """The pickup receipt with its QR."""
        return self._frozen(pickup_slip(order, shop, self._words, copy), order.uid)

    def test_page(self, shop: ShopIdentity, at: int) -> bytes:
        """The printer's self-test; `at` UTC ms."""
        return self._frozen(self_test(shop, self._profile, self._printer, __version__, at, self._words), f"{at % 10_000:04d}")

    def drawer_kick(self) -> bytes:
        """The drawer's pulse; empty when the printer has no drawer."""
        return kick(self._profile)

    def _frozen(self, document: Document, job: str) -> bytes:
        data = encode(self._layout.lines(document), self._profile)
        return data + ask(job) if self._profile.answers else data
