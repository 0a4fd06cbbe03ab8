"""What the health page says: each thing with a state, a sentence and the way on. Pure: reads values, draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import PrintState
from pos.services.views import CopiesState, LineState, StoreHealth
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.moments import DAY_MS, moment_text, span_text
from pos.ui.settings.typed import ON_SCREEN
from pos.ui.shell.pills import CLOCK_LIMIT_MS

LITTLE_DISK: Final = 1_000_000_000
NO_DISK: Final = 100_000_000
OLD_COPY_MS: Final = 3 * DAY_MS
"""A copy is made every day; one that is older says that something keeps it from being made."""
_MEGA: Final = 1_000_000


class State(StrEnum):
    """How a thing is; the row's icon, word and colour follow it."""

    GOOD = "good"
    WAITING = "waiting"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One row.

    Attributes:
        key: which thing: line, outbox, clock, printer, disk, database, copy, keys.
        word: the state in a word or two, for the pill.
        sentence: what is and what to do.
    """

    key: str
    icon: str
    title: str
    state: State
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rows are made of, read at one moment.

    Attributes:
        now: UTC ms.
        printer: as `Backstage.printer_state` says it.
        jobs: how many print jobs are in each state that is not final.
        printers: (name, roles as words, doubtful jobs) of each printer of the shop.
        failed_checks: None while the database was not checked since the start.
    """

    now: int
    line: LineState
    line_error: ShopError | None
    printer: str
    printer_address: str
    jobs: Mapping[PrintState, int]
    store: StoreHealth
    failed_checks: tuple[str, ...] | None = None
    checked_at: int = 0
    keys_in_file: bool = False
    printers: tuple[tuple[str, str, int], ...] = ()


def health_rows(facts: Facts) -> tuple[HealthRow, ...]:
    """The rows from top to bottom; that of the keys only as long as it is a warning."""
    rows = (
        line_row(facts.line, facts.line_error, facts.now),
        outbox_row(facts.line, facts.now),
        clock_row(facts.line),
        _printer(facts),
        disk_row(facts.store.size_bytes, facts.store.free_bytes),
        _database(facts),
        _copy(facts),
    )
    return (*rows, _keys()) if facts.keys_in_file else rows


def line_row(line: LineState, error: ShopError | None, now: int) -> HealthRow:
    """How the line is, and when it last was."""
    icon, title = "wifi", tr("Sambungan ke e-Peken")
    last = tr("Terakhir tersambung {at}.", at=moment_text(line.last_success_at)) if line.last_success_at else tr("Belum pernah tersambung.")
    if not line.paired:
        return HealthRow(
            "line", icon, title, State.UNKNOWN, tr("Belum tersambung"), tr("Jualan tetap bisa. Sambungkan toko di Pengaturan.")
        )
    if error is None and now - line.last_success_at > DAY_MS:
        return HealthRow("line", "wifi-off", title, State.WAITING, tr("Luring"), last)
    if error is None:
        return HealthRow("line", icon, title, State.GOOD, tr("Daring"), last)
    plain = error.code in (ErrorCode.NO_LINE, ErrorCode.CENTRAL_UNREADABLE, ErrorCode.CENTRAL_REFUSED)
    state, word = (State.WAITING, tr("Luring")) if plain else (State.FAULT, tr("Cek sambungan"))
    return HealthRow("line", "wifi-off", title, state, word, f"{error_sentence(error)} {last}")


