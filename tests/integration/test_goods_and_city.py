"""Goods edited on two tills of one shop beside a real central: field by field, a ladder whole, and twins made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.product import Price, PriceKind, Product, Unit
from pos.services.goods import put_catalogue
from pos.services.goods_editing import edit_product
from pos.services.twins import merge
from tests.helpers.central import CentralProcess
from tests.helpers.paired_tills import PairedTill
from tests.helpers.shops import MI, SHELF, goods

TWIN = goods("Mi gorng", 3_600, "8998866200325", uid="7" * 32, category="Mi instan", unit="bungkus")


@pytest.fixture
def tills(tmp_path: Path) -> Iterator[tuple[PairedTill, PairedTill]]:
    """Two tills of one shop, both with the same goods."""
    central = CentralProcess(f"sqlite:///{tmp_path / 'central.db'}")
    shop = central.command("shop", "Toko Sinar Jaya")
    pair = (PairedTill(tmp_path / "front"), PairedTill(tmp_path / "back"))
    for till in pair:
        till.pair(central.url, central.command("code", shop))
    put_catalogue(pair[0].till, [*SHELF, (TWIN, 40)])
    for till in pair:
        till.settle()
    yield pair
    for till in pair:
        till.close()
    central.close()


def known(paired: PairedTill, uid: str = MI.uid) -> Product:
    product = paired.till.store.read.product(uid)
    assert product is not None
    return product


def test_two_people_two_tills_and_the_same_goods_everywhere(tills: tuple[PairedTill, PairedTill]) -> None:
    front, back = tills
    seen = known(front)
    dearer = replace(seen.units[0], prices=(replace(seen.units[0].prices[0], amount=3_700), *seen.units[0].prices[1:]))
    edit_product(front.till, seen, replace(seen, units=(dearer,)))
    edit_product(back.till, known(back), replace(known(back), category="Sembako", min_stock=20))
    for paired in (front, back, front):
        paired.settle()
    for paired in tills:
        product = known(paired)
        assert (product.category, product.min_stock, product.units[0].prices[0].amount) == ("Sembako", 20, 3_700)
    assert back.till.store.read.price_history(MI.uid)[0].actor == "e-Peken"

    # a dus on one till, a name on the other
    seen = known(front)
    dus = Unit("d0" * 16, "dus", 40, (Price(PriceKind.RETAIL, 124_000),))
    edit_product(front.till, seen, replace(seen, units=(*seen.units, dus)))
    edit_product(back.till, known(back), replace(known(back), name="Mi goreng jumbo"))
    for paired in (front, back, front):
        paired.settle()
    for paired in tills:
        assert (known(paired).name, [unit.name for unit in known(paired).units]) == ("Mi goreng jumbo", ["bungkus", "dus"])

    # twins made one here are one there
    merge(front.till, MI.uid, TWIN.uid)
    for paired in (front, back):
        paired.settle()
    for paired in tills:
        unit = paired.till.store.read.find_unit("8998866200325")
        assert unit is not None
        assert unit.product_uid == MI.uid
        assert known(paired, TWIN.uid).deleted
        assert (paired.till.store.read.on_hand(MI.uid), paired.till.store.read.on_hand(TWIN.uid)) == (240, 0)
        assert paired.till.store.read.check() == []
