"""A screen's surroundings without the application around it: a real shop on disk, its context, and settings that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from pos.app import open_backstage
from pos.app.shop import Shop
from pos.domain.changed import Changed
from pos.ui.context import Screen, UiContext


class Stage:
    """What the application does for a screen: keeps settings, hands the new till on, tells screens of changes, hears what is told.

    Attributes:
        told: (kind, sentence) of every toast.
        went: screens that were asked for.
        sounds: names of sounds.
    """

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.context = UiContext(shop.till, shop.preferences, shop)
        self.told: list[tuple[str, str]] = []
        self.went: list[str] = []
        self.sounds: list[str] = []
        self._screens: list[Screen] = []
        self.context.preferences_changed.connect(self._keep)
        self.context.changed.connect(self._changed)
        self.context.told.connect(lambda kind, sentence: self.told.append((kind, sentence)))
        self.context.go.connect(self.went.append)
        self.context.sound.connect(self.sounds.append)

    def show(self, screen: Screen, width: int = 1270, height: int = 704) -> None:
        """Show a screen as large as the shell leaves it at 1366 x 768."""
        self._screens.append(screen)
        screen.resize(width, height)
        screen.refresh()
        screen.show()

    def print_all(self) -> None:
        """Let the print worker's work be done until nothing is due."""
        while self.shop.print_once().next_in == 0:
            pass
        self.context.changed.emit(Changed(print_jobs=True))

    def _keep(self) -> None:
        self.context.set_till(self.shop.keep(self.context.preferences))

    def _changed(self, changed: Changed) -> None:
        for screen in self._screens:
            screen.refresh(changed)


@contextmanager
def stage(folder: Path, **preferences: object) -> Iterator[Stage]:
    """A shop in `folder` whose keys, if it gets any, are in a file."""
    with open_backstage(folder, {"secrets_in_file": True, **preferences}) as shop:
        yield Stage(shop)


def words_of(widget: QWidget) -> list[str]:
    """Every word that can be read on it now."""
    kinds: tuple[type[QLabel] | type[QAbstractButton], ...] = (QLabel, QAbstractButton)
    return [part.text() for kind in kinds for part in widget.findChildren(kind) if part.isVisible() and part.text()]


def button_of(widget: QWidget, words: str) -> QAbstractButton:
    """The visible button that says so, or is called so."""
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible() and words in (button.text(), button.accessibleName()):
            return button
    raise LookupError(
        f"no button {words!r} among {[b.text() or b.accessibleName() for b in widget.findChildren(QAbstractButton) if b.isVisible()]}"
    )


def nameless(widget: QWidget) -> list[str]:
    """Kinds of what a person acts on and no screen reader could name."""
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit

    acted: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
    return [
        type(part).__name__
        for kind in acted
        for part in widget.findChildren(kind)
        if part.isVisibleTo(widget) and not part.accessibleName()
    ]
