"""The disk under SQLite, recorded: every write, cut, sync and removal, so that what a power cut may leave of it can be laid out again.

A VFS (sqlite.org, "The SQLite OS Interface") in the very library that the sqlite3 module has loaded, as `watched_disk` has one: the store
under test is opened as always. Only what lies on the disk is recorded; the index of the WAL (`-shm`) lives in memory.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final

from tests.helpers.watched_disk import _OPEN, _POINTER, _SYNC, _WRITE, _Methods, _sqlite_library, _Vfs

_OK: Final = 0
_TRUNCATE: Final = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int64)
_DELETE: Final = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, ctypes.c_int)
SECTOR: Final = 512
"""Bytes that a disk writes whole or not at all."""


class Kind(Enum):
    WRITE = auto()
    CUT = auto()
    """To `offset` bytes."""
    SYNC = auto()
    REMOVE = auto()
    """`offset` 1: and the folder was synced, so that it stays removed."""
    SAID = auto()
    """Not of the disk: somebody was told `file`."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was asked of the disk; `file` by its name without folders."""

    kind: Kind
    file: str
    offset: int = 0
    data: bytes = b""


class RecordedDisk:
    """Records while it is `in_use`. One a process: SQLite keeps what it was given."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._library = _sqlite_library()
        self._library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._system: Any = self._library.sqlite3_vfs_find(None).contents
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        # whatever C may call has to live as long as the process
        self._kept: list[object] = []
        self._vfs = _Vfs.from_buffer_copy(self._system)
        self._vfs.zName = b"recorded"
        self._vfs.pNext = None
        self._open_below = _OPEN(self._system.xOpen)
        self._delete_below = _DELETE(self._system.others[0])
        self._vfs.xOpen = self._c(_OPEN(self._open))
        self._vfs.others[0] = self._c(_DELETE(self._delete))

    def said(self, words: str) -> None:
        """Somebody was told this, in this moment of the disk's story."""
        self.events.append(Event(Kind.SAID, words))

    @contextmanager
    def in_use(self) -> Iterator[RecordedDisk]:
        """Files that are opened in the block are recorded for as long as they are open."""
        self.events.clear()
        assert self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == _OK
        try:
            yield self
        finally:
            self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))

    def _c(self, function: Any) -> Any:
        self._kept.append(function)
        return ctypes.cast(function, _POINTER)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        result: int = self._open_below(vfs, name, file, flags, out)
        methods = ctypes.cast(file, ctypes.POINTER(_POINTER))
        if result == _OK and methods[0]:
            self._names[file] = Path(ctypes.string_at(name).decode()).name if name else ""
            methods[0] = ctypes.cast(ctypes.pointer(self._recorded(methods[0])), _POINTER).value
        return result

    def _delete(self, vfs: int, name: bytes, sync_folder: int) -> int:
        result: int = self._delete_below(vfs, name, sync_folder)
        if result == _OK:
            self.events.append(Event(Kind.REMOVE, Path(name.decode()).name, int(sync_folder != 0)))
        return result

    def _recorded(self, address: int) -> _Methods:
        """The functions of a kind of file, with ours before those that change it. A file that has no name is nobody's."""
        if address in self._methods:
            return self._methods[address]
        below = _Methods.from_address(address)
        write, sync, cut = _WRITE(below.xWrite), _SYNC(below.xSync), _TRUNCATE(below.xTruncate)
        self._kept += [write, sync, cut]
        methods = _Methods.from_buffer_copy(below)

        def on_write(file: int, data: int, size: int, offset: int) -> int:
            self.events.append(Event(Kind.WRITE, self._names[file], offset, ctypes.string_at(data, size)))
            return int(write(file, data, size, offset))

        def on_sync(file: int, flags: int) -> int:
            result = int(sync(file, flags))
            self.events.append(Event(Kind.SYNC, self._names[file]))
            return result

        def on_cut(file: int, size: int) -> int:
            self.events.append(Event(Kind.CUT, self._names[file], size))
            return int(cut(file, size))

        methods.xWrite, methods.xSync, methods.xTruncate = self._c(_WRITE(on_write)), self._c(_SYNC(on_sync)), self._c(_TRUNCATE(on_cut))
        self._methods[address] = methods
        return methods


@dataclass
class Platter:
    """What is on the disk for sure, and what was asked of it since and may be there, in part, in any order."""

    sure: dict[str, bytes] = field(default_factory=dict)
    asked: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """The next thing that was asked. A sync makes sure of one file: of its content, and that it is there."""
        if event.kind is Kind.SAID or not event.file:
            return
        if event.kind is Kind.SYNC:
            mine = [each for each in self.asked if each.file == event.file]
            self.asked = [each for each in self.asked if each.file != event.file]
            for each in mine:
                _apply(self.sure, each, each.data)
            return
        self.asked.append(event)
        if event.kind is Kind.REMOVE and event.offset:
            # the folder was synced: what was asked of that file before does not matter any more
            self.asked = [each for each in self.asked if each.file != event.file]
            self.sure.pop(event.file, None)

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes]:
        """Files as a power cut may leave them: each thing that was asked is there, is not, or is there in part."""
        image = dict(self.sure)
        keeps = dice.choice((0.0, 0.2, 0.5, 0.8, 0.95, 1.0))
        still_there: set[str] = set()
        for event in self.asked:
            if event.file in still_there:
                # what was written after a removal went into another file of that name
                continue
            if dice.random() < keeps:
                _apply(image, event, event.data)
            elif event.kind is Kind.REMOVE:
                still_there.add(event.file)
            elif event.kind is Kind.WRITE and dice.random() < 0.5:
                for start, piece in _torn(event.data, dice):
                    _apply(image, Event(Kind.WRITE, event.file, event.offset + start), piece)
        return image

    def worst(self) -> dict[str, bytes]:
        """Nothing that was not made sure of."""
        return dict(self.sure)


def _torn(data: bytes, dice: random.Random) -> Sequence[tuple[int, bytes]]:
    """Some of a write's sectors; of one that is shorter, its beginning."""
    if len(data) <= SECTOR:
        return [(0, data[: dice.randrange(len(data) + 1)])]
    starts = range(0, len(data), SECTOR)
    return [(start, data[start : start + SECTOR]) for start in starts if dice.random() < 0.5]


def _apply(files: dict[str, bytes], event: Event, data: bytes) -> None:
    held = files.get(event.file, b"")
    if event.kind is Kind.REMOVE:
        files.pop(event.file, None)
    elif event.kind is Kind.CUT:
        files[event.file] = held[: event.offset].ljust(event.offset, b"\0")
    elif data:
        held = held.ljust(event.offset, b"\0")
        files[event.file] = held[: event.offset] + data + held[event.offset + len(data) :]


_DISK: Final[list[RecordedDisk]] = []


def recorded_disk() -> RecordedDisk:
    """The one of this process."""
    if not _DISK:
        _DISK.append(RecordedDisk())
    return _DISK[0]
