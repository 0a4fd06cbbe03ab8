"""Tables of the line: the server's keys and countersignatures, what was set aside, edits that met, and the shadow of a fresh reading.

Owns names, types, keys and indexes; holds no queries. Of the other tables the line has a column each: `product.marks`, `online_order.lost`.
"""

from __future__ import annotations

from sqlalchemy import BLOB, Column, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

server_key = Table(
    "server_key",
    metadata,
    # as pickup codes and countersignatures name it; "" is the first
    Column("id", Text, primary_key=True),
    _text("public_key", None),
    _int("retired", "0"),
    sqlite_with_rowid=False,
)

countersigned = Table(
    "countersigned",
    metadata,
    # the newest head of each epoch that the server has signed; `told_epoch` as it was called then: those of an earlier pairing move
    Column("epoch", Integer, primary_key=True),
    _int("told_epoch"),
    _text("device", None),
    _int("seq"),
    _text("head", None),
    _text("signature", None),
    _text("key_id"),
    _int("at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    # an operation that no request could carry: as it was, for a person to send again or to take away on a stick
    Column("id", Text, primary_key=True),
    _text("kind", None),
    _int("at"),
    Column("payload", BLOB, nullable=False),
    _text("payload_hash", None),
    _text("code"),
    _int("aside_at"),
)

edit_outcome = Table(
    "edit_outcome",
    metadata,
    # two edits of one field met; values as JSON text, the newest of a field
    Column("product_uid", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    _text("operation", None),
    _text("kept"),
    _text("lost"),
    _int("at"),
    _text("lost_device"),
    _int("seen", "0"),
    sqlite_with_rowid=False,
)

shadow_product = Table(
    "shadow_product",
    metadata,
    # what a fresh reading has told of a product: 0 it is no more, 1 as it is here, 2 as in `told` (wire bytes)
    Column("uid", Text, primary_key=True),
    _int("state"),
    Column("told", BLOB, nullable=False),
    sqlite_with_rowid=False,
)

shadow_order = Table(
    "shadow_order",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("told", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
