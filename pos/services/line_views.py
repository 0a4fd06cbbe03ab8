"""What the pages of the line show and its engine reads: keys, countersignatures, what was set aside, edits that met. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Countersigned:
    """The newest chain head of an epoch that the server has signed; `signature` base64url, `at` UTC ms."""

    epoch: int
    device: str
    seq: int
    head: str
    signature: str
    key_id: str
    at: int


@dataclass(frozen=True, slots=True)
class ServerKeyRow:
    """A key of the server. `id` "" is the first; `public_key` base64url."""

    id: str
    public_key: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """Operations of one kind that the server has not heard. `oldest_at` UTC ms of the first of them."""

    kind: str
    count: int
    oldest_at: int


@dataclass(frozen=True, slots=True)
class AsideRow:
    """An operation that no request could carry. `code`: why, for the officer; `size` in bytes."""

    id: str
    kind: str
    at: int
    code: str
    aside_at: int
    size: int


@dataclass(frozen=True, slots=True)
class AsideOperation:
    """The same with its bytes, to be sent again or taken away."""

    id: str
    kind: str
    at: int
    payload: bytes
    payload_hash: str
    code: str


@dataclass(frozen=True, slots=True)
class EditRow:
    """Two edits of one field met. `name`: the product's, empty where it is gone; `kept` and `lost` as JSON text, `at` UTC ms."""

    product_uid: str
    name: str
    field: str
    kept: str
    lost: str
    at: int
    ours_lost: bool


@dataclass(frozen=True, slots=True)
class ShadowRow:
    """What a fresh reading has told of a thing. `state`: see `local_db.line_tables`; `told` wire bytes where it is another."""

    uid: str
    state: int
    told: bytes


GONE, SAME, OTHER = 0, 1, 2
"""States of a ShadowRow: no more; as it is here; as in `told`."""


@dataclass(frozen=True, slots=True)
class LostStep:
    """A step with an order that came too late, or that its status forbids. `command` and `code` as the wire has them."""

    order: str
    command: str
    code: str


@dataclass(frozen=True, slots=True)
class LineQuality:
    """How the line does, as far as this run of the program knows.

    Attributes:
        round_trip_ms: median of the latest round trips, 0 before the first.
        tried, failed: requests of today, and those of them that came to nothing.
        sent_bytes, received_bytes: of today, as they went over the line (without TLS and below).
        bytes_per_second: how fast answers came that were long enough to tell; 0 = not known.
        waits: a long poll stands, so that news comes at once.
    """

    round_trip_ms: int = 0
    tried: int = 0
    failed: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0
    bytes_per_second: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class MirrorState:
    """The outbox's mirror on a stick.

    Attributes:
        folder: where; empty when none was chosen.
        written_at: UTC ms of the last writing in this run of the program, 0 = none.
        operations: how many that were.
        missing: the stick is not there (or cannot be written).
    """

    folder: str = ""
    written_at: int = 0
    operations: int = 0
    missing: bool = False
