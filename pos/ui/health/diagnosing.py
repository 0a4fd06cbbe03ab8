"""Reads at one moment what a diagnosis says. Knows no Qt: `epeken-pos diagnostics` asks the same."""

from __future__ import annotations

from pos.domain.errors import ShopError
from pos.services.diagnosis import Diagnosis
from pos.services.line_views import LineQuality
from pos.services.ports import Till
from pos.services.preferences import Preferences
from pos.ui.health.facts import read_facts
from pos.ui.health.program import versions
from pos.ui.health.rows import health_rows

_DEVICE: int = 8


def diagnose(
    till: Till,
    preferences: Preferences,
    line_error: ShopError | None,
    printer: str,
    quality: LineQuality,
    log: tuple[str, ...],
    failed_checks: tuple[str, ...] | None = None,
) -> Diagnosis:
    """See `Diagnosis`; `printer` as `Backstage.printer_state` says it. Raises ShopError STORE_DAMAGED, STORE_BUSY."""
    now, read = till.clock.now(), till.store.read
    facts = read_facts(till, preferences, line_error, printer, failed_checks, now if failed_checks is not None else 0)
    return Diagnosis(
        at=now,
        program=versions(facts.store.schema),
        device=read.shop().device[:_DEVICE],
        rows={row.key: row.state.value for row in health_rows(facts) if row.key.isascii() and row.key.isidentifier()},
        failed_checks=failed_checks,
        line=facts.line,
        line_error=line_error.code.value if line_error is not None else "",
        quality=quality,
        store=facts.store,
        printers=preferences.printers,
        jobs={state.value: count for state, count in facts.jobs.items()},
        people=len(read.users()),
        settings=_settings(preferences),
        log=log,
    )


def _settings(preferences: Preferences) -> dict[str, str]:
    """Switches only: nothing that somebody typed."""
    return {
        "language": preferences.language,
        "theme": preferences.theme,
        "text": str(preferences.text_scale),
        "keys": str(int(bool(preferences.keys))),
        "scale": str(int(bool(preferences.scale_port))),
        "display": preferences.customer_display,
        "second_copy": str(int(bool(preferences.copy_folder))),
        "stick": str(int(bool(preferences.mirror_folder))),
        "secrets": "file" if preferences.secrets_in_file else "keyring",
        "updates": preferences.updates,
        "qris": str(int(bool(preferences.qris_static))),
    }
