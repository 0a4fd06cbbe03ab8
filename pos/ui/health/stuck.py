"""What waits for a person: print jobs that may be on paper, operations that were not taken; each with its why and its way on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.printing import PrintState
from pos.services.paper_views import PrintRow
from pos.services.ports import Queries
from pos.services.views import OutboxRow
from pos.ui.language import tr
from pos.ui.messages import operation_text, print_state_text
from pos.ui.moments import moment_text
from pos.ui.printers.words import Answer, answers_to, job_title, known_sentence

_MOST: Final = 100
"""Jobs that are looked through; the printers' room has them all."""


@dataclass(frozen=True, slots=True)
class StuckJob:
    """A print job with its words. `answers` from left to right."""

    job: int
    title: str
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class StuckOperation:
    """An operation that was not taken. `small` is for the officer: code and id. `new`: nobody has said that they saw it."""

    title: str
    sentence: str
    small: str
    id: str = ""
    new: bool = True


def stuck_jobs(read: Queries) -> list[StuckJob]:
    """The jobs that ask for an answer or could not be sent, oldest first. Raises ShopError."""
    rows = read.open_print_rows(_MOST)
    return [_job(row) for row in rows if row.state in (PrintState.UNKNOWN, PrintState.FAILED)]


def _job(row: PrintRow) -> StuckJob:
    said = f"{moment_text(row.created_at)} · {print_state_text(row.state)}."
    return StuckJob(row.id, job_title(row), f"{said} {known_sentence(row)}".strip(), answers_to(row))


def stuck_operations(rows: list[OutboxRow]) -> list[StuckOperation]:
    """What the server refused or put aside, newest first as handed in."""
    return [_operation(row) for row in rows if row.state in ("refused", "quarantined", "quarantined_seen")]


def _operation(row: OutboxRow) -> StuckOperation:
    title = f"{operation_text(row.kind).capitalize()} · {moment_text(row.at)}"
    small = tr("Kode untuk petugas: {code} · {id}", code=row.code or row.state, id=row.id[:8])
    if row.state == "refused":
        sentence = tr("Server tidak menerimanya karena keadaannya sudah berubah. Yang terbaru sudah diambil; lihat lagi di Pesanan.")
    else:
        sentence = tr("Server menyimpannya untuk diperiksa. Tidak hilang dan tidak menahan yang lain; tunjukkan kode ini ke petugas.")
    return StuckOperation(title, sentence, small, row.id, not row.state.endswith("_seen"))
