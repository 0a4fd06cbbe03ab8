"""The commands `epeken-pos provision ...`: the office's key, files of many tills from one spreadsheet, a look at one, taking one in.

Owns their words on the terminal; the files are `pos.installing`'s, applying them is `pos.app.provisioning`'s.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.cli import FAILED, GOOD, NOTHING_DONE, ask_secret, say, say_trouble
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.language import later, tr
from pos.ui.messages import error_sentence

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from pos.installing.office import BadRow, Outcome
    from pos.installing.provision import Provision

NewCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

_HOUR_MS: Final = 3_600_000
_MOST_ROWS: Final = 200
_WRONG: Final = {
    "empty": later("kolom {column} kosong"),
    "unreadable": later("isi {column} belum bisa dipakai"),
    "code_twice": later("kodenya sudah dipakai baris lain"),
    "till_twice": later("mesin kasir ini sudah ada di baris lain"),
}


def add_to(command: NewCommand) -> None:
    """Their names and options, in the language in use."""
    provision = command("provision", _which, tr("berkas toko untuk petugas: buat, periksa, pakai"))
    parts = provision.add_subparsers(metavar="WHAT", required=True)

    def part(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = parts.add_parser(name, help=words, description=words)
        made.set_defaults(command=run)
        return made

    key = part("key", _key, tr("buat kunci kantor; cetak kunci umumnya untuk daftar kunci di kasir"))
    key.add_argument("file", metavar="FILE", type=Path, help=tr("berkas kunci rahasia yang baru"))
    make = part("make", _make, tr("buat berkas toko dari lembar daftar toko"))
    make.add_argument("sheet", metavar="SHEET", type=Path, help=tr("daftar toko (CSV, XLSX, ODS)"))
    make.add_argument("--key", required=True, type=Path, metavar="FILE", help=tr("berkas kunci rahasia kantor"))
    make.add_argument("--out", required=True, type=Path, metavar="FOLDER", help=tr("folder hasil"))
    make.add_argument("--central", default="", metavar="URL", help=tr("alamat server untuk baris yang tidak menyebutnya"))
    make.add_argument("--support", default="", metavar="NUMBER", help=tr("nomor telepon bantuan"))
    make.add_argument("--goods", type=Path, metavar="FILE", help=tr("daftar barang yang ikut ke setiap toko"))
    make.add_argument("--hours", type=int, default=24, help=tr("umur kode dalam jam (24)"))
    check = part("check", _check, tr("periksa berkas toko"))
    check.add_argument("place", metavar="PATH", type=Path, help=tr("berkas toko atau folder flashdisk"))
    use = part("use", _use, tr("pakai berkas toko dari flashdisk di komputer ini"))
    use.add_argument("place", metavar="PATH", type=Path, help=tr("berkas toko atau folder flashdisk"))
    use.add_argument("--data", type=Path, metavar="FOLDER", help=tr("folder data toko"), default=argparse.SUPPRESS)


def _which(options: argparse.Namespace) -> int:
    raise AssertionError("one of its parts is required")


# --- at the office ------------------------------------------------------------------------------------------------


def _key(options: argparse.Namespace) -> int:
    from pos.config.files import disk_errors
    from pos.installing.signing import load_key, name_of, new_key, public_text

    passphrase = ask_secret(tr("Kata sandi kunci (kosong: tanpa): "))
    data = new_key(passphrase)
    with disk_errors():
        # never over a key that is there: what it signed would be nobody's
        handle = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    public = load_key(data, passphrase).public_key()
    say(f'{{"{name_of(public)}": "{public_text(public)}"}}')
    return GOOD


def _make(options: argparse.Namespace) -> int:
    from pos.config.files import replace_file
    from pos.config.machine import RandomIds
    from pos.installing.office import Defaults, make_files

    folder: Path = options.out.expanduser()

    def keep(path: str, data: bytes) -> Path:
        replace_file(folder / path, data)
        return folder / path

    defaults = Defaults(options.central, options.support, options.goods, options.hours * _HOUR_MS)
    key = _open_key(options.key)
    outcome = make_files(options.sheet, keep, key, time.time_ns() // 1_000_000, RandomIds().new, defaults)
    _say_outcome(outcome)
    return GOOD if outcome.files else NOTHING_DONE


def _open_key(file: Path) -> Ed25519PrivateKey:
    from pos.installing.signing import NotSigned, load_key

    try:
        data = file.expanduser().read_bytes()
        return load_key(data, ask_secret(tr("Kata sandi kunci: ")) if b"ENCRYPTED" in data else "")
    except (OSError, NotSigned) as error:
        raise ShopError(ErrorCode.PROVISION_KEY, file=file.name) from error


def _say_outcome(outcome: Outcome) -> None:
    for row in outcome.bad[:_MOST_ROWS]:
        say_trouble(tr("Baris {number} dilewati: {why}.", number=row.number, why=_why(row)))
    if len(outcome.bad) > _MOST_ROWS:
        say_trouble(tr("{n} baris lagi dilewati.", n=len(outcome.bad) - _MOST_ROWS))
    say(tr("{n} berkas toko jadi, {bad} baris dilewati.", n=len(outcome.files), bad=len(outcome.bad)))


def _why(row: BadRow) -> str:
    return tr(_WRONG[row.wrong.value], column=row.column)


# --- at the shop --------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from pos.app.provisioning import read_trusted
    from pos.installing.provision import file_in, goods_file

    file = file_in(options.place.expanduser())
    provision = read_trusted(file)
    goods_file(file, provision)
    _say_provision(provision)
    return GOOD


def _say_provision(provision: Provision) -> None:
    until = time.strftime("%d/%m/%Y %H:%M", time.localtime(provision.expires_at / 1000))
    say(tr("Toko: {name}, mesin {till}, server {url}.", name=provision.shop.name, till=provision.till, url=provision.central))
    printer = provision.printer.address if provision.printer else "–"
    say(tr("Printer: {printer}. Kode berlaku sampai {until}.", printer=printer, until=until))
    say(tr("Tanda tangannya cocok."))


def take_in(place: Path, data: Path | None) -> None:
    """Lay a stick's file ready for the window that opens now; what is wrong with it is said, and the window opens all the same."""
    from pos.app.provisioning import take
    from pos.config.paths import find_paths

    try:
        take(place.expanduser(), find_paths(str(data) if data else None))
    except ShopError as error:
        say_trouble(error_sentence(error))


def _use(options: argparse.Namespace) -> int:
    from pos.app import open_backstage
    from pos.app.provisioning import take
    from pos.config.paths import find_paths

    data: Path | None = options.data
    take(options.place.expanduser(), find_paths(str(data) if data else None))
    with open_backstage(data) as shop:
        said = shop.provisioning.begin()
    for kind, sentence in said:
        (say_trouble if kind == "fault" else say)(sentence)
    return FAILED if any(kind == "fault" for kind, _ in said) else GOOD