def outbox_row(line: LineState, now: int) -> HealthRow:
    """What the server has not heard, and what it did not take. `now` UTC ms."""
    title = tr("Kiriman data")
    if not line.paired:
        sentence = tr("{n} catatan tersimpan di sini, dikirim begitu toko tersambung.", n=line.waiting)
        return HealthRow("outbox", "cloud", title, State.UNKNOWN, tr("Disimpan dulu"), sentence)
    held = line.refused + line.quarantined + line.aside
    if held:
        sentence = tr(
            "{n} kiriman tidak diterima server, tapi tidak menahan yang lain. Lihat daftarnya, tunjukkan ke petugas e-Peken.", n=held
        )
        return HealthRow("outbox", "triangle-alert", title, State.FAULT, tr("{n} tertahan", n=held), sentence)
    if line.unreadable:
        sentence = tr("{n} data dari server tidak bisa dipakai di sini dan dilewati. Hubungi petugas e-Peken.", n=line.unreadable)
        return HealthRow("outbox", "triangle-alert", title, State.FAULT, tr("{n} dilewati", n=line.unreadable), sentence)
    if not line.digest_ok:
        sentence = tr("Hitungan toko dan server berbeda. Data disamakan lagi sendiri; kalau besok masih begini, hubungi petugas e-Peken.")
        return HealthRow("outbox", "scale", title, State.WAITING, tr("Belum sama"), sentence)
    if not line.waiting:
        return HealthRow("outbox", "cloud-check", title, State.GOOD, tr("Semua terkirim"), tr("Data di server sama dengan di sini."))
    age = max(0, now - line.oldest_waiting_at)
    sentence = tr("Yang paling lama menunggu {age}. Dikirim sendiri begitu tersambung.", age=span_text(age))
    state = State.FAULT if age > DAY_MS else State.WAITING
    return HealthRow("outbox", "cloud-upload", title, state, tr("{n} belum terkirim", n=line.waiting), sentence)


def clock_row(line: LineState) -> HealthRow:
    """The computer's clock beside the server's."""
    off, title = line.clock_offset, tr("Jam komputer")
    if not line.last_success_at:
        return HealthRow("clock", "clock", title, State.UNKNOWN, tr("Belum dicek"), tr("Dicek begitu tersambung ke server."))
    if abs(off) <= CLOCK_LIMIT_MS:
        return HealthRow("clock", "clock", title, State.GOOD, tr("Cocok"), tr("Sama dengan jam server."))
    span = span_text(abs(off))
    sentence = (
        tr("Jam komputer terlambat {span}. Betulkan tanggal dan jamnya.", span=span)
        if off > 0
        else tr("Jam komputer terlalu cepat {span}. Betulkan tanggal dan jamnya.", span=span)
    )
    return HealthRow("clock", "clock-alert", title, State.FAULT, tr("Salah {span}", span=span), sentence)


def _printer(facts: Facts) -> HealthRow:
    title = tr("Printer")
    if not facts.printer_address:
        return HealthRow(
            "printer", "printer", title, State.UNKNOWN, tr("Belum dipilih"), tr("Nota tetap tersimpan. Pilih printer di Pengaturan.")
        )
    doubtful = facts.jobs.get(PrintState.UNKNOWN, 0)
    if doubtful:
        sentence = tr("{n} cetakan mungkin belum keluar. Lihat kertasnya, lalu jawab di bawah.", n=doubtful)
        return HealthRow("printer", "printer-x", title, State.FAULT, tr("Perlu dilihat"), f"{sentence} {_each(facts)}".strip())
    if facts.printer == "trouble":
        sentence = tr("Nyalakan printer, periksa kertas dan kabelnya. Cetakan yang menunggu keluar sendiri.")
        return HealthRow("printer", "printer-x", title, State.FAULT, tr("Cek printer"), f"{sentence} {_each(facts)}".strip())
    if facts.jobs:
        sentence = tr("{n} cetakan menunggu giliran.", n=sum(facts.jobs.values()))
        return HealthRow("printer", "printer", title, State.WAITING, tr("Mencetak"), sentence)
    where = tr("Kertas tampil di layar.") if facts.printer_address == ON_SCREEN else facts.printer_address
    where = _each(facts) or where
    return HealthRow("printer", "printer", title, State.GOOD, tr("Siap"), where)


def _each(facts: Facts) -> str:
    """Every printer by its roles, and how many of its jobs are doubtful, where the shop has more than one."""
    if len(facts.printers) < 2:
        return ""
    said = (
        tr("{name}: {roles} ({n} perlu dilihat).", name=name, roles=roles, n=doubtful)
        if doubtful
        else tr("{name}: {roles}.", name=name, roles=roles)
        for name, roles, doubtful in facts.printers
    )
    return " ".join(said)


