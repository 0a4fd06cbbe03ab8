"""From the file to the preview, and out again with what was refused."""

from __future__ import annotations

import csv
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.barcode import match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.services import sheet_import
from pos.services.sheet_import import (
    FILE_KINDS,
    Reason,
    ReasonCode,
    RowStatus,
    SheetField,
    SheetPreview,
    export_refused,
    judge_sheet,
    preview_sheet,
    read_sheet,
)
from tests.helpers.sheets import HEADER, gtin13, row, shop_list, upc, write_csv, write_ods, write_xlsx

TITLES = ("Baris", "Alasan")


def say(reason: Reason) -> str:
    return f"{reason.code.value} {reason.fields.get('typed', '')}".strip()


def preview(path: Path) -> SheetPreview:
    made = preview_sheet(path)
    assert made is not None
    return made


def test_csv_xlsx_and_ods_of_one_list_give_the_same_goods(tmp_path: Path) -> None:
    rows = shop_list(300)
    of_csv = preview(write_csv(tmp_path / "toko.csv", rows))
    of_xlsx = preview(write_xlsx(tmp_path / "toko.xlsx", rows))
    of_ods = preview(write_ods(tmp_path / "toko.ods", rows))
    assert of_csv.counts == of_xlsx.counts == of_ods.counts
    assert of_csv.takeable() == of_xlsx.takeable() == of_ods.takeable()
    assert any(code.startswith("0896") for draft, _ in of_xlsx.takeable() for code in draft.codes), "the eaten zero is back"


def test_the_preview_names_its_file_columns_and_header(tmp_path: Path) -> None:
    made = preview(write_xlsx(tmp_path / "toko.xlsx", [row(gtin13(1))], above=[("TOKO SINAR JAYA",), ()]))
    assert (made.file, made.page, made.header_row, made.columns) == ("toko.xlsx", "Barang", 3, HEADER)
    assert made.mapping[SheetField.PRICE] == HEADER.index("Harga Jual")
    assert made.rows[0].number == 4
    assert {".csv", ".xlsx", ".ods"} <= set(FILE_KINDS)


def test_the_goods_are_found_on_the_second_page(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "dua.xlsx"))
    book.add_worksheet("Catatan").write_string(0, 0, "Harga naik bulan depan")
    book.add_worksheet("Kosong")
    sheet = book.add_worksheet("Stok")
    for column, (title, cell) in enumerate([("Nama", "Kopi"), ("Harga", "2500")]):
        sheet.write_string(0, column, title)
        sheet.write_string(1, column, cell)
    book.close()
    made = preview(tmp_path / "dua.xlsx")
    assert (made.page, made.counts.new) == ("Stok", 1)


def test_notes_beside_a_list_refuse_nothing_in_a_workbook(tmp_path: Path) -> None:
    rows = [(*row(gtin13(1), "Kopi"), "", "lama"), row(gtin13(2), "Teh"), row(gtin13(3), "Gula")]
    assert preview(write_xlsx(tmp_path / "catatan.xlsx", rows)).counts.new == 3


