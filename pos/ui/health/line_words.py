"""What the page of the line says: states, what waits, how the line does, who this till is. Pure: reads values, draws nothing."""

from __future__ import annotations

from typing import Final

from pos.domain.errors import ErrorCode
from pos.services.line_views import LineQuality, MirrorState, WaitingKind
from pos.services.views import LineState
from pos.ui.health.line_facts import LineFacts
from pos.ui.health.rows import HealthRow, State, clock_row, line_row, outbox_row
from pos.ui.language import tr
from pos.ui.messages import error_sentence, operation_text
from pos.ui.moments import clock_text, span_text
from pos.ui.shell.pills import CLOCK_LIMIT_MS
from pos.ui.tones import Tone
from pos.ui.widgets.rows import Row

SLOW_MS: Final = 2_000
"""A round trip longer than this is called slow."""
LOSSY: Final = 0.2
"""A line on which so many requests come to nothing is called shaky."""
_KILO: Final = 1_000
_MEGA: Final = 1_000_000
_GRAVE: Final = frozenset({ErrorCode.DEVICE_REVOKED, ErrorCode.PROGRAM_TOO_OLD, ErrorCode.TLS_FAILED, ErrorCode.CLOCK_WRONG})


def banners(facts: LineFacts) -> list[tuple[str, str, Tone]]:
    """(icon, sentence, tone) of what no waiting mends: revoked, too old a program, a wrong clock."""
    found: list[tuple[str, str, Tone]] = []
    error = facts.error
    if error is not None and error.code in _GRAVE:
        icon = "download" if error.code is ErrorCode.PROGRAM_TOO_OLD else "shield-alert"
        found.append((icon, error_sentence(error), Tone.FAULT))
    if facts.line.last_success_at and abs(facts.line.clock_offset) > CLOCK_LIMIT_MS:
        found.append(("clock-alert", clock_row(facts.line).sentence, Tone.FAULT))
    return found


def line_rows(facts: LineFacts) -> tuple[HealthRow, ...]:
    """The states from top to bottom."""
    return (
        line_row(facts.line, facts.error, facts.now),
        outbox_row(facts.line, facts.now),
        _same(facts.line),
        _mirror(facts.mirror, facts.line),
    )


def _same(line: LineState) -> HealthRow:
    title = tr("Hitungan toko dan server")
    if not line.paired or not line.last_success_at:
        return HealthRow("same", "scale", title, State.UNKNOWN, tr("Belum dicek"), tr("Dicocokkan begitu tersambung ke server."))
    if not line.digest_ok:
        said = tr("Berbeda. Data disamakan lagi sendiri; kalau besok masih begini, hubungi petugas e-Peken.")
        return HealthRow("same", "scale", title, State.WAITING, tr("Belum sama"), said)
    if line.waiting:
        return HealthRow("same", "scale", title, State.GOOD, tr("Sama"), tr("Sama waktu terakhir dicocokkan, sebelum yang masih menunggu."))
    return HealthRow("same", "scale", title, State.GOOD, tr("Sama"), tr("Barang, stok, harga, dan pesanan di server sama dengan di sini."))


def _mirror(mirror: MirrorState, line: LineState) -> HealthRow:
    title = tr("Flashdisk kiriman")
    if not mirror.folder:
        said = tr("Yang belum terkirim bisa ditulis juga ke flashdisk, supaya selamat kalau komputer ini rusak.")
        return HealthRow("mirror", "usb", title, State.UNKNOWN, tr("Tidak dipakai"), said)
    if mirror.missing:
        said = tr("Flashdisk di {place} tidak ada. Colokkan lagi, atau pilih yang lain.", place=mirror.folder)
        return HealthRow("mirror", "usb", title, State.FAULT, tr("Tidak ada"), said)
    if not mirror.written_at:
        said = tr("Di {place}. Ditulis begitu ada yang menunggu.", place=mirror.folder)
        return HealthRow("mirror", "usb", title, State.GOOD if not line.waiting else State.WAITING, tr("Siap"), said)
    said = tr("{n} catatan ditulis {at} di {place}.", n=mirror.operations, at=clock_text(mirror.written_at), place=mirror.folder)
    return HealthRow("mirror", "usb", title, State.GOOD, tr("Tertulis"), said)


def waiting_rows(kinds: tuple[WaitingKind, ...], now: int) -> list[Row]:
    """What waits, by kind: how many, and how long the first of them."""
    return [Row(_capital(operation_text(kind.kind)), f"{kind.count} · {span_text(max(0, now - kind.oldest_at))}") for kind in kinds]


def quality_word(quality: LineQuality) -> tuple[str, Tone]:
    """How the line does, in a word."""
    if not quality.tried:
        return tr("Belum dipakai"), Tone.QUIET
    if quality.failed > quality.tried * LOSSY:
        return tr("Putus-putus"), Tone.WAITING
    if quality.round_trip_ms > SLOW_MS:
        return tr("Lambat"), Tone.WAITING
    return tr("Bagus"), Tone.GOOD


def quality_rows(quality: LineQuality) -> list[Row]:
    """Latency, loss, bytes of today, and whether news come at once."""
    trip = tr("{n} milidetik", n=quality.round_trip_ms) if quality.round_trip_ms else "–"
    rows = [
        Row(tr("Sekali bolak-balik"), trip),
        Row(tr("Gagal hari ini"), tr("{n} dari {total}", n=quality.failed, total=quality.tried)),
        Row(tr("Data hari ini"), f"{bytes_text(quality.sent_bytes)} ↑  {bytes_text(quality.received_bytes)} ↓"),
    ]
    if quality.bytes_per_second:
        rows.append(Row(tr("Kecepatan terima"), tr("{size} per detik", size=bytes_text(quality.bytes_per_second))))
    rows.append(Row(tr("Pesanan baru datang"), tr("langsung") if quality.waits else tr("saat giliran tanya")))
    return rows


def identity_rows(facts: LineFacts) -> list[Row]:
    """Who this till is to the server, for the officer."""
    shop = facts.shop
    if not shop.device:
        return [Row(tr("Toko"), shop.name or "–"), Row(tr("Perangkat"), tr("belum tersambung"))]
    return [
        Row(tr("Toko"), shop.name or "–"),
        Row(tr("Perangkat"), f"{shop.prefix} · {shop.device[:8]}"),
        Row(tr("Urutan kiriman"), tr("ke-{epoch}, {acked} dari {last}", epoch=shop.epoch, acked=facts.acked_seq, last=facts.last_seq)),
        Row(tr("Server"), shop.central_url.removeprefix("https://").removeprefix("http://")),
    ]


def bytes_text(size: int) -> str:
    """`840 B`, `12 kB`, `3,4 MB`."""
    if size < _KILO:
        return f"{size} B"
    if size < _MEGA:
        return f"{size // _KILO} kB"
    return f"{size // _MEGA},{size % _MEGA // 100_000} MB"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
