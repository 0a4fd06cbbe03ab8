"""`epeken-pos doctor` at shops that are ill, each in its own way: it names what is wrong in a sentence, and ends with the code for it."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos import __version__
from pos.app import open_shop
from pos.cli import main
from pos.domain.sale import Tender
from pos.domain.tendering import Part
from pos.local_db import schema
from pos.services import drawer, people, suppliers
from pos.services.goods import put_catalogue
from pos.services.preferences import one_printer
from pos.services.reports import catch_up
from tests.helpers.paying import known_customer, sell_for
from tests.helpers.shops import SHELF

PRINTER = {"printers": one_printer("screen")}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that has sold, owes, is owed and was closed once."""
    shop = tmp_path_factory.mktemp("sehat") / "toko"
    with open_shop(shop, PRINTER) as till:
        put_catalogue(till, SHELF)
        people.add_first_owner(till, "Bu Sari", "2580")
        drawer.open_session(till, 200_000)
        customer = known_customer(till)
        sell_for(till, Part(Tender.CREDIT, 3_500), customer=customer)
        agent = suppliers.add_supplier(till, "Agen Makmur")
        with till.store.begin() as work:
            suppliers.owe(till, work, agent.uid, "f" * 32, 90_000)
            work.commit()
        drawer.close_session(till, 200_000)
        catch_up(till, 0)
    return shop


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """The same shop, to be made ill."""
    return Path(shutil.copytree(sound, tmp_path / "toko"))


