"""The one QApplication of the process. Owns its name and nothing else."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication


def the_program() -> QApplication:
    """The one QApplication, made if there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    # the style is named here: asking for it later makes Python classes of it, which costs the first paint milliseconds
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("e-Peken POS")
    app.setDesktopFileName("epeken-pos")
    app.setQuitOnLastWindowClosed(False)
    return app
