"""What is done when nobody waits: the history's search is filled in, paper and payloads that have served are emptied, buyers and what long
past imports changed forgotten.

No fact is touched. Each call is a small transaction of its own. Rows that lose their bytes are taken out together and put back:
shortened where they lie, they would keep their pages.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from pos.domain.printing import PrintState
from pos.local_db.words import kept_words
from pos.local_db.work_base import WorkBase

DAY_MS: Final = 86_400_000
PAPER_DAYS: Final = 7
"""Bytes of a printed job are kept so long; a reprint is made of the sale anew."""
PAYLOAD_DAYS: Final = 35
"""So long the server may go back behind what it acknowledged (sync.md, Handshake)."""
BUYER_DAYS: Final = 30
"""What the till may know of a buyer (UU PDP 27/2022; shop.md, People)."""
IMPORT_DAYS: Final = 90
IMPORTS_KEPT: Final = 20
"""So long, and of so many lists, it is kept what stood there before, to take a list back; that it was taken in stands in the audit log."""
FIRST_EPOCH: Final = -(1 << 62)
"""Below every epoch in the outbox; those of an earlier pairing are moved below 0."""
_PORTION: Final = 500

_SALE_WORDS: Final = """
SELECT s.id, s.number, s.total, group_concat(l.name, ' ') FROM sale s JOIN sale_line l ON l.sale_id = s.id
WHERE s.id > ? AND s.id <= ? GROUP BY s.id
"""
_JOB: Final = (
    "id, kind, document, copy, printer, {data}, sha256, state, created_at, attempts, sent_at, evidence, expires_at, max_attempts,"
    " target, state_at"
)
_OPERATION: Final = "epoch, seq, id, kind, at, {data}, payload_hash, chain_hash, state, code, acked_at"
_NO_BYTES: Final = "x''"
_OLD_PAPER: Final = f"""
SELECT {_JOB.format(data=_NO_BYTES)} FROM print_job WHERE id > (SELECT paper_emptied FROM total) ORDER BY id LIMIT ?
"""
_OLD_PAYLOADS: Final = f"""
SELECT {_OPERATION.format(data=_NO_BYTES)} FROM outbox WHERE (epoch, seq) > (SELECT payload_epoch, payload_seq FROM total)
ORDER BY epoch, seq LIMIT ?
"""
_PUT_JOB: Final = f"INSERT INTO print_job ({_JOB.format(data='data')}) VALUES ({', '.join('?' * 16)})"
_PUT_OPERATION: Final = f"INSERT INTO outbox ({_OPERATION.format(data='payload')}) VALUES ({', '.join('?' * 11)})"
_FORGET_BUYERS: Final = """
UPDATE online_order SET buyer = '', buyer_phone4 = '', note = ''
WHERE final = 1 AND placed_at < ? AND (buyer <> '' OR buyer_phone4 <> '' OR note <> '')
"""
_PAST_IMPORT: Final = """
SELECT uid FROM goods_import WHERE state IN ('taken', 'undone')
  AND (at < ? OR id <= (SELECT id FROM goods_import ORDER BY id DESC LIMIT 1 OFFSET ?)) ORDER BY id LIMIT 1
"""


def sale_words(number: str, total: int, names: str) -> str:
    """What the history finds a sale by: its number, its total, the goods as they were called then."""
    return kept_words((number, str(total), names))


class Upkeep(WorkBase):
    """The upkeep's part of a unit of work."""

    def index_sales(self, most: int = _PORTION) -> int:
        """Put further sales into the history's search, the oldest first. Returns how many."""
        start = self._counters.sales_indexed
        rows = self._all(_SALE_WORDS, (start, start + most))
        if not rows:
            return 0
        self._run_many("INSERT INTO sale_search (rowid, words) VALUES (?, ?)", [(row[0], sale_words(*row[1:])) for row in rows])
        self._counters.sales_indexed = rows[-1][0]
        self._run("UPDATE total SET sales_indexed = ?", (rows[-1][0],))
        return len(rows)

    def empty_what_served(self, now: int) -> int:
        """Drop bytes of old paper and of payloads that the server has, and what is known of past buyers. Returns how many rows."""
        done = self._empty_paper(now - PAPER_DAYS * DAY_MS) + self._empty_payloads(now - PAYLOAD_DAYS * DAY_MS)
        done += self._forget_past_import(now - IMPORT_DAYS * DAY_MS)
        return done + self._run(_FORGET_BUYERS, (now - BUYER_DAYS * DAY_MS,)).rowcount

    def _empty_paper(self, before: int) -> int:
        old = list(takewhile(lambda row: row[8] < before, self._all(_OLD_PAPER, (_PORTION,))))
        if old:
            served = [row for row in old if PrintState(row[7]).is_final]
            self._run_many("DELETE FROM print_job WHERE id = ?", [(row[0],) for row in served])
            self._run_many(_PUT_JOB, served)
            self._run("UPDATE total SET paper_emptied = ?", (old[-1][0],))
        return len(old)

    def _empty_payloads(self, before: int) -> int:
        old = list(takewhile(lambda row: row[8] != "waiting" and row[10] < before, self._all(_OLD_PAYLOADS, (_PORTION,))))
        if old:
            served = [row for row in old if row[8] == "applied"]
            self._run_many("DELETE FROM outbox WHERE epoch = ? AND seq = ?", [row[:2] for row in served])
            self._run_many(_PUT_OPERATION, served)
            self._run("UPDATE total SET payload_epoch = ?, payload_seq = ?", old[-1][:2])
        return len(old)

    def _forget_past_import(self, before: int) -> int:
        """The oldest list that nobody takes back any more, one a call; none of its goods is touched."""
        row = self._one(_PAST_IMPORT, (before, IMPORTS_KEPT))
        if row is None:
            return 0
        for table, column in (("goods_import_part", "import_uid"), ("goods_import_kept", "import_uid"), ("goods_import", "uid")):
            self._run(f"DELETE FROM {table} WHERE {column} = ?", (row[0],))
        return 1
