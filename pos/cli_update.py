"""The command `epeken-pos update`: look for a newer program, fetch it or take it from a stick, and put it in. Owns its words."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli import FAILED, GOOD, NOTHING_DONE, say, say_trouble
from pos.domain.update import Stage, Update, Wanted
from pos.ui.language import tr

if TYPE_CHECKING:
    from pos.app.shop import Shop

NewCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_to(command: NewCommand) -> None:
    """Its name and options, in the language in use."""
    update = command("update", _update, tr("perbarui program ini, dari e-Peken atau dari flashdisk"))
    update.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help=tr("folder flashdisk yang berisi pembaruan"))
    update.add_argument("--check", action="store_true", help=tr("hanya lihat, tidak memasang"))


def _update(options: argparse.Namespace) -> int:
    """0: it was put in, or is there to be; 1: nothing newer; 2: it was not."""
    from pos import __version__
    from pos.app import open_backstage
    from pos.app.updating import carry_on

    carry_on(options.data)
    with open_backstage(options.data) as shop:
        if not shop.updates.state().known_program:
            say(tr("Program ini jalan dari kode sumbernya, jadi diperbarui dari sana juga."))
            return NOTHING_DONE
        update = _bring(shop, options)
    if update.stage not in (Stage.FOUND, Stage.LOADING, Stage.READY):
        say(tr("Versi {version} sudah yang terbaru.", version=__version__))
        return NOTHING_DONE
    if options.check:
        say(tr("Ada versi {version}.", version=update.version))
        return GOOD
    if update.stage is not Stage.READY:
        say_trouble(tr("Versi {version} belum selesai diambil. Jalankan lagi untuk melanjutkan.", version=update.version))
        return FAILED
    return _put_in(options.data)


def _bring(shop: Shop, options: argparse.Namespace) -> Update:
    """Raises ShopError."""
    desk = shop.updates
    if options.source is not None:
        desk.take_from(str(options.source.expanduser()), lambda done, total: True)
        return desk.state().update
    told = desk.look_first(fetch=not options.check)
    if not options.check and desk.state().update.stage in (Stage.FOUND, Stage.ROLLED_BACK):
        desk.want(Wanted.CLOSING)
        told = desk.once()
    update = desk.state().update
    if told.error is not None and update.stage is not Stage.READY:
        raise told.error
    return update


def _put_in(data: Path | None) -> int:
    from pos import __version__
    from pos.app.updating import put_in_now
    from pos.ui.health.update_words import outcome

    update = put_in_now(data)
    said = outcome(update, __version__)
    for kind, sentence in said:
        (say_trouble if kind == "fault" else say)(sentence)
    return GOOD if update.stage is Stage.APPLIED else FAILED
