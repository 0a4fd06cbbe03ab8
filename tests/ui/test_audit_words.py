"""The log in the shop's words: every action and every detail that the program writes is told so, in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import pos
from pos.domain.cash_movement import CashReason
from pos.domain.credit import CreditKind
from pos.domain.evidence import Seen
from pos.domain.order import OrderStep
from pos.domain.people import Act
from pos.domain.printing import DocumentKind
from pos.domain.sale import SaleKind, Tender
from pos.services import credit, customers, drawer, selling, selling_lines
from pos.services.paper import _ANSWERS
from pos.services.people_views import AuditRow, AuditSearch
from pos.services.preferences import Preferences
from pos.ui.audit.details import details_text, knows
from pos.ui.audit.words import ACTIONS, action_text, row_text, search_words
from pos.ui.language import set_language
from pos.ui.printers.words import kind_text
from pos.ui.settings.words import SETTINGS, setting_text
from tests.helpers.counter_window import counter_window

MI_CODE = "089686010947"
_WRITERS = [file for file in Path(pos.__file__).parent.rglob("*.py") if "AuditEntry(" in file.read_text(encoding="utf-8")]
_WORKED_OUT = frozenset(
    [*(kind.value for kind in SaleKind), Act.PRICE_CHANGE.value, Act.DISCOUNT.value, "repayment"]
    + [kind.value for kind in (CreditKind.OPENING, CreditKind.WRITE_OFF)]
    + [f"order_{step.value}" for step in OrderStep]
    + [f"{kind.value}_pdf" for kind in (DocumentKind.NOTA, DocumentKind.KUITANSI)]
    + [f"{who}_{what}" for who in ("customer", "supplier") for what in ("added", "changed", "hidden", "shown")]
)
"""Actions whose names the program puts together."""


def actions_written() -> Iterator[str]:
    for file in _WRITERS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "AuditEntry" and len(node.args) > 2:
                action = node.args[2]
                if isinstance(action, ast.Constant) and isinstance(action.value, str):
                    yield action.value


def details_written() -> Iterator[str]:
    """Names of the details: keys of what a module that writes to the log makes JSON of."""
    for file in _WRITERS:
        text = file.read_text(encoding="utf-8")
        yield from re.findall(r"""f'\{\{"(\w+)":""", text)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dumps":
                told = node.args[0]
                if isinstance(told, ast.Dict):
                    yield from (str(key.value) for key in told.keys if isinstance(key, ast.Constant))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_action_that_the_program_writes_has_words(language: str) -> None:
    written = set(actions_written())
    assert {"cash_movement", "session_closed", "pack_opened"} <= written
    assert (written | _WORKED_OUT) - set(ACTIONS) == set()
    set_language(language)
    assert all(action_text(action) and "_" not in action_text(action) for action in ACTIONS)


def test_every_detail_that_the_program_writes_has_words_or_is_for_nobodys_eyes() -> None:
    written = set(details_written())
    assert {"amount", "limit", "tender", "opened"} <= written, "they are found at all"
    assert {name for name in written if not knows(name)} == set()
    assert {field.name for field in fields(Preferences)} - set(SETTINGS) == set(), "a setting that nobody named"
    assert all(details_text(entry(answer)) != answer for answer in _ANSWERS.values())
    assert set(_ANSWERS) <= set(Seen)


def entry(details: str, action: str = "x") -> AuditRow:
    return AuditRow(1, 0, "Sri", action, "s", details, "h")


@pytest.mark.parametrize(
    ("told", "indonesian", "english"),
    [
        ({"amount": -5_000, "tender": "cash", "entry": "018f-a"}, "-Rp5.000 · Tunai", "-Rp5.000 · Cash"),
        ({"limit": 200_000}, "batas bon Rp200.000", "credit limit Rp200.000"),
        ({"from": 3_500, "to": 3_000, "line": "018f"}, "semula Rp3.500 · menjadi Rp3.000", "was Rp3.500 · to Rp3.000"),
        ({"discount": 2_000, "of": 20_000}, "potongan Rp2.000 · dari Rp20.000", "discount Rp2.000 · of Rp20.000"),
        ({"kind": "nota", "copy": 2}, "Nota · salinan ke 2", "Receipt · copy 2"),
        ({"fields": "rounding_step, titipan"}, "pembulatan tunai, kembalian jadi titipan", "cash rounding, change kept for customers"),
        ({"ours": False, "nmid": "ID10"}, "bukan stiker toko ini · NMID ID10", "not this shop's sticker · NMID ID10"),
        ({"field": "price:u1:retail::0:0"}, "harga", "price"),
        ({"total": -7_000, "corrects": "018f", "reason": "exchange"}, "-Rp7.000 · tukar barang", "-Rp7.000 · exchange"),
        ({"pin": "", "name": "Sri", "role": "cashier", "active": True}, "tanpa PIN · Sri · Kasir", "no PIN · Sri · Cashier"),
    ],
)
def test_a_detail_is_said_as_a_shopkeeper_says_it(told: dict[str, object], indonesian: str, english: str) -> None:
    for language, words in (("id", indonesian), ("en", english)):
        set_language(language)
        assert details_text(entry(json.dumps(told))) == words


def test_no_word_of_a_way_a_reason_a_paper_or_a_setting_is_shown_as_the_program_keeps_it() -> None:
    for tender in (Tender.CASH, Tender.TRANSFER, Tender.CREDIT):
        assert tender.value not in details_text(entry(json.dumps({"tender": tender.value})))
    for reason in CashReason:
        assert details_text(entry(json.dumps({"reason": reason.value}))) != reason.value
    assert all("_" not in kind_text(kind) for kind in DocumentKind)
    assert all("_" not in setting_text(name) for name in SETTINGS)


def test_an_entry_that_nobody_knows_is_told_as_it_is() -> None:
    row = AuditRow(1, 0, "Sri", "loyalty_spent", "x", '{"points_left": 5, "amount": 5000}', "h")
    assert row_text(row) == "loyalty spent"
    assert details_text(row) == "points left 5 · Rp5.000"
    assert details_text(entry("no json")) == "no json"
    assert details_text(entry('["void", "warp"]', "cashier_may")) == "Batalkan nota, warp"
    assert [word.text for word in search_words("  uang  keluar ")] == ["uang", "keluar"]


def test_an_entry_says_which_goods_and_who_it_is_about(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        till = counter.till
        rina = customers.add_customer(till, "Bu Rina A-B-C", limit=100_000)
        credit.book_opening(till, rina.uid, 25_000)
        line = selling.scan(till, MI_CODE)[1]
        selling_lines.set_price(till, line.uid, 3_000)
        drawer.open_drawer(till)
        rows = [f"{row_text(row)} | {details_text(row)}" for row in till.store.read.audit(AuditSearch(), 0, 9)]
        assert "Utang awal dicatat · Bu Rina A-B-C | Rp25.000" in rows, rows
        assert "Pelanggan ditambahkan · Bu Rina A-B-C | batas bon Rp100.000" in rows
        assert f"Harga diubah di nota · {line.name} | semula Rp3.500 · menjadi Rp3.000" in rows
        found = till.store.read.audit(AuditSearch(words=search_words("rina utang")), 0, 9)
        assert [row.action for row in found] == ["opening"], "found by who it is about, though the log holds no name"
