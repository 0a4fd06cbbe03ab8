"""Reads of what waits for the line, of who this till is, and of how the file does."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from pos.domain.chain import GENESIS
from pos.local_db.copies import newest_copy_at
from pos.local_db.errors import translated
from pos.local_db.query_base import QueryBase
from pos.services.views import LineState, OutboxOperation, OutboxRow, ShopIdentity, StoreHealth, SyncPosition

_OF_STATE: Final = "SELECT id, kind, at, state, code FROM outbox WHERE state = '{state}' ORDER BY epoch {order}, seq {order} LIMIT ?"
_PROBLEMS: Final = " UNION ALL ".join(
    f"SELECT * FROM ({_OF_STATE.format(state=state, order=order)})"
    for state, order in (("quarantined", "DESC"), ("refused", "DESC"), ("quarantined_seen", "DESC"), ("waiting", ""))
)
_WAITING: Final = """
SELECT epoch, seq, id, kind, at, payload, chain_hash FROM outbox WHERE state = 'waiting' ORDER BY epoch, seq LIMIT ?
"""
_LAST: Final = "SELECT seq, chain_hash FROM outbox WHERE epoch = ? ORDER BY seq DESC LIMIT 1"
_DIGEST: Final = """
SELECT coalesce((SELECT products FROM goods_total WHERE kind = 'filter' AND name = 'all'), 0), movements, on_hand,
  (SELECT count(*) FROM online_order WHERE status IN ('placed', 'accepted', 'ready') AND paid = 1) FROM total
"""
"""The same four sums as the central's (docs/protocol.md, Digest): goods that are not deleted, stock movements, the sum of their quantities,
orders that are paid and placed, accepted or ready. All but the last are kept, so that telling them costs the same at any size."""
_LINE: Final = """
SELECT device <> '', (SELECT waiting FROM total),
  coalesce((SELECT at FROM outbox WHERE state = 'waiting' ORDER BY epoch, seq LIMIT 1), 0),
  (SELECT count(*) FROM outbox WHERE state = 'refused'), (SELECT count(*) FROM outbox WHERE state = 'quarantined'),
  last_success_at, digest_ok, clock_offset, cap_amount, cap_used,
  coalesce((SELECT length(value) - length(replace(value, ' ', '')) + 1 FROM setting WHERE key = 'feed_unreadable' AND value <> ''), 0),
  (SELECT count(*) FROM set_aside WHERE rowid > 0),
  (SELECT count(*) FROM edit_outcome WHERE product_uid > '' AND seen = 0)
FROM shop
"""
"""`feed_unreadable` holds uids with blanks between them; the line's engine writes it."""
_SHOP: Final = "SELECT uid, name, address, cashier, device, prefix, epoch, timeline, server_key, central_url FROM shop"


class LineQueries(QueryBase):
    """The line's and the file's part of `services.ports.Queries`."""

    _path: Path
    _copies: Path

    def outbox_problems(self, limit: int = 100) -> list[OutboxRow]:
        """What was not taken first, then what waits, the oldest first."""
        return [OutboxRow(*row) for row in self._rows(f"{_PROBLEMS} LIMIT ?", (limit,) * 5)]

    def waiting_operations(self, limit: int) -> list[OutboxOperation]:
        return [OutboxOperation(*row) for row in self._rows(_WAITING, (limit,))]

    def position(self) -> SyncPosition:
        with self._readers.moment():
            epoch, acked, head, cursor, timeline = self._row("SELECT epoch, acked_seq, acked_hash, cursor, timeline FROM shop")
            last = self._row(_LAST, (epoch,)) or (0, GENESIS)
        return SyncPosition(epoch, last[0], acked, head or GENESIS, last[1], cursor, timeline)

    def digest(self) -> tuple[int, int, int, int]:
        row: tuple[int, int, int, int] = self._row(_DIGEST)
        return row

    def line(self) -> LineState:
        paired, waiting, oldest, refused, quarantined, success, digest_ok, *others = self._row(_LINE)
        return LineState(bool(paired), waiting, oldest, refused, quarantined, success, bool(digest_ok), *others)

    def shop(self) -> ShopIdentity:
        return ShopIdentity(*self._row(_SHOP))

    def setting(self, key: str) -> str | None:
        row = self._row("SELECT value FROM setting WHERE key = ?", (key,))
        return row[0] if row else None

    def health(self) -> StoreHealth:
        with translated():
            size = sum(file.stat().st_size for file in (self._path, self._path.with_name(f"{self._path.name}-wal")) if file.exists())
            free = shutil.disk_usage(self._path.parent).free
        return StoreHealth(
            str(self._path),
            size,
            free,
            self.digest()[0],
            self._row("SELECT sales FROM total")[0],
            self._row("SELECT version_num FROM alembic_version")[0],
            self._row("PRAGMA journal_mode")[0],
            sqlite3.sqlite_version,
            newest_copy_at(self._copies),
        )

    def check(self) -> list[str]:
        from pos.local_db.check import failed_checks

        return failed_checks(self._readers)
