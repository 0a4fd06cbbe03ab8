"""Goods that come in, in tests: a delivery that is scanned and posted, and what is on the shelf afterwards."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.barcode import judge, match_key
from pos.domain.product import Barcode, Price, PriceKind, Product, SellableUnit, Unit
from pos.domain.receiving import ALL, PaidFrom, Receipt, ReceiptHead
from pos.services import receipts, receiving
from pos.services.ports import Till
from tests.helpers.shops import MI

DUS_CODE = "8998866200301"
DUS = Unit("d" * 32, "dus", 40, (Price(PriceKind.RETAIL, 130_000),), (Barcode(DUS_CODE, match_key(DUS_CODE), judge(DUS_CODE)),))
MI_AND_DUS: Product = replace(MI, units=(*MI.units, DUS), cost_total=2_800, cost_quantity=1, min_stock=40)
"""Mi goreng by the piece and by the dus of 40."""


def unit_of(till: Till, code: str) -> SellableUnit:
    """What a code is on the shelf."""
    unit = till.store.read.find_unit(code)
    assert unit is not None, code
    return unit


def deliver(till: Till, *goods: tuple[str, int, int], head: ReceiptHead | None = None) -> Receipt:
    """(code, how many, rupiah in all) come in and are posted; without a head bought outside of the drawer."""
    draft = receiving.open_draft(till)
    for code, count, amount in goods:
        line = receiving.add_unit(till, draft.uid, unit_of(till, code), count)
        receiving.set_line(till, draft.uid, line.position, amount=amount)
    receiving.set_head(till, draft.uid, head or ReceiptHead(paid=ALL, paid_from=PaidFrom.OUTSIDE))
    kept = till.store.read.receipt_draft(draft.uid)
    assert kept is not None
    return receipts.post(till, draft.uid, kept.total)


def worth(till: Till, product_uid: str) -> tuple[int, int]:
    """What is on the shelf, and the rupiah that it cost."""
    with till.store.begin() as work:
        value = work.stock_values([product_uid])[product_uid]
    return value.quantity, value.cost
