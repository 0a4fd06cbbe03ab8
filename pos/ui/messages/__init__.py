"""What the till says when something did not go: every known failure with a title and a sentence that names the next step.

The sentences stand in one module a room, joined here. Used by screens and by the command line alike, so it knows no Qt. Decides nothing.
No sentence blames, and none holds more of a person's data than the error's own fields, which hold none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.order import OrderStatus
from pos.domain.printing import PrintState
from pos.ui.language import later, tr
from pos.ui.messages import counter, goods, installing, line, orders, paper, paying, people, selling, sheets, stock, store
from pos.ui.messages.shape import Words

_LONGEST_CODE: Final = 18
"""Characters of a code in a sentence: GTIN-14 and room for what shops invent."""
_MONEY_FIELDS: Final = frozenset({"there", "owed", "due", "missing", "amount", "total", "cap", "least"})

ERROR_WORDS: Final[Mapping[ErrorCode, Words]] = {
    **counter.WORDS,
    **selling.WORDS,
    **goods.WORDS,
    **paying.WORDS,
    **people.WORDS,
    **orders.WORDS,
    **store.WORDS,
    **line.WORDS,
    **paper.WORDS,
    **sheets.WORDS,
    **stock.WORDS,
    **installing.WORDS,
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
    "cash_movement": later("uang laci"),
    "tender_settled": later("kabar pembayaran"),
    "credit": later("bon dan cicilan"),
    "deposit": later("jaminan galon dan tabung"),
    "stock_take": later("stok opname"),
    "product_edit": later("perubahan barang"),
    "set_aside": later("kabar yang disisihkan"),
}


def error_words(error: ShopError) -> Words:
    """Title and sentence of a known failure, in the language in use, with its fields filled in."""
    words = ERROR_WORDS.get(error.code, _UNKNOWN_WORDS)
    return Words(_fill(tr(words.title), error.fields), _fill(tr(words.sentence), error.fields))


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
