"""`epeken-pos diagnostics`: what an officer far away is told of this till, as text or as a file; and a code from a phone made readable.

Owns its words on the terminal; what is told is `services.diagnosis`'s.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pos.cli import GOOD, no_shop_here, say
from pos.ui.language import tr


def tell(options: argparse.Namespace) -> int:
    """Exit code 0, or a sentence of what forbids it."""
    from pos.services.diagnosis import as_text, read_code

    if options.read:
        say(read_code(options.read))
        return GOOD
    from pos.app import open_backstage
    from pos.config.paths import find_paths
    from pos.ui.health.diagnosing import diagnose

    if not find_paths(str(options.data) if options.data else None).store.exists():
        raise no_shop_here()
    with open_backstage(options.data) as shop:
        failed = tuple(shop.till.store.read.check())
        quality = shop.line.quality()
        told = diagnose(shop.till, shop.preferences, shop.last_sync_error(), shop.printer_state(), quality, shop.log_lines(), failed)
        if options.out is None:
            say(as_text(told))
            return GOOD
        out: Path = options.out.expanduser().resolve()
        shop.save_diagnosis(str(out), as_text(told))
    say(tr("Disimpan: {name}.", name=out.name))
    return GOOD
