"""The command `epeken-pos`: opens the till, and does for a field officer what needs no window.

A known failure is one sentence on the error output and exit code 2, in the language of the settings; a traceback here is a bug.
Owns the words of the terminal; imports nothing heavy before a command needs it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.language import set_language, tr
from pos.ui.messages import error_sentence

GOOD: Final = 0
NOTHING_DONE: Final = 1
FAILED: Final = 2
_SEALED: Final = ".epk"
STOPPED: Final = 130
"""What a shell says of a command that was ended by Ctrl+C."""


class _Sentence(Exception):
    """A known failure of a command that has no code of its own."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        say_trouble(tr("Perintah ini belum bisa dibaca ({why}). Lihat {program} --help.", why=message, program="epeken-pos"))
        raise SystemExit(FAILED)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 nothing to do or something is wrong with the shop, 2 a known failure."""
    words = sys.argv[1:] if words is None else words
    try:
        set_language(_language(words))
        options = _parser().parse_args(words)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except ShopError as error:
        say_trouble(error_sentence(error))
        return FAILED
    except _Sentence as sentence:
        say_trouble(str(sentence))
        return FAILED
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # the reader of a pipe (`| head`) has gone; nothing more can be said, not even at the interpreter's end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def say(sentence: str) -> None:
    """One line to the terminal."""
    print(sentence, flush=True)


def say_trouble(sentence: str) -> None:
    """One line to the error output."""
    print(sentence, file=sys.stderr, flush=True)


def _language(words: Sequence[str]) -> str:
    """The language of the settings that this command would use."""
    from pos.config.paths import find_paths
    from pos.config.settings import SettingsFile

    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--data")
    try:
        data = early.parse_known_args(words)[0].data
    except argparse.ArgumentError:
        data = None
    return SettingsFile(find_paths(data).settings).load().language


def _parser() -> argparse.ArgumentParser:
    from pos.cli_installing import add_to as add_installing_commands
    from pos.cli_update import add_to as add_update_command
    from pos.line_commands import add_to as add_line_commands

    folder = tr("folder data toko")
    parser = _Parser(prog="epeken-pos", description=tr("Kasir toko e-Peken. Tanpa perintah: buka kasir."))
    parser.add_argument("--data", type=Path, metavar="FOLDER", help=folder)
    parser.set_defaults(command=_open)
    # without a default: what stands before the command's name must not be overwritten by its absence behind it
    shared = _Parser(add_help=False)
    shared.add_argument("--data", type=Path, metavar="FOLDER", help=folder, default=argparse.SUPPRESS)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_text, description=help_text, parents=[shared])
        made.set_defaults(command=run)
        return made

    run_it = command("run", _open, tr("buka jendela kasir"))
    run_it.add_argument("--provision", type=Path, metavar="PATH", help=tr("pakai dulu berkas toko dari flashdisk"))
    run_it.add_argument("--until-ready", action="store_true", help=tr("coba saja: buka jendelanya, lalu tutup lagi"))
    command("rehearsal", _rehearsal, tr("latihan kasir baru di salinan toko; tidak ada yang terkirim, salinannya dibuang"))
    pair = command("pair", _pair, tr("sambungkan ke e-Peken dengan kode sekali pakai"))
    pair.add_argument("code", metavar="CODE", help=tr("kode sekali pakai"))
    pair.add_argument("--url", default="", help=tr("alamat server"))
    pair.add_argument("--keys-in-file", action="store_true", help=tr("simpan kunci di berkas, di komputer tanpa brankas kunci"))
    sheet = command("import", _import, tr("masukkan daftar barang (CSV, XLSX, XLS, ODS)"))
    sheet.add_argument("file", metavar="FILE", type=Path, help=tr("berkas daftar barang"))
    sheet.add_argument("--dry-run", action="store_true", help=tr("hanya periksa, tidak menyimpan"))
    sheet.add_argument("--refused", type=Path, metavar="FILE", help=tr("tulis baris yang ditolak ke berkas ini (CSV atau XLSX)"))
    out = command("export", _export, tr("tulis daftar barang ke berkas (CSV, XLSX) yang bisa dimasukkan lagi"))
    out.add_argument("file", metavar="FILE", type=Path, help=tr("berkas daftar barang"))
    doctor = command("doctor", _doctor, tr("periksa data toko"))
    doctor.add_argument("--json", action="store_true", help=tr("jawab sebagai JSON"))
    doctor.add_argument("--offline", action="store_true", help=tr("jangan tanya server dan printer"))
    told = command("diagnostics", _diagnostics, tr("diagnostik untuk petugas, tanpa data siapa pun"))
    told.add_argument("--out", type=Path, metavar="FILE", help=tr("tulis ke berkas ini"))
    told.add_argument("--read", default="", metavar="CODE", help=tr("baca kode yang dipindai dari layar kasir"))
    copy = command("copy", _copy, tr("buat salinan data toko yang diperiksa"))
    copy.add_argument("file", metavar="FILE", type=Path, help=tr("berkas salinan; yang berakhir .epk dikunci dengan kata sandi"))
    restore = command("restore", _restore, tr("pulihkan data toko dari salinan"))
    restore.add_argument("file", metavar="FILE", type=Path, help=tr("berkas salinan (.db atau .epk)"))
    pin = command("owner-pin", _owner_pin, tr("buat PIN pemilik yang baru, kalau yang lama hilang"))
    pin.add_argument("--name", default="", help=tr("nama pemiliknya, kalau ada lebih dari satu"))
    add_line_commands(command)
    add_installing_commands(command)
    add_update_command(command)
    command("demo", _demo, tr("buka kasir dengan toko contoh"))
    for name, run, help_text in (
        ("tour", _tour, tr("mainkan satu hari di toko tanpa layar")),
        ("pictures", _pictures, tr("gambar semua layar")),
    ):
        command(name, run, help_text).add_argument(
            "--out", type=Path, metavar="FOLDER", default=Path("out") / name, help=tr("folder hasil")
        )
    return parser


# --- the window -------------------------------------------------------------------------------------------------


def _open(options: argparse.Namespace) -> int:
    if getattr(options, "provision", None) is not None:
        from pos.cli_installing import take_in

        take_in(options.provision, options.data)
    if getattr(options, "until_ready", False):
        return _open_and_close(options.data)
    from pos.app.rehearsal import is_marked
    from pos.app.updating import after_window, before_window
    from pos.config.paths import find_paths

    if options.data is not None and is_marked(find_paths(str(options.data)).store):
        return _open_and_throw_away(options.data)
    before_window(options.data)
    result = open_window(options.data)
    after_window(options.data)
    return result


def _open_and_close(data: Path | None) -> int:
    """A trial of the window: nothing is sent or printed, for no worker begins."""
    from pos.app import open_application

    application = open_application(data, preferences={"sounds": False})
    application.when_ready(application.close)
    return application.run()


def _rehearsal(options: argparse.Namespace) -> int:
    """A copy of the shop in a window of its own; whatever ends it, the next start is the shop's."""
    from pos.app import open_backstage
    from pos.config.paths import find_paths

    if not find_paths(str(options.data) if options.data else None).store.exists():
        raise no_shop_here()
    with open_backstage(options.data) as shop:
        folder = Path(shop.lay_rehearsal())
    return _open_and_throw_away(folder)