def test_columns_nobody_knows_are_asked_for_with_the_headers_seen(tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("Laporan penjualan,,\nTanggal,Pelanggan,Total\n1/11,Bu Rina,20000\n", encoding="utf-8")
    with pytest.raises(ShopError) as caught:
        preview_sheet(path)
    assert caught.value.code is ErrorCode.SHEET_NO_COLUMNS
    assert caught.value.fields == {"file": "aneh.csv", "headers": ("Tanggal", "Pelanggan", "Total")}


def test_a_person_can_say_what_the_columns_are(tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("A,B,C\nKopi,x,2500\nTeh,y,2000\n", encoding="utf-8")
    raw = read_sheet(path)
    mapping = {SheetField.NAME: 0, SheetField.PRICE: 2}
    made = judge_sheet(raw, mapping=mapping)
    assert made is not None
    assert [(draft.name, draft.retail) for draft, _ in made.takeable()] == [("Kopi", 2500), ("Teh", 2000)]
    with pytest.raises(ShopError) as caught:
        judge_sheet(raw, mapping={SheetField.NAME: 0})
    assert caught.value.code is ErrorCode.SHEET_NO_COLUMNS


def test_a_list_without_a_header_can_be_taken_too(tmp_path: Path) -> None:
    path = tmp_path / "polos.csv"
    path.write_text("Kopi,2500\nTeh,2000\n", encoding="utf-8")
    made = judge_sheet(read_sheet(path), mapping={SheetField.NAME: 0, SheetField.PRICE: 1}, header_row=0)
    assert made is not None
    assert [(line.number, line.status) for line in made.rows] == [(1, RowStatus.NEW), (2, RowStatus.NEW)]
    assert made.columns == ("", "")


def test_another_price_column_can_be_chosen(tmp_path: Path) -> None:
    raw = read_sheet(write_csv(tmp_path / "toko.csv", [row(gtin13(1), "Kopi", 3500, wholesale=3300)]))
    made = judge_sheet(raw, mapping={SheetField.NAME: 1, SheetField.PRICE: HEADER.index("Harga Grosir")})
    assert made is not None
    assert [draft.retail for draft, _ in made.takeable()] == [3300]


def test_a_list_that_is_only_a_header_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ShopError) as caught:
        preview_sheet(write_csv(tmp_path / "kepala.csv", []))
    assert caught.value.code is ErrorCode.SHEET_EMPTY


def test_goods_without_a_code_are_known_by_their_name_when_it_is_asked(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "toko.csv", [row("", "Kerupuk"), row(upc(1), "Mi")])
    made = preview_sheet(path, {match_key(upc(1)): "a" * 32}.get, known_name={"kerupuk": "b" * 32}.get)
    assert made is not None
    assert [line.product_uid for line in made.rows] == ["b" * 32, "a" * 32]


def test_a_hundred_thousand_rows_are_judged_and_told(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    lines = [f"{gtin13(number)},Barang {number},Rp {1 + number % 90}.500,24" for number in range(100_000)]
    path.write_text("Barcode,Nama,Harga,Stok\n" + "\n".join(lines), encoding="utf-8")
    told: list[tuple[int, int]] = []
    made = preview_sheet(path, progress=lambda done, total: told.append((done, total)) is None)
    assert made is not None
    assert (made.counts.new, made.counts.refused) == (100_000, 0)
    assert len(told) > 100
    assert max(done for done, _ in told) <= 100_001


@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_preview_can_be_stopped_while_it_reads_and_while_it_judges(tmp_path: Path, after: int) -> None:
    path = tmp_path / "besar.csv"
    path.write_text("Nama,Harga\n" + "\n".join(f"Barang {number},2500" for number in range(9_000)), encoding="utf-8")
    asked = iter(range(100))
    assert preview_sheet(path, progress=lambda done, total: next(asked) < after) is None


# out again


def bad_list(tmp_path: Path) -> SheetPreview:
    rows = [
        row(upc(3), "Mi goreng", "12,500"),
        row(gtin13(1), "Kopi", 2500),
        row("", '=HYPERLINK("x")', "-2000"),
        row(gtin13(1), "Kopi kembar", 2500),
        row("+6281", "@SUM(A1)", ""),
    ]
    return preview(write_csv(tmp_path / "buruk.csv", rows, delimiter="|"))


def test_the_refused_rows_are_written_with_their_reasons_as_csv(tmp_path: Path) -> None:
    made = bad_list(tmp_path)
    out = tmp_path / "ditolak.csv"
    assert export_refused(made, out, say, TITLES) == made.counts.refused == 4
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert lines[0] == [*TITLES, *HEADER]
    assert lines[1][:4] == ["2", "price_unclear 12,500", upc(3), "Mi goreng"]
    assert lines[2][3] == '\'=HYPERLINK("x")'
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_the_refused_rows_are_written_as_text_into_a_workbook(tmp_path: Path) -> None:
    made = bad_list(tmp_path)
    out = tmp_path / "ditolak.xlsx"
    assert export_refused(made, out, say, TITLES) == 4
    rows = read_sheet(out).pages[0].rows
    assert rows[0] == (*TITLES, *HEADER)
    assert rows[2][3] == '=HYPERLINK("x")'
    assert rows[1][2] == upc(3)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_refused_can_be_mended_and_imported_again(tmp_path: Path, ending: str) -> None:
    made = bad_list(tmp_path)
    export_refused(made, tmp_path / f"ditolak{ending}", say, TITLES)
    again = preview(tmp_path / f"ditolak{ending}")
    assert [[reason.code for reason in line.reasons] for line in again.rows] == [
        [ReasonCode.PRICE_UNCLEAR],
        [ReasonCode.PRICE_NEGATIVE],
        [],
        [ReasonCode.PRICE_MISSING],
    ]
    assert again.rows[2].draft is not None
    assert again.rows[2].draft.codes == (gtin13(1),)


def test_an_export_that_fails_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bad_list(tmp_path)
    out = tmp_path / "ditolak.csv"
    out.write_text("yang lama", encoding="utf-8")

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(ShopError) as caught:
            export_refused(made, out, say, TITLES)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert out.read_text(encoding="utf-8") == "yang lama"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_folder_that_is_not_there_takes_no_export(tmp_path: Path, ending: str) -> None:
    with pytest.raises(ShopError) as caught:
        export_refused(bad_list(tmp_path), tmp_path / "tidak-ada" / f"x{ending}", say, TITLES)
    assert caught.value.code is ErrorCode.FOLDER_READ_ONLY


def test_an_export_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShopError) as caught:
        export_refused(bad_list(tmp_path), tmp_path / "ditolak.pdf", say, TITLES)
    assert caught.value.code is ErrorCode.SHEET_KIND_UNKNOWN


def test_the_door_to_the_sheets_loads_no_workbook_reader() -> None:
    code = "import sys, pos.services.sheet_import, pos.services.demo_goods; print(*sys.modules)"
    root = Path(sheet_import.__file__).parents[2]
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert not {"python_calamine", "xlsxwriter", "zipfile", "stdnum"} & set(out.stdout.split())
