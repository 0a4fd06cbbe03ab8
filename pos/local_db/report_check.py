"""Whether the kept sums of sold days are those of the facts. Slow: sums every sale that is in them; changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from pos.local_db.rollups import PARTS


def wrong_sums(connection: sqlite3.Connection) -> Iterable[str]:
    """`table day` of each sum that is not so; for `check.py`."""
    mark = connection.execute("SELECT sale_id, cutoff FROM report_mark WHERE id = 1").fetchone()
    upto, cutoff = mark or (0, 0)
    for table, keys, sums, source in PARTS:
        kept = f"SELECT {keys}, {', '.join(sums)} FROM {table}"
        found = f"SELECT {keys}, {', '.join(sums)} FROM ({source})"
        for left, right in ((kept, found), (found, kept)):
            # a numbered parameter must stand in the statement to be given
            question = f"SELECT day FROM (SELECT * FROM ({left}) EXCEPT SELECT * FROM ({right})) LIMIT 1"
            row = connection.execute(question, (0, upto, cutoff)).fetchone()
            if row is not None:
                yield f"{table} of day {row[0]}"
                break
