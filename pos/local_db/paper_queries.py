"""Reads of print jobs and paper rolls. Lists come without the jobs' bytes: those of a queue are megabytes."""

from __future__ import annotations

from typing import Any, Final

from pos.domain.evidence import Evidence
from pos.domain.printing import OPEN, DocumentKind, PrintJob, PrintState
from pos.local_db.query_base import QueryBase
from pos.services.paper_views import PrintRow, Roll

_HEAD: Final = "SELECT id, kind, document, copy, printer"
_TAIL: Final = "state, created_at, attempts, sent_at, evidence, expires_at, max_attempts, target, state_at"
_JOB: Final = f"{_HEAD}, data, sha256, {_TAIL} FROM print_job"
_NUMBER: Final = """coalesce((SELECT number FROM sale WHERE uid = document), (SELECT number FROM online_order WHERE uid = document), '')"""
_ROW: Final = f"{_HEAD}, length(data), {_TAIL}, {_NUMBER} FROM print_job"
_STATES: Final = ", ".join(f"'{state.value}'" for state in OPEN)
_IS_OPEN: Final = f"WHERE state IN ({_STATES})"
_KINDS: Final = ", ".join(f"'{kind.value}'" for kind in DocumentKind)
_COUNTS: Final = f"SELECT state, count(*) FROM print_job {_IS_OPEN} GROUP BY state"
_ROLLS: Final = "SELECT printer, length_mm, changed_at, used_mm FROM printer_roll"
_ALL: Final = -1
"""`LIMIT -1` is no limit."""


class PaperQueries(QueryBase):
    """The paper's part of `services.ports.Queries`."""

    def print_jobs(self, limit: int = 100) -> list[PrintJob]:
        """The newest first."""
        return [_job(row) for row in self._rows(f"{_JOB} WHERE id > 0 ORDER BY id DESC LIMIT ?", (limit,))]

    def print_jobs_of(self, document: str) -> list[PrintJob]:
        """In the order they were asked for."""
        return [_job(row) for row in self._rows(f"{_JOB} WHERE kind IN ({_KINDS}) AND document = ? ORDER BY id", (document,))]

    def print_job(self, job_id: int) -> PrintJob | None:
        row = self._row(f"{_JOB} WHERE id = ?", (job_id,))
        return _job(row) if row else None

    def open_print_jobs(self, limit: int | None = None) -> list[PrintJob]:
        return [_job(row) for row in self._rows(f"{_JOB} {_IS_OPEN} ORDER BY id LIMIT ?", (_ALL if limit is None else limit,))]

    def print_rows(self, limit: int, offset: int = 0) -> list[PrintRow]:
        return [_print_row(row) for row in self._rows(f"{_ROW} ORDER BY id DESC LIMIT ? OFFSET ?", (limit, offset))]

    def open_print_rows(self, limit: int | None = None) -> list[PrintRow]:
        return [_print_row(row) for row in self._rows(f"{_ROW} {_IS_OPEN} ORDER BY id LIMIT ?", (_ALL if limit is None else limit,))]

    def print_counts(self) -> dict[PrintState, int]:
        return {PrintState(state): count for state, count in self._rows(_COUNTS)}

    def rolls(self) -> dict[str, Roll]:
        return {printer: Roll(length, at, used) for printer, length, at, used in self._rows(_ROLLS)}


def _job(row: Any) -> PrintJob:
    (key, kind, document, copy, printer, data, digest, state, *others) = row
    return PrintJob(key, DocumentKind(kind), document, copy, printer, data, digest, PrintState(state), *others)


def _print_row(row: Any) -> PrintRow:
    (key, kind, document, copy, printer, size, state, created, attempts, sent, evidence, expires, most, target, since, number) = row
    return PrintRow(
        key,
        DocumentKind(kind),
        document,
        copy,
        printer,
        size,
        PrintState(state),
        created,
        since or sent or created,
        attempts,
        Evidence.read(evidence),
        expires,
        most,
        target,
        number,
    )
