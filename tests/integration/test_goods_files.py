"""A shop's goods out into a file and into another, empty shop: the same goods, through the real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Product
from pos.services.goods_export import export_goods
from pos.services.imports.taking import import_drafts
from pos.services.ports import Till
from pos.services.sheet_import import preview_sheet
from pos.services.views import GoodsFilter
from tests.helpers.shops import KOPI, MI, SHELF, open_market, open_till, sell


def goods_of(till: Till) -> list[tuple[object, ...]]:
    """What the shop sells, without the ids that are each shop's own."""
    read = till.store.read
    uids = [row.product_uid for row in read.goods(GoodsFilter.ALL, "", 0, 100)]
    return sorted((told(product, read.on_hand(uid)) for uid in uids if (product := read.product(uid))), key=str)


def told(product: Product, on_hand: int) -> tuple[object, ...]:
    units = tuple((unit.name, unit.factor, frozenset(unit.prices), tuple(code.code for code in unit.barcodes)) for unit in product.units)
    head = (product.name, product.category, product.brand, product.size, product.base_unit, product.sell_unit, units)
    return (*head, product.cost_total / (product.cost_quantity or 1), product.min_stock, product.listed_online, on_hand)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_shops_list_opens_another_shop_with_the_same_goods(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"barang{ending}"
    with open_market(tmp_path / "lama") as till:
        sell(till, KOPI.units[0].barcodes[0].code)
        assert export_goods(till, path) == len(SHELF)
        before = goods_of(till)
    with open_till(tmp_path / "baru") as till:
        made = preview_sheet(path)
        assert made is not None
        assert made.refused() == []
        assert import_drafts(till, made.takeable()).created == len(SHELF)
        assert goods_of(till) == before


def test_a_part_of_the_list_goes_out_too(tmp_path: Path) -> None:
    with open_market(tmp_path / "toko") as till:
        assert export_goods(till, tmp_path / "mi.csv", text="mi goreng") == 1
        assert MI.name in (tmp_path / "mi.csv").read_text(encoding="utf-8-sig")


def test_a_stopped_or_impossible_export_leaves_no_file(tmp_path: Path) -> None:
    with open_market(tmp_path / "toko") as till:
        assert export_goods(till, tmp_path / "barang.csv", lambda done, total: False) is None
        with pytest.raises(ShopError) as refused:
            export_goods(till, tmp_path / "barang.pdf")
        assert refused.value.code is ErrorCode.SHEET_KIND_UNKNOWN
        with pytest.raises(ShopError) as refused:
            export_goods(till, tmp_path / "tidak-ada" / "barang.xlsx")
        assert refused.value.code is ErrorCode.FOLDER_READ_ONLY
    assert [path.name for path in tmp_path.iterdir()] == ["toko"]
