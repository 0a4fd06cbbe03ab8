"""The server's own keys, kept in the database: those that sign (one now, the others for what they have signed), and one secret under
nonces and codes.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select, text, update

from central import tables
from central.world import Chance
from pos.sync.protocol import ServerKey, b64

FIRST: Final = ""
"""The name of the first key, from before keys had names."""
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_k = tables.server_key.c
_SECRET: Final = select(tables.server.c.secret).where(tables.server.c.id == 1)
_SEEDS: Final = select(_k.id, _k.seed, _k.retired_at).order_by(_k.created_at, _k.id)
_MADE: Final = text("INSERT INTO server (id, secret, created_at, incarnation) VALUES (1, :secret, :created_at, '') ON CONFLICT DO NOTHING")
_FIRST: Final = text("INSERT INTO server_key (id, seed, created_at, retired_at) VALUES ('', :seed, :created_at, 0) ON CONFLICT DO NOTHING")


class ServerKeys:
    """Signs, verifies and hashes. Every process on one database has the same, once it has read them (`reload`)."""

    def __init__(self, secret: bytes, seeds: dict[str, bytes], signs: str) -> None:
        """`seeds`: name -> Ed25519 seed, oldest first; `signs`: the name of the one that is not retired."""
        self._secret = secret
        self._keys: dict[str, Ed25519PrivateKey] = {}
        self._take(seeds, signs)

    def _take(self, seeds: dict[str, bytes], signs: str) -> None:
        self._keys = {name: Ed25519PrivateKey.from_private_bytes(seed) for name, seed in seeds.items()}
        self.key_id = signs
        self.public = self._public(signs)
        """base64url; tills verify pickup codes and chain heads with it."""

    def _public(self, name: str) -> str:
        return b64(self._keys[name].public_key().public_bytes_raw())

    def told(self) -> tuple[ServerKey, ...]:
        """All that ever signed, as tills are told."""
        return tuple(ServerKey(id=name, public_key=self._public(name), retired=name != self.key_id) for name in self._keys)

    def sign(self, text: bytes) -> bytes:
        """Ed25519, 64 bytes, by the key `key_id`."""
        return self._keys[self.key_id].sign(text)

    def verify(self, name: str, signature: bytes, text: bytes) -> bool:
        """Whether the key of that name has signed it."""
        key = self._keys.get(name)
        if key is None:
            return False
        try:
            key.public_key().verify(signature, text)
        except InvalidSignature:
            return False
        return True

    def knows(self, name: str) -> bool:
        return name in self._keys

    def seal(self, purpose: str, text: str) -> bytes:
        """An HMAC (sha256) that only this city can make; `purpose` keeps one use from passing for another."""
        return hmac.digest(self._secret, f"{purpose}\n{text}".encode(), hashlib.sha256)

    def reload(self, connection: Connection) -> None:
        """Read the keys again: another process may have made one."""
        seeds, signs = _seeds(connection)
        if seeds.keys() != self._keys.keys() or signs != self.key_id:
            self._take(seeds, signs)


def load_keys(connection: Connection, chance: Chance, now: int) -> ServerKeys:
    """The keys in the database, made when there are none yet. Needs a transaction that may write."""
    secret = connection.scalar(_SECRET)
    if secret is None:
        # another process may make them in this very moment: then its keys are everybody's
        connection.execute(_MADE, {"secret": chance.bytes(32), "created_at": now})
        connection.execute(_FIRST, {"seed": chance.bytes(32), "created_at": now})
        secret = connection.scalar(_SECRET)
    assert secret is not None
    return ServerKeys(bytes(secret), *_seeds(connection))


def new_key(connection: Connection, chance: Chance, now: int) -> str:
    """Make a key that signs from now on, and retire the one before. Returns its name. The caller tells the shops."""
    name = "".join(chance.pick(_SIGNS) for _ in range(4))
    connection.execute(update(tables.server_key).where(_k.retired_at == 0).values(retired_at=now))
    connection.execute(insert(tables.server_key), {"id": name, "seed": chance.bytes(32), "created_at": now, "retired_at": 0})
    return name


def _seeds(connection: Connection) -> tuple[dict[str, bytes], str]:
    rows = connection.execute(_SEEDS).all()
    (signs,) = (row.id for row in rows if row.retired_at == 0)
    return {row.id: bytes(row.seed) for row in rows}, signs


def digest(token: str) -> str:
    """How a token is kept: they are long and random, so a plain sha256 gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
