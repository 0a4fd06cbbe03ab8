"""Whether a proof is fresh and single: the server's nonce, and the memory of what was seen. Knows no devices.

The nonce is a window of time under the server's seal, so every worker agrees on it without asking another, and a till's clock does not
matter. A proof is remembered for as long as its nonce is good.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete

from central import tables
from central.keys import ServerKeys
from central.problems import ProblemCode, Refusal, of_proof
from central.statements import Call, Statement, Told, run
from central.world import World
from pos.sync.proof import Proof, ProofWrong, check_proof
from pos.sync.protocol import b64

_SEEN: Final = Statement("INSERT INTO proof_seen (digest, expires_at) VALUES (:digest, :expires_at) ON CONFLICT DO NOTHING")
_SEAL_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as its proof must describe it. `proof`: the DPoP header, empty when there was none; `access_token` likewise."""

    method: str
    url: str
    proof: str
    access_token: str
    address: str


def nonce(keys: ServerKeys, now: int, nonce_s: int) -> str:
    """The nonce of this moment: good until the end of the next window."""
    return _nonce(keys, now // (nonce_s * 1000))


def prove(world: World, connection: Connection, asked: Asked) -> Proof:
    """The proof of this request, noted so that it is good only once.

    Raises:
        Refusal: as `read` and `check_single`.
    """
    proof, note = read(world, asked)
    check_single(run(connection, *note))
    return proof


def read(world: World, asked: Asked) -> tuple[Proof, Call]:
    """The proof of this request, whole and fresh, and the statement that notes it; `check_single` judges what that gives.

    Raises:
        Refusal: PROOF_MISSING, PROOF_UNREADABLE, PROOF_FORGED, PROOF_OF_ANOTHER_REQUEST, PROOF_OF_ANOTHER_TOKEN, USE_DPOP_NONCE.
    """
    if not asked.proof:
        raise Refusal(ProblemCode.PROOF_MISSING)
    try:
        proof = check_proof(asked.proof, asked.method, asked.url, asked.access_token)
    except ProofWrong as wrong:
        raise Refusal(of_proof(wrong.code)) from wrong
    window = _window_of(world, proof.nonce)
    expires_at = (window + 2) * world.settings.nonce_s * 1000
    seen = hashlib.sha256(f"{proof.thumbprint}\n{proof.jti}".encode()).hexdigest()
    return proof, (_SEEN, {"digest": seen, "expires_at": expires_at})


def check_single(noted: Told) -> None:
    """Raises Refusal PROOF_REPLAYED for a proof that was there before."""
    if noted.count != 1:
        raise Refusal(ProblemCode.PROOF_REPLAYED)


def forget_old(connection: Connection, now: int) -> None:
    """Drop what can not be replayed any more. An hour of grace for workers whose clocks differ."""
    connection.execute(delete(tables.proof_seen).where(tables.proof_seen.c.expires_at < now - 3_600_000))


def _window_of(world: World, told: str) -> int:
    """The window of a good nonce. One ahead counts, too: the worker that gave it may have a faster clock."""
    keys, window = world.keys, world.clock.now() // (world.settings.nonce_s * 1000)
    for good in (window, window - 1, window + 1):
        if hmac.compare_digest(_nonce(keys, good).encode(), told.encode()):
            return good
    raise Refusal(ProblemCode.USE_DPOP_NONCE)


def _nonce(keys: ServerKeys, window: int) -> str:
    start = window.to_bytes(8, "big")
    return b64(start + keys.seal("nonce", base64.b16encode(start).decode())[:_SEAL_BYTES])
