"""The windows of the till under test: drawn offscreen, in Bahasa Indonesia unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog

from pos.ui.language import SOURCE, set_language
from pos.ui.theme.look import look
from pos.ui.widgets.dialog import Dialog
from tests.helpers.spoken import misnamed_roles, unnamed


@pytest.fixture(autouse=True)
def _speak_indonesian() -> Iterator[None]:
    set_language(SOURCE)
    yield
    set_language(SOURCE)


@pytest.fixture(autouse=True)
def _look_as_usual() -> Iterator[None]:
    """A theme or a text size that a test chose is not the next one's."""
    yield
    if QApplication.instance() is not None and (look().dark or look().px(100) != 100 or not look().motion):
        look().use("light", 100, False)


@pytest.fixture(autouse=True)
def _every_question_is_told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever dialog any test opens: a screen reader finds a name and a role for all that can be acted on."""
    wrong: list[str] = []

    def opened(dialog: Dialog) -> None:
        QDialog.open(dialog)
        wrong.extend(f"{type(dialog).__name__}: {fault}" for fault in (*unnamed(dialog), *misnamed_roles(dialog)))

    monkeypatch.setattr(Dialog, "open", opened)
    yield
    assert wrong == []
