"""All reads of the store as one object. Joins the parts; holds no statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.local_db.cash_queries import CashQueries
from pos.local_db.counter_queries import CounterQueries
from pos.local_db.customer_queries import CustomerQueries
from pos.local_db.drawer_queries import DrawerQueries
from pos.local_db.engine import Readers
from pos.local_db.goods_care_queries import GoodsCareQueries
from pos.local_db.import_queries import ImportQueries
from pos.local_db.line_memory import LineMemoryQueries
from pos.local_db.line_queries import LineQueries
from pos.local_db.order_queries import OrderQueries
from pos.local_db.paper_queries import PaperQueries
from pos.local_db.people_queries import PeopleQueries
from pos.local_db.qris_queries import QrisQueries
from pos.local_db.receipt_queries import ReceiptQueries
from pos.local_db.report_queries import ReportQueries
from pos.local_db.sale_queries import SaleQueries
from pos.local_db.search import SearchQueries
from pos.local_db.stock_queries import StockQueries
from pos.local_db.supplier_queries import SupplierQueries
from pos.services.ports import Clock


class SqliteQueries(
    SearchQueries,
    SaleQueries,
    CounterQueries,
    GoodsCareQueries,
    ImportQueries,
    OrderQueries,
    LineQueries,
    LineMemoryQueries,
    PaperQueries,
    PeopleQueries,
    DrawerQueries,
    CustomerQueries,
    QrisQueries,
    ReportQueries,
    ReceiptQueries,
    StockQueries,
    SupplierQueries,
    CashQueries,
):
    """`services.ports.Queries`. All methods raise ShopError STORE_DAMAGED, STORE_BUSY for known failures."""

    def __init__(self, readers: Readers, clock: Clock, path: Path, copies: Path, goods_version: Callable[[], int]) -> None:
        """`goods_version`: a number that changes whenever goods do."""
        super().__init__(readers, clock, goods_version)
        self._path = path
        self._copies = copies
