"""Every sentence on the screen has its English, with the same fields, and every known failure has a sentence with a next step."""

from __future__ import annotations

import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import pos
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus
from pos.domain.printing import PrintState
from pos.resources import resource_path
from pos.ui.language import set_language
from pos.ui.messages import ERROR_WORDS, error_sentence, error_words, operation_text, order_status_text, print_state_text

_SOURCES = Path(pos.__file__).parent


def _literals(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "later") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def _sentences() -> dict[str, str]:
    """Every source sentence with a place where it stands."""
    found = {}
    for file in sorted(_SOURCES.rglob("*.py")):
        for line, sentence in _literals(file):
            found.setdefault(sentence, f"{file.relative_to(_SOURCES)}:{line}")
    return found


def _english() -> dict[str, str]:
    words: dict[str, str] = {}
    for file in sorted(resource_path("translations", "en").glob("*.json")):
        words.update(json.loads(file.read_text(encoding="utf-8")))
    return words


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_sentence_has_its_english() -> None:
    english = _english()
    missing = {sentence: place for sentence, place in _sentences().items() if not english.get(sentence)}
    assert missing == {}


def test_the_english_has_the_same_fields() -> None:
    wrong = {source: said for source, said in _english().items() if _fields(source) != _fields(said)}
    assert wrong == {}


def test_no_english_is_left_without_a_sentence() -> None:
    sentences = _sentences()
    assert {source for source in _english() if source not in sentences} == set()


def test_two_catalogues_never_say_a_sentence_in_two_ways() -> None:
    seen: dict[str, str] = {}
    for file in sorted(resource_path("translations", "en").glob("*.json")):
        for source, said in json.loads(file.read_text(encoding="utf-8")).items():
            assert seen.setdefault(source, said) == said, f"{file.name}: {source}"


@pytest.mark.parametrize("code", list(ErrorCode))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_known_failure_has_a_title_and_a_next_step(code: ErrorCode, language: str) -> None:
    set_language(language)
    fields = {
        "typed": "12,500",
        "due": 12_000,
        "missing": 2_000,
        "number": "4821",
        "status": "placed",
        "seconds": 30,
        "file": "settings.toml.broken",
        "name": "Gula pasir",
        "left": "1,5",
        "unit": "kg",
        "least": 90,
        "held": 2,
        "most": 40,
        "key": "F8",
        "shop": "Toko Maju",
        "amount": 50_000,
        "owed": 9_000,
        "there": 20_000,
        "cap": 10_000_000,
        "version": "0.2.0",
    }
    words = error_words(ShopError(code, **fields))
    assert words.title
    assert "." in words.sentence or "?" in words.sentence
    assert "{" not in words.sentence
    assert "–" not in words.sentence
    assert len(words.sentence) <= 140, "two short sentences at most"
    assert code in ERROR_WORDS


def test_no_sentence_blames_or_shouts() -> None:
    said = " ".join(words.sentence.lower() + " " + words.title.lower() for words in ERROR_WORDS.values())
    for word in ("error", "gagal", "tidak valid", "anda salah", "!"):
        assert word not in said


def test_a_failure_says_its_amounts_as_money() -> None:
    error = ShopError(ErrorCode.TOO_LITTLE_MONEY, due=12_500, missing=2_500)
    assert "Rp12.500" in error_sentence(error)
    assert "Rp2.500" in error_sentence(error)


def test_a_failure_without_its_fields_is_still_said() -> None:
    assert "–" in error_sentence(ShopError(ErrorCode.UNKNOWN_BARCODE))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_has_a_word(language: str) -> None:
    set_language(language)
    assert all(print_state_text(state) for state in PrintState)
    assert all(order_status_text(status) for status in OrderStatus)
    assert order_status_text(OrderStatus.UNKNOWN, "on_hold") == "on_hold"


def test_an_operation_that_nobody_knows_is_said_as_it_is() -> None:
    assert operation_text("sale@1") == "penjualan"
    assert operation_text("loyalty@3") == "loyalty@3"
