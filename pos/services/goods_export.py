"""The shop's goods out into a file that the import reads back. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pos.domain.product import Product
from pos.services.ports import Till
from pos.services.sheets.goods_table import goods_table
from pos.services.sheets.writing import write_table
from pos.services.views import GoodsFilter

_PAGE = 200


class _Stopped(Exception):
    """The export was asked to stop. Never leaves this room."""


def export_goods(
    till: Till,
    path: Path | str,
    progress: Callable[[int, int], bool] = lambda done, total: True,
    which: GoodsFilter = GoodsFilter.ALL,
    text: str = "",
) -> int | None:
    """Write the goods of a list, all by default, to `path` (`.csv` or `.xlsx`). Returns how many; None when `progress` said stop.

    Raises:
        ShopError: SHEET_KIND_UNKNOWN for another ending, DISK_FULL, FOLDER_READ_ONLY.
    """
    try:
        return write_table(path, goods_table(_goods(till, which, text, progress), till.clock.now()))
    except _Stopped:
        return None


def _goods(till: Till, which: GoodsFilter, text: str, progress: Callable[[int, int], bool]) -> Iterator[tuple[Product, int]]:
    read = till.store.read
    total = read.goods_total(which, text)
    for offset in range(0, total, _PAGE):
        if not progress(offset, total):
            raise _Stopped
        for row in read.goods(which, text, offset, _PAGE):
            product = read.product(row.product_uid)
            if product is not None:
                yield product, row.on_hand
