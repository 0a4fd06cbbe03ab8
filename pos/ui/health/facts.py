"""Reads at one moment what the health page says. Knows no Qt: `epeken-pos doctor` asks the same."""

from __future__ import annotations

from pos.domain.errors import ShopError
from pos.services.ports import Till
from pos.services.preferences import Preferences
from pos.ui.health.rows import Facts


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
        printer_address=preferences.printer_address,
        open_jobs=tuple(read.open_print_jobs()),
        store=read.health(),
        failed_checks=failed_checks,
        checked_at=checked_at,
        keys_in_file=preferences.secrets_in_file,
    )
