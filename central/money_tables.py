"""Tables of money that moves without a sale: the drawer, tenders that settle later, customers' books, QRs. See `central.tables`."""

from __future__ import annotations

from sqlalchemy import Index, Table

from central.columns import key_words, metadata, number, of_shop, words

# uid is the operation's id in each of these facts; `at` is the booked time
cash_movement = Table(
    "cash_movement",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("session"),
    number("amount"),
    words("reason"),
    number("at"),
)

tender_event = Table(
    "tender_event",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("sale"),
    number("position"),
    words("state"),
    words("reference"),
    number("at"),
)

# what a customer owes more (positive) or less without a sale; a sale on credit is in sale_payment
credit_entry = Table(
    "credit_entry",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("customer"),
    number("amount"),
    words("reason"),
    words("tender"),
    words("session"),
    words("sale"),
    number("at"),
)

deposit_entry = Table(
    "deposit_entry",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("customer"),
    words("product"),
    number("quantity"),
    number("amount"),
    words("session"),
    number("at"),
)

# a QR that the server has issued; uid is the till's own id of it
qris = Table(
    "qris",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    number("amount"),
    words("reference"),
    words("payload"),
    words("nmid"),
    words("merchant"),
    # waiting | paid | expired | paid_late
    words("state"),
    number("issued_at"),
    number("expires_at"),
    # when it came to its state
    number("settled_at"),
)
Index(
    "ix_qris_waiting",
    qris.c.shop,
    qris.c.expires_at,
    postgresql_where=qris.c.state == "waiting",
    sqlite_where=qris.c.state == "waiting",
)
