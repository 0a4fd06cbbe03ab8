"""The line's commands of `epeken-pos`: let go of the shop, write what is unsent to a stick, and say whether anything is unsent.

Owns their words on the terminal; an uninstaller asks `unsent` and obeys its exit code.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli import FAILED, GOOD, NOTHING_DONE, ask_secret, say, say_trouble
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.language import tr
from pos.ui.messages import error_sentence

if TYPE_CHECKING:
    from pos.domain.people import Act, Approval
    from pos.services.ports import Till

NewCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_to(command: NewCommand) -> None:
    """Their names and options, in the language in use."""
    command("leave", leave, tr("lepas komputer ini dari tokonya di e-Peken; datanya tetap ada"))
    stick = command("mirror", mirror, tr("tulis yang belum terkirim ke flashdisk"))
    stick.add_argument("folder", metavar="DIR", type=Path, help=tr("folder di flashdisk"))
    stick.add_argument("--let-go", action="store_true", help=tr("dengan PIN pemilik: setelah ini toko boleh dilepas atau program dihapus"))
    told = command("unsent", unsent, tr("kode keluar 0 kalau tidak ada yang belum terkirim, 1 kalau ada"))
    told.add_argument("--json", action="store_true", help=tr("jawab sebagai JSON"))


def leave(options: argparse.Namespace) -> int:
    """Refused while something is unsent, with the way on."""
    from pos.app import open_backstage
    from pos.domain.people import Act

    with open_backstage(options.data) as shop:
        name = shop.till.store.read.shop().name
        approval = _asked(shop.till, Act.SETTINGS)
        try:
            shop.line.leave(approval)
        except ShopError as error:
            if error.code is not ErrorCode.STILL_UNSENT:
                raise
            say_trouble(error_sentence(error))
            say_trouble(tr("Di terminal: epeken-pos mirror DIR --let-go, lalu epeken-pos leave."))
            return FAILED
    say(tr("{name} sudah dilepas dari komputer ini. Datanya tetap ada di sini.", name=name))
    return GOOD


def mirror(options: argparse.Namespace) -> int:
    """Write what is unsent to a folder, and with the owner's word let go of it here."""
    from pos.app import open_backstage
    from pos.domain.people import Act

    folder = str(options.folder.expanduser().resolve())
    with open_backstage(options.data) as shop:
        line = shop.line
        written = line.let_go(folder, _asked(shop.till, Act.LET_GO, always=True)) if options.let_go else line.mirror_now(folder)
        while options.let_go and shop.print_once().next_in == 0:
            # the list of it, for whoever hands the till over
            pass
    say(tr("{n} catatan ditulis ke {folder}. Petugas memasukkannya dengan epeken-central take.", n=written, folder=folder))
    return GOOD


def unsent(options: argparse.Namespace) -> int:
    """0 when this till may be removed, 1 while something is unsent, 2 when that cannot be known."""
    from pos.app import open_backstage
    from pos.config.paths import find_paths
    from pos.services.line import Unsent
    from pos.services.line import unsent as read_unsent

    if find_paths(str(options.data) if options.data else None).store.exists():
        with open_backstage(options.data) as shop:
            found = read_unsent(shop.till.store.read)
    else:
        found = Unsent(False, 0, 0, 0, False)
    if options.json:
        told = {
            "unsent": found.waiting + found.aside if found.paired else 0,
            "paired": found.paired,
            "waiting": found.waiting,
            "set_aside": found.aside,
            "oldest_at": found.oldest_at,
            "on_stick": found.on_stick,
            "holds": found.holds,
        }
        say(json.dumps(told))
    else:
        _say(found.paired, found.waiting + found.aside, found.holds)
    return NOTHING_DONE if found.holds else GOOD


def _say(paired: bool, count: int, holds: bool) -> None:
    if holds:
        say(error_sentence(ShopError(ErrorCode.STILL_UNSENT, count=count)))
    elif paired and count:
        say(tr("{n} catatan belum terkirim, sudah ada di flashdisk.", n=count))
    elif count:
        say(tr("Toko ini tidak tersambung. {n} catatan hanya ada di komputer ini.", n=count))
    else:
        say(tr("Semua sudah terkirim."))


def _asked(till: Till, act: Act, always: bool = False) -> Approval | None:
    """Somebody's PIN where roles count; None where nobody has one. `always`: also while somebody who may is signed in at the counter, who
    need not be the one at this terminal."""
    from pos.services.permission import approve, approvers, may_now

    if (may_now(till, act) and not always) or not approvers(till, act):
        return None
    return approve(till, act, ask_secret(tr("PIN pemilik: ")))
