"""The outbox on a stick: what the server has not heard is written to a second place, signed, so that a dead disk loses no sale.

The file is docs/protocol.md's, "On a stick": JSON lines, made whole or not at all; new lines are added to its end, where a torn one is
passed over. Owns the file; never reads one: `epeken-central take` does. A stick that is not there is said, and looked for again.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from pos.domain.errors import ErrorCode, ShopError
from pos.services.line_views import MirrorState
from pos.services.ports import Clock, Secrets, Store
from pos.services.views import OutboxOperation, ShopIdentity, SyncPosition
from pos.sync import protocol as wire
from pos.sync.client import DEVICE_KEY

_log = logging.getLogger(__name__)

EVERY_S: Final = 20.0
"""Seconds between two looks. With a healthy line what is told is gone before: a stick is written to when it is needed."""
FOLDER: Final = "e-Peken POS"
"""Name of the folder in the second place; the shop's own lies within."""
_ALL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Written:
    """What the file holds: operations of an epoch from `first` to `last` (0: none), `size` bytes."""

    file: Path
    device: str
    epoch: int
    first: int
    last: int
    size: int
    operations: int


class Mirror:
    """Of one shop. `work` is called by a worker, the others by whoever."""

    def __init__(self, store: Store, secrets: Secrets, clock: Clock, place: Callable[[], str]) -> None:
        """`place`: the second place as the preferences name it now; empty for none."""
        self._store, self._secrets, self._clock, self._place = store, secrets, clock, place
        self._lock = threading.Lock()
        self._written: _Written | None = None
        self._written_at = 0
        self._missing = False
        self._next = 0.0

    def work(self) -> None:
        """Write what is new, when it is time to look. Failures are kept for `state`, and tried again."""
        now = self._clock.monotonic()
        if now < self._next or not self._place():
            return
        self._next = now + EVERY_S
        try:
            self.write()
        except ShopError as error:
            _log.warning("the outbox is not on its stick: %s %s", error.code.value, error.fields)

    def next_in(self, otherwise: float) -> float:
        """Seconds until `work` is due: soon while something waits, else whenever."""
        if not self._place() or not self._store.read.line().waiting:
            return otherwise
        return max(0.0, self._next - self._clock.monotonic())

    def write(self, place: str = "") -> int:
        """Write now what the server has not heard; returns how many operations the file holds.

        Args:
            place: another folder than the one of the preferences.

        Raises:
            ShopError: MIRROR_MISSING when the folder is not there, NOT_PAIRED, NO_KEYRING; DISK_FULL, FOLDER_READ_ONLY.
        """
        with self._lock:
            folder = place or self._place()
            try:
                return self._write(folder)
            except ShopError as error:
                self._missing = error.code is not ErrorCode.NOT_PAIRED
                self._written = None
                raise

    def folder_in(self, place: str) -> Path:
        """Where this shop's files lie on a stick."""
        return file_of(place, self._store.read.shop()).parent

    def state(self) -> MirrorState:
        """What the page says of it."""
        written = self._written
        return MirrorState(self._place(), self._written_at, written.operations if written else 0, self._missing and bool(self._place()))

    def _write(self, place: str) -> int:
        if not place or not Path(place).is_dir():
            raise ShopError(ErrorCode.MIRROR_MISSING, folder=place)
        read = self._store.read
        shop, position = read.shop(), read.position()
        if not shop.device:
            raise ShopError(ErrorCode.NOT_PAIRED)
        waiting = _tellable(read.waiting_operations(_ALL), position)
        file = file_of(place, shop)
        with _disk_errors():
            file.parent.mkdir(parents=True, exist_ok=True)
            added = self._added(file, shop, position, waiting)
            written = self._append(file, shop, waiting, added) if added is not None else self._anew(file, shop, position, waiting)
        self._missing = False
        if written != self._written:
            self._written, self._written_at = written, self._clock.now()
        return written.operations

    def _added(
        self, file: Path, shop: ShopIdentity, position: SyncPosition, waiting: Sequence[OutboxOperation]
    ) -> Sequence[OutboxOperation] | None:
        """The operations that only need to be put behind what the file holds; None where it must be made anew."""
        held = self._written
        if held is None or (held.file, held.device, held.epoch) != (file, shop.device, position.epoch):
            return None
        if not file.exists() or file.stat().st_size != held.size:
            return None
        first = waiting[0].seq if waiting else 0
        # what was sent since leaves the file, too: it says what is missing, not what ever was
        return [operation for operation in waiting if operation.seq > held.last] if first == held.first else None

    def _append(self, file: Path, shop: ShopIdentity, waiting: Sequence[OutboxOperation], added: Sequence[OutboxOperation]) -> _Written:
        assert self._written is not None
        if added:
            with file.open("ab") as out:
                out.write(b"".join(self._lines(shop, added)))
                out.flush()
                os.fsync(out.fileno())
        return _held(file, self._written.device, self._written.epoch, waiting)

    def _anew(self, file: Path, shop: ShopIdentity, position: SyncPosition, waiting: Sequence[OutboxOperation]) -> _Written:
        head = wire.MirrorHead(
            format=wire.MIRROR_FORMAT,
            shop=shop.uid,
            device=shop.device,
            public_key=self._public_key(),
            epoch=position.epoch,
            prev_hash=_head_before(self._store, waiting, position),
            written_at=self._clock.now(),
        )
        fresh = file.with_name(f"{file.name}.new")
        with fresh.open("wb") as out:
            out.write(wire.encode(head) + b"\n")
            out.writelines(self._lines(shop, waiting))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        _sync_folder(file.parent)
        return _held(file, shop.device, position.epoch, waiting)

    def _lines(self, shop: ShopIdentity, operations: Sequence[OutboxOperation]) -> Iterator[bytes]:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self._device_key())
        for item in operations:
            told = wire.Operation(id=item.id, seq=item.seq, kind=item.kind, at=item.at, payload=msgspec.Raw(item.payload))
            signature = key.sign(wire.mirror_text(shop.device, item.epoch, item.seq, item.chain_hash))
            yield wire.encode(wire.MirrorLine(operation=told, head=item.chain_hash, signature=wire.b64(signature))) + b"\n"

    def _public_key(self) -> str:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return wire.b64(Ed25519PrivateKey.from_private_bytes(self._device_key()).public_key().public_bytes_raw())

    def _device_key(self) -> bytes:
        kept = self._secrets.get(DEVICE_KEY)
        if kept is None:
            raise ShopError(ErrorCode.NOT_PAIRED)
        return wire.unb64(kept)


