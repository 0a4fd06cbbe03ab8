"""Print jobs and printers in words: what a job is, what is known of it, what can be said to it; how a printer is, where, and what for.

Pure: reads values, asks no clock and no store. No code of `domain.evidence` is shown as it is: each has its sentence here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from pos.domain.evidence import Asks, Evidence, Said, Seen, Why
from pos.domain.printing import DocumentKind, PrinterRole, PrintState
from pos.domain.sale import short_number
from pos.services.paper_views import PrinterChecked, PrinterNow, PrinterState, PrintRow, Roll
from pos.services.preferences import PrinterChoice
from pos.ui.language import later, tr
from pos.ui.messages import print_state_text
from pos.ui.tones import Tone


class Answer(StrEnum):
    """What a person can say to a print job."""

    ON_PAPER = "on_paper"
    AGAIN = "again"
    """Print it anew, as a copy: the first one may be on paper too."""
    RETRY = "retry"
    """Nothing came out: send the same paper now."""
    ELSEWHERE = "elsewhere"
    DROP = "drop"
    """Nobody needs this paper any more."""


ANSWER_ICONS: Final[Mapping[Answer, str]] = {
    Answer.ON_PAPER: "check",
    Answer.AGAIN: "rotate-ccw",
    Answer.RETRY: "printer",
    Answer.ELSEWHERE: "arrow-right",
    Answer.DROP: "x",
}

_KINDS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.RECEIPT: later("Struk nota {number}"),
    DocumentKind.PICKUP: later("Struk ambil pesanan {number}"),
    DocumentKind.TEST_PAGE: later("Halaman tes"),
    DocumentKind.DRAWER_KICK: later("Buka laci"),
    DocumentKind.DRAWER_REPORT: later("Laporan laci"),
    DocumentKind.BON: later("Bon nota {number}"),
    DocumentKind.STATEMENT: later("Rekening utang"),
    DocumentKind.REPAYMENT: later("Tanda terima bayar utang"),
    DocumentKind.NOTA: later("Nota {number}"),
    DocumentKind.KUITANSI: later("Kuitansi nota {number}"),
    DocumentKind.LABEL: later("Label harga"),
    DocumentKind.GOODS_RECEIPT: later("Barang masuk"),
    DocumentKind.STOCK_TAKE: later("Lembar hitung stok"),
    DocumentKind.KEY_CARD: later("Kartu tombol"),
    DocumentKind.SUPPLIER: later("Buku pemasok"),
    DocumentKind.CASH_BOOK: later("Buku kas"),
    DocumentKind.HELP_CARD: later("Kartu bantuan"),
    DocumentKind.STOCK_CARD: later("Kartu stok"),
    DocumentKind.SHOPPING: later("Daftar kulakan"),
    DocumentKind.RECAP: later("Rekap harian"),
    DocumentKind.UNSENT: later("Daftar belum terkirim"),
}

_SEEN: Final[Mapping[Seen, str]] = {
    Seen.TAKEN: later("Printer menerima semuanya. Apakah sudah di kertas, printer ini tidak bilang."),
    Seen.PRINTED: later("Kata printer: sudah tercetak."),
    Seen.ON_SCREEN: later("Tampil di layar."),
    Seen.QUEUE_DONE: later("Diserahkan ke antrean cetak komputer. Apakah sudah di kertas, antrean tidak tahu."),
    Seen.NOT_FOUND: later("Printernya tidak ketemu."),
    Seen.NOT_CONNECTED: later("Printernya belum bisa dihubungi."),
    Seen.QUEUE_HELD: later("Antrean cetak komputer tidak mulai mencetak. Cetakannya ditarik lagi, tidak ada yang keluar."),
    Seen.HUNG: later("Printer berhenti menerima di tengah jalan ({percent})."),
    Seen.BROKEN: later("Sambungan ke printer putus di tengah jalan ({percent})."),
    Seen.CLOSED: later("Printer menutup sambungan sebelum selesai ({percent})."),
    Seen.NO_ANSWER: later("Semua sudah dikirim, tapi printer tidak bilang sudah tercetak."),
    Seen.QUEUE_BROKEN: later("Antrean cetak komputer sudah mulai, lalu gagal."),
    Seen.TILL_CLOSED: later("Kasir ditutup selagi mencetak ({percent})."),
    Seen.STOPPED: later("Kasir mati selagi mencetak."),
    Seen.BUG: later("Kasir tersandung selagi mencetak. Catatannya ada untuk petugas."),
    Seen.TOO_LATE: later("Sudah lewat waktunya; laci tidak dibuka belakangan."),
    Seen.SAID_ON_PAPER: later("Sudah dilihat orang: ada di kertas."),
    Seen.SAID_AGAIN: later("Diganti dengan cetakan ulang."),
    Seen.SAID_DROPPED: later("Tidak jadi dicetak, kata orang di kasir."),
    Seen.SAID_ELSEWHERE: later("Dipindah ke printer lain."),
}

_WHY: Final[Mapping[Why, str]] = {
    Why.REFUSED: later("Di alamat itu tidak ada yang menerima cetakan. Printer baru dinyalakan? Tunggu sebentar."),
    Why.TIMEOUT: later("Tidak ada jawaban. Nyalakan printer dan periksa kabelnya."),
    Why.UNREACHABLE: later("Jaringan ke printer putus. Periksa kabel atau Wi-Fi."),
    Why.UNKNOWN_NAME: later("Nama itu tidak dikenal di jaringan. Pakai alamat angkanya."),
    Why.DENIED: later("Komputer ini belum boleh memakai printer itu. Panggil petugas e-Peken."),
    Why.MISSING: later("Printer itu tidak ada di komputer ini. Colokkan, atau pilih lagi."),
    Why.BUSY: later("Sedang dipakai program lain."),
    Why.UNPLUGGED: later("Kabelnya tercabut. Colokkan lagi."),
    Why.FULL: later("Tempat simpannya penuh."),
    Why.NO_SPOOLER: later("Layanan cetak komputer tidak jalan."),
    Why.NO_ADDRESS: later("Alamat printer ini salah. Pilih lagi printernya."),
}

_SAID: Final[Mapping[Said, str]] = {
    Said.OFFLINE: later("tidak siap"),
    Said.COVER_OPEN: later("penutup terbuka"),
    Said.PAPER_OUT: later("kertas habis"),
    Said.PAPER_LOW: later("kertas hampir habis"),
    Said.FAULT: later("ada gangguan"),
    Said.PAUSED: later("antrean dihentikan"),
}

_ASKS: Final[Mapping[Asks, str]] = {
    Asks.OLD: later("Sudah lama menunggu. Masih perlu?"),
    Asks.RESTARTED: later("Kasir sempat mati sebelum ini dicetak. Masih perlu?"),
    Asks.DAMAGED: later("Isinya rusak, jadi tidak dikirim. Cetak ulang dari notanya."),
    Asks.TAKEN_OUT: later("Dihapus orang dari antrean cetak komputer. Masih perlu?"),
    Asks.NO_PRINTER: later("Printernya sudah tidak dipakai toko. Kirim ke printer lain?"),
}

_ROLES: Final[Mapping[PrinterRole, str]] = {
    PrinterRole.STRUK: later("Struk dan laci"),
    PrinterRole.PICKUP: later("Struk ambil"),
    PrinterRole.LABEL: later("Label"),
    PrinterRole.REPORT: later("Laporan"),
}

_STATES: Final[Mapping[PrintState, tuple[str, Tone]]] = {
    PrintState.QUEUED: ("hourglass", Tone.WAITING),
    PrintState.SENDING: ("printer", Tone.INFORMATION),
    PrintState.CONFIRMED: ("printer-check", Tone.GOOD),
    PrintState.SENT: ("printer-check", Tone.GOOD),
    PrintState.ON_PAPER: ("printer-check", Tone.GOOD),
    PrintState.FAILED: ("printer-x", Tone.WAITING),
    PrintState.UNKNOWN: ("circle-help", Tone.FAULT),
    PrintState.EXPIRED: ("x", Tone.QUIET),
}

_SCHEMES: Final[Mapping[str, str]] = {
    "tcp": later("Jaringan {where}"),
    "serial": later("Kabel serial atau Bluetooth {where}"),
    "usb": later("USB {where}"),
    "cups": later("Antrean cetak {where}"),
    "windows": later("Printer Windows {where}"),
    "file": later("Perangkat {where}"),
}


def kind_text(kind: DocumentKind) -> str:
    """What a paper is called, without its number: `Struk nota`."""
    return tr(_KINDS[kind], number="").strip()


def job_title(row: PrintRow) -> str:
    """What a job is, as the shop calls it: `Struk nota 7`, `Kuitansi nota 7, SALINAN ke-2`."""
    words = _KINDS.get(row.kind)
    number = f"#{row.number}" if row.kind is DocumentKind.PICKUP and row.number else short_number(row.number) if row.number else ""
    title = tr(words, number=number).strip() if words else row.kind.value
    return tr("{title}, SALINAN ke-{n}", title=title, n=row.copy) if row.copy else title


def state_badge(row: PrintRow) -> tuple[str, str, Tone]:
    """Icon, words and tone of how far a job is."""
    icon, tone = _STATES[row.state]
    return icon, print_state_text(row.state), Tone.FAULT if row.needs_a_person else tone


def evidence_sentence(evidence: Evidence) -> str:
    """All that is known of how a job ended, and of why it waits; empty where there is nothing to say."""
    percent = f"{100 * evidence.sent // evidence.size if evidence.size else 0}%"
    seen, why, asks = _SEEN.get(evidence.seen), _WHY.get(evidence.why), _ASKS.get(evidence.asks) if evidence.asks else None
    parts = [
        tr(seen, percent=percent) if seen else "",
        tr(why) if why else "",
        said_sentence(evidence.said),
        tr(asks) if asks else "",
    ]
    return " ".join(part for part in parts if part)


def said_sentence(said: Sequence[Said]) -> str:
    """`Kata printer: kertas habis, penutup terbuka.`"""
    return tr("Kata printer: {said}.", said=", ".join(tr(_SAID[each]) for each in said)) if said else ""


def waiting_sentence(row: PrintRow) -> str:
    """What happens next to a job by itself, where something does."""
    if row.state is PrintState.QUEUED:
        return tr("Menunggu giliran.")
    if row.state is PrintState.SENDING:
        return tr("Sedang dikirim.")
    if row.state is PrintState.FAILED and row.evidence.asks is None:
        return tr("Belum ada yang keluar. Dicoba lagi sendiri begitu printernya bisa.")
    return tr("Lihat kertasnya: sudah keluar atau belum?") if row.state is PrintState.UNKNOWN else ""


def known_sentence(row: PrintRow) -> str:
    """Evidence and what comes next, in one breath."""
    return " ".join(part for part in (evidence_sentence(row.evidence), waiting_sentence(row)) if part)


def answers_to(row: PrintRow, others: bool = False) -> tuple[Answer, ...]:
    """What can be said to a job, from left to right. `others`: the shop has another printer that it could go to."""
    if row.kind is DocumentKind.DRAWER_KICK:
        return (Answer.DROP,) if row.state in (PrintState.QUEUED, PrintState.FAILED, PrintState.UNKNOWN) else ()
    elsewhere = (Answer.ELSEWHERE,) if others else ()
    if row.state is PrintState.UNKNOWN:
        return (*elsewhere, Answer.ON_PAPER, Answer.AGAIN)
    if row.state is PrintState.QUEUED:
        return (Answer.DROP, *elsewhere)
    if row.state is not PrintState.FAILED:
        return ()
    if row.evidence.asks is Asks.DAMAGED:
        return (Answer.DROP, Answer.AGAIN)
    if row.evidence.asks is Asks.NO_PRINTER:
        return (Answer.DROP, *elsewhere)
    return (Answer.DROP, *elsewhere, Answer.RETRY)


def answer_text(answer: Answer) -> str:
    """What its button says."""
    words = {
        Answer.ON_PAPER: tr("Sudah tercetak"),
        Answer.AGAIN: tr("Cetak ulang"),
        Answer.RETRY: tr("Cetak sekarang"),
        Answer.ELSEWHERE: tr("Printer lain"),
        Answer.DROP: tr("Tidak usah"),
    }
    return words[answer]


# --- printers -----------------------------------------------------------------------------------------------------


def role_text(role: PrinterRole) -> str:
    return tr(_ROLES[role])


def roles_sentence(printer: PrinterChoice) -> str:
    """`Mencetak: struk dan laci, label.`"""
    names = [role_text(role) for role in PrinterRole if role in printer.roles]
    return tr("Untuk: {roles}", roles=", ".join(names)) if names else tr("Hanya menggantikan printer lain")


def where_text(address: str) -> str:
    """Where a printer is: `Jaringan 192.168.1.50`, `USB 0416:5011`."""
    if address == "screen:":
        return tr("Kertas di layar")
    scheme, _, rest = address.partition(":")
    words = _SCHEMES.get(scheme)
    return tr(words, where=rest.removeprefix("//").removesuffix(":9100")) if words else address


def printer_badge(now: PrinterNow, roll: Roll | None = None) -> tuple[str, str, Tone]:
    """Icon, word and tone of how a printer is."""
    if now.state is PrinterState.BUSY:
        return "printer", tr("Mencetak"), Tone.INFORMATION
    if now.state is PrinterState.TROUBLE:
        return "printer-x", tr("Cek printer"), Tone.FAULT
    if now.state is PrinterState.UNSEEN:
        return "circle-help", tr("Belum dicek"), Tone.QUIET
    return "printer-check", tr("Siap"), Tone.GOOD


def checked_sentence(checked: PrinterChecked) -> tuple[Tone, str]:
    """What came of asking a printer how it is. One that says nothing is not said to be well."""
    if checked.trouble is not None:
        return Tone.FAULT, evidence_sentence(checked.trouble)
    if checked.said:
        return Tone.FAULT, said_sentence(checked.said)
    if checked.heard:
        return Tone.GOOD, tr("Printer menjawab: siap, kertas ada.")
    return Tone.WAITING, tr("Printernya ada, tapi tidak menjawab pertanyaan. Kertasnya lihat sendiri.")


def metres_text(millimetres: int) -> str:
    """`12,3 m`"""
    return f"{millimetres / 1000:.1f} m".replace(".", ",")


def roll_sentence(roll: Roll | None) -> str:
    """What should be left of the paper, as far as the till was told."""
    if roll is None or roll.left_mm is None:
        return tr("Sisa kertas belum diketahui. Bilang kalau ganti gulungan.")
    if roll.left_mm == 0:
        return tr("Kertas mestinya sudah habis.")
    return tr("Sisa kertas kira-kira {left} dari {whole}.", left=metres_text(roll.left_mm), whole=metres_text(roll.length_mm))
