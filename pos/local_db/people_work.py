"""What is written of people and of the drawer's day. Facts are only inserted; who works here is changed, and the audit log tells of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pos.local_db.work_base import WorkBase

if TYPE_CHECKING:
    from pos.domain.cash_movement import CashMovement
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.people import Tries, User
    from pos.services.people_views import DrawerCount

SIGNED_IN: Final = "signed_in"
CASHIER_MAY: Final = "cashier_may"
_PERSON: Final = """
INSERT INTO person (uid, name, role, active, place, created_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET name = excluded.name, role = excluded.role, active = excluded.active, place = excluded.place
"""
_MOVEMENT: Final = """
INSERT INTO cash_movement (uid, session_uid, at, amount, reason, cashier, note, category, place)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM cash_movement WHERE session_uid = ?))
"""
_COUNT: Final = """
INSERT INTO drawer_count (uid, session_uid, at, cashier, total, pieces, place, after_sale, after_movement)
VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM drawer_count WHERE session_uid = ?),
  (SELECT coalesce(max(id), 0) FROM sale), (SELECT coalesce(max(place), 0) FROM cash_movement WHERE session_uid = ?))
"""
_Z: Final = "INSERT INTO z_report (number, session_uid, at, cashier, expected, counted, turnover, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class PeopleWork(WorkBase):
    """The people's part of a unit of work."""

    def put_user(self, user: User, at: int) -> None:
        self._run(_PERSON, (user.uid, user.name, user.role.value, int(user.active), user.place, at))

    def set_pin(self, user_uid: str, pin_hash: str) -> None:
        self._run("UPDATE person SET pin = ?, failures = 0, failed_at = 0 WHERE uid = ?", (pin_hash, user_uid))

    def book_try(self, user_uid: str, tries: Tries) -> None:
        self._run("UPDATE person SET failures = ?, failed_at = ? WHERE uid = ?", (tries.failures, tries.at, user_uid))

    def sign_in(self, user_uid: str, name: str) -> None:
        self._run("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (SIGNED_IN, user_uid))
        self._run("UPDATE shop SET cashier = ? WHERE id = 1", (name,))

    def person_state(self, user_uid: str) -> Mapping[str, Any]:
        row = self._one("SELECT name, role, active, pin FROM person WHERE uid = ?", (user_uid,))
        return {} if row is None else state_of(*row)

    def add_cash_movement(self, movement: CashMovement) -> None:
        row = (
            movement.uid,
            movement.session_uid,
            movement.at,
            movement.amount,
            movement.reason.value,
            movement.cashier,
            movement.note,
            movement.category,
            movement.session_uid,
        )
        self._run(_MOVEMENT, row)

    def add_drawer_count(self, count: DrawerCount) -> None:
        pieces = json.dumps([list(piece) for piece in count.pieces if piece[1]])
        row = (count.uid, count.session_uid, count.at, count.cashier, count.total, pieces, count.session_uid, count.session_uid)
        self._run(_COUNT, row)

    def next_z(self) -> int:
        return int(self._one("SELECT coalesce(max(number), 0) + 1 FROM z_report")[0])

    def add_z_report(self, report: DrawerReport) -> None:
        from pos.local_db.drawer_body import body_of

        row = (
            report.number,
            report.session_uid,
            report.closed_at,
            report.closed_by,
            report.expected,
            report.counted,
            report.turnover,
            body_of(report),
        )
        self._run(_Z, row)


def state_of(name: str, role: str, active: int, pin: str) -> dict[str, Any]:
    """What the audit log keeps of a person after each change, and the check compares with the row. The PIN's hash only as a mark of it."""
    import hashlib

    mark = hashlib.sha256(pin.encode()).hexdigest()[:16] if pin else ""
    return {"active": bool(active), "name": name, "pin": mark, "role": role}
