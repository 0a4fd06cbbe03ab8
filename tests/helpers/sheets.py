"""Spreadsheets for the import's tests: real files in the kinds that shops have, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

from stdnum import ean

Cell: TypeAlias = str | int | float | None
Rows: TypeAlias = Sequence[Sequence[Cell]]

HEADER = ("Barcode", "Nama Barang", "Kategori", "Satuan", "Harga Jual", "Harga Modal", "Harga Grosir", "Stok", "Kode Barang")


def gtin13(number: int) -> str:
    """A made-up Indonesian EAN-13 with a right check digit."""
    body = f"899{number:09d}"
    return body + ean.calc_check_digit(body)


def upc(number: int) -> str:
    """A made-up UPC-A of the series 0896, written with its leading zero."""
    body = f"0896{number:07d}"
    return body + ean.calc_check_digit(body)


def row(
    barcode: Cell = "",
    name: Cell = "Kopi",
    price: Cell = 3500,
    *,
    category: Cell = "Minuman",
    unit: Cell = "pcs",
    cost: Cell = "",
    wholesale: Cell = "",
    stock: Cell = "",
    code: Cell = "",
) -> tuple[Cell, ...]:
    """A row under HEADER."""
    return (barcode, name, category, unit, price, cost, wholesale, stock, code)


def shop_list(count: int = 600) -> list[tuple[Cell, ...]]:
    """A list as a real shop keeps it: good codes, UPC-A, invented codes, a mistyped one, blanks, three prices; without its header."""
    rows: list[tuple[Cell, ...]] = []
    for number in range(count):
        barcode: Cell = upc(number) if number % 10 == 0 else gtin13(number)
        code: Cell = ""
        if number % 25 == 7:
            barcode, code = "", f"{number:03d}"
        price: Cell = "" if number % 11 == 5 else 1000 + 500 * (number % 40)
        rows.append(row(barcode, f"Barang nomor {number}", price, cost=900, wholesale=950, unit="bks", code=code))
    mistyped = gtin13(count)
    rows.append(row(mistyped[:-1] + str((int(mistyped[-1]) + 1) % 10), "Salah ketik", 5000))
    return rows


def csv_text(rows: Rows, delimiter: str = ",", header: Sequence[Cell] = HEADER) -> str:
    """CSV without quotes, as simple programs write it."""
    return "".join(delimiter.join("" if cell is None else str(cell) for cell in line) + "\r\n" for line in (header, *rows))


def write_csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", header: Sequence[Cell] = HEADER) -> Path:
    path.write_bytes(csv_text(rows, delimiter, header).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Rows, *, header: Sequence[Cell] = HEADER, above: Rows = (), numbers: bool = True) -> Path:
    """XLSX; with `numbers`, digits go in as numbers, as a spreadsheet makes of what is typed: it eats leading zeros."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Barang")
    for index, line in enumerate((*above, header, *rows)):
        for column, cell in enumerate(line):
            if isinstance(cell, str) and not (numbers and cell.isdigit() and len(cell) > 6):
                sheet.write_string(index, column, cell)
            elif cell is not None:
                sheet.write_number(index, column, float(cell))
    book.close()
    return path


def write_ods(path: Path, rows: Rows, *, header: Sequence[Cell] = HEADER, encrypted: bool = False) -> Path:
    """The smallest ODS that is one."""

    def cell_xml(cell: Cell) -> str:
        if isinstance(cell, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell or ""))}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell_xml, line))}</table:table-row>" for line in (header, *rows))
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Barang">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    secret = '<manifest:encryption-data manifest:checksum-type="SHA256-1K"/>' if encrypted else ""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{secret}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def lock_xlsx(path: Path, locked: Path, password: str) -> Path:
    """The same workbook under a password, as a spreadsheet program saves it."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    out = io.BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(password, out)
    locked.write_bytes(out.getvalue())
    return locked
