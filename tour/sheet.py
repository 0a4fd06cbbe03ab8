"""A shop's spreadsheet of some 600 goods, as shops keep them: three prices, units, blanks, mistyped and invented barcodes.

Made here from a few word lists, so that the story needs no file of a real shop. Owns the goods that the story scans by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stdnum import ean

HEADER = ("barcode", "nama barang", "merek", "kategori", "satuan", "harga eceran", "harga modal", "harga grosir", "stok", "isi")
ROWS = 632


@dataclass(frozen=True, slots=True)
class Scanned:
    """A good that the story scans: its printed code and its retail price in rupiah."""

    code: str
    name: str
    price: int


@dataclass(frozen=True, slots=True)
class Searched:
    name: str
    letters: str
    price: int


SCANNED = (
    Scanned("089686010947", "Mi instan goreng", 3_500),
    Scanned("8998100000025", "Kopi bubuk 65 g", 6_500),
    Scanned("8998100000018", "Susu kental sachet", 2_000),
)
SEARCHED = Searched("Gula pasir 500 g", "gu", 9_000)

THINGS = (
    ("Biskuit kelapa", "Camilan"), ("Keripik singkong", "Camilan"), ("Wafer cokelat", "Camilan"), ("Permen asam", "Permen"),
    ("Teh celup", "Minuman"), ("Sirup jeruk", "Minuman"), ("Air mineral", "Minuman"), ("Susu cair", "Susu"),
    ("Sabun mandi", "Sabun"), ("Sampo sachet", "Sabun"), ("Deterjen bubuk", "Sabun"), ("Pasta gigi", "Sabun"),
    ("Kecap manis", "Bumbu"), ("Saus sambal", "Bumbu"), ("Tepung terigu", "Sembako"), ("Beras medium", "Sembako"),
    ("Minyak sawit", "Sembako"), ("Tisu wajah", "Rumah tangga"), ("Lampu bohlam", "Rumah tangga"), ("Popok bayi", "Bayi"),
)  # fmt: skip
SIZES = ("kecil", "sedang", "besar", "isi 3", "isi 6", "60 g", "85 g", "120 g", "250 g", "500 g", "1 kg", "100 ml", "250 ml", "600 ml")
UNITS = ("pcs", "bungkus", "botol", "sachet", "dus")


def rows() -> list[tuple[str | int, ...]]:
    """632 rows: the four of the story, made-up goods with right EANs, and 25 with codes that shops really have."""
    table: list[tuple[str | int, ...]] = [
        (item.code, item.name, "", "Sembako", "pcs", item.price, item.price * 8 // 10, "", 100, "") for item in SCANNED
    ]
    table.append(("", SEARCHED.name, "", "Sembako", "pcs", SEARCHED.price, 8_000, 8_700, 80, "500 g"))
    while len(table) < ROWS:
        table.append(_row(len(table)))
    return table


def _row(number: int) -> tuple[str | int, ...]:
    thing, category = THINGS[number % len(THINGS)]
    size = SIZES[number // len(THINGS) % len(SIZES)]
    series = number // (len(THINGS) * len(SIZES)) + 1
    price = 500 * (2 + number * 7 % 90)
    body = f"8998{number:08d}"
    code = body + ean.calc_check_digit(body)
    if number % 26 == 25:  # 25 doubtful codes, as real lists have
        code = ("001", "xxxx", code[:-1] + str((int(code[-1]) + 1) % 10))[number % 3] + ("" if number % 3 == 2 else str(number))
    wholesale = price * 94 // 100 if number % 3 else ""
    brand = f"Merek {series}{chr(65 + number % 26)}" if number % 4 else ""
    return (
        code,
        f"{thing} {size} {series}",
        brand,
        category,
        UNITS[number % 5],
        price,
        price * 85 // 100,
        wholesale,
        number % 60 + 5,
        size,
    )


def write_sheet(file: Path) -> Path:
    """As XLSX, with the barcodes as numbers where a spreadsheet would have made them so."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Barang")
        sheet.write_row(0, 0, HEADER)
        for place, row in enumerate(rows(), start=1):
            sheet.write_row(place, 0, [int(v) if isinstance(v, str) and v.isdigit() and place % 2 == 0 and len(v) > 8 else v for v in row])
    return file
