"""The shop's printers as the settings file holds them, also as files of older tills did (one address, one profile). Owns their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from pos.domain.printing import PrinterRole
from pos.services.preferences import PrinterChoice, one_printer

OLD_NAMES: Final = ("printer_address", "printer_profile")
"""Of the time when a shop had one printer."""

_MOST: Final = 16
_LONGEST: Final = 500


def read_printers(values: Mapping[str, Any]) -> tuple[tuple[PrinterChoice, ...], tuple[str, ...]]:
    """(printers, names of what was not usable). A printer that cannot be understood costs only itself."""
    rows = values.get("printers")
    if rows is None:
        return _as_it_was(values)
    if not isinstance(rows, list):
        return (), ("printers",)
    printers: dict[str, PrinterChoice] = {}
    for row in rows[:_MOST]:
        printer = _printer(row)
        if printer is not None:
            printers.setdefault(printer.ref, printer)
    return tuple(printers.values()), ("printers",) if len(printers) < len(rows) else ()


def written(printers: tuple[PrinterChoice, ...]) -> list[dict[str, Any]]:
    """Rows of the file: without what is as it is anyway."""
    plain = PrinterChoice("", "")
    return [
        {
            name: [str(role) for role in value] if name == "roles" else value
            for name, value in asdict(printer).items()
            if name in ("name", "address", "profile", "roles") or value != getattr(plain, name)
        }
        for printer in printers
    ]


def _as_it_was(values: Mapping[str, Any]) -> tuple[tuple[PrinterChoice, ...], tuple[str, ...]]:
    address, profile = (values.get(name, "") for name in OLD_NAMES)
    wrong = tuple(name for name, value in zip(OLD_NAMES, (address, profile), strict=True) if not _is_text(value))
    if OLD_NAMES[0] in wrong:
        return (), wrong
    return one_printer(address, profile if profile and not wrong else "generic58"), wrong


def _printer(row: object) -> PrinterChoice | None:
    if not isinstance(row, dict):
        return None
    known = {field.name: row[field.name] for field in fields(PrinterChoice) if field.name in row}
    try:
        known["roles"] = tuple(PrinterRole(role) for role in known.get("roles", ()))
    except (TypeError, ValueError):
        return None
    plain = PrinterChoice("", "")
    if any(type(value) is not type(getattr(plain, name)) for name, value in known.items()):
        return None
    texts = [value for value in known.values() if isinstance(value, str)]
    numbers = [value for value in known.values() if type(value) is int]
    if not known.get("name") or not known.get("address") or not all(map(_is_text, texts)) or not all(0 <= n <= 4_096 for n in numbers):
        return None
    return PrinterChoice(**known)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
