"""Files come in as text, whatever program wrote them; what cannot be read says why."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets import reading
from pos.services.sheets.model import SheetKind
from pos.services.sheets.reading import Stopped, decode, read_sheet
from tests.helpers.sheets import HEADER, csv_text, gtin13, lock_xlsx, row, write_csv, write_ods, write_xlsx

ROWS = [row(gtin13(1), "Kopi susu", 3500), row(gtin13(2), "Gula", "17.500"), row("", "Kerupuk", 2500)]


def refused(path: Path) -> ErrorCode:
    with pytest.raises(ShopError) as caught:
        read_sheet(path)
    assert caught.value.fields["file"] == path.name
    return caught.value.code


def outcome(path: Path) -> ErrorCode | None:
    """The known failure of reading a file; None when it was read."""
    try:
        read_sheet(path)
    except ShopError as error:
        return error.code
    return None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_each_delimiter_and_encoding_gives_the_same_rows(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write_csv(tmp_path / "barang.csv", ROWS, delimiter=delimiter, encoding=encoding)
    raw = read_sheet(path)
    assert raw.kind is SheetKind.CSV
    assert raw.pages[0].rows == (HEADER, *(tuple(str(cell) for cell in line) for line in ROWS))
    assert not raw.encoding_guessed


def test_letters_of_an_old_program_are_read_and_the_doubt_is_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "lama.csv", [row("", "Café Müller")], encoding="cp1252")
    raw = read_sheet(path)
    assert raw.pages[0].rows[1][1] == "Café Müller"
    assert (raw.encoding, raw.encoding_guessed) == ("cp1252", True)


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    raw = read_sheet(write_csv(tmp_path / "bom.csv", ROWS, encoding="utf-8-sig"))
    assert raw.pages[0].rows[0][0] == "Barcode"
    assert raw.encoding == "utf-8-sig"


def test_zero_bytes_of_a_broken_disk_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "nol.csv"
    path.write_bytes(csv_text(ROWS).replace("Kopi", "Ko\0pi").encode() + b"\0\0\0")
    assert read_sheet(path).pages[0].rows[1][1] == "Kopi susu"


def test_a_price_with_a_comma_does_not_win_over_the_semicolon(tmp_path: Path) -> None:
    path = tmp_path / "titikkoma.csv"
    path.write_text("Nama;Harga;Stok\nTeh, manis;2500;18,5\nKopi, pahit;3000;1,5\n", encoding="utf-8")
    assert read_sheet(path).pages[0].rows[1] == ("Teh, manis", "2500", "18,5")


def test_the_hint_of_a_spreadsheet_program_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "petunjuk.csv"
    path.write_text("sep=|\nNama|Harga\nTeh, manis; enak|2500\n", encoding="utf-8")
    assert read_sheet(path).pages[0].rows == (("Nama", "Harga"), ("Teh, manis; enak", "2500"))


def test_ragged_rows_and_quotes_keep_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "compang.csv"
    path.write_text('Nama,Harga,Stok\n"Kecap ""Bango"", 60 ml",4000\nTeh\n\nPipa 1/2",5000,3,4\n', encoding="utf-8")
    assert read_sheet(path).pages[0].rows[1:] == (('Kecap "Bango", 60 ml', "4000"), ("Teh",), (), ('Pipa 1/2"', "5000", "3", "4"))


def test_a_stray_quote_swallows_no_goods(tmp_path: Path) -> None:
    lines = ["Nama,Harga,Stok", '"Kecap manis,4000,3', *(f"Barang {number},{number}000,5" for number in range(1, 40))]
    path = tmp_path / "kutip.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    rows = read_sheet(path).pages[0].rows
    assert len(rows) == 41
    assert rows[1] == ('"Kecap manis', "4000", "3")


def test_a_name_on_two_lines_stays_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "baris.csv"
    path.write_text('Nama,Harga\n"Kopi\nsusu",2500\nTeh,2000\n', encoding="utf-8")
    assert read_sheet(path).pages[0].rows[1] == ("Kopi\nsusu", "2500")


@given(st.lists(st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)] * 3), max_size=8))
@settings(max_examples=80)
def test_any_text_is_read_back_from_any_encoding(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]]) -> None:
    text = "\n".join(",".join(line) for line in [("Nama", "Harga", "Satuan"), *lines])
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding, errors="surrogatepass"))[0] == text


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_under_the_name_of_a_csv_make_the_till_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "sembarang.csv"
    path.write_bytes(data)
    assert outcome(path) in {None, ErrorCode.SHEET_EMPTY, ErrorCode.SHEET_UNREADABLE}


# workbooks


def test_a_workbook_gives_the_same_text_as_the_csv(tmp_path: Path) -> None:
    from_csv = read_sheet(write_csv(tmp_path / "barang.csv", ROWS)).pages[0].rows
    for path in (write_xlsx(tmp_path / "barang.xlsx", ROWS), write_ods(tmp_path / "barang.ods", ROWS)):
        raw = read_sheet(path)
        assert (raw.kind, raw.pages[0].name, raw.encoding) == (SheetKind.WORKBOOK, "Barang", "")
        assert raw.pages[0].rows == from_csv


def test_row_numbers_of_a_workbook_count_the_blank_rows_above(tmp_path: Path) -> None:
    raw = read_sheet(write_xlsx(tmp_path / "jarak.xlsx", ROWS, above=[(), (None, "TOKO SINAR"), ()]))
    assert raw.pages[0].rows[3] == HEADER


def test_a_formula_is_its_text_or_its_last_value(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "rumus.xlsx", [row("", "=cmd|' /C calc'!A0", "=1+1")])
    assert read_sheet(path).pages[0].rows[1][1] == "=cmd|' /C calc'!A0"


def test_a_workbook_under_the_name_of_a_csv_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "barang.xlsx", ROWS).rename(tmp_path / "barang.csv")
    assert read_sheet(path).kind is SheetKind.WORKBOOK


def test_a_workbook_with_macros_gives_its_cells_and_runs_nothing(tmp_path: Path) -> None:
    made = write_xlsx(tmp_path / "barang.xlsx", ROWS)
    with zipfile.ZipFile(made, "a") as book:
        book.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    macro = made.rename(tmp_path / "barang.xlsm")
    assert read_sheet(macro).pages[0].rows[1][1] == "Kopi susu"
    assert sorted(tmp_path.iterdir()) == [macro]


def test_a_password_is_told_as_a_password(tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "barang.xlsx", ROWS)
    assert refused(lock_xlsx(plain, tmp_path / "rahasia.xlsx", "warung")) is ErrorCode.SHEET_PASSWORD
    assert refused(write_ods(tmp_path / "rahasia.ods", ROWS, encrypted=True)) is ErrorCode.SHEET_PASSWORD
    (tmp_path / "ole.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refused(tmp_path / "ole.xlsx") is ErrorCode.SHEET_PASSWORD


def test_a_broken_workbook_is_unreadable(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "barang.xlsx", ROWS).read_bytes()
    for name, data in {
        "terpotong.xlsx": whole[: len(whole) // 2],
        "isinya.xlsx": b"PK\x03\x04" + bytes(range(256)),
        "teks.xlsx": b"Nama,Harga\nKopi,2500\n",
        "lama.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "gambar.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 4,
    }.items():
        (tmp_path / name).write_bytes(data)
        assert refused(tmp_path / name) is ErrorCode.SHEET_UNREADABLE, name


def test_a_document_packed_like_a_workbook_is_unreadable(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "surat.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(tmp_path / "surat.xlsx") is ErrorCode.SHEET_UNREADABLE


@given(st.integers(min_value=0, max_value=2**31), st.integers(min_value=1, max_value=6))
@settings(max_examples=60, deadline=None)
def test_no_scratch_on_a_workbook_makes_the_till_stumble(tmp_path_factory: pytest.TempPathFactory, seed: int, scratches: int) -> None:
    base = tmp_path_factory.getbasetemp()
    data = bytearray(write_xlsx(base / "utuh.xlsx", ROWS).read_bytes())
    for index in range(scratches):
        data[(seed * (index + 7)) % len(data)] = (seed >> index) & 0xFF
    (base / "gores.xlsx").write_bytes(data)
    # a scratch may even make a workbook seem too long; what counts is that it is a known failure or none
    assert outcome(base / "gores.xlsx") in {None, *(code for code in ErrorCode if code.value.startswith("sheet_"))}


def test_a_packed_file_that_would_fill_the_memory_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MAX_UNPACKED", 1000)
    assert refused(write_xlsx(tmp_path / "bom.xlsx", ROWS)) is ErrorCode.SHEET_TOO_LONG


# limits


def test_nothing_nowhere_and_of_no_kind(tmp_path: Path) -> None:
    for name in ("kosong.csv", "kosong.xlsx"):
        (tmp_path / name).write_bytes(b"")
        assert refused(tmp_path / name) is ErrorCode.SHEET_EMPTY
    (tmp_path / "spasi.csv").write_text(" ,,\n ; \n\n", encoding="utf-8")
    assert refused(tmp_path / "spasi.csv") is ErrorCode.SHEET_EMPTY
    assert refused(write_xlsx(tmp_path / "kosong2.xlsx", [], header=())) is ErrorCode.SHEET_EMPTY
    assert refused(tmp_path / "tidak-ada.csv") is ErrorCode.SHEET_NOT_FOUND
    (tmp_path / "folder.csv").mkdir()
    assert refused(tmp_path / "folder.csv") is ErrorCode.SHEET_UNREADABLE
    for name in ("barang.pdf", "barang.docx", "barang"):
        (tmp_path / name).write_bytes(b"x")
        assert refused(tmp_path / name) is ErrorCode.SHEET_KIND_UNKNOWN


def test_more_than_two_hundred_thousand_rows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "panjang.csv").write_text("Nama,Harga\n" + "Kopi,2500\n" * 200_000, encoding="utf-8")
    assert refused(tmp_path / "panjang.csv") is ErrorCode.SHEET_TOO_LONG
    (tmp_path / "pas.csv").write_text("Nama,Harga\n" + "Kopi,2500\n" * 199_999, encoding="utf-8")
    assert len(read_sheet(tmp_path / "pas.csv").pages[0].rows) == 200_000


def test_a_workbook_with_a_cell_far_below_is_refused_before_it_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "jauh.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "Nama")
    sheet.write_string(300_000, 0, "jauh di bawah")
    book.close()
    assert refused(tmp_path / "jauh.xlsx") is ErrorCode.SHEET_TOO_LONG


def test_reading_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    text = tmp_path / "panjang.csv"
    text.write_text("Nama,Harga\n" + "Kopi,2500\n" * 9_000, encoding="utf-8")
    book = write_xlsx(tmp_path / "panjang.xlsx", [("Kopi", 2500)] * 9_000, header=("Nama", "Harga"))
    for path in (text, book):
        told: list[tuple[int, int]] = []

        def listen(done: int, total: int, told: list[tuple[int, int]] = told) -> bool:
            told.append((done, total))
            return done < 6_000

        with pytest.raises(Stopped):
            read_sheet(path, listen)
        assert [done for done, _ in told] == [2_000, 4_000, 6_000]
        assert all(9_001 <= total <= 9_002 for _, total in told)


def test_a_utf_16_file_cut_in_the_middle_of_a_letter_is_still_read() -> None:
    data = "Nama,Harga\nKopi,2500\n".encode("utf-16-le") + struct.pack("B", 65)
    assert decode(data)[0].startswith("Nama,Harga\nKopi,2500")
