"""The windows of the till under test: drawn offscreen, in Bahasa Indonesia unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from pos.ui.language import SOURCE, set_language
from pos.ui.theme.look import look


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
