"""One of some, as a screen reader is told of it. Owns no widget."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton


def tell_choice(button: QAbstractButton) -> None:
    """One of some is a radio button to a screen reader, not a box to tick. Called when it is shown: it is in its group by then."""
    group = button.group()
    if group is not None and group.exclusive() and not button.autoExclusive():
        button.setAutoExclusive(True)