def _open_and_throw_away(folder: Path) -> int:
    from pos.app.rehearsal import throw_away_played

    try:
        return open_window(folder)
    finally:
        throw_away_played(folder)


def open_window(data: Path | None, preferences: dict[str, object] | None = None) -> int:
    """Open the till and wait until it is closed. A second start brings the first window to the front and ends."""
    from pos.app import open_application
    from pos.ui.paper_window import PaperOnScreen
    from pos.ui.stop_signals import StopSignals

    try:
        application = open_application(data, preferences=preferences)
    except ShopError as error:
        if error.code is not ErrorCode.STORE_IN_USE:
            raise
        say(tr("Kasir sudah terbuka. Jendelanya sudah dimunculkan."))
        return GOOD
    signals = StopSignals(application.close)
    application.when_ready(lambda: PaperOnScreen(application.context, application.window))
    try:
        return application.run()
    finally:
        signals.end()


# --- an officer's commands --------------------------------------------------------------------------------------


def _pair(options: argparse.Namespace) -> int:
    from pos.app import open_backstage
    from pos.ui.settings.typed import pairing_code

    code = pairing_code(options.code)
    with open_backstage(options.data) as shop:
        url = options.url or shop.till.store.read.shop().central_url or shop.preferences.central_url
        if not url:
            raise _Sentence(tr("Alamat server belum ada. Tambahkan --url, misalnya --url https://alamat.server."))
        if options.keys_in_file:
            shop.keep(replace(shop.preferences, secrets_in_file=True))
        try:
            name = shop.pair(url, code)
        except ShopError as error:
            if error.code is not ErrorCode.NO_KEYRING:
                raise
            raise _Sentence(f"{error_sentence(error)} {tr('Di terminal: tambahkan --keys-in-file.')}") from error
        shop.keep(replace(shop.preferences, central_url=url))
    say(tr("Tersambung ke e-Peken sebagai {name}.", name=name))
    return GOOD


def _import(options: argparse.Namespace) -> int:
    from pos.cli_sheets import take_sheet

    return take_sheet(options)


def _export(options: argparse.Namespace) -> int:
    from pos.cli_sheets import write_sheet

    return write_sheet(options)


def _doctor(options: argparse.Namespace) -> int:
    from pos.cli_doctor import examine

    return examine(options)


