"""A copy that only its passphrase opens: a file in pieces, each sealed by itself. Owns the format; knows nothing of what is inside.

`EPKSEAL1`, 16 bytes of salt, 7 of nonce, then pieces of 64 KiB by AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway and
Vizar, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): the nonce of a piece holds its number and whether it
is the last, so that pieces cannot be left out, swapped or cut off. The key comes of the passphrase by argon2id (RFC 9106, second
recommended option).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db.errors import translated

MAGIC: Final = b"EPKSEAL1"
SHORTEST_PASSPHRASE: Final = 8
_SALT: Final = 16
_NONCE: Final = 7
_PIECE: Final = 64 * 1024
_TAG: Final = 16


def is_sealed(path: Path) -> bool:
    """Whether a file says that it is a sealed copy."""
    with translated(), path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Write `source` sealed to `target`, on disk when this returns.

    Raises:
        ShopError: COPY_PASSPHRASE_SHORT; DISK_FULL, FOLDER_READ_ONLY.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ShopError(ErrorCode.COPY_PASSPHRASE_SHORT, least=SHORTEST_PASSPHRASE)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    cipher = AESGCM(_key(passphrase, salt))
    with translated(), source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + salt + nonce)
        for number, (piece, last) in enumerate(_pieces(plain, _PIECE)):
            sealed.write(cipher.encrypt(_nonce(nonce, number, last), piece, None))
        sealed.flush()
        os.fsync(sealed.fileno())


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Write what is in the sealed `source` to `target`, on disk when this returns. What is at `target` after a failure is not to be used.

    Raises:
        ShopError: COPY_PASSPHRASE_WRONG; COPY_DAMAGED when it is cut short or was changed; DISK_FULL, FOLDER_READ_ONLY.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    with translated(), source.open("rb") as sealed, target.open("wb") as plain:
        head = sealed.read(len(MAGIC) + _SALT + _NONCE)
        salt, nonce = head[len(MAGIC) : len(MAGIC) + _SALT], head[len(MAGIC) + _SALT :]
        if len(nonce) < _NONCE:
            raise ShopError(ErrorCode.COPY_DAMAGED)
        cipher = AESGCM(_key(passphrase, salt))
        for number, (piece, last) in enumerate(_pieces(sealed, _PIECE + _TAG)):
            try:
                plain.write(cipher.decrypt(_nonce(nonce, number, last), piece, None))
            except InvalidTag:
                # a first piece that does not open is a wrong passphrase far more often than a changed byte
                raise ShopError(ErrorCode.COPY_DAMAGED if number else ErrorCode.COPY_PASSPHRASE_WRONG) from None
        plain.flush()
        os.fsync(plain.fileno())


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """(piece, whether it is the last); an empty file is one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _nonce(beginning: bytes, number: int, last: bool) -> bytes:
    return beginning + number.to_bytes(4, "big") + bytes([last])


def _key(passphrase: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode(), salt, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, type=Type.ID)
