"""Keys that a shop chose itself: read back as they were written, never two actions on one key, never what the scanner types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.key_words import action_text, keys_of_room
from pos.ui.keys import DEFAULT_KEYS, FIXED, Action, is_allowed, key_of, read_keys, use_keys, with_key, write_keys

FREE = ["Shift+F1", "Ctrl+F5", "Ctrl+Shift+K", "Alt+F6", "Ins", "PgUp", "Ctrl+B"]


def test_every_action_has_a_key_of_its_own_and_a_word() -> None:
    assert set(DEFAULT_KEYS) == set(Action)
    assert len(set(DEFAULT_KEYS.values())) == len(DEFAULT_KEYS)
    assert all(action_text(action) != action.value for action in Action)
    assert all(is_allowed(key) for action, key in DEFAULT_KEYS.items() if action not in FIXED)


def test_a_chosen_key_is_read_back_as_it_was_written() -> None:
    keys = with_key(with_key(DEFAULT_KEYS, Action.PAY, "Shift+F9"), Action.HOLD, "Ctrl+H")
    written = write_keys(keys)
    assert written == "hold=Ctrl+H;pay=Shift+F9"
    assert read_keys(written) == keys
    assert write_keys(DEFAULT_KEYS) == ""


def test_two_actions_change_places_by_way_of_a_third_key() -> None:
    with pytest.raises(ShopError) as refused:
        with_key(DEFAULT_KEYS, Action.PAY, DEFAULT_KEYS[Action.HOLD])
    assert refused.value.code is ErrorCode.KEY_TAKEN
    assert refused.value.fields["taken"] is Action.HOLD
    keys = with_key(DEFAULT_KEYS, Action.HOLD, "Shift+F4")
    assert with_key(keys, Action.PAY, "F4")[Action.PAY] == "F4"


@pytest.mark.parametrize(
    "key", ["F10", "A", "5", "Return", "Enter", "Space", "Tab", "Ctrl+C", "Ctrl+V", "", "+", "Esc", "Shift+A", "F13", "Ä"]
)
def test_what_the_scanner_types_or_a_field_needs_is_no_key(key: str) -> None:
    with pytest.raises(ShopError) as refused:
        with_key(DEFAULT_KEYS, Action.PAY, key)
    assert refused.value.code is ErrorCode.KEY_NOT_ALLOWED


def test_escape_stays_what_it_is() -> None:
    with pytest.raises(ShopError):
        with_key(DEFAULT_KEYS, Action.BACK, "F4")
    assert read_keys("back=Shift+F1")[Action.BACK] == "Esc"


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=120))
def test_whatever_stands_in_the_file_every_action_has_a_key_of_its_own(written: str) -> None:
    keys = read_keys(written)
    assert set(keys) == set(Action)
    assert len(set(keys.values())) == len(keys)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from([action for action in Action if action not in FIXED]), st.sampled_from(FREE), max_size=5))
def test_keys_that_would_be_anothers_leave_the_usual_ones(wanted: dict[Action, str]) -> None:
    keys = read_keys(";".join(f"{action.value}={key}" for action, key in wanted.items()))
    clash = len(set(wanted.values())) != len(wanted)
    assert keys == (DEFAULT_KEYS if clash else {**DEFAULT_KEYS, **wanted})


def test_keys_in_use_are_what_buttons_print() -> None:
    try:
        use_keys("pay=Shift+F9")
        assert key_of(Action.PAY) == "Shift+F9"
    finally:
        use_keys("")
    assert key_of(Action.PAY) == "F9"


def test_every_room_tells_the_keys_of_everywhere() -> None:
    assert {Action.HELP, Action.LOCK, Action.BACK} <= set(keys_of_room("drawer"))
    assert set(keys_of_room("sale")) == set(Action)
