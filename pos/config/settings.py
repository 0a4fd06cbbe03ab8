"""This machine's settings in a TOML file that a person can read and mend. Owns the file; what the values mean is `Preferences`.

A file that cannot be read is put aside, never overwritten: the till starts with its defaults and says so. One wrong value costs only
that value.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from pos.config.files import disk_errors, replace_file
from pos.config.printers import read_printers, written
from pos.domain.errors import ErrorCode, ShopError
from pos.services.preferences import Preferences

_log = logging.getLogger(__name__)

_MAX_BYTES: Final = 64 * 1024
_ALLOWED: Final[Mapping[str, Callable[[Any], bool]]] = {
    "language": ("id", "en").__contains__,
    "theme": ("light", "dark", "system").__contains__,
    "text_scale": lambda value: 75 <= value <= 200,
    "paper_language": ("id", "en").__contains__,
    "receipt_footer": lambda value: len(value) <= 200,
    "paper_header": lambda value: len(value) <= 200,
    "paper_logo": lambda value: (len(value) <= 40 and value.isascii() and value.replace("-", "0").isalnum()) or not value,
    "till_name": lambda value: len(value) <= 60,
    "support": lambda value: len(value) <= 24,
    "rounding_step": lambda value: 0 <= value <= 10_000,
    "rounding_direction": ("down", "nearest", "up").__contains__,
    "wholesale_from": lambda value: 1 <= value <= 1_000_000,
    "credit_limit": lambda value: 0 <= value <= 999_999_999_999,
    "credit_days": lambda value: 0 <= value <= 365,
    "qris_static": lambda value: len(value) <= 512,
    "weight_step": lambda value: 1 <= value <= 1_000,
    "discount_limit": lambda value: 0 <= value <= 10_000,
    "scale_labels": lambda value: _are_patterns(value),
    "lock_after_minutes": lambda value: 0 <= value <= 1_440,
    "day_cutoff": lambda value: 0 <= value < 720,
    "pkp_since": lambda value: not value or _is_date(value),
    "pkp_until": lambda value: not value or _is_date(value),
    "customer_display": ("off", "screen", "window").__contains__,
    "keys": lambda value: len(value) <= 1_000,
    "updates": ("auto", "ask").__contains__,
    "update_url": lambda value: len(value) <= 200,
    "scale_port": lambda value: len(value) <= 200,
    "scale_speed": lambda value: 300 <= value <= 115_200,
    "scale_frame": ("8N1", "7E1", "7O1", "8E1", "8O1").__contains__,
}


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _are_patterns(text: str) -> bool:
    from pos.domain.scale_label import parse_patterns

    try:
        return len(text) <= 200 and bool(parse_patterns(text) or not text.strip())
    except ShopError:
        return False


class SettingsFile:
    """`services.preferences.PreferencesFile`.

    Attributes:
        trouble: SETTINGS_BROKEN with `file` after a `load()` that had to put the file aside, else None.
        dropped: names whose values were not usable at the last `load()`; they have their defaults.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.trouble: ShopError | None = None
        self.dropped: tuple[str, ...] = ()

    def load(self) -> Preferences:
        """The settings; defaults for what is missing or not usable. Never raises for what stands in the file."""
        self.trouble, self.dropped = None, ()
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return Preferences()
        except OSError as error:
            _log.warning("settings cannot be opened: %s", error.strerror)
            self.trouble = ShopError(ErrorCode.SETTINGS_BROKEN, file=self._path.name)
            return Preferences()
        # most tills have no such file, and the window waits for this
        import tomllib

        try:
            if len(data) > _MAX_BYTES:
                raise ValueError("no settings file is that long")
            values = tomllib.loads(data.decode("utf-8"))
        except (tomllib.TOMLDecodeError, ValueError) as error:
            self._put_aside(str(error))
            return Preferences()
        return self._usable(values)

    def save(self, preferences: Preferences) -> None:
        """Write all values, whole or not at all.

        Raises:
            ShopError: DISK_FULL, FOLDER_READ_ONLY; the old file is untouched then.
        """
        import tomli_w

        values = asdict(preferences)
        values["printers"] = written(preferences.printers)
        replace_file(self._path, tomli_w.dumps(values).encode("utf-8"))

    def _usable(self, values: dict[str, Any]) -> Preferences:
        known: dict[str, Any] = {}
        dropped = []
        known["printers"], wrong = read_printers(values)
        for field in fields(Preferences):
            if field.name not in values or field.name == "printers":
                continue
            value = values[field.name]
            # bool is an int to Python, but not to a person who wrote `text_scale = true`
            right_type = type(value) is type(field.default)
            if right_type and _ALLOWED.get(field.name, lambda _: True)(value):
                known[field.name] = value
            else:
                dropped.append(field.name)
        self.dropped = (*dropped, *wrong)
        if self.dropped:
            _log.warning("settings with unusable values have their defaults: %s", ", ".join(self.dropped))
        return Preferences(**known)

    def _put_aside(self, why: str) -> None:
        aside = self._path.with_name(self._path.name + ".broken")
        _log.warning("settings cannot be read (%s); put aside as %s", why, aside.name)
        self.trouble = ShopError(ErrorCode.SETTINGS_BROKEN, file=aside.name)
        try:
            with disk_errors():
                self._path.replace(aside)
        except ShopError as error:
            # a read-only folder: the broken file stays where it is, and the till starts all the same
            _log.warning("the broken settings stay where they are: %s", error.fields)
