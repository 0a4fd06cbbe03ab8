"""What the till says when something did not go: every known failure with a title and a sentence that names the next step.

Used by screens and by the command line alike, so it knows no Qt. Owns sentences only; decides nothing. No sentence blames, and none
holds more of a person's data than the error's own fields, which hold none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.order import OrderStatus
from pos.domain.printing import PrintState
from pos.ui.language import later, tr


class Words(NamedTuple):
    """A title of a few words, and a sentence that says what is and what to do next."""

    title: str
    sentence: str


_LONGEST_CODE: Final = 18
"""Characters of a code in a sentence: GTIN-14 and room for what shops invent."""
_MONEY_FIELDS: Final = frozenset({"due", "missing", "amount", "total", "cap"})

ERROR_WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.UNCLEAR_AMOUNT: Words(
        later("Jumlah uang belum jelas"),
        later("“{typed}” bisa dibaca dua cara. Tulis misalnya 12500 atau 12.500."),
    ),
    ErrorCode.UNCLEAR_QUANTITY: Words(
        later("Jumlah belum jelas"),
        later("“{typed}” belum bisa dibaca. Tulis angka bulat, atau dengan koma: 1,5."),
    ),
    ErrorCode.UNKNOWN_BARCODE: Words(
        later("Belum terdaftar"),
        later("Kode {typed} belum ada di daftar. Tambah barang ini?"),
    ),
    ErrorCode.EMPTY_BASKET: Words(later("Keranjang kosong"), later("Pindai barang pertama dulu.")),
    ErrorCode.BASKET_CHANGED: Words(
        later("Keranjang sudah berubah"),
        later("Isi keranjang baru saja berubah. Lihat totalnya sekali lagi, lalu lanjutkan."),
    ),
    ErrorCode.TOO_LITTLE_MONEY: Words(
        later("Uangnya belum cukup"),
        later("Totalnya {due}, masih kurang {missing}. Tambah uangnya, atau kurangi barang."),
    ),
    ErrorCode.NO_CASH_SESSION: Words(
        later("Kasir belum dibuka"),
        later("Hitung uang di laci dulu, lalu buka kasir. Keranjangnya tetap ada."),
    ),
    ErrorCode.CASH_SESSION_ALREADY_OPEN: Words(
        later("Kasir sudah buka"),
        later("Kasir sudah dibuka tadi. Langsung saja berjualan."),
    ),
    ErrorCode.BASKET_NOT_EMPTY: Words(
        later("Masih ada barang di keranjang"),
        later("Bayar atau simpan dulu keranjang yang ini."),
    ),
    ErrorCode.PRODUCT_NOT_FOUND: Words(
        later("Barang belum lengkap"),
        later("Barang ini belum punya nama atau harga. Lengkapi di Barang, lalu coba lagi."),
    ),
    ErrorCode.SALE_NOT_FOUND: Words(
        later("Nota tidak ditemukan"),
        later("Nota itu tidak ada di komputer ini. Cari lagi di Nota."),
    ),
    ErrorCode.QUANTITY_OUT_OF_RANGE: Words(
        later("Jumlah di luar batas"),
        later("{typed} terlalu kecil atau terlalu besar untuk satu nota. Periksa jumlahnya."),
    ),
    ErrorCode.AMOUNT_OUT_OF_RANGE: Words(
        later("Jumlah uang di luar batas"),
        later("{typed} terlalu besar atau di bawah nol. Periksa angkanya."),
    ),
    # online orders
    ErrorCode.ORDER_NOT_FOUND: Words(
        later("Pesanan tidak ditemukan"),
        later("Pesanan itu belum sampai di komputer ini. Tunggu sebentar, lalu buka Pesanan lagi."),
    ),
    ErrorCode.ORDER_STEP_NOT_ALLOWED: Words(
        later("Belum bisa sekarang"),
        later("Pesanan #{number} sedang “{status}”. Lihat kartunya di Pesanan untuk langkah berikutnya."),
    ),
    ErrorCode.PICKUP_CODE_UNREADABLE: Words(
        later("Kode belum terbaca"),
        later("Pindai sekali lagi, atau ketik kode pendek dari pembeli."),
    ),
    ErrorCode.PICKUP_CODE_FORGED: Words(
        later("Kode ini bukan dari e-Peken"),
        later("Jangan serahkan barang dulu. Minta pembeli membuka pesanannya di e-Peken dan pindai dari sana."),
    ),
    ErrorCode.PICKUP_CODE_USED: Words(
        later("Kode sudah dipakai"),
        later("Pesanan #{number} sudah diserahkan. Lihat waktunya di Pesanan, Riwayat."),
    ),
    ErrorCode.PICKUP_CODE_UNKNOWN: Words(
        later("Pesanan kode ini tidak ada di sini"),
        later("Mungkin milik toko lain, atau belum sampai karena luring. Cocokkan nomor pesanannya dengan pembeli."),
    ),
    ErrorCode.PICKUP_TOO_MANY_TRIES: Words(
        later("Tunggu sebentar"),
        later("Sudah beberapa kode yang tidak cocok. Coba lagi {seconds} detik lagi, atau pindai kode QR-nya."),
    ),
    # the store
    ErrorCode.DISK_FULL: Words(
        later("Penyimpanan penuh"),
        later("Tidak ada yang hilang, tapi perubahan ini belum tersimpan. Hapus berkas yang tidak perlu, lalu coba lagi."),
    ),
    ErrorCode.FOLDER_READ_ONLY: Words(
        later("Folder data tidak bisa ditulis"),
        later("Perubahan ini belum tersimpan. Buka izin tulis folder datanya, atau hubungi petugas e-Peken."),
    ),
    ErrorCode.STORE_BUSY: Words(
        later("Sebentar"),
        later("Data sedang dipakai pekerjaan lain. Coba lagi beberapa detik lagi."),
    ),
    ErrorCode.STORE_IN_USE: Words(
        later("Program sudah terbuka"),
        later("Data toko sedang dipakai jendela yang lain. Pakai jendela itu."),
    ),
    ErrorCode.STORE_DAMAGED: Words(
        later("Data toko rusak"),
        later("Jangan hapus apa pun. Hubungi petugas e-Peken; salinan hariannya masih ada di sebelah data toko."),
    ),
    ErrorCode.STORE_NEWER: Words(
        later("Data ini dari program yang lebih baru"),
        later("Datanya aman dan tidak diubah. Pasang versi terbaru e-Peken POS, lalu buka lagi."),
    ),
    ErrorCode.STORE_ON_NETWORK: Words(
        later("Folder data ada di jaringan"),
        later("Data toko harus di komputer ini sendiri supaya aman. Pilih folder lain, bukan folder jaringan atau awan."),
    ),
    # the line
    ErrorCode.NO_LINE: Words(
        later("Sedang luring"),
        later("Jualan jalan terus, data dikirim sendiri begitu tersambung. Periksa kabel atau Wi-Fi kalau sudah lama."),
    ),
    ErrorCode.CENTRAL_REFUSED: Words(
        later("e-Peken belum menerima"),
        later("Server menolak kiriman ini. Jualan jalan terus; lihat rinciannya di Lainnya, Kesehatan."),
    ),
    ErrorCode.CENTRAL_UNREADABLE: Words(
        later("Jawaban server tidak terbaca"),
        later("Mungkin Wi-Fi minta masuk lewat peramban, atau server sedang dirawat. Nanti dicoba lagi sendiri."),
    ),
    ErrorCode.PAIRING_CODE_WRONG: Words(
        later("Kode belum cocok"),
        later("Cek lagi kodenya huruf demi huruf, lalu coba lagi."),
    ),
    ErrorCode.PAIRING_CODE_USED: Words(
        later("Kode sudah dipakai"),
        later("Satu kode hanya untuk satu komputer. Minta kode baru di e-Peken."),
    ),
    ErrorCode.PAIRING_CODE_EXPIRED: Words(
        later("Kode sudah lewat waktunya"),
        later("Minta kode baru di e-Peken, lalu ketik di sini."),
    ),
    ErrorCode.PAIRING_TOO_MANY_TRIES: Words(
        later("Tunggu sebentar"),
        later("Sudah beberapa kode yang tidak cocok. Tunggu beberapa menit, lalu coba dengan kode baru."),
    ),
    ErrorCode.PAIRING_OTHER_SHOP: Words(
        later("Kode ini milik toko lain"),
        later("Data di komputer ini milik toko yang dulu tersambung, jadi tidak dicampur. Minta kode untuk toko itu di e-Peken."),
    ),
    ErrorCode.ALREADY_PAIRED: Words(
        later("Toko sudah tersambung"),
        later("Komputer ini sudah tersambung ke toko. Tidak perlu kode lagi."),
    ),
    ErrorCode.NOT_PAIRED: Words(
        later("Toko belum tersambung"),
        later("Jualan tetap bisa. Buka Pengaturan, lalu sambungkan toko ke e-Peken."),
    ),
    ErrorCode.DEVICE_REVOKED: Words(
        later("Sambungan komputer ini dicabut"),
        later("Jualan tetap bisa dan data tetap ada. Sambungkan lagi dengan kode baru di Pengaturan."),
    ),
    ErrorCode.PROGRAM_TOO_OLD: Words(
        later("Program perlu diperbarui"),
        later("Penjualan tetap terkirim. Pasang versi terbaru supaya pesanan dan barang ikut masuk lagi."),
    ),
    ErrorCode.TLS_FAILED: Words(
        later("Sambungan aman belum bisa dibuat"),
        later("Periksa tanggal dan jam komputer dulu. Kalau sudah benar, coba jaringan lain."),
    ),
    ErrorCode.CLOCK_WRONG: Words(
        later("Jam komputer salah"),
        later("Jam komputer jauh dari jam server. Betulkan tanggal dan jamnya, lalu coba lagi."),
    ),
    ErrorCode.NO_KEYRING: Words(
        later("Belum ada tempat aman untuk kunci"),
        later("Komputer ini tidak punya brankas kunci yang terbuka. Pemilik bisa memilih simpan di berkas, di Pengaturan."),
    ),
    ErrorCode.SETTINGS_BROKEN: Words(
        later("Pengaturan kembali ke awal"),
        later("Berkas pengaturan tidak terbaca dan disisihkan sebagai {file}. Periksa printer dan bahasa di Pengaturan."),
    ),
    # paper
    ErrorCode.PRINTER_NOT_SET: Words(
        later("Printer belum dipilih"),
        later("Nota tetap tersimpan. Pilih printer di Lainnya, Pengaturan."),
    ),
    ErrorCode.PRINTER_NOT_FOUND: Words(
        later("Printer tidak ketemu"),
        later("Nyalakan printer dan periksa kabelnya, lalu tekan Cetak lagi."),
    ),
    ErrorCode.PRINT_JOB_NOT_FOUND: Words(
        later("Cetakan sudah selesai"),
        later("Cetakan itu sudah dijawab. Tidak perlu apa-apa lagi."),
    ),
    # spreadsheets
    ErrorCode.SHEET_UNREADABLE: Words(
        later("Berkas tidak bisa dibuka"),
        later("Berkasnya rusak atau terpotong. Simpan lagi sebagai XLSX atau CSV, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_PASSWORD: Words(
        later("Berkas memakai kata sandi"),
        later("Buka di Excel, hapus kata sandinya, simpan, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_EMPTY: Words(
        later("Berkas kosong"),
        later("Belum ada baris barang di dalamnya. Isi dulu, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_NO_COLUMNS: Words(
        later("Kolom nama dan harga belum ketemu"),
        later("Beri judul kolom di baris pertama, misalnya: nama, harga, barcode, stok."),
    ),
    ErrorCode.SHEET_TOO_LONG: Words(
        later("Berkas terlalu panjang"),
        later("Bagi menjadi beberapa berkas yang lebih pendek, lalu masukkan satu per satu."),
    ),
    ErrorCode.SHEET_KIND_UNKNOWN: Words(
        later("Jenis berkas belum dikenal"),
        later("Simpan sebagai XLSX atau CSV, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_NOT_FOUND: Words(
        later("Berkas tidak ketemu"),
        later("Mungkin sudah dipindah atau flashdisk dicabut. Pilih lagi berkasnya."),
    ),
}

_UNKNOWN_WORDS: Final = Words(later("Belum berhasil"), later("Coba sekali lagi. Jualan tetap bisa jalan."))

_PRINT_STATES: Final[Mapping[PrintState, str]] = {
    PrintState.QUEUED: later("menunggu printer"),
    PrintState.SENDING: later("sedang dikirim ke printer"),
    PrintState.CONFIRMED: later("tercetak"),
    PrintState.SENT: later("terkirim ke printer"),
    PrintState.FAILED: later("belum sampai ke printer"),
    PrintState.UNKNOWN: later("mungkin belum tercetak"),
    PrintState.EXPIRED: later("tidak dicetak"),
    PrintState.ON_PAPER: later("sudah di kertas"),
}

_ORDER_STATES: Final[Mapping[OrderStatus, str]] = {
    OrderStatus.PLACED: later("baru"),
    OrderStatus.ACCEPTED: later("disiapkan"),
    OrderStatus.READY: later("siap diambil"),
    OrderStatus.PICKED_UP: later("sudah diambil"),
    OrderStatus.REJECTED: later("ditolak toko"),
    OrderStatus.CANCELLED: later("dibatalkan pembeli"),
    OrderStatus.EXPIRED: later("lewat batas waktu"),
    OrderStatus.NO_SHOW: later("tidak diambil"),
}

_OPERATIONS: Final[Mapping[str, str]] = {
    "sale": later("penjualan"),
    "stock": later("stok"),
    "product": later("daftar barang"),
    "session_opened": later("buka kasir"),
    "session_closed": later("tutup kasir"),
    "order_command": later("jawaban pesanan"),
    "order_picked_up": later("pesanan diserahkan"),
}


def error_words(error: ShopError) -> Words:
    """Title and sentence of a known failure, in the language in use, with its fields filled in."""
    words = ERROR_WORDS.get(error.code, _UNKNOWN_WORDS)
    return Words(tr(words.title), _fill(tr(words.sentence), error.fields))


def short_code(code: str) -> str:
    """A code as it is said: whole, or its beginning where it is longer than any barcode and would fit on no line."""
    return code if len(code) <= _LONGEST_CODE else f"{code[:_LONGEST_CODE]}…"


def error_sentence(error: ShopError) -> str:
    """Title and sentence in one breath, for a toast or a terminal."""
    words = error_words(error)
    return f"{words.title}. {words.sentence}"


def print_state_text(state: PrintState) -> str:
    """How far a print job is, as words in a row."""
    return tr(_PRINT_STATES[state])


def order_status_text(status: OrderStatus, as_written: str = "") -> str:
    """An order's status; one that this till does not know is said as the server wrote it."""
    words = _ORDER_STATES.get(status)
    return tr(words) if words else as_written or status.value


def operation_text(kind: str) -> str:
    """What an operation of the outbox is about (`sale@1` -> penjualan)."""
    words = _OPERATIONS.get(kind.partition("@")[0])
    return tr(words) if words else kind


class _Fields(dict[str, str]):
    """A field that an error does not carry leaves a dash, never a crash while telling of a failure."""

    def __missing__(self, key: str) -> str:
        return "–"


def _fill(sentence: str, fields: Mapping[str, object]) -> str:
    said = {key: _said(key, value) for key, value in fields.items()}
    return sentence.format_map(_Fields(said))


def _said(key: str, value: object) -> str:
    if key in _MONEY_FIELDS and isinstance(value, int):
        return format_rupiah(value)
    if key == "status" and isinstance(value, str):
        return order_status_text(OrderStatus.read(value), value)
    return str(value)
