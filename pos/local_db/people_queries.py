"""Reads of people and of the audit log. No PIN leaves the store but to be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pos.domain.people import CASHIER_MAY, Act, Role, Signed, Tries, User
from pos.domain.sale import short_number
from pos.local_db.query_base import QueryBase
from pos.local_db.words import LONGEST_WORD, MOST_WORDS, typed_amounts

if TYPE_CHECKING:
    from pos.services.people_views import AuditRow, AuditSearch

_USERS: Final = "SELECT uid, name, role, pin <> '', active, place FROM person WHERE active >= ? ORDER BY active DESC, place, uid"
_SIGNED: Final = """
SELECT coalesce(p.uid, ''), s.cashier, coalesce(p.role, 'cashier'), EXISTS (SELECT 1 FROM person WHERE active = 1 AND pin <> ''),
  (SELECT value FROM setting WHERE key = 'cashier_may')
FROM shop s LEFT JOIN person p ON p.uid = (SELECT value FROM setting WHERE key = 'signed_in') AND p.active = 1 WHERE s.id = 1
"""
_AUDIT: Final = """
SELECT a.id, a.at, a.actor, a.action, a.subject, a.details, a.hash, coalesce(s.number, ''), {named}
FROM audit a{notable} LEFT JOIN sale s ON s.uid = a.subject LEFT JOIN person p ON p.uid = a.subject
LEFT JOIN product g ON g.uid = a.subject LEFT JOIN customer c ON c.uid = a.subject LEFT JOIN supplier u ON u.uid = a.subject
WHERE {where} ORDER BY a.id DESC LIMIT ? OFFSET ?
"""
_NOTABLE: Final = " INDEXED BY audit_notable"
"""Sales are the bulk of the log; what is looked for lies between them."""
_NAMED: Final = "coalesce(p.name, g.name, c.name, u.name, '')"
_SAID: Final = f"(a.action || ' ' || a.subject || ' ' || a.details || ' ' || a.actor || ' ' || coalesce(s.number, {_NAMED}))"
_NAMES: Final = "SELECT DISTINCT actor FROM audit WHERE action <> 'sale' AND actor <> '' ORDER BY actor"
_MARKS: Final = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


class PeopleQueries(QueryBase):
    """The people's part of `services.ports.Queries`."""

    def users(self, gone: bool = False) -> list[User]:
        rows = self._rows(_USERS, (0 if gone else 1,))
        return [User(uid, name, Role(role), bool(pin), bool(active), place) for uid, name, role, pin, active, place in rows]

    def signed(self) -> Signed:
        uid, name, role, guarded, granted = self._row(_SIGNED)
        return Signed(uid, name, Role(role), bool(guarded), _granted(granted))

    def pin_hash(self, user_uid: str) -> str:
        row = self._row("SELECT pin FROM person WHERE uid = ? AND active = 1", (user_uid,))
        return str(row[0]) if row else ""

    def pin_tries(self, user_uid: str) -> Tries:
        row = self._row("SELECT failures, failed_at FROM person WHERE uid = ?", (user_uid,))
        return Tries(*row) if row else Tries()

    def audit(self, search: AuditSearch, offset: int, limit: int) -> list[AuditRow]:
        from pos.services.people_views import AuditRow

        where, values = _asked(search)
        sql = _AUDIT.format(where=where, notable="" if search.sales else _NOTABLE, named=_NAMED)
        rows = self._rows(sql, (*values, limit, offset))
        return [AuditRow(*(*row[:7], short_number(row[7]) or row[8])) for row in rows]

    def audit_names(self) -> list[str]:
        return [row[0] for row in self._rows(_NAMES)]

    def audit_head(self) -> tuple[int, str]:
        row = self._row("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        return (row[0], row[1]) if row else (0, "")


def _asked(search: AuditSearch) -> tuple[str, list[object]]:
    """A condition, and its values."""
    parts: list[str] = ["a.id > 0" if search.sales else "a.action <> 'sale'"]
    values: list[object] = []
    for condition, value in (("a.actor = ?", search.actor), ("a.at >= ?", search.since), ("a.at < ?", search.until)):
        if value:
            parts.append(condition)
            values.append(value)
    for word in search.words[:MOST_WORDS]:
        said = f"{_SAID} LIKE ? ESCAPE '\\'"
        parts.append(f"({said} OR a.action IN ({', '.join('?' * len(word.actions))}))")
        values += [f"%{typed_amounts(word.text)[:LONGEST_WORD].translate(_MARKS)}%", *word.actions]
    return " AND ".join(parts), values


def _granted(kept: str | None) -> frozenset[Act]:
    """What cashiers may; an act that this program does not know is none."""
    if kept is None:
        return CASHIER_MAY
    known = {act.value: act for act in Act}
    return frozenset(known[name] for name in json.loads(kept) if name in known)
