"""What waits for a person: print jobs that may be on paper, operations that were not taken; each with its why and its way on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.printing import ASKS, DocumentKind, PrintJob, PrintState
from pos.domain.sale import short_number
from pos.services.ports import Queries
from pos.services.views import OutboxRow
from pos.ui.language import tr
from pos.ui.messages import operation_text, print_state_text
from pos.ui.moments import moment_text


class Answer(StrEnum):
    """What a person can say to a print job."""

    ON_PAPER = "on_paper"
    AGAIN = "again"
    """Print it anew, as a copy: the first one may be on paper too."""
    RETRY = "retry"
    """Nothing came out: send the same job once more."""
    DROP = "drop"
    """Nobody needs this paper any more."""


@dataclass(frozen=True, slots=True)
class StuckJob:
    """A print job with its words. `answers` from left to right."""

    job: int
    title: str
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class StuckOperation:
    """An operation that was not taken. `small` is for the officer: code and id."""

    title: str
    sentence: str
    small: str


def stuck_jobs(read: Queries) -> list[StuckJob]:
    """The jobs that ask for an answer, oldest first. Raises ShopError."""
    return [_job(job, _named(job, read)) for job in read.open_print_jobs() if job.state in (PrintState.UNKNOWN, PrintState.FAILED)]


def _job(job: PrintJob, title: str) -> StuckJob:
    said = f"{moment_text(job.created_at)} · {print_state_text(job.state)}."
    if job.kind is DocumentKind.DRAWER_KICK:
        return StuckJob(job.id, title, said, (Answer.DROP,))
    if job.state is PrintState.FAILED:
        sentence = tr("Belum ada yang keluar. Nyalakan printer dan periksa kertasnya, lalu coba lagi.")
        again = Answer.AGAIN if job.evidence.startswith(ASKS) else Answer.RETRY
        return StuckJob(job.id, title, f"{said} {sentence}", (Answer.DROP, again))
    sentence = tr("Lihat kertasnya: sudah keluar atau belum?")
    return StuckJob(job.id, title, f"{said} {sentence}", (Answer.ON_PAPER, Answer.AGAIN))


def _named(job: PrintJob, read: Queries) -> str:
    """What the job is, as the shop calls it."""
    if job.kind is DocumentKind.RECEIPT:
        sale = read.sale(job.document)
        number = short_number(sale.number) if sale else ""
        return tr("Struk nota {number}", number=number)
    if job.kind is DocumentKind.PICKUP:
        order = read.order(job.document)
        return tr("Struk ambil pesanan {number}", number=f"#{order.number}" if order else "")
    return tr("Buka laci") if job.kind is DocumentKind.DRAWER_KICK else tr("Halaman tes")


def answer_text(answer: Answer) -> str:
    """What its button says."""
    words = {
        Answer.ON_PAPER: tr("Sudah tercetak"),
        Answer.AGAIN: tr("Cetak ulang"),
        Answer.RETRY: tr("Coba lagi"),
        Answer.DROP: tr("Tidak usah"),
    }
    return words[answer]


def stuck_operations(rows: list[OutboxRow]) -> list[StuckOperation]:
    """What the server refused or put aside, newest first as handed in."""
    return [_operation(row) for row in rows if row.state in ("refused", "quarantined")]


def _operation(row: OutboxRow) -> StuckOperation:
    title = f"{operation_text(row.kind).capitalize()} · {moment_text(row.at)}"
    small = tr("Kode untuk petugas: {code} · {id}", code=row.code or row.state, id=row.id[:8])
    if row.state == "refused":
        sentence = tr("Server tidak menerimanya karena keadaannya sudah berubah. Yang terbaru sudah diambil; lihat lagi di Pesanan.")
    else:
        sentence = tr("Server menyimpannya untuk diperiksa. Tidak hilang dan tidak menahan yang lain; tunjukkan kode ini ke petugas.")
    return StuckOperation(title, sentence, small)
