"""What is written of paper: jobs, what became of them, and the rolls that they are printed on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from pos.domain.printing import NewPrintJob, PrintState
from pos.local_db.work_base import WorkBase

_JOB: Final = (
    "INSERT INTO print_job (kind, document, copy, printer, data, sha256, state, created_at, expires_at, max_attempts, state_at)"
    " VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_STATE: Final = """
UPDATE print_job SET state = ?, evidence = ?, attempts = attempts + ?, sent_at = coalesce(?, sent_at), state_at = ?,
  target = coalesce(?, target) WHERE id = ?
"""
_USED: Final = """
INSERT INTO printer_roll (printer, used_mm) VALUES (?, ?) ON CONFLICT (printer) DO UPDATE SET used_mm = used_mm + excluded.used_mm
"""
_ROLL: Final = """
INSERT INTO printer_roll (printer, length_mm, changed_at, used_mm) VALUES (?, ?, ?, 0)
ON CONFLICT (printer) DO UPDATE SET length_mm = excluded.length_mm, changed_at = excluded.changed_at, used_mm = 0
"""
_LONGEST: Final = 500


class PaperWork(WorkBase):
    """The paper's part of a unit of work."""

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
                    now,
                )
                for job in jobs
            ],
        )

    def set_print_state(
        self, job_id: int, state: PrintState, at: int, evidence: str, attempted: bool = False, target: str | None = None
    ) -> None:
        sent_at = at if state in (PrintState.SENT, PrintState.CONFIRMED) else None
        self._run(_STATE, (state.value, evidence[:_LONGEST], int(attempted), sent_at, at, target, job_id))

    def use_paper(self, printer: str, millimetres: int) -> None:
        self._run(_USED, (printer, millimetres))

    def change_roll(self, printer: str, length_mm: int, at: int) -> None:
        self._run(_ROLL, (printer, length_mm, at))
