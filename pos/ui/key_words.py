"""What each key does, in the shop's words, and which keys each room has: for help, settings and the printed card. Owns no key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.ui.keys import Action
from pos.ui.language import later, tr

_WORDS: Final[Mapping[Action, str]] = {
    Action.HELP: later("Bantuan"),
    Action.SEARCH: later("Cari barang"),
    Action.QUANTITY: later("Ubah jumlah"),
    Action.HOLD: later("Simpan dulu"),
    Action.RECALL: later("Lanjutkan"),
    Action.CUSTOMER: later("Pelanggan, bon"),
    Action.PRICE_CHECK: later("Cek harga"),
    Action.DISCOUNT: later("Potongan"),
    Action.EDIT_LINE: later("Ubah baris"),
    Action.PAY: later("Bayar, selesai"),
    Action.REPRINT: later("Cetak ulang"),
    Action.EXACT_CASH: later("Uang pas"),
    Action.REMOVE_LINE: later("Hapus baris"),
    Action.UNDO: later("Urungkan"),
    Action.REDO: later("Ulangi"),
    Action.LOCK: later("Kunci, ganti kasir"),
    Action.BACK: later("Kembali, tutup"),
}
EVERYWHERE: Final = (Action.HELP, Action.LOCK, Action.BACK)
_SALE: Final = tuple(action for action in Action if action not in EVERYWHERE)
_ROOMS: Final[Mapping[str, tuple[Action, ...]]] = {
    "sale": _SALE,
    "history": (Action.SEARCH, Action.REPRINT),
    "goods": (Action.SEARCH,),
    "customers": (Action.SEARCH,),
    "audit": (Action.SEARCH,),
}


def action_text(action: Action) -> str:
    """What an action is called."""
    words = _WORDS.get(action)
    return tr(words) if words else action.value


def keys_of_room(room: str) -> tuple[Action, ...]:
    """The actions that a room's keys do; those of everywhere come last."""
    return (*_ROOMS.get(room, ()), *EVERYWHERE)