def spoil(folder: Path, *statements: str) -> None:
    """Somebody with another program was at the file."""
    with closing(sqlite3.connect(folder / "shop.db", isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)


def doctor(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = main(["--data", str(folder), "doctor", "--json"])
    return code, json.loads(capsys.readouterr().out)


def row(told: dict[str, object], key: str) -> dict[str, str]:
    rows = told["rows"]
    assert isinstance(rows, list)
    found: dict[str, str] = next(line for line in rows if line["key"] == key)
    return found


def test_a_shop_that_is_well_is_said_to_be_with_its_versions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = doctor(folder, capsys)
    assert (code, told["well"], told["failed_checks"]) == (0, True, [])
    program = row(told, "program")
    assert __version__ in program["sentence"]
    assert f"data {schema.HEAD}" in program["sentence"]
    assert sqlite3.sqlite_version in program["sentence"]
    assert main(["--data", str(folder), "doctor"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("Semua baik.")


@pytest.mark.parametrize(
    ("check", "harm", "words"),
    [
        ("stock_totals", "UPDATE stock SET on_hand = on_hand + 1 WHERE on_hand > 0", "jumlah stok"),
        ("goods_totals", "UPDATE goods_total SET products = products + 1", "hitungan barang"),
        ("sale_sums", "UPDATE sale_line SET amount = amount - 1", "jumlah nota"),
        ("drawer_sums", "UPDATE drawer SET cash = cash + 500", "jumlah laci"),
        ("credit_totals", "UPDATE credit_balance SET balance = balance - 100", "buku utang"),
        ("supplier_totals", "UPDATE supplier_balance SET balance = 0", "buku pemasok"),
        ("audit_chain", "UPDATE audit SET actor = 'Agus' WHERE id = 2", "buku catatan"),
        ("outbox_chain", "UPDATE outbox SET payload = x'7b7d' WHERE seq = 1", "urutan kiriman"),
        ("people", "UPDATE person SET role = 'officer'", "daftar orang"),
        ("z_reports", "UPDATE z_report SET counted = counted + 1000", "laporan Z"),
        ("report_sums", "UPDATE report_hour SET turnover = turnover + 1", "jumlah laporan"),
    ],
)
def test_what_does_not_add_up_is_named(folder: Path, capsys: pytest.CaptureFixture[str], check: str, harm: str, words: str) -> None:
    spoil(folder, harm)
    code, told = doctor(folder, capsys)
    assert code == 1
    failed = told["failed_checks"]
    assert isinstance(failed, list)
    assert check in failed
    database = row(told, "database")
    assert database["state"] == "fault"
    assert words in database["sentence"]
    assert "hubungi petugas" in database["sentence"]


def test_torn_pages_are_found_wherever_they_lie(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(folder / "shop.db")) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'credit_entry_customer'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    with (folder / "shop.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    code, told = doctor(folder, capsys)
    assert code == 1
    assert "integrity" in told["failed_checks"]  # type: ignore[operator]
    assert "susunan berkas" in row(told, "database")["sentence"]


def test_a_shop_that_does_not_open_is_said_in_json_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "shop.db").write_bytes(b"this is no database at all" * 100)
    code, told = doctor(folder, capsys)
    assert (code, told["well"], told["failed_checks"]) == (2, False, ["store_damaged"])
    assert row(told, "database")["state"] == "fault"
    assert row(told, "disk")["sentence"]
    assert main(["--data", str(folder), "doctor"]) == 2
    assert "epeken-pos restore" in capsys.readouterr().err


def test_a_shop_of_a_newer_program_is_not_touched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(folder / "shop.db")) as raw:
        raw.execute(f"PRAGMA user_version = {int(schema.HEAD) + 5}")
    before = (folder / "shop.db").read_bytes()
    code, told = doctor(folder, capsys)
    assert (code, told["failed_checks"]) == (2, ["store_newer"])
    assert (folder / "shop.db").read_bytes() == before


def test_a_shop_that_is_open_is_no_illness(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_shop(folder):
        code, told = doctor(folder, capsys)
    assert code == 2
    assert row(told, "database")["state"] == "waiting"


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port at which nobody listens: it is bound and refuses."""
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_printer_that_is_switched_off_is_asked_and_found(folder: Path, capsys: pytest.CaptureFixture[str], nobody: int) -> None:
    from pos.config.paths import find_paths
    from pos.config.settings import SettingsFile
    from pos.services.preferences import Preferences

    SettingsFile(find_paths(str(folder)).settings).save(Preferences(printers=one_printer(f"tcp://127.0.0.1:{nobody}")))
    code, told = doctor(folder, capsys)
    assert code == 1
    printer = row(told, "printer")
    assert printer["state"] == "fault"
    assert "kabelnya" in printer["sentence"]


def test_a_second_place_that_is_gone_is_found(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from pos.config.paths import find_paths
    from pos.config.settings import SettingsFile
    from pos.services.preferences import Preferences

    with open_shop(folder) as till:
        till.store.copy_of_the_day()  # type: ignore[attr-defined]
    settings = SettingsFile(find_paths(str(folder)).settings)
    settings.save(Preferences(copy_folder=str(tmp_path / "flashdisk")))
    code, told = doctor(folder, capsys)
    assert (code, row(told, "second_copy")["state"]) == (1, "fault")
    (tmp_path / "flashdisk").mkdir()
    code, told = doctor(folder, capsys)
    assert (code, row(told, "second_copy")["state"]) == (0, "good")


def test_a_clock_that_is_wrong_is_told_by_how_much(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "UPDATE shop SET clock_offset = 7200000, last_success_at = 1")
    code, told = doctor(folder, capsys)
    assert code == 1
    assert row(told, "clock")["sentence"] == "Jam komputer terlambat 2 jam. Betulkan tanggal dan jamnya."


def test_a_line_that_was_cut_is_asked_and_said(folder: Path, capsys: pytest.CaptureFixture[str], nobody: int) -> None:
    url = f"http://127.0.0.1:{nobody}"
    spoil(
        folder, f"UPDATE shop SET uid = '{'a' * 32}', device = '{'b' * 32}', central_url = '{url}', paired_at = 1, last_success_at = 1000"
    )
    code, told = doctor(folder, capsys)
    line = row(told, "line")
    assert line["state"] in ("waiting", "fault")
    assert "Terakhir tersambung 01/01/1970" in line["sentence"]
    assert code == 1
