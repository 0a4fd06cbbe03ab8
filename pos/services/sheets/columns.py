"""Which row is the header and what each column is, guessed from its words in Indonesian and English. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pos.services.sheets.cells import clean
from pos.services.sheets.model import REQUIRED, Cells, ColumnMapping, SheetField
from pos.services.sheets.numbered import numbered_columns, without_one

HEADER_WITHIN: Final = 30
"""The header stands in the first rows; a shop's name, address and date may stand above it."""

_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LIKELY: Final = 1000
"""Rank of a column that is known by a word only: behind every column that is known by its whole name."""

_NAMES: Final[dict[SheetField, str]] = {
    # the best name first: of two columns that fit, the one that stands further ahead here is taken
    SheetField.NAME: (
        "nama barang|nama produk|nama item|product name|item name|nm barang|barang nama|nama|name|produk|product|barang|item"
        "|uraian barang|deskripsi|description|uraian|jenis barang"
    ),
    SheetField.BARCODE: (
        "barcode|kode barcode|bar code|barkode|kode batang|ean13|ean 13|ean|gtin|upc|scan code|kode scan|barcode no|no barcode"
    ),
    SheetField.LOCAL_CODE: (
        "local code|kode lokal|kode barang|kode produk|kode item|kode toko|product code|item code|kd barang|kd produk"
        "|kode|code|sku|plu"
        "|id barang|id produk|product id|item id"
    ),
    SheetField.PRICE: (
        "harga jual|harga eceran|harga ecer|harga jual eceran|harga jual 1|selling price|sell price|sale price"
        "|retail price|hrg jual|harga umum"
        "|harga normal|harga satuan|unit price|harga 1|harga|price|eceran|ecer|retail|jual|hrg|het"
    ),
    SheetField.COST: (
        "harga modal|harga beli|harga pokok|cost price|purchase price|buying price|buy price|hpp|harga kulakan"
        "|harga kulak|harga dasar|hrg beli"
        "|hrg modal|harpok|cost|modal|beli|kulakan"
    ),
    SheetField.WHOLESALE: (
        "harga grosir|wholesale price|harga jual grosir|hrg grosir|harga partai|grosir|wholesale|harga agen|harga jual 2|harga 2"
    ),
    SheetField.WHOLESALE_FROM: (
        "min grosir|minimal grosir|minimum grosir|jumlah grosir|qty grosir|grosir mulai|mulai grosir|wholesale from"
        "|wholesale qty|min qty grosir"
    ),
    SheetField.UNIT: "satuan|unit|uom|sat|nama satuan|kemasan",
    SheetField.CATEGORY: (
        "kategori|category|kategori produk|kategori barang|grup produk|grup|group|golongan|kelompok|jenis|departemen"
        "|department|nama kategori"
    ),
    SheetField.BRAND: "merek|merk|brand|nama merek|pabrik|produsen",
    SheetField.STOCK: (
        "stok|stock|stok akhir|stok awal satuan dasar|stok tersedia|jumlah stok|stok awal|stok saat ini|sisa stok|on hand|qty|quantity"
        "|kuantitas|jumlah|saldo|sisa|persediaan"
    ),
    SheetField.MIN_STOCK: (
        "stok minimum|stok minimal|minimum stok|minimal stok|min stok|stok min|min stock|minimum stock|stock minimum|stock min|batas stok"
    ),
    SheetField.LADDER: "satuan lengkap",
    SheetField.OTHER_PRICES: "harga lain",
    SheetField.OTHER_CODES: "barcode lain",
    SheetField.BASE_UNIT: "satuan dasar",
    SheetField.EXACT_COST: "modal persis",
    SheetField.LISTED: "jual online",
    SheetField.BUFFER: "cadangan online",
    SheetField.RULE: "aturan",
    SheetField.DRAWING: "nama gambar",
    SheetField.SIZE: "net content|isi bersih|berat bersih|netto|ukuran|size|isi|volume|berat|gramasi|kemasan isi",
}
_EXACT: Final = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split("|"))}

