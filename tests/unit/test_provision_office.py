"""The officer's office: files of many tills from one spreadsheet; a bad row costs only itself.

In the suite a few hundred rows; PROVISION_ROWS=10000 asks for the office's largest day.
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.errors import ErrorCode, ShopError
from pos.installing.office import BadRow, Defaults, Outcome, Wrong, make_files
from pos.installing.provision import read_provision, schema_text
from pos.installing.signing import Forged, NotSigned, Purpose, load_key, name_of, new_key, opened, public_text, read_keys, sign
from tests.helpers.officers import AT, Office

ROWS = int(os.environ.get("PROVISION_ROWS", "300"))
ROOT = Path(__file__).parents[2]
HEAD = "uid toko;nama toko;alamat;mesin;kode;printer;jenis printer"


def line(number: int, **other: str) -> str:
    cells = {
        "uid": f"{number:032x}",
        "name": f"Toko {number}",
        "address": "Jl. Kenanga",
        "till": "Kasir 1",
        "code": f"AAAA{number:04d}",
        "printer": "tcp://192.168.1.50:9100",
        "profile": "generic80",
    }
    return ";".join((cells | other).values())


def make(folder: Path, lines: list[str], defaults: Defaults | None = None) -> Outcome:
    sheet = folder / "toko.csv"
    sheet.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    ids = itertools.count(1)

    def keep(path: str, data: bytes) -> Path:
        file = folder / "out" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    return make_files(sheet, keep, OFFICE.key, AT, lambda: f"{next(ids):032x}", defaults or Defaults("https://epeken.example"))


OFFICE = Office()


def test_three_bad_rows_among_many_are_told_and_the_others_made(tmp_path: Path) -> None:
    lines = [line(number) for number in range(ROWS)]
    lines[5] = line(5, code="")
    lines[17] = line(17, uid="bukan uid")
    lines[40] = line(40, code="AAAA0003")
    outcome = make(tmp_path, lines)
    assert outcome.bad == [BadRow(7, Wrong.EMPTY, "code"), BadRow(19, Wrong.UNREADABLE, "shop.uid"), BadRow(42, Wrong.CODE_TWICE, "code")]
    assert len(outcome.files) == ROWS - 3
    assert len(set(outcome.files)) == ROWS - 3
    trusted = read_keys(OFFICE.trusted_by(tmp_path / "keys.json"))
    for file in outcome.files[:: max(1, ROWS // 50)]:
        provision = read_provision(file, trusted)
        assert provision.central == "https://epeken.example"
        assert provision.printer is not None


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"code": "12"}, "code"),
        ({"name": "N" * 61}, "shop.name"),
        ({"printer": "x" * 201}, "printer.address"),
        ({"till": "K" * 61}, "till"),
    ],
)
def test_what_is_wrong_is_said_by_the_name_of_its_field(tmp_path: Path, cells: dict[str, str], field: str) -> None:
    assert make(tmp_path, [line(1, **cells)]).bad == [BadRow(2, Wrong.UNREADABLE, field)]


@pytest.mark.parametrize("central", ["", "http://epeken.example", "ftp://x", "epeken"])
def test_no_till_is_sent_to_a_server_without_tls(tmp_path: Path, central: str) -> None:
    assert make(tmp_path, [line(1)], Defaults(central)).bad == [BadRow(2, Wrong.UNREADABLE, "central")]


def test_two_tills_of_a_shop_are_two_files_and_the_same_till_twice_is_told(tmp_path: Path) -> None:
    lines = [line(1), line(1, till="Kasir 2", code="BBBB2222"), line(1, code="CCCC2222")]
    outcome = make(tmp_path, lines)
    assert len(outcome.files) == 2
    assert outcome.bad == [BadRow(4, Wrong.TILL_TWICE, "till")]


def test_a_sheet_without_the_columns_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    with pytest.raises(ShopError) as told:
        make_files(tmp_path / "x.csv", lambda path, data: tmp_path, OFFICE.key, AT, lambda: "0" * 32, Defaults())
    assert told.value.code is ErrorCode.SHEET_NO_COLUMNS


def test_goods_lie_beside_each_file_and_are_signed_for(tmp_path: Path) -> None:
    goods = tmp_path / "catalog.csv"
    goods.write_text("nama;harga\nKopi;3500\n")
    (file,) = make(tmp_path, [line(1)], Defaults("https://epeken.example", goods=goods)).files
    assert (file.parent / "catalog.csv").read_text() == goods.read_text()
    assert json.loads(file.read_text())["body"]["goods"]["file"] == "catalog.csv"


def test_the_schema_in_the_repository_is_the_programs_own() -> None:
    assert (ROOT / "docs/provision.schema.json").read_text(encoding="utf-8") == schema_text()


def test_a_signature_for_one_purpose_is_none_for_another(tmp_path: Path) -> None:
    trusted = read_keys(OFFICE.trusted_by(tmp_path / "keys.json"))
    data = sign(Purpose.UPDATE, {"x": 1}, OFFICE.key)
    assert opened(Purpose.UPDATE, data, trusted) == {"x": 1}
    with pytest.raises(Forged):
        opened(Purpose.PROVISION, data, trusted)


def test_every_flipped_bit_of_a_signed_file_is_seen(tmp_path: Path) -> None:
    trusted = read_keys(OFFICE.trusted_by(tmp_path / "keys.json"))
    body = {"name": "Toko", "n": 7}
    data = sign(Purpose.PROVISION, body, OFFICE.key)
    for place in range(len(data)):
        for bit in (1, 32):
            changed = bytearray(data)
            changed[place] ^= bit
            try:
                assert opened(Purpose.PROVISION, bytes(changed), trusted) == body, "only what means the same passes"
            except (NotSigned, Forged):
                continue


def test_the_offices_key_opens_with_its_passphrase_alone() -> None:
    data = new_key("rahasia kantor")
    key = load_key(data, "rahasia kantor")
    assert len(name_of(key.public_key())) == 16
    assert len(public_text(key.public_key())) == 43
    for wrong in ("", "lain"):
        with pytest.raises(NotSigned):
            load_key(data, wrong)
    assert isinstance(load_key(new_key(""), ""), Ed25519PrivateKey)


def test_a_till_as_it_comes_trusts_nobody_until_a_release_names_the_city() -> None:
    from pos.installing.signing import trusted_keys

    assert trusted_keys({}).key(Purpose.PROVISION, name_of(OFFICE.key.public_key())) is None
