"""Columns are known by their headers, in the words of shops, cash programs and databases."""

from __future__ import annotations

import pytest

from pos.services.sheets.columns import find_header, guess_mapping, likely_header, read_header
from pos.services.sheets.model import SheetField

F = SheetField


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (
            "barcode,name,brand,category,unit,price,source,net_content,cost_price,wholesale_price,local_code",
            {
                F.BARCODE: 0,
                F.NAME: 1,
                F.BRAND: 2,
                F.CATEGORY: 3,
                F.UNIT: 4,
                F.PRICE: 5,
                F.SIZE: 7,
                F.COST: 8,
                F.WHOLESALE: 9,
                F.LOCAL_CODE: 10,
            },
        ),
        (
            "No,Kode Barang,Nama Barang,Grup Produk,Merek,Satuan,Harga Beli (Rp),Harga Jual (Rp),Harga Grosir,Stok",
            {F.LOCAL_CODE: 1, F.NAME: 2, F.CATEGORY: 3, F.BRAND: 4, F.UNIT: 5, F.COST: 6, F.PRICE: 7, F.WHOLESALE: 8, F.STOCK: 9},
        ),
        ("PRODUK;ECERAN", {F.NAME: 0, F.PRICE: 1}),
        ("nm_barang,hrg_jual,hrg_grosir,hrg_beli,jml_stok", {F.NAME: 0, F.PRICE: 1, F.WHOLESALE: 2, F.COST: 3, F.STOCK: 4}),
        ("NamaProduk,HargaJual,HargaPokok,KodeBarcode", {F.NAME: 0, F.PRICE: 1, F.COST: 2, F.BARCODE: 3}),
        ("Product Name,SKU,Selling Price,Purchase Price,Qty", {F.NAME: 0, F.LOCAL_CODE: 1, F.PRICE: 2, F.COST: 3, F.STOCK: 4}),
        ("Nama,Harga,Min Grosir,Grosir", {F.NAME: 0, F.PRICE: 1, F.WHOLESALE_FROM: 2, F.WHOLESALE: 3}),
        (
            "Produk;Harga Pokok;Harga Jual;Stok;Grup Produk;Satuan;Barcode;Kode Produk;Non Stok",
            {F.NAME: 0, F.COST: 1, F.PRICE: 2, F.STOCK: 3, F.CATEGORY: 4, F.UNIT: 5, F.BARCODE: 6, F.LOCAL_CODE: 7},
        ),
        (
            "Kode Item,Barcode,Nama Item,Jenis,Merek,Satuan,Harga Pokok,Harga Jual,Stok awal,Stok Minimum,Tipe Item,Rak,Kode Suplier,Poin",
            {
                F.LOCAL_CODE: 0,
                F.BARCODE: 1,
                F.NAME: 2,
                F.CATEGORY: 3,
                F.BRAND: 4,
                F.UNIT: 5,
                F.COST: 6,
                F.PRICE: 7,
                F.STOCK: 8,
                F.MIN_STOCK: 9,
            },
        ),
        (
            "ID,Kode Item,Nama Item,Kategori,Satuan,Stok Tersedia,Harga Jual,Harga Beli,Last Sync",
            {F.LOCAL_CODE: 1, F.NAME: 2, F.CATEGORY: 3, F.UNIT: 4, F.STOCK: 5, F.PRICE: 6, F.COST: 7},
        ),
        (
            "Nama Produk*;Kode Produk/SKU;Deskripsi Produk;Barcode;Unit Satuan Produk*;Kategori Produk;Jumlah Buffer;Harga Jual;Harga Beli",
            {F.NAME: 0, F.LOCAL_CODE: 1, F.BARCODE: 3, F.UNIT: 4, F.CATEGORY: 5, F.PRICE: 7, F.COST: 8},
        ),
        (
            "sku,barcode,name,brand,category,base_uom,cost,sell_price,active",
            {F.LOCAL_CODE: 0, F.BARCODE: 1, F.NAME: 2, F.BRAND: 3, F.CATEGORY: 4, F.UNIT: 5, F.COST: 6, F.PRICE: 7},
        ),
        ("Nama Kategori,Nama Barang,Harga Eceran,Isi", {F.CATEGORY: 0, F.NAME: 1, F.PRICE: 2, F.SIZE: 3}),
    ],
)
def test_headers_are_understood_in_indonesian_and_english(headers: str, mapping: dict[SheetField, int]) -> None:
    assert guess_mapping(headers.replace(";", ",").split(",")) == mapping


def test_the_selling_price_wins_over_a_plain_price() -> None:
    assert guess_mapping(["Nama", "Harga", "Harga Jual"])[F.PRICE] == 2
    assert guess_mapping(["Nama", "Harga Jual", "Harga"])[F.PRICE] == 1


def test_of_two_columns_of_one_name_the_first_is_taken() -> None:
    assert guess_mapping(["Nama", "Harga", "Harga"])[F.PRICE] == 1


@pytest.mark.parametrize(
    "header", ["Stok Maksimum", "Non Stok", "Tanggal", "Nama Supplier", "Diskon", "Harga Diskon", "Alasan", "Baris", "Laba", "", "No"]
)
def test_what_is_nothing_of_a_list_of_goods_is_left_alone(header: str) -> None:
    assert read_header(header) is None


def test_the_header_is_found_below_the_shops_name_and_date() -> None:
    rows = [
        ("TOKO SINAR JAYA", "", ""),
        ("", "", ""),
        ("Daftar harga per 1 November", "", ""),
        ("Nama", "Harga", "Stok"),
        ("Kopi", "2000", "3"),
    ]
    assert find_header(rows) == (3, {F.NAME: 0, F.PRICE: 1, F.STOCK: 2})


def test_a_sheet_without_name_and_price_has_no_header() -> None:
    rows = [("Tanggal", "Pelanggan", "Total"), ("1/11", "Bu Rina", "20000")]
    assert find_header(rows) is None
    assert likely_header(rows) == 0
    assert likely_header([("Laporan", "", ""), ("Tanggal", "Pelanggan", "Total")]) == 1
    assert likely_header([]) == 0