_IGNORED: Final = re.compile(
    "tanggal|tgl|date|non|min|minimal|minimum|maks|maksimum|maksimal|max|maximum|supplier|pemasok|distributor|diskon|disc|discount|laba|untung|margin"
    "|profit|pajak|ppn|tax"
    "|keterangan|ket|note|catatan|alamat|foto|gambar|image|status|aktif|rak|lokasi|expired|kedaluwarsa|kadaluarsa|exp"
    "|seen|source|sumber"
    "|created|updated|alasan|total|pelanggan|member|poin"
)
_BY_WORD: Final[tuple[tuple[SheetField, frozenset[str]], ...]] = (
    (SheetField.WHOLESALE, frozenset({"grosir", "wholesale", "partai", "agen", "reseller"})),
    (SheetField.COST, frozenset({"beli", "modal", "pokok", "hpp", "cost", "kulak", "kulakan", "purchase", "buy", "buying", "dasar"})),
    (SheetField.BARCODE, frozenset({"barcode", "barkode", "ean", "gtin", "upc"})),
    (SheetField.CATEGORY, frozenset({"kategori", "category", "golongan", "kelompok", "grup", "group"})),
    (SheetField.BRAND, frozenset({"merek", "merk", "brand"})),
    (SheetField.UNIT, frozenset({"satuan", "uom"})),
    (SheetField.STOCK, frozenset({"stok", "stock", "qty", "persediaan"})),
    (SheetField.PRICE, frozenset({"jual", "eceran", "ecer", "retail", "harga", "hrg", "price"})),
    (SheetField.SIZE, frozenset({"netto", "ukuran", "size", "gramasi", "content"})),
    (SheetField.NAME, frozenset({"nama", "name"})),
    (SheetField.LOCAL_CODE, frozenset({"kode", "code", "sku", "plu"})),
)


@lru_cache(maxsize=1024)
def read_header(text: str) -> tuple[SheetField, int] | None:
    """What a header means and how sure it is (the lower the surer); None when it means nothing to a list of goods."""
    words = _NOT_A_LETTER.sub(" ", _CAMEL.sub(" ", _BRACKETS.sub(" ", clean(text))).casefold()).split()
    plain = [word for word in words if word not in {"rp", "idr", "rupiah", "per", "pcs"}]
    if found := _EXACT.get(" ".join(plain)):
        return found
    known = set(plain)
    if any(_IGNORED.fullmatch(word) for word in known):
        return None
    return next(((field, _LIKELY) for field, signs in _BY_WORD if known & signs), None)


def guess_mapping(headers: Sequence[str]) -> dict[SheetField, int]:
    """Field -> column for a row of headers; each column once, the surest first, then the leftmost."""
    best: dict[SheetField, tuple[int, int]] = {}
    numbered = numbered_columns(headers)
    counted = numbered.columns()
    for index, header in enumerate(headers):
        found = None if index in counted else read_header(without_one(header) if numbered.units else header)
        if found is None:
            continue
        field, rank = found
        if field not in best or rank < best[field][0]:
            best[field] = (rank, index)
    mapping = {field: index for field, (_, index) in best.items()}
    return {field: mapping[field] for field in SheetField if field in mapping}


def is_complete(mapping: ColumnMapping) -> bool:
    return all(field in mapping for field in REQUIRED)


def find_header(rows: Sequence[Cells]) -> tuple[int, dict[SheetField, int]] | None:
    """(index of the header's row, mapping) of the first row that names both a product and a price; None when none does."""
    for index, row in _first(rows):
        mapping = guess_mapping(row)
        if is_complete(mapping):
            return index, mapping
    return None


def likely_header(rows: Sequence[Cells]) -> int:
    """Index of the row that looks most like a header though it names no goods: the one with the most filled cells of the first rows."""
    return max(_first(rows), key=lambda pair: (sum(bool(clean(cell)) for cell in pair[1]), -pair[0]), default=(0, ()))[0]


def _first(rows: Sequence[Cells]) -> Iterator[tuple[int, Cells]]:
    return enumerate(rows[:HEADER_WITHIN])
