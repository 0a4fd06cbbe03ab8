"""The language of the screen. Bahasa Indonesia is the source: `tr("Simpan dulu")` gives the word itself or its translation.

Owns the chosen language and the catalogues in `resources/translations/<language>/*.json` (source sentence -> translation, one file a
screen). A sentence without a translation is shown in Indonesian, and a test fails for it.
"""

from __future__ import annotations

import json
from typing import Final

from pos.resources import resource_path

SOURCE: Final = "id"
LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}


class _Catalogue:
    def __init__(self) -> None:
        self.language = SOURCE
        self.words: dict[str, str] = {}


_now = _Catalogue()


def language() -> str:
    """The language in use: `id` or `en`."""
    return _now.language


def set_language(code: str) -> None:
    """Use another language from now on; whoever shows words asks again (`Screen.retranslate`)."""
    words: dict[str, str] = {}
    if code != SOURCE:
        for file in sorted(resource_path("translations", code).glob("*.json")):
            words.update(json.loads(file.read_text(encoding="utf-8")))
    _now.language, _now.words = code, words


def tr(source: str, **fields: object) -> str:
    """The sentence in the language in use, with `{fields}` filled in."""
    text = _now.words.get(source, source)
    return text.format(**fields) if fields else text


def later(source: str) -> str:
    """Mark a sentence that stands in a table and is translated when it is shown. Gives the sentence itself."""
    return source
