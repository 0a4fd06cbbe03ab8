"""The command `epeken-pos` as an officer types it: real processes, real files, exit codes, sentences."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import pos
from pos.app import open_shop
from pos.config.settings import SettingsFile
from pos.services import people
from pos.services.people_views import AuditSearch
from pos.services.ports import NewOperation
from pos.services.preferences import Preferences
from pos.services.shop import set_identity
from pos.services.views import GoodsFilter
from tests.helpers.sheets import gtin13, lock_xlsx, row, shop_list, write_csv, write_ods, write_xlsx

_ROOT = Path(pos.__file__).parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    said: str
    trouble: str


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return tmp_path / "toko"


def run(shop: Path, *words: str | Path, told: str = "") -> Answer:
    environment = {name: value for name, value in os.environ.items() if name != "EPEKEN_POS_DATA"}
    command = [sys.executable, "-m", "pos", "--data", str(shop), *map(str, words)]
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False, input=told)
    assert "Traceback" not in done.stderr, done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


def products(shop: Path) -> int:
    with open_shop(shop) as till:
        return till.store.read.goods_counts()[GoodsFilter.ALL]


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_ods])
def test_a_shops_list_is_taken_in_and_the_counts_are_said(shop: Path, tmp_path: Path, write: object) -> None:
    ending = {write_csv: "csv", write_xlsx: "xlsx", write_ods: "ods"}[write]  # type: ignore[index]
    file = write(tmp_path / f"barang.{ending}", [*shop_list(60), row("", "", 100)])  # type: ignore[operator]
    answer = run(shop, "import", file)
    assert answer.code == 0
    assert "62 baris" in answer.said
    assert "Baris 63 ditolak: Namanya kosong." in answer.said
    taken = products(shop)
    assert f"Masuk: {taken} barang baru, 0 diperbarui." in answer.said
    assert taken > 50


def test_the_same_list_twice_renews_and_doubles_nothing(shop: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500), row("", "Gula curah", 17_500)])
    run(shop, "import", file)
    answer = run(shop, "import", file)
    assert "2 barang sudah begitu, tidak diubah." in answer.said
    assert products(shop) == 2


def test_a_dry_run_says_the_same_and_keeps_nothing(shop: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "barang.csv", shop_list(30))
    answer = run(shop, "import", file, "--dry-run")
    assert answer.code == 0
    assert "tidak ada yang disimpan" in answer.said
    assert products(shop) == 0


def test_the_refused_rows_are_written_with_their_reasons(shop: Path, tmp_path: Path) -> None:
    rows = [row(gtin13(1), "Kopi", 3500), row(gtin13(2), "Teh", "12,500"), row(gtin13(3), "Susu", -5)]
    file = write_csv(tmp_path / "barang.csv", rows, delimiter=";")
    answer = run(shop, "import", file, "--refused", tmp_path / "ditolak.csv")
    assert answer.code == 0
    with (tmp_path / "ditolak.csv").open(encoding="utf-8-sig", newline="") as written:
        table = list(csv.reader(written, delimiter=";"))
    assert table[0][:2] == ["Baris", "Alasan"]
    assert [line[0] for line in table[1:]] == ["3", "4"]
    assert all(line[1] for line in table[1:])


def test_the_whole_list_is_written_out_and_read_back_as_known_goods(shop: Path, tmp_path: Path) -> None:
    run(shop, "import", write_csv(tmp_path / "barang.csv", shop_list(60)))
    written = run(shop, "export", tmp_path / "semua.xlsx")
    assert (written.code, "ditulis ke semua.xlsx" in written.said) == (0, True), written
    again = run(shop, "import", tmp_path / "semua.xlsx", "--dry-run")
    assert "      0  barang baru" in again.said, again


def test_when_nothing_can_be_taken_the_command_says_so(shop: Path, tmp_path: Path) -> None:
    answer = run(shop, "import", write_csv(tmp_path / "barang.csv", [row(gtin13(1), "", 3500)]))
    assert answer.code == 1
    assert answer.trouble.strip() == "Tidak ada baris yang bisa diambil."
    assert products(shop) == 0


def test_many_refused_rows_are_not_all_poured_out(shop: Path, tmp_path: Path) -> None:
    answer = run(shop, "import", write_csv(tmp_path / "barang.csv", [row("", "", 100)] * 300), "--dry-run")
    assert answer.said.count(" ditolak: ") == 200
    assert "100 baris lagi ditolak" in answer.said


def test_a_broken_file_is_a_sentence(shop: Path, tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "barang.xlsx", shop_list(5))
    (tmp_path / "potong.xlsx").write_bytes(whole.read_bytes()[:900])
    lock_xlsx(whole, tmp_path / "kunci.xlsx", "rahasia")
    (tmp_path / "kosong.csv").write_text("")
    (tmp_path / "catatan.docx").write_text("x")
    (tmp_path / "kolom.csv").write_text("a;b\n1;2\n")
    for name, sentence in {
        "potong.xlsx": "Berkasnya rusak atau terpotong.",
        "kunci.xlsx": "hapus kata sandinya",
        "kosong.csv": "Berkas kosong.",
        "catatan.docx": "Jenis berkas belum dikenal.",
        "kolom.csv": "Kolom nama dan harga belum ketemu.",
        "hilang.csv": "Berkas tidak ketemu.",
    }.items():
        answer = run(shop, "import", tmp_path / name)
        assert answer.code == 2, name
        assert sentence in answer.trouble, name
        assert len(answer.trouble.strip().splitlines()) == 1, name
    assert products(shop) == 0


def test_the_doctor_examines_a_shop_and_says_what_is(shop: Path, tmp_path: Path) -> None:
    run(shop, "import", write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500)]))
    answer = run(shop, "doctor")
    assert answer.code == 0
    assert "Data toko: Baik. 1 barang, 0 nota." in answer.said
    assert answer.said.strip().endswith("Semua baik.")
    told = json.loads(run(shop, "doctor", "--json").said)
    assert told["well"] is True
    assert told["failed_checks"] == []
    assert {line["key"] for line in told["rows"]} >= {"line", "outbox", "clock", "printer", "disk", "database", "copy"}


def test_the_doctor_finds_what_does_not_add_up(shop: Path, tmp_path: Path) -> None:
    import sqlite3

    run(shop, "import", write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500, stock=5)]))
    with sqlite3.connect(shop / "shop.db") as raw:
        raw.execute("UPDATE stock SET on_hand = on_hand + 1")
    raw.close()
    answer = run(shop, "doctor")
    assert answer.code == 1
    assert "jumlah stok" in answer.said
    assert json.loads(run(shop, "doctor", "--json").said)["failed_checks"] == ["stock_totals"]


def test_the_doctor_of_an_empty_folder_makes_no_shop(shop: Path) -> None:
    answer = run(shop, "doctor")
    assert answer.code == 2
    assert "Belum ada data toko di sini." in answer.trouble
    assert not (shop / "shop.db").exists()


def test_broken_settings_are_said_by_the_doctor_and_the_shop_opens(shop: Path, tmp_path: Path) -> None:
    run(shop, "import", write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500)]))
    (shop / "config" / "settings.toml").write_text("language = ")
    assert run(shop, "import", write_csv(tmp_path / "lagi.csv", [row(gtin13(2), "Teh", 3500)])).code == 0
    assert (shop / "config" / "settings.toml.broken").read_text() == "language = "


def test_a_damaged_shop_is_a_sentence(shop: Path) -> None:
    shop.mkdir()
    (shop / "shop.db").write_bytes(b"this is no database at all" * 100)
    answer = run(shop, "doctor")
    assert answer.code == 2
    assert answer.trouble.startswith("Data toko rusak.")


def test_a_shop_that_is_open_elsewhere_is_a_sentence(shop: Path, tmp_path: Path) -> None:
    with open_shop(shop):
        answer = run(shop, "import", write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500)]))
    assert answer.code == 2
    assert answer.trouble.startswith("Program sudah terbuka.")


def test_pairing_without_a_server_a_keyring_or_a_code_is_a_sentence(shop: Path) -> None:
    assert run(shop, "pair", "ABC").trouble.startswith("Kode belum cocok.")
    assert run(shop, "pair", "ABCD-EFGH").trouble.startswith("Alamat server belum ada.")
    nobody = run(shop, "pair", "ABCD-EFGH", "--url", "http://127.0.0.1:9", "--keys-in-file")
    assert nobody.code == 2
    assert nobody.trouble.startswith("Sedang luring.")
    plain = run(shop, "pair", "ABCD-EFGH", "--url", "http://pusat.example", "--keys-in-file")
    assert plain.trouble.startswith("Sambungan aman belum bisa dibuat.")


def test_the_command_speaks_the_language_of_the_settings(shop: Path) -> None:
    SettingsFile(shop / "config" / "settings.toml").save(Preferences(language="en"))
    assert run(shop, "doctor").trouble.startswith("There are no data of a shop here yet.")
    assert "opens the till" in run(shop, "--help").said


def test_a_command_that_is_none_is_a_sentence(shop: Path) -> None:
    answer = run(shop, "jual")
    assert answer.code == 2
    assert "belum bisa dibaca" in answer.trouble


def test_the_command_reads_its_words_without_the_heavy_parts(shop: Path) -> None:
    program = (
        "import sys; from pos.cli import main\n"
        "try: main(['--data', sys.argv[1], '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'sqlalchemy', 'requests', 'keyring', 'cryptography', 'escpos', 'alembic', 'msgspec'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(shop)], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("heavy: []")


def named_shop(folder: Path) -> Path:
    """The folder of a shop that has a name."""
    with open_shop(folder) as till:
        set_identity(till, "Toko Sinar Jaya", "", "Bu Sari")
    return folder


def test_a_copy_made_on_the_command_line_is_put_back_by_it(shop: Path, tmp_path: Path) -> None:
    named_shop(shop)
    assert run(shop, "copy", tmp_path / "salinan.db").code == 0
    assert run(shop, "copy", tmp_path / "salinan.epk", told="empat kata yang mudah\n").code == 0
    for file in ("salinan.db", "salinan.epk"):
        back = run(tmp_path / f"baru {file}", "restore", tmp_path / file, told="empat kata yang mudah\n")
        assert back.code == 0, back.trouble
        assert "Toko Sinar Jaya" in back.said
        with open_shop(tmp_path / f"baru {file}") as till:
            assert till.store.read.shop().name == "Toko Sinar Jaya"


def test_restoring_says_in_words_what_is_wrong_and_changes_nothing(shop: Path, tmp_path: Path) -> None:
    named_shop(shop)
    (tmp_path / "foto.db").write_bytes(b"\x89PNG" + bytes(3_000))
    for file, words in (("foto.db", "bukan salinan toko"), ("hilang.db", "tidak ketemu")):
        tried = run(shop, "restore", tmp_path / file)
        assert tried.code == 2
        assert words in tried.trouble
    with open_shop(shop) as till:
        assert till.store.read.shop().name == "Toko Sinar Jaya"


def test_a_lost_owners_pin_is_made_anew_at_the_terminal_and_the_log_tells(shop: Path) -> None:
    assert "Belum ada data toko" in run(shop, "owner-pin", told="7412\n7412\n").trouble
    with open_shop(shop) as till:
        owner = people.add_first_owner(till, "Bu Sari", "2580")
    for told, words in (
        ("7412\n7413\n", "belum sama"),
        ("1234\n1234\n", "terlalu mudah"),
        ("\n\n", "4 sampai 8"),
        ("abcd\nabcd\n", "4 sampai 8"),
    ):
        answer = run(shop, "owner-pin", told=told)
        assert (answer.code, words in answer.trouble) == (2, True), answer
    assert "tidak terdaftar" in run(shop, "owner-pin", "--name", "Bu Lain", told="7412\n7412\n").trouble
    answer = run(shop, "owner-pin", told="7412\n7412\n")
    assert (answer.code, answer.said.split(" sudah")[0]) == (0, "PIN baru untuk Bu Sari")
    assert "7412" not in answer.said + answer.trouble
    with open_shop(shop) as till:
        assert people.sign_in(till, owner.uid, "7412") == owner
        assert "pin_reset" in [row.action for row in till.store.read.audit(AuditSearch(), 0, 9)]
        assert till.store.read.check() == []


# --- the line -------------------------------------------------------------------------------------------------------


def test_an_uninstaller_asks_and_is_told_what_only_this_computer_knows(shop: Path, tmp_path: Path) -> None:
    nothing = run(shop, "unsent", "--json")
    assert (nothing.code, json.loads(nothing.said)["holds"]) == (0, False)
    assert not shop.exists(), "looking makes no shop"
    with open_shop(shop) as till:
        set_identity(till, "Toko Sinar Jaya", "Jl. Kenanga 12", "Bu Siti")
        with till.store.begin() as work:
            work.tell([NewOperation("a" * 32, "sale@1", 1, b"{}")])
            work.commit()
    alone = run(shop, "unsent")
    assert (alone.code, "hanya ada di komputer ini" in alone.said) == (0, True)
    with open_shop(shop) as till, till.store.begin() as work:
        work.set_shop(device="d" * 32)
        work.commit()
    held = run(shop, "unsent", "--json")
    assert (held.code, json.loads(held.said)["unsent"]) == (1, 1)
    refused = run(shop, "leave")
    assert refused.code == 2
    assert "Masih ada 1 catatan belum terkirim" in refused.trouble
    assert "--let-go" in refused.trouble
    copy = tmp_path / "salinan.db"
    assert run(shop, "copy", copy).code == 0
    assert "belum terkirim" in run(shop, "restore", copy).trouble
    assert run(shop, "mirror", tmp_path / "no-such-stick").code == 2
