"""Palette and style sheet for what Qt draws itself: line edits, combo boxes, tables, scroll bars, tips. Pure functions of the tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtGui import QColor, QPalette

from pos.resources import resource_path
from pos.ui.theme.tokens import Token


def palette_of(colours: Mapping[Token, str]) -> QPalette:
    """The palette that Fusion and plain widgets use."""
    palette = QPalette()
    role = QPalette.ColorRole
    for part, token in (
        (role.Window, Token.ALAS),
        (role.WindowText, Token.TINTA),
        (role.Base, Token.KERTAS),
        (role.AlternateBase, Token.CEKUNG),
        (role.Text, Token.TINTA),
        (role.PlaceholderText, Token.TINTA3),
        (role.Button, Token.KERTAS),
        (role.ButtonText, Token.TINTA),
        (role.BrightText, Token.PUTIH),
        (role.Highlight, Token.DAUN),
        (role.HighlightedText, Token.DI_DAUN),
        (role.ToolTipBase, Token.TINTA),
        (role.ToolTipText, Token.ALAS),
        (role.Link, Token.NILA_TEKS),
        (role.LinkVisited, Token.TERONG_TEKS),
        (role.Light, Token.GARIS),
        (role.Midlight, Token.GARIS),
        (role.Mid, Token.GARIS),
        (role.Dark, Token.GARIS_KUAT),
        (role.Shadow, Token.GARIS),
        (role.Accent, Token.DAUN),
    ):
        palette.setColor(part, QColor(colours[token]))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours[Token.TINTA3]))
    return palette


def style_sheet(theme: str, colours: Mapping[Token, str], px: Callable[[int], int]) -> str:
    """The rules for standard widgets. `px` scales a measure.

    Painted widgets (`pos.ui.widgets`) need none of it: the rules name only what Qt draws itself.
    """
    c = {token.value: colours[token] for token in Token}
    measures = _Scaled(px)
    return _FIELDS.format(c=c, px=measures, signs=resource_path("icons").as_posix(), theme=theme) + _VIEWS.format(c=c, px=measures)


class _Scaled:
    """Lets a template say `{px[12]}`."""

    def __init__(self, px: Callable[[int], int]) -> None:
        self._px = px

    def __getitem__(self, n: int) -> str:
        return f"{self._px(n)}px"


_FIELDS: Final = """
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {{
    background: {c[kertas]}; color: {c[tinta]}; border: 1px solid {c[garis_kuat]}; border-radius: {px[12]};
    padding: 0 {px[12]}; min-height: {px[46]}; selection-background-color: {c[daun]}; selection-color: {c[di_daun]};
}}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c[tinta3]}; }}
QPlainTextEdit, QTextEdit {{ padding: {px[8]}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c[fokus]}; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    background: {c[cekung]}; color: {c[tinta3]}; border-color: {c[garis]};
}}
TextField, AmountField, SearchField {{ background: transparent; border: none; padding: 0; min-height: 0; }}
TextField:focus, AmountField:focus, SearchField:focus {{ border: none; }}
TextField:disabled, AmountField:disabled, SearchField:disabled {{ background: transparent; border: none; }}
QComboBox::drop-down {{ border: none; width: {px[40]}; }}
QComboBox::down-arrow {{ image: url("{signs}/chevron-down-{theme}.png"); width: 24px; height: 24px; }}
QAbstractSpinBox {{ padding-right: {px[40]}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: {px[36]}; subcontrol-origin: border; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url("{signs}/chevron-up-{theme}.png"); width: 20px; height: 20px; }}
QAbstractSpinBox::down-arrow {{ image: url("{signs}/chevron-down-{theme}.png"); width: 20px; height: 20px; }}
QCheckBox, QRadioButton {{ min-height: {px[48]}; spacing: {px[11]}; color: {c[tinta]}; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: {px[25]}; height: {px[25]}; border: 2px solid {c[garis_kuat]}; border-radius: 7px; background: {c[kertas]};
}}
QRadioButton::indicator {{ border-radius: {px[14]}; }}
QCheckBox::indicator:checked {{ background: {c[daun]}; border-color: {c[daun]}; image: url("{signs}/check-{theme}.png"); }}
QRadioButton::indicator:checked {{ background: {c[daun]}; border: {px[8]} solid {c[kertas]}; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {c[fokus]}; border-radius: 8px; }}
"""

_VIEWS: Final = """
QAbstractItemView {{
    background: {c[kertas]}; color: {c[tinta]}; border: none; outline: none; gridline-color: {c[garis]};
    selection-background-color: {c[daun_muda]}; selection-color: {c[tinta]};
}}
QAbstractItemView::item {{ padding: {px[12]} {px[10]}; }}
QAbstractItemView::item:selected {{ background: {c[daun_muda]}; color: {c[tinta]}; }}
QComboBox QAbstractItemView {{ border: 1px solid {c[garis_kuat]}; }}
QHeaderView, QHeaderView::section {{ background: {c[kertas]}; color: {c[tinta2]}; border: none; }}
QHeaderView::section {{ border-bottom: 1px solid {c[garis_kuat]}; padding: {px[8]} {px[10]}; min-height: {px[28]}; }}
QTableCornerButton::section {{ background: {c[kertas]}; border: none; }}
QScrollArea, QScrollArea > QWidget, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 16px; }}
QScrollBar:horizontal {{ height: 16px; }}
QScrollBar::handle {{ background: {c[garis_kuat]}; border-radius: 4px; margin: 4px; }}
QScrollBar::handle:vertical {{ min-height: 56px; }}
QScrollBar::handle:horizontal {{ min-width: 56px; }}
QScrollBar::handle:pressed {{ background: {c[tinta2]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{
    background: {c[tekan]}; border: none; border-radius: {px[5]}; min-height: {px[10]}; max-height: {px[10]}; color: transparent;
}}
QProgressBar::chunk {{ background: {c[daun]}; border-radius: {px[5]}; }}
QMenu {{ background: {c[kertas]}; border: 1px solid {c[garis_kuat]}; padding: {px[6]}; }}
QMenu::item {{ min-height: {px[48]}; padding: 0 {px[20]}; border-radius: 8px; color: {c[tinta]}; }}
QMenu::item:selected {{ background: {c[daun_muda]}; }}
QToolTip {{ background: {c[tinta]}; color: {c[alas]}; border: none; padding: {px[8]} {px[12]}; }}
"""
