"""What waits for the line and for paper, the audit log, and who this till is. Owns the numbering of operations and both chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos.domain.chain import GENESIS, audit_head, operation_head, payload_hash
from pos.local_db.upkeep import FIRST_EPOCH
from pos.local_db.work_base import WorkBase, load_counters
from pos.services.ports import AuditEntry, NewOperation

_OPERATION: Final = "INSERT INTO outbox (epoch, seq, id, kind, at, payload, payload_hash, chain_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_RESEND: Final = "UPDATE outbox SET state = 'waiting', code = '', acked_at = 0 WHERE epoch = ? AND seq > ?"
_TELL_AGAIN: Final = "UPDATE outbox SET state = 'waiting', code = '', acked_at = 0 WHERE state <> 'waiting' AND payload <> x''"
_LAST_DROPPED: Final = "SELECT seq, chain_hash FROM outbox WHERE epoch = ? AND payload = x'' ORDER BY seq DESC LIMIT 1"
_OF_EARLIER_EPOCHS: Final = "SELECT id, kind, at, payload FROM outbox WHERE epoch <> ? AND payload <> x'' ORDER BY epoch, seq"
_WAITING: Final = "SELECT id, kind, at, payload FROM outbox WHERE state = 'waiting' ORDER BY epoch, seq"
_AUDIT: Final = "INSERT INTO audit (at, actor, action, subject, details, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
SHOP_COLUMNS: Final = frozenset(
    (
        *("uid", "name", "address", "cashier", "device", "prefix", "epoch", "timeline", "server_key", "central_url", "paired_at"),
        *("cap_amount", "cap_used", "cursor", "acked_seq", "acked_hash", "last_success_at", "digest_ok", "clock_offset"),
    )
)
"""What `set_shop` may set. Named here once more: the tables of SQLAlchemy are not imported to sell."""


class Outgoing(WorkBase):
    """The outgoing part of a unit of work."""

    def tell(self, operations: Sequence[NewOperation]) -> None:
        rows = []
        counters = self._counters
        for item in operations:
            digest = payload_hash(item.payload)
            seq = counters.next_operation
            counters.operation_head = operation_head(counters.operation_head, item.id, seq, item.kind, item.at, digest)
            counters.next_operation += 1
            rows.append((counters.epoch, seq, item.id, item.kind, item.at, item.payload, digest, counters.operation_head))
        self._run_many(_OPERATION, rows)

    def audit(self, entries: Sequence[AuditEntry]) -> None:
        rows = []
        for entry in entries:
            prev = self._counters.audit_head
            head = audit_head(prev, entry.at, entry.actor, entry.action, entry.subject, entry.details)
            self._counters.audit_head = head
            rows.append((entry.at, entry.actor, entry.action, entry.subject, entry.details, prev, head))
        self._run_many(_AUDIT, rows)

    def set_shop(self, **fields: object) -> None:
        unknown = set(fields) - SHOP_COLUMNS
        if unknown or not fields:
            raise ValueError(f"not columns of shop: {sorted(unknown)}")
        names = ", ".join(f"{name} = ?" for name in fields)
        self._run(f"UPDATE shop SET {names} WHERE id = 1", tuple(fields.values()))
        if "epoch" in fields:
            self._count_on()
        elif "prefix" in fields:
            self._counters.prefix = str(fields["prefix"])

    def _count_on(self) -> None:
        """The epoch is another: numbers and heads go on where it stands."""
        old = self._counters
        self._counters = load_counters(self._raw, old.goods_version)
        self._counters.audit_head = old.audit_head
        # epochs may have been moved: upkeep looks through them from the first on
        self._run("UPDATE total SET payload_epoch = ?, payload_seq = 0", (FIRST_EPOCH,))

    def acknowledge(self, results: Sequence[tuple[str, str, str]], at: int) -> None:
        self._run_many(
            "UPDATE outbox SET state = ?, code = ?, acked_at = ? WHERE id = ? AND state = 'waiting'",
            [(state, code, at, operation) for operation, state, code in results],
        )

    def start_epoch(self, epoch: int, *, again: bool = False) -> None:
        if again:
            self._run(_TELL_AGAIN)
        # what waits once more and has no payload any more stays where it is: the server had it
        self._run("UPDATE outbox SET state = 'applied' WHERE state = 'waiting' AND payload = x''")
        waiting = self._all(_WAITING)
        # out of the way first: their new places may be taken by rows that have not moved yet
        self._run("DELETE FROM outbox WHERE state = 'waiting'")
        self._make_room(epoch)
        self._run("UPDATE shop SET epoch = ?, acked_seq = 0, acked_hash = ? WHERE id = 1", (epoch, GENESIS))
        self._count_on()
        self.tell([NewOperation(row[0], row[1], row[2], row[3]) for row in waiting])

    def _make_room(self, epoch: int) -> None:
        """A till that was paired anew counts its epochs from the start again: what it settled as an earlier device moves below them,
        further than it is wide, so that no row meets another on the way."""
        low, high = self._one("SELECT min(epoch), max(epoch) FROM (SELECT epoch FROM outbox UNION ALL SELECT epoch FROM countersigned)")
        if high is not None and high >= epoch:
            below = max(high - low, high - epoch) + 1
            self._run("UPDATE outbox SET epoch = epoch - ?", (below,))
            self._run("UPDATE countersigned SET epoch = epoch - ?", (below,))

    def resend_after(self, seq: int, head: str) -> None:
        """See `ports.UnitOfWork`. Payloads that were dropped (`upkeep.PAYLOAD_DAYS` after the server had them) and that it says it has lost
        are told as they are: empty. Left out they would be a gap in this epoch that nothing gets past; of earlier epochs they stay away."""
        epoch = self._counters.epoch
        ours = self._one("SELECT chain_hash FROM outbox WHERE epoch = ? AND seq = ?", (epoch, seq)) if seq else (GENESIS,)
        acked = (seq, head) if ours is not None and ours[0] == head else (self._one(_LAST_DROPPED, (epoch,)) or (0, GENESIS))
        self._run(_RESEND, (epoch, acked[0]))
        self._run("UPDATE shop SET acked_seq = ?, acked_hash = ? WHERE id = 1", tuple(acked))
        # what was signed beyond there was signed by a server that is no more; another copy may tell its own at these places
        self._run("DELETE FROM countersigned WHERE epoch = ? AND seq > ?", (epoch, acked[0]))
        older = self._all(_OF_EARLIER_EPOCHS, (epoch,))
        self._run("DELETE FROM outbox WHERE epoch <> ? AND payload <> x''", (epoch,))
        self.tell([NewOperation(*row) for row in older])

    def set_setting(self, key: str, value: str) -> None:
        self._run("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))
