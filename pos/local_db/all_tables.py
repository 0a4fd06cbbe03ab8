"""The metadata with every table in it: for making a new file, and for comparing one with what it should be.

A module that holds tables is imported here, or its tables do not exist. Owns nothing else.
"""

from __future__ import annotations

from pos.local_db import (
    counter_tables,
    fact_tables,
    goods_tables,
    import_tables,
    line_tables,
    paper_tables,
    paying_tables,
    people_tables,
    report_tables,
    stock_tables,
    supplier_tables,
)
from pos.local_db.tables import metadata

MODULES = (
    counter_tables,
    fact_tables,
    goods_tables,
    import_tables,
    line_tables,
    paper_tables,
    paying_tables,
    people_tables,
    report_tables,
    stock_tables,
    supplier_tables,
)


__all__ = ["MODULES", "metadata"]
