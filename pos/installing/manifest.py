"""The manifest of a release: a signed file that says which program there is, for which machines, and what is new. Owns its shape.

Beside it lie the files that it names. What a till takes of it is `domain.release`'s to judge.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.release import Release, ReleaseFile, parse_version
from pos.installing.signing import Forged, NotSigned, Purpose, TrustedKeys, opened, sign

MANIFEST: Final = "manifest.json"
"""Its name, beside the files, on a server and on a stick."""
MOST_SIZE: Final = 1 << 30

_Text = Annotated[str, Meta(min_length=1, max_length=40)]
_Moment = Annotated[int, Meta(ge=0)]


class ManifestFile(msgspec.Struct, frozen=True):
    """One file beside the manifest."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$")]
    size: Annotated[int, Meta(ge=1, le=MOST_SIZE)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Notes(msgspec.Struct, frozen=True):
    """What is new, in both languages of the till."""

    id: Annotated[str, Meta(max_length=2_000)]
    en: Annotated[str, Meta(max_length=2_000)]


class Manifest(msgspec.Struct, frozen=True):
    """The body that is signed. Versions as `1.2.3`, moments in UTC ms, `schema` the number of the oldest shape of data."""

    version: _Text
    channel: _Text
    files: dict[_Text, ManifestFile]
    from_version: _Text
    from_schema: Annotated[int, Meta(ge=0, le=9_999)]
    released_at: _Moment
    fresh_until: _Moment
    notes: Notes
    format: Annotated[int, Meta(ge=1, le=1)] = 1


def made(manifest: Manifest, *keys: Ed25519PrivateKey) -> bytes:
    """The signed file. With several keys any till that knows one of them takes it: so a key is changed."""
    return sign(Purpose.UPDATE, msgspec.to_builtins(manifest), *keys)


def read_manifest(data: bytes, trusted: TrustedKeys) -> Release:
    """What a manifest says, its signature and its shape checked.

    Raises:
        ShopError: UPDATE_FORGED, UPDATE_UNREADABLE.
    """
    try:
        return _release(opened(Purpose.UPDATE, data, trusted))
    except Forged as error:
        raise ShopError(ErrorCode.UPDATE_FORGED) from error
    except (NotSigned, ValueError) as error:
        raise ShopError(ErrorCode.UPDATE_UNREADABLE) from error


def _release(body: dict[str, Any]) -> Release:
    told = msgspec.convert(body, Manifest)
    return Release(
        parse_version(told.version),
        told.channel,
        {kind: ReleaseFile(file.name, file.size, file.sha256) for kind, file in told.files.items()},
        parse_version(told.from_version),
        told.from_schema,
        told.released_at,
        told.fresh_until,
        {"id": told.notes.id, "en": told.notes.en},
    )
