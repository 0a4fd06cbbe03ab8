"""What Qt says by itself (a choice of files, the menu of a field, Yes and No) in the shop's words: Qt ships no Indonesian.

Owns the look-up in `resources/translations/id/qt.json` (Qt's English -> Indonesian), read when Qt first asks; on an English screen Qt's
own words stand.
"""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from pos.resources import resource_path
from pos.ui.language import SOURCE, language


class QtWords(QTranslator):
    """Installed behind the first paint; gone with its parent."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: dict[str, str] | None = None
        QCoreApplication.installTranslator(self)

    def leave(self) -> None:
        """The window closes."""
        QCoreApplication.removeTranslator(self)

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """None where Qt's own word stands: an empty text would be shown as one."""
        if language() != SOURCE:
            return None
        if self._words is None:
            self._words = json.loads(resource_path("translations", "id", "qt.json").read_text(encoding="utf-8"))
        return self._words.get(source)
