"""Keys and tokens: in the keyring, or in a file only because the owner said so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from pos.config.paths import Paths, find_paths
from pos.config.secrets import FileSecrets, KeyringSecrets, move_secrets, open_secrets
from pos.domain.errors import ErrorCode, ShopError
from pos.services.preferences import Preferences
from tests.helpers.ids import CountingIds


class DrawerKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory that can be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")

    def _look(self) -> None:
        if self.locked:
            raise KeyringLocked("s3cret words of the backend")


@pytest.fixture
def drawer() -> DrawerKeyring:
    return DrawerKeyring()


@pytest.fixture(autouse=True)
def _use_the_drawer(drawer: DrawerKeyring) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(drawer)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = find_paths(str(tmp_path), {})
    paths.make()
    return paths


def test_the_keyring_is_used_unless_the_owner_said_otherwise(paths: Paths, drawer: DrawerKeyring) -> None:
    secrets = open_secrets(Preferences(), paths, CountingIds())
    secrets.set("device_key", "abc")
    assert not secrets.in_file
    assert secrets.get("device_key") == "abc"
    assert list(drawer.kept.values()) == ["abc"]
    assert not paths.secrets.exists()


def test_two_shops_on_one_machine_do_not_share_keys(tmp_path: Path) -> None:
    ids = CountingIds()
    here, there = find_paths(str(tmp_path / "a"), {}), find_paths(str(tmp_path / "b"), {})
    first, second = open_secrets(Preferences(), here, ids), open_secrets(Preferences(), there, ids)
    first.set("device_key", "of the first")
    assert second.get("device_key") is None
    assert open_secrets(Preferences(), here, ids).get("device_key") == "of the first"


def test_without_a_keyring_nothing_is_kept_and_it_is_said(paths: Paths) -> None:
    keyring.set_keyring(NoKeyring())
    secrets = open_secrets(Preferences(), paths, CountingIds())
    for call in (lambda: secrets.set("device_key", "abc"), lambda: secrets.get("device_key"), lambda: secrets.delete("device_key")):
        with pytest.raises(ShopError) as caught:
            call()
        assert caught.value.code is ErrorCode.NO_KEYRING
    assert not paths.secrets.exists()


def test_a_locked_keyring_is_said_without_its_words(paths: Paths, drawer: DrawerKeyring) -> None:
    drawer.locked = True
    with pytest.raises(ShopError) as caught:
        KeyringSecrets("x").get("device_key")
    assert caught.value.code is ErrorCode.NO_KEYRING
    assert "s3cret" not in repr(caught.value.fields)
    assert caught.value.__cause__ is None


def test_forgetting_what_is_not_there_is_nothing() -> None:
    secrets = KeyringSecrets("x")
    secrets.delete("refresh_token")
    secrets.set("refresh_token", "t")
    secrets.delete("refresh_token")
    assert secrets.get("refresh_token") is None


def test_a_file_is_used_only_when_the_owner_agreed_and_is_closed_to_others(paths: Paths, drawer: DrawerKeyring) -> None:
    secrets = open_secrets(Preferences(secrets_in_file=True), paths, CountingIds())
    assert secrets.in_file
    assert secrets.get("device_key") is None
    secrets.set("device_key", "abc")
    secrets.set("refresh_token", "def")
    secrets.delete("refresh_token")
    assert secrets.get("device_key") == "abc"
    assert secrets.get("refresh_token") is None
    assert drawer.kept == {}
    if os.name == "posix":
        assert stat.S_IMODE(paths.secrets.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_that_was_opened_to_others_is_closed_again(paths: Paths) -> None:
    secrets = FileSecrets(paths)
    secrets.set("device_key", "abc")
    paths.secrets.chmod(0o644)
    assert secrets.get("device_key") == "abc"
    assert stat.S_IMODE(paths.secrets.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"device_key": 5}'])
def test_a_broken_file_of_keys_is_said_and_never_overwritten(paths: Paths, text: str) -> None:
    paths.secrets.parent.mkdir(parents=True, exist_ok=True)
    paths.secrets.write_text(text)
    secrets = FileSecrets(paths)
    for call in (lambda: secrets.get("device_key"), lambda: secrets.set("device_key", "new")):
        with pytest.raises(ShopError) as caught:
            call()
        assert caught.value.code is ErrorCode.NO_KEYRING
    assert paths.secrets.read_text() == text


def test_the_keys_move_when_the_owner_changes_the_place(paths: Paths, drawer: DrawerKeyring) -> None:
    ring, file = KeyringSecrets("x"), FileSecrets(paths)
    ring.set("device_key", "abc")
    move_secrets(("device_key", "refresh_token"), ring, file)
    assert file.get("device_key") == "abc"
    assert drawer.kept == {}
    drawer.locked = True
    with pytest.raises(ShopError):
        move_secrets(("device_key", "refresh_token"), file, ring)
    assert file.get("device_key") == "abc", "a move that does not end leaves the keys where they were"
