"""Tables of what is told beside facts and goods: news of the feed, quarantine's way out, the server's keys. See `central.tables`."""

from __future__ import annotations

from sqlalchemy import Index, Table

from central.columns import key_number, key_words, metadata, number, of_shop, raw, words

# rows of the feed that are no product, movement or order: QRs, edits that met, quarantine, keys. Each key once, at its newest place
news = Table(
    "news",
    metadata,
    of_shop(),
    key_words("kind"),
    key_words("key"),
    number("feed_seq"),
    number("at"),
    # the Change as JSON, without its seq
    words("document"),
)
Index(None, news.c.shop, news.c.feed_seq, unique=True)

# what became of a quarantined operation later: booked, once, or dismissed. Its result does not change
release = Table(
    "release",
    metadata,
    of_shop(),
    key_words("device"),
    key_number("epoch"),
    key_number("seq"),
    words("operation"),
    # booked | dismissed
    words("state"),
    words("code"),
    words("flags"),
    # who: an officer's uid, or empty for the operator
    words("actor"),
    number("at"),
)

# operations that a till could not get taken and has told of
set_aside = Table(
    "set_aside",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("operation"),
    words("kind"),
    words("code"),
    words("payload_hash"),
    number("size"),
    number("at"),
)

# every key that ever signed chain heads and pickup codes: Ed25519 seeds of 32 bytes. The first has the empty name. One is not retired
server_key = Table("server_key", metadata, key_words("id"), raw("seed"), number("created_at"), number("retired_at"))
