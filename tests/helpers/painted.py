"""One of each painted widget, by a name. Owns no test."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.buttons import ActionButton, CheckRow, IconButton, Kind, StepButton, StripButton
from pos.ui.widgets.card import Card, CounterBlock, Rule, TornEdge
from pos.ui.widgets.choice import ChoiceCard, Segments
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField, TextField
from pos.ui.widgets.goods import DrawingLabel, GoodsPicture
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.notes import CoinButton, NoteButton, NoteLabel
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.pill import Chip, Pill, StateBadge
from pos.ui.widgets.ring import Ring
from pos.ui.widgets.text import ElidedText, Text

Make = Callable[[], QWidget]


def pressed() -> dict[str, Make]:
    """Everything that a finger presses."""
    made: dict[str, Make] = {f"button-{kind}": lambda kind=kind: ActionButton("Bayar", "banknote", "F9", kind) for kind in Kind}  # type: ignore[misc]
    made |= {f"icon-{kind}": lambda kind=kind: IconButton("x", "Tutup", kind=kind) for kind in Kind}  # type: ignore[misc]
    made |= {
        "bare button": lambda: ActionButton("Ya"),
        "strip": lambda: StripButton("Lanjutkan", "play", "F5"),
        "step": lambda: StepButton("minus", "Kurangi"),
        "check": lambda: CheckRow("Minyak goreng 1 liter", "2×"),
        "pill": lambda: Pill("wifi", "Daring", Tone.GOOD),
        "chip": lambda: Chip("Menipis", count="20"),
        "chip with a sign": lambda: Chip("", icon="ellipsis"),
        "choice": lambda: ChoiceCard("Tunai", "laci terbuka sendiri", "banknote", "T"),
        "note": lambda: NoteButton(100_000),
        "coin": lambda: CoinButton("Koin"),
        "field": lambda: TextField("Nama"),
        "labelled field": lambda: TextField("Nama", label="Nama barang"),
        "search": lambda: SearchField("Cari", icon="scan-barcode", key="F2"),
        "amount": lambda: AmountField("Modal awal"),
    }
    return made


def every() -> dict[str, Make]:
    return pressed() | {
        "badge": lambda: StateBadge("circle-check", "Siap", Tone.GOOD),
        "segments": lambda: Segments([("a", "Struk"), ("b", "Nota")]),
        "card": Card,
        "torn card": lambda: Card(torn=True),
        "counter": CounterBlock,
        "rule": Rule,
        "dashes": lambda: Rule(dashed=True),
        "torn edge": TornEdge,
        "money": lambda: MoneyLabel(162_500),
        "small money": lambda: MoneyLabel(-2_000, Role.ANGKA, Token.TINTA),
        "giant amount": lambda: AmountField("Uang diterima", label="Uang diterima", role=Role.UANG_MASUK),
        "note label": lambda: NoteLabel(20_000, 2),
        "coin label": lambda: NoteLabel(500, 2),
        "text": lambda: Text("Pindai barang pertama"),
        "elided": lambda: ElidedText("Minyak goreng kelapa sawit " * 4),
        "ring": Ring,
        "bar": StockBar,
        "keypad": Keypad,
        "drawing": lambda: DrawingLabel("toko"),
        "goods": GoodsPicture,
        "notice": lambda: Notice("info", "Menunggu server."),
        "empty": lambda: EmptyState("kosong_keranjang", "Pindai barang pertama", "Atau ketik namanya."),
        "paper": PaperView,
    }