def disk_row(size: int, free: int) -> HealthRow:
    """Room on the disk: bytes that the shop's data take, and bytes that are free."""
    title = tr("Tempat simpan")
    sentence = tr("Data toko {size}. Masih kosong {free}.", size=size_text(size), free=size_text(free))
    if free < NO_DISK:
        way = tr("Hapus berkas yang tidak perlu sekarang, supaya nota tetap tersimpan.")
        return HealthRow("disk", "hard-drive", title, State.FAULT, tr("Hampir penuh"), f"{sentence} {way}")
    if free < LITTLE_DISK:
        return HealthRow(
            "disk", "hard-drive", title, State.WAITING, tr("Tinggal sedikit"), f"{sentence} {tr('Hapus berkas yang tidak perlu.')}"
        )
    return HealthRow("disk", "hard-drive", title, State.GOOD, tr("Cukup"), sentence)


def _database(facts: Facts) -> HealthRow:
    title, failed = tr("Data toko"), facts.failed_checks
    counted = tr("{goods} barang, {sales} nota.", goods=facts.store.products, sales=facts.store.sales)
    if failed is None:
        return HealthRow("database", "database", title, State.UNKNOWN, tr("Belum diperiksa"), counted)
    if failed:
        way = tr("Jangan hapus apa pun, hubungi petugas e-Peken. Yang tidak cocok: {checks}.", checks=", ".join(map(check_text, failed)))
        return HealthRow("database", "database", title, State.FAULT, tr("Perlu dilihat"), way)
    return HealthRow(
        "database", "database", title, State.GOOD, tr("Baik"), f"{counted} {tr('Diperiksa {at}.', at=moment_text(facts.checked_at))}"
    )


def _copy(facts: Facts) -> HealthRow:
    title, at = tr("Salinan terakhir"), facts.store.last_copy_at
    if not at:
        sentence = tr("Salinan dibuat sendiri setiap hari, dan sebelum program diperbarui.")
        return HealthRow("copy", "archive", title, State.UNKNOWN, tr("Belum ada"), sentence)
    made = tr("Dibuat {at}.", at=moment_text(at))
    if facts.now - at > OLD_COPY_MS and facts.store.sales:
        way = tr("Biarkan kasir terbuka sebentar; salinan hari ini dibuat sendiri.")
        return HealthRow("copy", "archive", title, State.WAITING, tr("Sudah lama"), f"{made} {way}")
    return HealthRow("copy", "archive", title, State.GOOD, tr("Ada"), made)


def second_copy_row(state: CopiesState) -> tuple[HealthRow, ...]:
    """Where copies lie a second time; nothing where nobody has chosen a place."""
    title = tr("Salinan kedua")
    if state.error is not None:
        return (HealthRow("second_copy", "archive", title, State.FAULT, tr("Tidak ada"), error_sentence(state.error)),)
    if not state.place:
        return ()
    at = (
        tr("Dibuat {at}.", at=moment_text(state.laid_at))
        if state.laid_at
        else tr("Salinan berikutnya juga ditaruh di {place}.", place=state.place)
    )
    return (HealthRow("second_copy", "archive", title, State.GOOD, tr("Ada"), at),)


def _keys() -> HealthRow:
    sentence = tr("Kunci toko disimpan di berkas, bukan di brankas kunci. Jangan biarkan orang lain memakai komputer ini.")
    return HealthRow("keys", "key-round", tr("Kunci toko"), State.WAITING, tr("Di berkas"), sentence)


def check_text(name: str) -> str:
    """A check of `Queries.check` in words; one that has none is said as it is named."""
    words = {
        "integrity": tr("susunan berkas"),
        "stock totals": tr("jumlah stok"),
        "goods totals": tr("hitungan barang"),
        "sale sums": tr("jumlah nota"),
        "drawer sums": tr("jumlah laci"),
        "audit chain": tr("buku catatan"),
        "outbox chain": tr("urutan kiriman"),
        "credit totals": tr("buku utang"),
        "supplier totals": tr("buku pemasok"),
        "countersigned": tr("tanda tangan server"),
        "people": tr("daftar orang"),
        "z reports": tr("laporan Z"),
        "report sums": tr("jumlah laporan"),
        "stock costs": tr("harga modal stok"),
        "price history": tr("riwayat harga"),
        "twins": tr("barang kembar"),
    }
    return words.get(name.replace("_", " "), name)


def size_text(size: int) -> str:
    """Bytes as people say them: `48 MB`, `12,5 GB`."""
    if size < 1_000 * _MEGA:
        return f"{max(1, size // _MEGA)} MB"
    return f"{size // (1_000 * _MEGA)},{size // (100 * _MEGA) % 10} GB"
