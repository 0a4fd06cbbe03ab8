"""What becomes of letters that a receipt printer does not have."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.printing.safe_text import safe_text
from tests.helpers.papers import HOSTILE


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sabun\x1bp\x00\x19\xfa", "Sabunpu"),
        ("Mi 🍜 goreng", "Mi ? goreng"),
        ("康师傅", "???"),
        ("Café Prélude", "Cafe Prelude"),
        ("2 × 500 – “murah”", '2 x 500 - "murah"'),
        ("1½ kg", "1 1/2 kg"),
        ("Beras\u00a0pandan\twangi\n5kg", "Beras pandan wangi 5kg"),
        ("\u202eterbalik\u200d", "terbalik"),
        ("ＡＢＣ １２", "ABC 12"),
        ("a\x7f\x80\x9b", "a"),
        ("a\x00b", "ab"),
    ],
)
def test_a_name_is_written_with_the_letters_that_there_are(typed: str, printed: str) -> None:
    assert safe_text(typed) == printed


def test_a_code_page_prints_its_own_letters_in_one_byte() -> None:
    assert safe_text("Café ▓ ß", "cp437") == "Café ▓ ß"
    assert safe_text("Café €", "cp858") == "Café €"


@pytest.mark.parametrize("codepage", ["ascii", "cp437", "cp850", "cp858", "cp1252"])
@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE)))
def test_no_letter_is_ever_a_command(codepage: str, text: str) -> None:
    data = safe_text(text, codepage).encode(codepage)
    assert not any(byte < 0x20 or byte == 0x7F for byte in data)
    if codepage != "cp1252":
        # 0x80-0x9f are letters of a DOS page; a Windows page has letters there as well, but the C1 controls are no text
        assert data.decode(codepage) == safe_text(text, codepage)
    assert not any("\x80" <= sign <= "\x9f" for sign in safe_text(text, codepage))
