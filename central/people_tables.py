"""Tables of the people who look after shops, and of tills that ask to be let in. See `central.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from central.columns import key_number, key_words, metadata, number, words

# who works for the city: an officer looks after shops, `city` sees all of them and changes none
officer = Table(
    "officer",
    metadata,
    key_words("uid"),
    Column("token_digest", Text, nullable=False, unique=True),
    words("name"),
    # officer | city
    words("role"),
    number("created_at"),
    # 0: not revoked
    number("revoked_at"),
)

officer_shop = Table("officer_shop", metadata, key_words("officer"), key_number("shop"))

# RFC 8628: a till shows a user code, an officer says for which shop it is. Both codes are kept hashed
device_grant = Table(
    "device_grant",
    metadata,
    key_words("digest"),
    Column("user_digest", Text, nullable=False, unique=True),
    words("public_key"),
    words("thumbprint"),
    words("device_name"),
    words("program"),
    # pending | approved | denied
    words("state"),
    # of the shop that was approved, and the device that came of it
    number("shop"),
    words("device"),
    words("decided_by"),
    number("expires_at"),
    # ms between two polls, and when the last one was
    number("interval"),
    number("polled_at"),
)
Index(None, device_grant.c.expires_at)
