"""The popularity order: what sells most comes first in tiles and searches. Owns `product.rank`, which is also the row id of the search.

A rank holds how often the product was sold of late and, below that, its id. So a product changes place by changing its own row, and
however many goods there are, only those that were sold move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos.local_db.engine import Readers
from pos.local_db.work_base import WorkBase

LATEST_SALES: Final = 10_000
"""Sales that count: some two months of a shop. What sold well long ago does not stand in front for ever."""
_MOST_SOLD: Final = 2047
_ID_BITS: Final = 24

_COUNTED: Final = """
SELECT p.id, n.sold FROM (
  SELECT coalesce(a.kept_uid, l.product_uid) AS product_uid, min(count(*), ?) AS sold
  FROM sale_line l LEFT JOIN product_alias a ON a.product_uid = l.product_uid
  WHERE l.sale_id > (SELECT coalesce(max(id), 0) FROM sale) - ? GROUP BY 1
) n JOIN product p ON p.uid = n.product_uid WHERE p.deleted = 0
"""


def rank_of(sold: int, product_id: int) -> int:
    """Smaller stands further in front; of equals the one that came first."""
    return (_MOST_SOLD - min(sold, _MOST_SOLD) << _ID_BITS) + product_id


def rank_of_deleted(product_id: int) -> int:
    """Out of every list: those read from rank 0 on."""
    return -product_id


def ranks_due(readers: Readers) -> list[tuple[int, int]]:
    """(product id, how often sold) of the products whose place is no longer right."""
    with readers.moment():
        counted = dict(readers.rows(_COUNTED, (_MOST_SOLD, LATEST_SALES)))
        kept = dict(readers.rows("SELECT id, sold FROM product WHERE sold > 0"))
    return [(key, counted.get(key, 0)) for key in counted.keys() | kept.keys() if counted.get(key, 0) != kept.get(key, 0)]


class Ranks(WorkBase):
    """The ranks' part of a unit of work."""

    def set_sold(self, changes: Sequence[tuple[int, int]]) -> int:
        """Give products (id, how often sold) their places. Returns how many there were."""
        for product_id, sold in changes:
            row = self._one("SELECT rank, deleted FROM product WHERE id = ?", (product_id,))
            if row is None:
                continue
            rank = rank_of_deleted(product_id) if row[1] else rank_of(sold, product_id)
            self._run("UPDATE product SET sold = ?, rank = ? WHERE id = ?", (sold, rank, product_id))
            if rank != row[0]:
                self._run("INSERT INTO product_search (rowid, words) SELECT ?, words FROM product_search WHERE rowid = ?", (rank, row[0]))
                self._run("DELETE FROM product_search WHERE rowid = ?", (row[0],))
        return len(changes)
