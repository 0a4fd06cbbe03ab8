"""Lists of other programs that count their units and prices: Satuan 2, Isi 2, Harga 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.product import PriceKind
from pos.services.sheet_import import ReasonCode, RowStatus, SheetField, SheetPreview, preview_sheet
from tests.helpers.sheets import Rows, gtin13, write_csv, write_xlsx

HEADER = (
    *("Kode Barang", "Nama Barang", "Satuan 1", "Isi 1", "Harga Jual 1", "Barcode 1"),
    *("Satuan 2", "Konversi 2", "Harga Jual 2", "Barcode 2", "Satuan 3", "Isi 3", "Harga 3"),
    *("Harga Grosir 1", "Min Qty 1", "Harga Grosir 2", "Min Qty 2"),
)
MIE = ("M1", "Mi goreng", "PCS", 1, 3_500, gtin13(1), "dus", 40, 130_000, gtin13(2), "", "", "", 3_400, 5, 3_300, 20)


def preview(folder: Path, rows: Rows, header: tuple[str, ...] = HEADER) -> SheetPreview:
    made = preview_sheet(write_csv(folder / "daftar.csv", rows, header=header))
    assert made is not None
    return made


def test_a_list_that_counts_its_units_brings_each_with_its_price_and_barcode(tmp_path: Path) -> None:
    made = preview(tmp_path, [MIE])
    assert made.mapping[SheetField.PRICE] == HEADER.index("Harga Jual 1")
    assert made.mapping[SheetField.UNIT] == HEADER.index("Satuan 1")
    assert SheetField.WHOLESALE not in made.mapping, "Harga Jual 2 is the carton's"
    (draft, _), (verdict,) = made.takeable()[0], made.rows
    assert (verdict.status, draft.retail, draft.unit_name) == (RowStatus.NEW, 3_500, "pcs")
    assert [(unit.name, unit.factor) for unit in draft.units] == [("pcs", 1), ("dus", 40)]
    pieces, carton = draft.units
    assert [(price.kind, price.amount, price.min_quantity) for price in pieces.prices] == [
        (PriceKind.WHOLESALE, 3_400, 5),
        (PriceKind.WHOLESALE, 3_300, 20),
    ]
    assert ([price.amount for price in carton.prices], carton.codes) == ([130_000], (gtin13(2),))


def test_a_workbook_with_english_headers_says_the_same(tmp_path: Path) -> None:
    header = ("name", "barcode1", "unit1", "price1", "unit2", "conversion2", "price2", "barcode2")
    made = preview_sheet(
        write_xlsx(tmp_path / "list.xlsx", [("Kopi", gtin13(3), "sachet", 1_500, "renteng", 10, 14_000, gtin13(4))], header=header)
    )
    assert made is not None
    ((draft, _),) = made.takeable()
    assert (draft.retail, draft.codes) == (1_500, (gtin13(3),))
    assert [(unit.name, unit.factor, unit.codes) for unit in draft.units] == [("sachet", 1, ()), ("renteng", 10, (gtin13(4),))]


def test_a_sack_of_what_is_weighed_holds_kilograms(tmp_path: Path) -> None:
    made = preview(tmp_path, [("Beras", "kg", 14_000, "sak", 25, 340_000)], ("Nama", "Satuan 1", "Harga 1", "Satuan 2", "Isi 2", "Harga 2"))
    ((draft, _),) = made.takeable()
    assert [(unit.name, unit.factor) for unit in draft.units] == [("kg", 1_000), ("sak", 25_000)]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (("dus", 1, 130_000), ReasonCode.LADDER_FACTOR),
        (("dus", "", 130_000), ReasonCode.LADDER_FACTOR),
        (("dus", 99_999_999, 130_000), ReasonCode.LADDER_FACTOR),
        (("pcs", 40, 130_000), ReasonCode.LADDER_REPEATED),
        (("dus", 40, "mahal"), ReasonCode.OTHERS_UNCLEAR),
    ],
)
def test_a_unit_that_cannot_be_refuses_its_row_with_the_reason(tmp_path: Path, second: tuple[str | int, ...], reason: ReasonCode) -> None:
    made = preview(tmp_path, [("Mi", "pcs", 3_500, *second)], ("Nama", "Satuan 1", "Harga 1", "Satuan 2", "Isi 2", "Harga 2"))
    assert [found.code for found in made.rows[0].reasons] == [reason]
    assert made.takeable() == []


def test_a_first_unit_that_is_told_twice_and_a_dear_tier_are_left_out(tmp_path: Path) -> None:
    header = ("Nama", "Satuan 1", "Harga 1", "Satuan 2", "Isi 2", "Harga 2", "Harga Grosir 1", "Min Qty 1")
    made = preview(tmp_path, [("Sabun", "pcs", 4_000, "pcs", 1, 4_000, 4_500, 3)], header)
    ((draft, _),) = made.takeable()
    assert (draft.units, [reason.code for reason in made.rows[0].reasons]) == ((), [ReasonCode.WHOLESALE_NOT_LOWER])


def test_two_prices_of_one_unit_stay_retail_and_wholesale(tmp_path: Path) -> None:
    made = preview(tmp_path, [("Sabun", "pcs", 4_000, 3_800)], ("Nama", "Satuan", "Harga 1", "Harga 2"))
    ((draft, _),) = made.takeable()
    assert (draft.retail, draft.wholesale, draft.units) == (4_000, 3_800, ())
