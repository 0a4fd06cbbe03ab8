"""The windows of the till under test: drawn offscreen, in Bahasa Indonesia unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pos.ui.language import SOURCE, set_language


@pytest.fixture(autouse=True)
def _speak_indonesian() -> Iterator[None]:
    set_language(SOURCE)
    yield
    set_language(SOURCE)
