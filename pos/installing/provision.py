"""The provision file of one till: everything that an officer's stick knows, so that nobody is asked. Owns its shape and its checks.

`docs/provision.schema.json` is its JSON schema, made from these types. Applying it is `pos.app.provisioning`'s.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from pos.domain.errors import ErrorCode, ShopError
from pos.installing import PROVISION_FILE
from pos.installing.signing import Forged, NotSigned, Purpose, TrustedKeys, opened, sign

Uid = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Line = Annotated[str, Meta(max_length=60)]
"""What stands on one line of paper."""
FileName = Annotated[str, Meta(pattern=r"^[\w][\w .()-]{0,99}$")]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class ProvisionShop(msgspec.Struct, frozen=True):
    """The shop as e-Peken knows it."""

    uid: Uid
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    address: Line = ""
    cashier: Line = ""


class ProvisionPrinter(msgspec.Struct, frozen=True):
    """The till's printer; `address` and `profile` as in the settings."""

    address: Annotated[str, Meta(min_length=1, max_length=200)]
    profile: Annotated[str, Meta(min_length=1, max_length=40)] = "generic58"


class ProvisionGoods(msgspec.Struct, frozen=True):
    """A list of goods beside the file (CSV, XLSX, ODS), and the SHA-256 of it."""

    file: FileName
    sha256: Digest


class Provision(msgspec.Struct, frozen=True):
    """What one till is told at its first start.

    Attributes:
        format: 1.
        id: of this file; its welcome page is printed once.
        till: what the shop's list of tills calls it.
        central: the server's address.
        code: one-time pairing code.
        made_at, expires_at: UTC ms by the office's clock. They are shown and decide nothing: the server alone knows whether a code holds.
        support: telephone number of the city's support, for the help card; empty for none.
        updates: address of the manifest of newer programs; empty for the server's own.
        keys_in_file: this machine has no keyring: keys go to a 0600 file, with its standing warning.
    """

    id: Uid
    shop: ProvisionShop
    till: Line
    central: Annotated[str, Meta(max_length=200)]
    code: Annotated[str, Meta(pattern="^[0-9A-Z]{4}-?[0-9A-Z]{4}$")]
    made_at: Annotated[int, Meta(ge=0)]
    expires_at: Annotated[int, Meta(ge=0)]
    printer: ProvisionPrinter | None = None
    goods: ProvisionGoods | None = None
    language: Annotated[str, Meta(pattern="^(id|en)$")] = "id"
    support: Annotated[str, Meta(pattern=r"^[0-9+() -]{0,24}$")] = ""
    keys_in_file: bool = False
    updates: Annotated[str, Meta(max_length=200)] = ""
    format: Annotated[int, Meta(ge=1, le=1)] = 1


class Envelope(msgspec.Struct, frozen=True):
    """The file: the body, the name of the key that signed it, and the signature (base64url) of the body's one spelling."""

    body: Provision
    key: Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
    signature: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{86}$")]


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of the whole file."""
    return msgspec.json.schema(Envelope)


def made(provision: Provision, key: Ed25519PrivateKey) -> bytes:
    """The signed file of a provision."""
    return sign(Purpose.PROVISION, msgspec.to_builtins(provision), key)


def checked(body: dict[str, Any]) -> Provision:
    """The body of a file as what it means. Raises ValueError in English words (msgspec's) for what it may not say."""
    provision = msgspec.convert(body, Provision)
    for name, address in (("central", provision.central), ("updates", provision.updates or provision.central)):
        parts = urlsplit(address)
        own = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and own):
            raise ValueError(f"{name}: an https address is needed")
    return provision


def read_provision(file: Path, trusted: TrustedKeys) -> Provision:
    """A provision file, its signature and its content checked.

    Raises:
        ShopError: PROVISION_MISSING, PROVISION_UNREADABLE, PROVISION_FORGED.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ShopError(ErrorCode.PROVISION_MISSING, file=file.name) from error
    try:
        return checked(opened(Purpose.PROVISION, data, trusted))
    except Forged as error:
        raise ShopError(ErrorCode.PROVISION_FORGED, file=file.name) from error
    except (NotSigned, ValueError) as error:
        raise ShopError(ErrorCode.PROVISION_UNREADABLE, file=file.name) from error


def goods_file(file: Path, provision: Provision) -> Path | None:
    """The list of goods beside the file; None when there is to be none.

    Raises:
        ShopError: PROVISION_GOODS when it is not there, or is another one than was signed for.
    """
    if provision.goods is None:
        return None
    listed = file.with_name(provision.goods.file)
    try:
        with listed.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ShopError(ErrorCode.PROVISION_GOODS, file=listed.name) from error
    if digest != provision.goods.sha256:
        raise ShopError(ErrorCode.PROVISION_GOODS, file=listed.name)
    return listed


def schema_text() -> str:
    """`schema` as the repository keeps it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def file_in(place: Path) -> Path:
    """The file itself, or the one in a folder (a stick)."""
    return place / PROVISION_FILE if place.is_dir() else place


def plain_name(text: str) -> str:
    """A name that every file system takes: letters, digits and dashes."""
    return re.sub(r"[^\w]+", "-", text.strip(), flags=re.ASCII).strip("-").lower()[:60] or "till"
