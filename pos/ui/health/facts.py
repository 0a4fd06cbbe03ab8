"""Reads at one moment what the health page says. Knows no Qt: `epeken-pos doctor` asks the same."""

from __future__ import annotations

from collections import Counter
from typing import Final

from pos.domain.errors import ShopError
from pos.domain.printing import PrinterRole, PrintState
from pos.services.ports import Till
from pos.services.preferences import Preferences, printer_for
from pos.ui.health.rows import Facts
from pos.ui.printers.words import role_text

_MOST: Final = 100


def read_facts(
    till: Till,
    preferences: Preferences,
    line_error: ShopError | None,
    printer: str,
    failed_checks: tuple[str, ...] | None = None,
    checked_at: int = 0,
) -> Facts:
    """See `Facts`. Raises ShopError STORE_DAMAGED, STORE_BUSY."""
    read = till.store.read
    return Facts(
        now=till.clock.now(),
        line=read.line(),
        line_error=line_error,
        printer=printer,
        printer_address=_receipt_printer(preferences),
        jobs=read.print_counts(),
        store=read.health(),
        failed_checks=failed_checks,
        checked_at=checked_at,
        keys_in_file=preferences.secrets_in_file,
        printers=_printers(till, preferences),
    )


def _printers(till: Till, preferences: Preferences) -> tuple[tuple[str, str, int], ...]:
    """Name, roles and doubtful jobs of each."""
    if len(preferences.printers) < 2:
        return ()
    doubtful = Counter(row.goes_to for row in till.store.read.open_print_rows(_MOST) if row.state is PrintState.UNKNOWN)
    return tuple(
        (printer.name, ", ".join(role_text(role) for role in printer.roles), doubtful[printer.ref]) for printer in preferences.printers
    )


def _receipt_printer(preferences: Preferences) -> str:
    """Its address; empty without one."""
    printer = printer_for(preferences.printers, PrinterRole.STRUK)
    return printer.address if printer else ""
