"""Words of the papers about goods: what came in, the sheet to count by, labels, and the card of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class GoodsWords:
    """Of goods. `wholesale` takes how many and the price; `causes`: why goods moved (`stock.MovementReason` value)."""

    came_in: str
    number: str
    supplier: str
    their_paper: str
    taken_by: str
    cost: str
    discount: str
    transport: str
    paid: str
    owed: str
    unknown_cost: str
    brought_by: str
    stock_take: str
    all_goods: str
    on_hand: str
    counted_by: str
    goods: str
    per: str
    wholesale: str
    keys: str
    stock_card: str
    there: str
    shopping: str
    no_supplier: str
    about: str
    causes: Mapping[str, str]


INDONESIAN: Final = GoodsWords(
    came_in="BARANG MASUK",
    number="No.",
    supplier="Dari",
    their_paper="Nota mereka",
    taken_by="Diterima",
    cost="Jumlah",
    discount="Potongan",
    transport="Ongkos angkut",
    paid="Dibayar",
    owed="Belum dibayar",
    unknown_cost="harga belum ada",
    brought_by="Yang mengantar",
    stock_take="STOK OPNAME",
    all_goods="Semua barang",
    on_hand="catatan {}",
    counted_by="Dihitung oleh",
    goods="{} barang",
    per="per {}",
    wholesale="{}+ {}",
    keys="KARTU TOMBOL",
    stock_card="KARTU STOK",
    there="Sisa",
    shopping="DAFTAR KULAKAN",
    no_supplier="Tanpa pemasok",
    about="Kira-kira",
    causes={
        "sale": "Terjual",
        "order": "Pesanan online",
        "opening": "Stok awal",
        "receipt": "Barang masuk",
        "stock_take": "Opname",
        "damaged": "Rusak",
        "own_use": "Dipakai sendiri",
        "repack": "Ganti kemasan",
        "return": "Retur",
        "consignment_return": "Titip jual kembali",
        "other": "Lainnya",
    },
)
ENGLISH: Final = GoodsWords(
    came_in="GOODS RECEIVED",
    number="No.",
    supplier="From",
    their_paper="Their paper",
    taken_by="Taken by",
    cost="Sum",
    discount="Discount",
    transport="Transport",
    paid="Paid",
    owed="Still owed",
    unknown_cost="no cost yet",
    brought_by="Delivered by",
    stock_take="STOCK COUNT",
    all_goods="All goods",
    on_hand="recorded {}",
    counted_by="Counted by",
    goods="{} goods",
    per="per {}",
    wholesale="{}+ {}",
    keys="KEY CARD",
    stock_card="STOCK CARD",
    there="Left",
    shopping="SHOPPING LIST",
    no_supplier="No supplier",
    about="About",
    causes={
        "sale": "Sold",
        "order": "Online order",
        "opening": "Opening stock",
        "receipt": "Goods in",
        "stock_take": "Stock count",
        "damaged": "Damaged",
        "own_use": "Own use",
        "repack": "Repacked",
        "return": "Returned",
        "consignment_return": "Consignment back",
        "other": "Other",
    },
)
