"""The server's own keys, made once and kept in `server`: one signs, one secret lies under nonces and codes."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, text

from central import tables
from central.world import Chance
from pos.sync.protocol import b64

_KEYS: Final = select(tables.server.c.signing_key, tables.server.c.secret).where(tables.server.c.id == 1)

_MADE: Final = text(
    "INSERT INTO server (id, signing_key, secret, created_at) VALUES (:id, :signing_key, :secret, :created_at) ON CONFLICT DO NOTHING"
)


class ServerKeys:
    """Signs and hashes. Every process on one database has the same."""

    def __init__(self, signing_key: bytes, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(signing_key)
        self._secret = secret
        self.public = b64(self._key.public_key().public_bytes_raw())
        """base64url; tills verify pickup codes and chain heads with it."""

    def sign(self, text: bytes) -> bytes:
        """Ed25519, 64 bytes."""
        return self._key.sign(text)

    def seal(self, purpose: str, text: str) -> bytes:
        """An HMAC (sha256) that only this city can make; `purpose` keeps one use from passing for another."""
        return hmac.digest(self._secret, f"{purpose}\n{text}".encode(), hashlib.sha256)


def load_keys(connection: Connection, chance: Chance, now: int) -> ServerKeys:
    """The keys in the database, made when there are none yet. Needs a transaction that may write."""
    row = connection.execute(_KEYS).one_or_none()
    if row is not None:
        return ServerKeys(row.signing_key, row.secret)
    # another process may make them in this very moment: then its keys are everybody's
    made = {"id": 1, "signing_key": chance.bytes(32), "secret": chance.bytes(32), "created_at": now}
    connection.execute(_MADE, made)
    row = connection.execute(_KEYS).one()
    return ServerKeys(row.signing_key, row.secret)


def digest(token: str) -> str:
    """How a token is kept: they are long and random, so a plain sha256 gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
