"""How the till looks and sounds: language, light or dark, size of the text, sounds, motion. Applies each choice at once."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from pos.services.preferences import Preferences
from pos.ui.context import UiContext
from pos.ui.language import LANGUAGES, later
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow, Option
from pos.ui.theme.look import look

_ON_OFF: Final[tuple[Option, ...]] = (("on", later("Nyala")), ("off", later("Mati")))
_ROWS: Final[tuple[tuple[str, str, tuple[Option, ...]], ...]] = (
    ("language", later("Bahasa"), tuple(LANGUAGES.items())),
    ("theme", later("Tampilan"), (("light", later("Terang")), ("dark", later("Gelap")), ("system", later("Ikut komputer")))),
    ("text_scale", later("Ukuran tulisan"), (("100", later("Biasa")), ("125", later("Besar")))),
    ("sounds", later("Suara"), _ON_OFF),
    ("reduce_motion", later("Gerakan di layar"), (("off", later("Biasa")), ("on", later("Kurangi gerak")))),
)


class LookForm(QWidget):
    """One row a setting; `only` names those that are asked here."""

    def __init__(self, context: UiContext, only: tuple[str, ...] = (), columns: int = 2) -> None:
        super().__init__()
        self._context = context
        self._rows: dict[str, ChoiceRow] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look().px(16))
        for name, title, options in _ROWS:
            if only and name not in only:
                continue
            row = ChoiceRow(title, options)
            row.chosen.connect(lambda key, name=name: change(self._context, **{name: _value(name, key)}))
            grid.addWidget(row, len(self._rows) // columns, len(self._rows) % columns)
            self._rows[name] = row
        self.refresh()

    def refresh(self) -> None:
        """Show what is set."""
        for name, row in self._rows.items():
            row.show_value(_key(name, self._context.preferences))

    def retranslate(self) -> None:
        for row in self._rows.values():
            row.retranslate()


def _value(name: str, key: str) -> Any:
    if name == "text_scale":
        return int(key)
    return key == "on" if name in ("sounds", "reduce_motion") else key


def _key(name: str, preferences: Preferences) -> str:
    value = getattr(preferences, name)
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