def _diagnostics(options: argparse.Namespace) -> int:
    from pos.cli_diagnostics import tell

    return tell(options)


def no_shop_here() -> Exception:
    """What is said in a folder without a shop."""
    return _Sentence(tr("Belum ada data toko di sini. Buka kasir sekali, atau sebutkan foldernya dengan --data."))


# --- copies -----------------------------------------------------------------------------------------------------


def _copy(options: argparse.Namespace) -> int:
    from pos.app import open_backstage

    file: Path = options.file.expanduser().resolve()
    with open_backstage(options.data) as shop:
        if file.suffix == _SEALED:
            shop.copies.seal(file, _passphrase())
        else:
            shop.copies.copy(file)
    say(tr("Salinan {name} sudah jadi.", name=file.name))
    return GOOD


def _restore(options: argparse.Namespace) -> int:
    """The copy is laid ready and taken in at once: nobody has this shop open now, or opening it says so."""
    from pos.app import open_backstage
    from pos.config.paths import find_paths
    from pos.local_db.restoring import lay_ready

    paths = find_paths(str(options.data) if options.data else None)
    paths.make()
    file: Path = options.file.expanduser()
    if not file.is_file():
        raise _Sentence(tr("Berkas salinan tidak ketemu. Periksa namanya."))
    _refuse_while_unsent(options.data, paths.store)
    facts = lay_ready(file, paths.store, _passphrase() if file.suffix == _SEALED else "")
    with open_backstage(options.data):
        pass
    say(tr("Pulih: {shop}, {sales} nota. Data sebelumnya ada di folder copies.", shop=facts.shop or "–", sales=facts.sales))
    return GOOD


def _refuse_while_unsent(data: Path | None, store: Path) -> None:
    """What the server has not heard is in no copy of yesterday. A store that cannot be opened is what copies are for."""
    from pos.app import open_backstage
    from pos.services.line import refuse_while_unsent

    if not store.exists():
        return
    try:
        with open_backstage(data) as shop:
            refuse_while_unsent(shop.till)
    except ShopError as error:
        if error.code not in (ErrorCode.STORE_DAMAGED, ErrorCode.STORE_NEWER):
            raise


def _passphrase() -> str:
    return ask_secret(tr("Kata sandi salinan: "))


def ask_secret(question: str) -> str:
    """What is typed and not shown. From the terminal, never from the command line, where others could read it."""
    from getpass import getpass

    return getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


# --- people -----------------------------------------------------------------------------------------------------


def _owner_pin(options: argparse.Namespace) -> int:
    """For an owner who forgot, where no officer has a PIN. Whoever may open the shop's files may do this; the audit log tells of it."""
    from pos.app import open_backstage
    from pos.config.paths import find_paths
    from pos.services.people import reset_owner_pin

    if not find_paths(str(options.data) if options.data else None).store.exists():
        raise no_shop_here()
    with open_backstage(options.data) as shop:
        pin, again = ask_secret(tr("PIN baru: ")), ask_secret(tr("PIN baru sekali lagi: "))
        if pin != again:
            raise _Sentence(tr("Dua PIN-nya belum sama. Ketik sekali lagi."))
        user = reset_owner_pin(shop.till, pin, options.name)
    say(tr("PIN baru untuk {name} sudah berlaku, dan tercatat di Catatan kegiatan.", name=user.name))
    return GOOD


# --- to try it, and to show it ----------------------------------------------------------------------------------


def _demo(options: argparse.Namespace) -> int:
    from pos.demo import NoCentral, NotADemo, demo_shop

    try:
        with demo_shop(options.data, say) as (folder, preferences):
            return open_window(folder, preferences)
    except NotADemo as trouble:
        raise _Sentence(tr("Folder ini berisi toko sungguhan. Sebutkan folder lain untuk toko contoh.")) from trouble
    except NoCentral as trouble:
        way = tr("Server toko contoh tidak mau menyala. Pasang bagian servernya (epeken-pos[central]), lalu coba lagi.")
        raise _Sentence(f"{way} {trouble}".strip()) from trouble


def _tour(options: argparse.Namespace) -> int:
    return _play("tour", options.out)


def _pictures(options: argparse.Namespace) -> int:
    return _play("tour.pictures", options.out)


def _play(module: str, out: Path) -> int:
    """The story is a program of its own beside the till; it comes with the source, not with an installed till."""
    found = importlib.util.find_spec("tour")
    if found is None or not found.submodule_search_locations:
        raise _Sentence(tr("Cerita toko hanya ada di kode sumbernya. Ambil kodenya dari e-Peken POS, lalu jalankan make tour di sana."))
    root = Path(next(iter(found.submodule_search_locations))).parent
    return subprocess.run([sys.executable, "-m", module, "--out", str(out.resolve())], cwd=root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
