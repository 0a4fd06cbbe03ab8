"""Proof of the device's key, for one request: a DPoP JWS (RFC 9449) by Ed25519 (RFC 8037). Shared by both ends; no I/O, no clock.

Owns the proof's bytes and whether they are well made for this request. Whether it is fresh (the server's nonce) and single (`jti`) is
the central's to say: the till's clock may be wrong by years, so `iat` is carried for the log and decides nothing.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import jwt
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PROOF_TYPE: Final = "dpop+jwt"
ALGORITHM: Final = "EdDSA"
MAX_PROOF: Final = 4096
"""Characters of a proof; one of ours has about 700."""
MAX_JTI: Final = 128
_PORTS: Final = {"http": 80, "https": 443}


class ProofCode(StrEnum):
    """Why a proof proves nothing. Each is a problem code of the protocol, too."""

    UNREADABLE = "proof_unreadable"
    FORGED = "proof_forged"
    OTHER_REQUEST = "proof_of_another_request"
    OTHER_TOKEN = "proof_of_another_token"


class ProofWrong(Exception):
    """A proof that is not well made for this request."""

    def __init__(self, code: ProofCode) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class Proof:
    """What a well-made proof says.

    Attributes:
        thumbprint: of the key (RFC 7638), base64url of 32 bytes: the device's name at the server.
        public_key: base64url of 32 bytes.
        jti: unique for one request.
        iat: the sender's clock in seconds, not trusted.
        nonce: the server's own, empty when the sender had none yet.
    """

    thumbprint: str
    public_key: str
    jti: str
    iat: int
    nonce: str


class _Claims(msgspec.Struct, frozen=True, omit_defaults=True):
    htm: str
    htu: str
    jti: str
    iat: int
    nonce: str = ""
    ath: str = ""


class _Key(msgspec.Struct, frozen=True):
    kty: str
    crv: str
    x: str
    d: str = ""


class _Header(msgspec.Struct, frozen=True):
    typ: str
    alg: str
    jwk: _Key


_signer = jwt.PyJWS(algorithms=[ALGORITHM])
_header_decoder = msgspec.json.Decoder(_Header)
_claims_decoder = msgspec.json.Decoder(_Claims)


def make_proof(private_key: bytes, method: str, url: str, jti: str, iat: int, nonce: str, access_token: str) -> str:
    """The value of the `DPoP` header for one request.

    Args:
        private_key: the device's Ed25519 seed, 32 bytes.
        url: as requested; query and fragment are left out of the proof.
        jti: random, for this request only. iat: the sender's clock in seconds.
        nonce: from the server's last `DPoP-Nonce`, empty before the first. access_token: empty where none is sent.

    Raises:
        ValueError: `private_key` is not 32 bytes.
    """
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    claims = _Claims(method, _bare(url), jti, iat, nonce, token_hash(access_token) if access_token else "")
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": _b64(key.public_key().public_bytes_raw())}
    return _signer.encode(msgspec.json.encode(claims), key, algorithm=ALGORITHM, headers={"typ": PROOF_TYPE, "jwk": jwk})


def check_proof(proof: str, method: str, url: str, access_token: str) -> Proof:
    """What the proof says, if it is by the key that it names and for exactly this request and token.

    Raises:
        ProofWrong: UNREADABLE, FORGED, OTHER_REQUEST, OTHER_TOKEN.
    """
    if len(proof) > MAX_PROOF:
        raise ProofWrong(ProofCode.UNREADABLE)
    public_key, key = _named_key(proof)
    claims = _claims(proof, key)
    if not 0 < len(claims.jti) <= MAX_JTI:
        raise ProofWrong(ProofCode.UNREADABLE)
    if claims.htm != method or not _same_place(claims.htu, url):
        raise ProofWrong(ProofCode.OTHER_REQUEST)
    if claims.ath != (token_hash(access_token) if access_token else ""):
        raise ProofWrong(ProofCode.OTHER_TOKEN)
    return Proof(thumbprint(public_key), public_key, claims.jti, claims.iat, claims.nonce)


def thumbprint(public_key: str) -> str:
    """RFC 7638 thumbprint of an Ed25519 key (base64url of 32 bytes): base64url of a sha256."""
    return _b64(hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{public_key}"}}'.encode()).digest())


def token_hash(access_token: str) -> str:
    """`ath`: base64url of the token's sha256."""
    return _b64(hashlib.sha256(access_token.encode()).digest())


def _named_key(proof: str) -> tuple[str, Ed25519PublicKey]:
    """The public key in the proof's own header, in its one canonical spelling."""
    try:
        header = _header_decoder.decode(_unb64(proof.split(".", 1)[0]))
        raw = _unb64(header.jwk.x)
        # a private key in a header is a device that gives its secret away; two spellings of one key would be two thumbprints
        if (header.typ, header.alg, header.jwk.kty, header.jwk.crv, header.jwk.d) != (PROOF_TYPE, ALGORITHM, "OKP", "Ed25519", ""):
            raise ProofWrong(ProofCode.UNREADABLE)
        if _b64(raw) != header.jwk.x:
            raise ProofWrong(ProofCode.UNREADABLE)
        return header.jwk.x, Ed25519PublicKey.from_public_bytes(raw)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ProofWrong(ProofCode.UNREADABLE) from error


def _claims(proof: str, key: Ed25519PublicKey) -> _Claims:
    """What the key has signed. The header was judged already, so of JWS (RFC 7515, 5.2) only the signature is left."""
    signed, _, seal = proof.rpartition(".")
    try:
        key.verify(_unb64(seal), signed.encode("ascii"))
        return _claims_decoder.decode(_unb64(signed.partition(".")[2]))
    except InvalidSignature as error:
        raise ProofWrong(ProofCode.FORGED) from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise ProofWrong(ProofCode.UNREADABLE) from error


def _bare(url: str) -> str:
    return url.split("#", 1)[0].split("?", 1)[0]


def _same_place(one: str, other: str) -> bool:
    try:
        return _place(one) == _place(other)
    except ValueError:
        return False


def _place(url: str) -> tuple[str, str, int | None, str]:
    parts = urlsplit(_bare(url))
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme), parts.path or "/"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
