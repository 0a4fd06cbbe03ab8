"""Hash chains: of the outbox (the same formula as the wire's, docs/protocol.md) and of the audit log. Pure."""

from __future__ import annotations

import hashlib
from typing import Final

GENESIS: Final = "0" * 64


def payload_hash(payload: bytes) -> str:
    """sha256 of an operation's payload bytes, 64 hex digits."""
    return hashlib.sha256(payload).hexdigest()


def operation_head(prev: str, operation_id: str, seq: int, kind: str, at: int, digest: str) -> str:
    """The outbox chain's head after an operation."""
    return hashlib.sha256(f"{prev}\n{operation_id}\n{seq}\n{kind}\n{at}\n{digest}".encode()).hexdigest()


def countersigned_text(device: str, epoch: int, seq: int, head: str) -> bytes:
    """What the server signs when it acknowledges a head of the outbox chain (docs/protocol.md, Operations)."""
    return f"epeken-head\n{device}\n{epoch}\n{seq}\n{head}".encode()


def audit_head(prev: str, at: int, actor: str, action: str, subject: str, details: str) -> str:
    """The audit log's head after an entry."""
    return hashlib.sha256(f"{prev}\n{at}\n{actor}\n{action}\n{subject}\n{details}".encode()).hexdigest()
