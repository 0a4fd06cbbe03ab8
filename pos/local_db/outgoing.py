"""What waits for the line and for paper, the audit log, and who this till is. Owns the numbering of operations and both chains."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from pos.domain.chain import GENESIS, audit_head, operation_head, payload_hash
from pos.domain.printing import NewPrintJob, PrintState
from pos.local_db.work_base import WorkBase
from pos.services.ports import AuditEntry, NewOperation

_OPERATION: Final = (
    "INSERT INTO outbox (epoch, seq, id, kind, at, payload, payload_hash, chain_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_JOB: Final = (
    "INSERT INTO print_job (kind, document, copy, printer, data, sha256, state, created_at, expires_at, max_attempts)"
    " VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?) ON CONFLICT DO NOTHING"
)
_AUDIT: Final = "INSERT INTO audit (at, actor, action, subject, details, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
SHOP_COLUMNS: Final = frozenset(
    "uid name address cashier device prefix epoch timeline server_key central_url paired_at cap_amount cap_used cursor acked_seq acked_hash"
    " last_success_at digest_ok clock_offset".split()
)


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

    def queue_print(self, jobs: Sequence[NewPrintJob]) -> None:
        now = self._clock.now()
        self._run_many(
            _JOB,
            [
                (
                    job.kind.value,
                    job.document,
                    job.copy,
                    job.printer,
                    job.data,
                    hashlib.sha256(job.data).hexdigest(),
                    now,
                    job.expires_at,
                    job.max_attempts,
                )
                for job in jobs
            ],
        )

    def set_print_state(self, job_id: int, state: PrintState, at: int, evidence: str, attempted: bool = False) -> None:
        self._run(
            "UPDATE print_job SET state = ?, evidence = ?, attempts = attempts + ?, sent_at = coalesce(?, sent_at) WHERE id = ?",
            (state.value, evidence[:500], int(attempted), at if state in (PrintState.SENT, PrintState.CONFIRMED) else None, job_id),
        )

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
        self._run(f"UPDATE shop SET {names} WHERE id = 1", tuple(fields.values()))  # noqa: S608 -- names checked above
        if "prefix" in fields:
            self._counters.prefix = str(fields["prefix"])

    def acknowledge(self, results: Sequence[tuple[str, str, str]], at: int) -> None:
        self._run_many(
            "UPDATE outbox SET state = ?, code = ?, acked_at = ? WHERE id = ? AND state = 'waiting'",
            [(state, code, at, operation) for operation, state, code in results],
        )

    def start_epoch(self, epoch: int) -> None:
        counters = self._counters
        waiting = self._all("SELECT id, kind, at, payload, payload_hash, epoch, seq FROM outbox WHERE state = 'waiting' ORDER BY epoch, seq")
        # out of the way first: their new places may be taken by rows that have not moved yet
        self._run("DELETE FROM outbox WHERE state = 'waiting'")
        counters.epoch, counters.next_operation, counters.operation_head = epoch, 1, GENESIS
        self._run("UPDATE shop SET epoch = ?, acked_seq = 0, acked_hash = ? WHERE id = 1", (epoch, GENESIS))
        self.tell([NewOperation(row[0], row[1], row[2], row[3]) for row in waiting])
        counters.next_sale = self._one("SELECT coalesce(max(seq), 0) + 1 FROM sale WHERE epoch = ?", (epoch,))[0]

    def resend_after(self, seq: int) -> None:
        """The server went back behind what it had acknowledged: let the operations of this epoch after `seq` wait again."""
        self._run("UPDATE outbox SET state = 'waiting', code = '', acked_at = 0 WHERE epoch = ? AND seq > ?", (self._counters.epoch, seq))

    def set_setting(self, key: str, value: str) -> None:
        self._run("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))
