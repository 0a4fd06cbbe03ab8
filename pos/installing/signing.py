"""Signed files: a body of plain JSON, the name of the key, and an Ed25519 signature (RFC 8032) of the body's one spelling.

Owns the envelope and the list of keys that this till trusts. Each purpose signs under a name of its own, so that a file of one kind is
never taken for another. What a body means is not known here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pos.resources import resource_path

MOST_BYTES: Final = 64 * 1024
_MOST_KEYS: Final = 8
KEYS_VARIABLE: Final = "EPEKEN_POS_KEYS"
"""Names a file of trusted keys in the place of the program's own. Whoever may set it for a till may as well change the program."""


class Purpose(StrEnum):
    """What a signature is for."""

    PROVISION = "provision"
    UPDATE = "update"


class NotSigned(ValueError):
    """No signed file at all: broken, cut off, too long, or of another kind."""


class Forged(Exception):
    """Signed by nobody that this till trusts, or changed after it was signed."""


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """Public keys by purpose and name."""

    keys: Mapping[Purpose, Mapping[str, Ed25519PublicKey]] = field(default_factory=dict)

    def key(self, purpose: Purpose, name: str) -> Ed25519PublicKey | None:
        return self.keys.get(purpose, {}).get(name)


def trusted_keys(environ: Mapping[str, str] = os.environ) -> TrustedKeys:
    """The keys that came with the program (`pos/resources/keys.json`; a release puts the city's own there).

    Raises:
        NotSigned: the file cannot be read.
    """
    return read_keys(Path(environ.get(KEYS_VARIABLE) or resource_path("keys.json")))


def read_keys(file: Path) -> TrustedKeys:
    """`{"provision": {NAME: KEY}, "update": {NAME: KEY}}`, keys as base64url of 32 bytes. Raises NotSigned."""
    try:
        listed = json.loads(file.read_bytes())
        keys = {
            purpose: {name: Ed25519PublicKey.from_public_bytes(_unb64(key)) for name, key in listed.get(purpose, {}).items()}
            for purpose in Purpose
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise NotSigned(f"no list of keys: {error}") from error
    return TrustedKeys(keys)


def sign(purpose: Purpose, body: Mapping[str, Any], key: Ed25519PrivateKey, *more: Ed25519PrivateKey) -> bytes:
    """The whole file: readable by a person, ending in a line feed. `more`: further keys that sign it, for those who do not know the first
    yet, or not any more."""
    spelled = _spelled(purpose, body)
    envelope: dict[str, Any] = {"body": body, "key": name_of(key.public_key()), "signature": _b64(key.sign(spelled))}
    if more:
        envelope["also"] = {name_of(other.public_key()): _b64(other.sign(spelled)) for other in more}
    return (json.dumps(envelope, ensure_ascii=False, indent=1) + "\n").encode()


def opened(purpose: Purpose, data: bytes, trusted: TrustedKeys) -> dict[str, Any]:
    """The body of a signed file, once its signature holds.

    Raises:
        NotSigned, Forged.
    """
    if len(data) > MOST_BYTES:
        raise NotSigned("longer than any signed file")
    try:
        envelope = json.loads(data)
        body = envelope["body"]
        seals = {**_also(envelope), envelope["key"]: envelope["signature"]}
        if not isinstance(body, dict):
            raise NotSigned("another shape")
        known = [(key, _unb64(seal)) for name, seal in seals.items() if (key := trusted.key(purpose, name)) is not None]
        spelled = _spelled(purpose, body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotSigned("no signed file") from error
    if not known:
        raise Forged(f"key {str(envelope['key'])[:16]!r} is not known")
    for key, seal in known:
        # every key that is known has to hold: a file of which one signature is wrong was changed
        try:
            key.verify(seal, spelled)
        except InvalidSignature:
            raise Forged("the signature does not hold") from None
    return body


def _also(envelope: Mapping[str, Any]) -> dict[str, str]:
    """Further signatures, by the key's name."""
    also = envelope.get("also", {})
    if not isinstance(also, dict) or not all(isinstance(seal, str) for seal in also.values()) or len(also) > _MOST_KEYS:
        raise NotSigned("another shape")
    return also


def name_of(key: Ed25519PublicKey) -> str:
    """A key's name in files: the first 16 hex digits of its digest."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_text(key: Ed25519PublicKey) -> str:
    """A key as the list of trusted keys holds it."""
    return _b64(key.public_bytes_raw())


def new_key(passphrase: str) -> bytes:
    """A private key as PEM, locked with the passphrase unless that is empty."""
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def load_key(data: bytes, passphrase: str) -> Ed25519PrivateKey:
    """Raises NotSigned for anything but an Ed25519 key that this passphrase opens."""
    try:
        key = load_pem_private_key(data, passphrase.encode() or None)
    except (ValueError, TypeError) as error:
        raise NotSigned(f"no private key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NotSigned("another kind of key")
    return key


def _spelled(purpose: Purpose, body: Mapping[str, Any]) -> bytes:
    """The one spelling that is signed: sorted names, no blanks, UTF-8 (RFC 8785 for bodies without fractions)."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return f"e-Peken POS {purpose} 1\n{text}".encode()


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error
