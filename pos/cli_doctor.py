"""`epeken-pos doctor`: everything that can be wrong with a shop, asked at once and said in plain sentences, or as JSON for a program.

Asks the printer and the server for real (`--offline`: neither; so an update tries a new program); changes nothing of the shop's facts.
Owns the order and the exit code; what each thing says is the health page's (`pos.ui.health.rows`).
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pos import __version__
from pos.cli import FAILED, GOOD, NOTHING_DONE, no_shop_here, say, say_trouble
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.health.program import versions
from pos.ui.health.rows import HealthRow, State, disk_row, second_copy_row
from pos.ui.language import tr
from pos.ui.messages import error_sentence

if TYPE_CHECKING:
    from pos.app.shop import Shop


def examine(options: argparse.Namespace) -> int:
    """Exit code: 0 all is well, 1 something wants to be looked at, 2 the shop cannot even be opened."""
    from pos.config.paths import find_paths

    paths = find_paths(str(options.data) if options.data else None)
    if not paths.store.exists():
        raise no_shop_here()
    try:
        rows, failed, trouble = _open_and_look(options.data, ask=not options.offline)
    except ShopError as error:
        return _cannot_open(error, paths.store, options.json)
    well = trouble is None and all(row.state is not State.FAULT for row in rows)
    if options.json:
        _say_json(well, failed, rows)
        return GOOD if well else NOTHING_DONE
    for row in rows:
        say(f"{row.title}: {row.word}. {row.sentence}")
    if trouble is not None:
        say(error_sentence(trouble))
    say(tr("Semua baik.") if well else tr("Ada yang perlu dilihat."))
    return GOOD if well else NOTHING_DONE


def _open_and_look(data: Path | None, *, ask: bool) -> tuple[list[HealthRow], tuple[str, ...], ShopError | None]:
    from pos.app import open_backstage
    from pos.ui.health.facts import read_facts
    from pos.ui.health.rows import health_rows

    with open_backstage(data) as shop:
        line_error, printer = (_ask_server(shop), _ask_printer(shop)) if ask else (None, shop.printer_state())
        failed = tuple(shop.till.store.read.check())
        facts = read_facts(shop.till, shop.preferences, line_error, printer, failed, shop.till.clock.now())
        shop.lay_copy_elsewhere()
        rows = [*health_rows(facts), *second_copy_row(shop.copies_state()), _program_row(facts.store.schema)]
        return rows, failed, shop.settings_trouble


def _ask_server(shop: Shop) -> ShopError | None:
    """One try, as the line itself makes it. A shop that was never connected has nobody to ask."""
    if not shop.till.store.read.line().paired:
        return None
    shop.line.once()
    return shop.last_sync_error()


def _ask_printer(shop: Shop) -> str:
    """As `Backstage.printer_state`, after asking the printer of receipts itself."""
    from pos.domain.printing import PrinterRole
    from pos.services.preferences import printer_for
    from pos.ui.settings.typed import ON_SCREEN

    printer = printer_for(shop.preferences.printers, PrinterRole.STRUK)
    if printer is None or printer.address == ON_SCREEN:
        return shop.printer_state()
    try:
        asked = shop.printers.check(printer.address)
    except ShopError:
        return "trouble"
    return "trouble" if asked.trouble else shop.printer_state()


def _program_row(schema: str) -> HealthRow:
    """What an officer is asked for first."""
    parts = [tr("data {revision}", revision=which) if what == "data" else f"{what} {which}" for what, which in versions(schema)]
    return HealthRow("program", "info", tr("Program"), State.GOOD, __version__, ", ".join(parts) + ".")


def _cannot_open(error: ShopError, store: Path, as_json: bool) -> int:
    """What can be said of a shop that does not open: why, and whether the disk has room for a copy to be put back."""
    sentence = error_sentence(error)
    if not as_json:
        say_trouble(sentence)
        if error.code is ErrorCode.STORE_DAMAGED:
            say_trouble(tr("Pulihkan dari salinan: epeken-pos restore FILE. Yang rusak tetap disimpan di folder copies."))
        return FAILED
    state = State.WAITING if error.code is ErrorCode.STORE_IN_USE else State.FAULT
    database = HealthRow("database", "database", tr("Data toko"), state, tr("Tidak terbuka"), sentence)
    _say_json(
        False, (error.code.value,), [database, disk_row(store.stat().st_size, shutil.disk_usage(store.parent).free), _program_row("")]
    )
    return FAILED


def _say_json(well: bool, failed: Sequence[str], rows: Sequence[HealthRow]) -> None:
    told = [{"key": row.key, "state": row.state.value, "title": row.title, "sentence": row.sentence} for row in rows]
    said = {"version": __version__, "well": well, "failed_checks": list(failed), "rows": told}
    say(json.dumps(said, ensure_ascii=False, indent=2))
