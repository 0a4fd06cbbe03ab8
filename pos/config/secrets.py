"""Where keys and tokens are kept: the system's keyring, or, only when the owner chose so, a file for this user alone.

Never falls back by itself from the one to the other: a plain-text key that nobody knows of is worse than a till that says what is
missing. The keyring may ask its owner to unlock it, so call all of this off the UI thread.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from pos.config.files import disk_errors, replace_file
from pos.config.paths import Paths
from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import Ids, Secrets
from pos.services.preferences import Preferences

_log = logging.getLogger(__name__)

SERVICE: Final = "epeken-pos"
MAX_VALUE: Final = 1_000
"""Characters. Windows' credential store takes 1,280 of two bytes; a short opaque token fits, a JWT does not."""
_UNSAFE_BACKENDS: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyringSecrets:
    """`services.ports.Secrets` in the system's keyring, under the name of this set of files."""

    in_file = False

    def __init__(self, instance: str) -> None:
        self._service = f"{SERVICE}/{instance}"

    def get(self, name: str) -> str | None:
        import keyring

        with _keyring_errors():
            return keyring.get_password(self._service, name)

    def set(self, name: str, value: str) -> None:
        import keyring

        if len(value) > MAX_VALUE:
            raise ValueError(f"{name} is too long for a keyring")
        with _keyring_errors():
            keyring.set_password(self._service, name, value)

    def delete(self, name: str) -> None:
        """A name that is not there is nothing."""
        import keyring
        import keyring.errors

        with _keyring_errors():
            try:
                keyring.delete_password(self._service, name)
            except keyring.errors.PasswordDeleteError:
                # said for "not there" and for "not allowed" alike: look again
                if keyring.get_password(self._service, name) is not None:
                    raise


@contextmanager
def _keyring_errors() -> Iterator[None]:
    """Refuse backends that keep nothing or keep it in plain text; translate what the others say to NO_KEYRING."""
    import keyring
    import keyring.errors

    backend = type(keyring.get_keyring()).__module__
    if backend.startswith(_UNSAFE_BACKENDS):
        raise ShopError(ErrorCode.NO_KEYRING, detail=backend)
    try:
        yield
    except keyring.errors.KeyringError as error:
        # the type alone: a backend's words may hold what was to be kept
        raise ShopError(ErrorCode.NO_KEYRING, detail=type(error).__name__) from None


class FileSecrets:
    """`services.ports.Secrets` in a file that only this user may read (0600). The screens warn as long as it is used."""

    in_file = True

    def __init__(self, paths: Paths) -> None:
        self._path = paths.secrets

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        kept = self._read()
        kept[name] = value
        self._write(kept)

    def delete(self, name: str) -> None:
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _read(self) -> dict[str, str]:
        try:
            with disk_errors():
                self._close_to_others()
                text = self._path.read_text(encoding="utf-8")
        except ShopError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return {}
            raise
        try:
            kept = json.loads(text)
        except ValueError:
            kept = None
        if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
            raise ShopError(ErrorCode.NO_KEYRING, detail="secrets file")
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        replace_file(self._path, json.dumps(kept, indent=1).encode(), mode=0o600)

    def _close_to_others(self) -> None:
        if os.name == "posix" and stat.S_IMODE(self._path.stat().st_mode) & 0o077:
            _log.warning("the secrets file was open to other users; closed again")
            self._path.chmod(0o600)


def open_secrets(preferences: Preferences, paths: Paths, ids: Ids) -> KeyringSecrets | FileSecrets:
    """The place that this machine uses, as the owner chose. Nothing is read yet.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY (the name of this set of files is written once).
    """
    if preferences.secrets_in_file:
        return FileSecrets(paths)
    return KeyringSecrets(_instance(paths, ids))


def _instance(paths: Paths, ids: Ids) -> str:
    known = ""
    # a name that cannot be read must not be replaced: the keys under it would be lost to this till
    with disk_errors(), suppress(FileNotFoundError, UnicodeDecodeError):
        known = paths.instance.read_text(encoding="ascii").strip()
    if known:
        return known
    made = ids.new()
    replace_file(paths.instance, made.encode())
    return made


def move_secrets(names: tuple[str, ...], origin: Secrets, target: Secrets) -> None:
    """When the owner changes the place: written to the new one first, then taken from the old one.

    Raises:
        ShopError: NO_KEYRING, DISK_FULL, FOLDER_READ_ONLY; everything is still at its old place then.
    """
    kept = {name: value for name in names if (value := origin.get(name)) is not None}
    for name, value in kept.items():
        target.set(name, value)
    for name in kept:
        origin.delete(name)
