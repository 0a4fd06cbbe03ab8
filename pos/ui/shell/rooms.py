"""The rooms of the till by their keys: their word, their sign, and where they are made. A room is imported when it is first entered."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pos.ui.language import later

if TYPE_CHECKING:
    from pos.ui.context import Screen, UiContext

SALE: Final = "sale"
FIRST_RUN: Final = "first_run"
MENU: Final = "menu"
"""No room: what is behind *Lainnya*."""


class Room(NamedTuple):
    """One room.

    Attributes:
        on_rail: stands on the rail by itself; the others are behind *Lainnya*.
        tells: a few words of what is there, for the menu.
    """

    key: str
    word: str
    icon: str
    maker: str
    on_rail: bool = False
    tells: str = ""


ROOMS: Final[tuple[Room, ...]] = (
    Room(SALE, later("Kasir"), "store", "SaleScreen", True),
    Room("orders", later("Pesanan"), "shopping-bag", "OrdersScreen", True),
    Room("goods", later("Barang"), "package", "GoodsScreen", True),
    Room("history", later("Nota"), "receipt-text", "HistoryScreen", True),
    Room("customers", later("Bon"), "notebook-pen", "CustomersScreen", True),
    Room("reports", later("Laporan"), "chart-column", "ReportsScreen", True),
    Room("books", later("Buku"), "book-open", "BooksScreen", tells=later("Pemasok, titip jual, buku kas")),
    Room("stock", later("Stok"), "boxes", "StockScreen", tells=later("Kulakan, opname, kartu stok, belanja")),
    Room("drawer", later("Laci"), "wallet", "DrawerScreen", tells=later("Buka, hitung, tutup kasir")),
    Room("users", later("Orang"), "users", "UsersScreen", tells=later("Kasir, pemilik, PIN")),
    Room("audit", later("Catatan"), "list-checks", "AuditScreen", tells=later("Siapa melakukan apa, kapan")),
    Room("printers", later("Printer"), "printer", "PrintersScreen", tells=later("Cetakan, printer toko, sisa kertas")),
    Room("health", later("Kesehatan"), "heart-pulse", "HealthScreen", tells=later("Sambungan, printer, data, salinan")),
    Room("settings", later("Pengaturan"), "settings", "SettingsScreen", tells=later("Toko, printer, tampilan, bahasa")),
    Room(FIRST_RUN, later("Mulai"), "house", "FirstRunScreen"),
)
BY_KEY: Final[dict[str, Room]] = {room.key: room for room in ROOMS}
RAIL: Final[tuple[Room, ...]] = tuple(room for room in ROOMS if room.on_rail)
BEHIND: Final[tuple[Room, ...]] = tuple(room for room in ROOMS if not room.on_rail and room.key != FIRST_RUN)


def make_screen(key: str, context: UiContext) -> Screen:
    """The screen of a room, made now."""
    from pos.ui.context import Screen

    module = importlib.import_module(f"pos.ui.{key}.screen")
    screen = getattr(module, BY_KEY[key].maker)(context)
    if not isinstance(screen, Screen):
        raise TypeError(f"{key} is no screen")
    return screen
