"""What the nota history says of a sale. Pure: reads values, asks no clock and no store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.printing import PrintJob, PrintState
from pos.domain.sale import Sale, SaleKind, Tender
from pos.services.history_parts import Part
from pos.services.views import SaleRow
from pos.ui.language import tr
from pos.ui.messages import print_state_text
from pos.ui.moments import clock_text, moment_text, wib
from pos.ui.payment.words import part_text, tender_word
from pos.ui.shell.pills import Tone

_PRINT_TONES: Final[Mapping[PrintState, tuple[str, Tone]]] = {
    PrintState.QUEUED: ("printer", Tone.INFORMATION),
    PrintState.SENDING: ("printer", Tone.INFORMATION),
    PrintState.CONFIRMED: ("printer-check", Tone.GOOD),
    PrintState.SENT: ("printer-check", Tone.GOOD),
    PrintState.ON_PAPER: ("printer-check", Tone.GOOD),
    PrintState.FAILED: ("printer-x", Tone.FAULT),
    PrintState.UNKNOWN: ("circle-help", Tone.FAULT),
    PrintState.EXPIRED: ("printer-x", Tone.QUIET),
}

_NAMED: Final = 3
"""Goods that a row of the store names."""


def asked_text(part: Part, name: str) -> str:
    """`25/11/2026 jam 14`, `01/11 – 25/11/2026 · Mi goreng`: which notas another room asked for; `name` of what they have in common."""
    days = f"{part.first:%d/%m/%Y}" if part.first == part.last else f"{part.first:%d/%m} – {part.last:%d/%m/%Y}"
    if part.hour is not None:
        days = tr("{day} jam {hour}", day=days, hour=part.hour)
    return f"{days} · {name}" if name else days


def when_text(at: int, now: int) -> str:
    """`14.05` for a sale of the same day, else with its date. UTC ms."""
    return clock_text(at) if wib(at).date() == wib(now).date() else moment_text(at)


def goods_parts(row: SaleRow) -> tuple[str, str]:
    """(`Sabun mandi, Telur ayam, Mi goreng`, `, 5 lagi`): the names may be cut, what follows them not."""
    if not row.first_names:
        return tr("1 barang") if row.items == 1 else tr("{n} barang", n=row.items), ""
    more = row.items - _NAMED
    return row.first_names, tr(", {n} lagi", n=more) if more > 0 else ""


def sent_text(synced: bool) -> str:
    return tr("sudah di e-Peken") if synced else tr("belum terkirim")


def mark_text(row: SaleRow) -> str:
    """What a row is besides a sale: `pembatalan`, `retur`, `dibatalkan`, `ada retur`; empty for an ordinary one."""
    if row.kind is not SaleKind.SALE:
        return tr("pembatalan") if row.kind is SaleKind.VOID else tr("retur")
    if row.corrected:
        return tr("dibatalkan") if row.corrected == SaleKind.VOID.value else tr("ada retur")
    return ""


def money_facts(sale: Sale) -> list[tuple[str, str]]:
    """Each payment with its amount; how sure it is, where that is not plain."""
    facts = []
    for part in sale.payments:
        kept = part.tender is Tender.TITIPAN and part.amount > 0 and sale.kind is not SaleKind.SALE
        word = tr("Dititip") if part.tender is Tender.TITIPAN and part.amount < 0 else tender_word(part.tender)
        facts.append((tr("Titipan batal") if kept else word, part_text(part).removeprefix(tender_word(part.tender)).strip()))
        if part.reference and part.tender is Tender.TRANSFER:
            facts.append((tr("Referensi"), part.reference))
    return facts


def print_badge(job: PrintJob | None) -> tuple[str, str, Tone]:
    """Icon, words and tone of how far a struk is; None: none was asked for."""
    if job is None:
        return "printer", tr("tanpa struk"), Tone.QUIET
    icon, tone = _PRINT_TONES[job.state]
    return icon, print_state_text(job.state), tone


def copy_name(copy: int) -> str:
    """`Struk` for the original, `SALINAN 2` for a reprint."""
    return tr("SALINAN {n}", n=copy) if copy else tr("Struk")


def question(job: PrintJob) -> str:
    """What is asked of a job that nobody knows the end of."""
    if job.state is PrintState.UNKNOWN:
        return tr("Struk ini mungkin belum keluar. Lihat di printer dulu.")
    return tr("Struk ini belum sampai ke printer. Periksa printernya; nanti dicoba lagi sendiri.")