def file_of(place: str, shop: ShopIdentity) -> Path:
    """Where a till's outbox lies on a stick; several tills and shops may share one."""
    return Path(place) / FOLDER / (shop.uid[:8] or "toko") / f"kiriman-{shop.prefix}-{shop.device[:8]}.jsonl"


def _tellable(waiting: Sequence[OutboxOperation], position: SyncPosition) -> list[OutboxOperation]:
    """The waiting operations that a file can carry: of this epoch, in a row, with their bytes."""
    found: list[OutboxOperation] = []
    for item in waiting:
        if item.epoch != position.epoch or not item.payload or (found and item.seq != found[-1].seq + 1):
            # what was emptied long after the server had it cannot be told again
            found = []
        if item.epoch == position.epoch and item.payload:
            found.append(item)
    return found


def _head_before(store: Store, waiting: Sequence[OutboxOperation], position: SyncPosition) -> str:
    if not waiting:
        return position.last_hash or wire.GENESIS
    return store.read.head_before(waiting[0].epoch, waiting[0].seq)


def _held(file: Path, device: str, epoch: int, waiting: Sequence[OutboxOperation]) -> _Written:
    first, last = (waiting[0].seq, waiting[-1].seq) if waiting else (0, 0)
    return _Written(file, device, epoch, first, last, file.stat().st_size, len(waiting))


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        # a stick that goes away between two looks is a stick that is not there
        gone = error.errno in (errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO)
        code = ErrorCode.DISK_FULL if full else ErrorCode.MIRROR_MISSING if gone else ErrorCode.FOLDER_READ_ONLY
        raise ShopError(code, detail=error.strerror or "") from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
