"""Whether people and Z reports are what the log says of them: the checks of `check.py` that are about who was here and what was counted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Final

_PEOPLE: Final = """
SELECT p.uid, p.name, p.role, p.active, p.pin, (SELECT details FROM audit
  WHERE action IN ('user_added', 'user_changed', 'pin_set', 'pin_cleared', 'pin_reset') AND subject = p.uid ORDER BY id DESC LIMIT 1)
FROM person p
"""
_GONE: Final = """
SELECT 'person ' || subject || ' is gone' FROM audit WHERE action IN ('user_added', 'pin_reset')
  AND subject NOT IN (SELECT uid FROM person)
"""
_Z_ROWS: Final = """
SELECT 'z ' || z.number FROM z_report z LEFT JOIN cash_session_close e ON e.session_uid = z.session_uid
  LEFT JOIN drawer d ON d.session_uid = z.session_uid
  WHERE e.expected IS NOT z.expected OR e.counted IS NOT z.counted OR e.at IS NOT z.at OR d.turnover IS NOT z.turnover
UNION ALL SELECT 'numbers of z' FROM (SELECT max(number) AS last, count(*) AS all_of_them FROM z_report) WHERE last <> all_of_them
UNION ALL SELECT 'entry of z ' || number FROM (
  SELECT number, session_uid, counted, expected FROM z_report EXCEPT
  SELECT json_extract(details, '$.z'), subject, json_extract(details, '$.counted'), json_extract(details, '$.expected')
    FROM audit WHERE action = 'session_closed' AND details <> '')
UNION ALL SELECT 'z of entry ' || id FROM audit WHERE action = 'session_closed' AND details <> ''
  AND json_extract(details, '$.z') NOT IN (SELECT number FROM z_report)
UNION ALL SELECT 'movement ' || uid FROM (
  SELECT uid, amount, reason FROM cash_movement WHERE place > 0 AND reason <> 'deposit' EXCEPT
  SELECT subject, json_extract(details, '$.amount'), json_extract(details, '$.reason') FROM audit WHERE action = 'cash_movement')
UNION ALL SELECT 'movement of entry ' || id FROM audit WHERE action = 'cash_movement' AND subject NOT IN (SELECT uid FROM cash_movement)
"""


def people(connection: sqlite3.Connection) -> Iterable[str]:
    """Each person is who the audit log says: a role, a name or a PIN that was changed past it shows."""
    from pos.local_db.people_work import state_of

    for uid, name, role, active, pin, details in connection.execute(_PEOPLE):
        if details is None or _read(details) != state_of(name, role, active, pin):
            yield f"person {uid}"
    yield from (row[0] for row in connection.execute(_GONE))


def reports(connection: sqlite3.Connection) -> Iterable[str]:
    """Each closing has its Z report, numbered without a gap, that says what the log says and adds up; each cash movement has its entry."""
    from pos.domain.drawer_report import sum_lines
    from pos.local_db.drawer_body import report_of

    yield from (row[0] for row in connection.execute(_Z_ROWS))
    for number, session, expected, counted, turnover, body in connection.execute(
        "SELECT number, session_uid, expected, counted, turnover, body FROM z_report ORDER BY number"
    ):
        try:
            kept = report_of(body)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"body of z {number}"
            continue
        said = (kept.number, kept.session_uid, kept.expected, kept.counted, kept.turnover)
        if said != (number, session, expected, counted, turnover) or sum_lines(kept.lines) != expected:
            yield f"body of z {number}"


def _read(details: str) -> object:
    try:
        return json.loads(details)
    except ValueError:
        return None
