"""What the line writes down: keys, countersignatures, what is set aside, edits that met, the shadow of a fresh reading, what was told back.

Owns the one place where an operation leaves the outbox without having been settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos.domain.cash_movement import CashMovement
from pos.domain.cash_session import CashSession
from pos.domain.chain import GENESIS, operation_head, payload_hash
from pos.domain.order import Order
from pos.local_db.order_book import OrderBook
from pos.local_db.outgoing import Outgoing
from pos.local_db.people_work import PeopleWork
from pos.services.line_views import Countersigned, ServerKeyRow, ShadowRow
from pos.services.ports import NewOperation

_KEY: Final = """
INSERT INTO server_key (id, public_key, retired) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key, retired = excluded.retired
"""
_COUNTERSIGN: Final = """
INSERT INTO countersigned (epoch, told_epoch, device, seq, head, signature, key_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (epoch) DO UPDATE SET told_epoch = excluded.told_epoch, device = excluded.device, seq = excluded.seq, head = excluded.head,
  signature = excluded.signature, key_id = excluded.key_id, at = excluded.at
"""
_ASIDE: Final = """
INSERT INTO set_aside (id, kind, at, payload, payload_hash, code, aside_at)
SELECT id, kind, at, payload, payload_hash, ?, ? FROM outbox WHERE id = ?
"""
_BEHIND: Final = "SELECT epoch, seq, id, kind, at, payload_hash FROM outbox WHERE epoch = ? AND seq > ? ORDER BY seq"
_BEFORE: Final = "SELECT chain_hash FROM outbox WHERE epoch = ? AND seq < ? ORDER BY seq DESC LIMIT 1"
_OPERATION: Final = "INSERT INTO outbox (epoch, seq, id, kind, at, payload, payload_hash, chain_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_TOLD: Final = (
    "INSERT INTO outbox (epoch, seq, id, kind, at, payload, payload_hash, chain_hash, state, code, acked_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_EDIT: Final = """
INSERT INTO edit_outcome (product_uid, field, operation, kept, lost, at, lost_device) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (product_uid, field) DO UPDATE SET operation = excluded.operation, kept = excluded.kept, lost = excluded.lost, at = excluded.at,
  lost_device = excluded.lost_device, seen = seen AND operation = excluded.operation
"""
_FORGOTTEN: Final = """
UPDATE online_order SET status = 'cancelled', final = 1, version = 0, pending = '', flags = json_insert(flags, '$[#]', 'forgotten')
WHERE uid = ? AND final = 0
"""
_SHADOW_PRODUCT: Final = """
INSERT INTO shadow_product (uid, state, told) VALUES (?, ?, ?) ON CONFLICT (uid) DO UPDATE SET state = excluded.state, told = excluded.told
"""
_SHADOW_ORDER: Final = "INSERT INTO shadow_order (uid, told) VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET told = excluded.told"
_DROP: Final = "DELETE FROM {table} WHERE uid IN (SELECT uid FROM {table} WHERE uid > '' LIMIT ?)"
_CLOSE: Final = """
INSERT INTO cash_session_close (session_uid, at, expected, counted) SELECT session_uid, ?, cash, coalesce(?, cash)
  FROM drawer WHERE session_uid = ? AND open = 1
"""
_NOBODY: Final = (
    "UPDATE shop SET device = '', cursor = '', timeline = '', digest_ok = 1, last_success_at = 0, clock_offset = 0 WHERE id = 1"
)


class LineWork(OrderBook, Outgoing, PeopleWork):
    """`services.ports.line.LineMemoryWork`."""

    def put_server_keys(self, keys: Sequence[ServerKeyRow]) -> None:
        self._run_many(_KEY, [(key.id, key.public_key, int(key.retired)) for key in keys])

    def countersign(self, signed: Countersigned) -> None:
        row = (signed.epoch, signed.epoch, signed.device, signed.seq, signed.head, signed.signature, signed.key_id, signed.at)
        self._run(_COUNTERSIGN, row)

    def set_operation_aside(self, operation: str, code: str, at: int, instead: NewOperation) -> None:
        place = self._one("SELECT epoch, seq FROM outbox WHERE id = ? AND state = 'waiting'", (operation,))
        if place is None:
            return
        epoch, seq = place
        self._run(_ASIDE, (code, at, operation))
        self._run("DELETE FROM outbox WHERE id = ?", (operation,))
        before = self._one(_BEFORE, (epoch, seq)) or (GENESIS,)
        digest = payload_hash(instead.payload)
        head = operation_head(before[0], instead.id, seq, instead.kind, instead.at, digest)
        self._run(_OPERATION, (epoch, seq, instead.id, instead.kind, instead.at, instead.payload, digest, head))
        heads = []
        for _, place_of, key, kind, told_at, told_hash in self._all(_BEHIND, (epoch, seq)):
            head = operation_head(head, key, place_of, kind, told_at, told_hash)
            heads.append((head, epoch, place_of))
        self._run_many("UPDATE outbox SET chain_hash = ? WHERE epoch = ? AND seq = ?", heads)
        if epoch == self._counters.epoch:
            self._counters.operation_head = head

    def send_aside_again(self, operation: str) -> bool:
        row = self._one("SELECT id, kind, at, payload FROM set_aside WHERE id = ?", (operation,))
        if row is None:
            return False
        self._run("DELETE FROM set_aside WHERE id = ?", (operation,))
        self.tell([NewOperation(*row)])
        return True

    def put_edit_outcome(self, product_uid: str, field: str, operation: str, kept: str, lost: str, at: int, lost_device: str) -> None:
        self._run(_EDIT, (product_uid, field, operation, kept, lost, at, lost_device))

    def see_edit_outcome(self, product_uid: str, field: str) -> None:
        self._run("UPDATE edit_outcome SET seen = 1 WHERE product_uid = ? AND field = ?", (product_uid, field))

    def settle_quarantined(self, operation: str, state: str) -> None:
        self._run("UPDATE outbox SET state = ? WHERE id = ? AND state IN ('quarantined', 'quarantined_seen')", (state, operation))

    def see_problem(self, operation: str) -> None:
        self._run("UPDATE outbox SET state = state || '_seen' WHERE id = ? AND state IN ('refused', 'quarantined')", (operation,))

    def note_lost(self, order_uid: str, lost: str) -> None:
        self._run("UPDATE online_order SET lost = ? WHERE uid = ?", (lost, order_uid))

    def force_order(self, order: Order) -> None:
        # an older version is taken, too: what is here came of a server that is no more
        self._run("UPDATE online_order SET version = ? WHERE uid = ? AND version > ?", (order.version, order.uid, order.version))
        self.put_order(order)

    def forget_order(self, order_uid: str) -> None:
        self._run(_FORGOTTEN, (order_uid,))

    def shadow(self, products: Sequence[ShadowRow], orders: Sequence[ShadowRow]) -> None:
        self._run_many(_SHADOW_PRODUCT, [(row.uid, row.state, row.told) for row in products])
        self._run_many(_SHADOW_ORDER, [(row.uid, row.told) for row in orders])

    def drop_shadow(self, limit: int) -> int:
        return sum(self._run(_DROP.format(table=table), (limit,)).rowcount for table in ("shadow_product", "shadow_order"))

    def keep_told(self, epoch: int, seq: int, told: NewOperation, state: str, code: str, at: int) -> None:
        if self._one("SELECT 1 FROM outbox WHERE id = ? OR (epoch = ? AND seq = ?)", (told.id, epoch, seq)) is not None:
            return
        before = self._one(_BEFORE, (epoch, seq)) or (GENESIS,)
        digest = payload_hash(told.payload)
        head = operation_head(before[0], told.id, seq, told.kind, told.at, digest)
        self._run(_TOLD, (epoch, seq, told.id, told.kind, told.at, told.payload, digest, head, state, code, at))

    def add_known_session(self, session: CashSession) -> bool:
        if self._one("SELECT 1 FROM cash_session WHERE uid = ?", (session.uid,)) is not None:
            return False
        row = (session.uid, session.cashier, session.opened_at, session.float_amount)
        self._run("INSERT INTO cash_session (uid, cashier, opened_at, float_amount) VALUES (?, ?, ?, ?)", row)
        return True

    def close_known_session(self, session_uid: str, at: int, counted: int | None) -> bool:
        return self._run(_CLOSE, (at, counted, session_uid)).rowcount == 1

    def open_drawer(self) -> str:
        row = self._one("SELECT session_uid FROM drawer WHERE open = 1")
        return row[0] if row else ""

    def add_known_cash(self, movement: CashMovement) -> bool:
        if self._one("SELECT 1 FROM cash_movement WHERE uid = ?", (movement.uid,)) is not None:
            return False
        # of a drawer that is not here nothing is known, and what was counted at a closing stays what it was
        if self._one("SELECT 1 FROM drawer WHERE session_uid = ? AND open = 1", (movement.session_uid,)) is None:
            return False
        self.add_cash_movement(movement)
        return True

    def forget_pairing(self) -> None:
        self._run(_NOBODY)
