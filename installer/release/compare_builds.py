"""Compares two builds file by file, and says of each difference what it comes from. `compare_builds.py A B`: .deb, .run or folders.

Exit code 0 when they are the same byte for byte, 1 when they are not: then every difference stands in the table with its reason, or as
unexplained.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PYC_HEAD: Final = 16
_COOKIE: Final = b"MEI\014\013\012\013\016"
_COOKIE_FORM: Final = "!8sIIII64s"
_BUILD_ID: Final = re.compile(rb"\x04\x00\x00\x00\x14\x00\x00\x00\x03\x00\x00\x00GNU\x00.{20}", re.DOTALL)
UNEXPLAINED: Final = "UNEXPLAINED"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not the same in both, and why."""

    name: str
    why: str


def compare(one: Path, other: Path) -> list[Difference]:
    """Every difference of two folders, packages, or files."""
    if one.is_file() and one.read_bytes() == other.read_bytes():
        return []
    with tempfile.TemporaryDirectory() as scratch:
        left, right = unpacked(one, Path(scratch) / "a"), unpacked(other, Path(scratch) / "b")
        found = list(_folders(left, right))
    if one.is_file() and not found:
        return [Difference(one.name, _container(one, other))]
    return found


def unpacked(package: Path, to: Path) -> Path:
    """What is in a package, its own data beside it; a folder as it is."""
    if package.is_dir():
        return package
    if package.suffix == ".deb":
        _run("dpkg-deb", "-R", str(package), str(to))
    elif package.suffix == ".run":
        _run("sh", str(package), "--quiet", "--nox11", "--noexec", "--target", str(to))
    else:
        to.mkdir()
        (to / "file").write_bytes(package.read_bytes())
    return to


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _folders(left: Path, right: Path) -> Iterator[Difference]:
    names = sorted({str(file.relative_to(root)) for root in (left, right) for file in root.rglob("*")})
    for name in names:
        one, other = left / name, right / name
        if not _there(one) or not _there(other):
            yield Difference(name, f"only in the {'second' if not _there(one) else 'first'} build")
        elif (why := _difference(one, other)) is not None:
            yield Difference(name, why)


def _there(file: Path) -> bool:
    return file.exists() or file.is_symlink()


def _difference(one: Path, other: Path) -> str | None:
    """Why two files of a name are not the same; None where they are."""
    if one.is_symlink() or other.is_symlink():
        same = one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
        return None if same else "a link that leads elsewhere"
    left, right = one.lstat(), other.lstat()
    if left.st_mode != right.st_mode:
        return f"mode {left.st_mode:o} and {right.st_mode:o}"
    if one.is_dir():
        return None
    if int(left.st_mtime) != int(right.st_mtime):
        when = f"its time: {int(left.st_mtime)} and {int(right.st_mtime)} (SOURCE_DATE_EPOCH was not the same)"
        return when if _digest(one) == _digest(other) else f"{explain(one.read_bytes(), other.read_bytes(), one.suffix)}; and {when}"
    return None if _digest(one) == _digest(other) else explain(one.read_bytes(), other.read_bytes(), one.suffix)


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def explain(one: bytes, other: bytes, suffix: str) -> str:
    """Where the bytes of two files differ, as far as their kind tells."""
    if suffix == ".pyc" and one[_PYC_HEAD:] == other[_PYC_HEAD:]:
        return "time of its source in a .pyc's head"
    if suffix == ".gz" and one[:4] == other[:4] and one[10:] == other[10:]:
        return "time in a .gz's head"
    if one[:4] == b"\x7fELF" and _BUILD_ID.sub(b"", one) == _BUILD_ID.sub(b"", other):
        return "build id of an ELF file"
    if one[:4] == b"\x7fELF" and _COOKIE in one and _COOKIE in other:
        return _packed_program(one, other)
    if one[:2] == b"PK" and other[:2] == b"PK":
        return "times or order within a zip" if _zip_content(one) == _zip_content(other) else f"content of a zip: {UNEXPLAINED}"
    if suffix in (".json", ".txt", ".toml", "") and sorted(one.split(b"\n")) == sorted(other.split(b"\n")):
        return "the same lines in another order"
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{UNEXPLAINED}: {len(one)} and {len(other)} bytes, the first that differs at {place}"


def _packed_program(one: bytes, other: bytes) -> str:
    """Which parts of the archive at a packed program's end are not the same."""
    left, right = packed_parts(one), packed_parts(other)
    names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
    if not names:
        return "order or packing of a packed program's parts"
    return f"parts of the packed program: {', '.join(names[:12])}{' ...' if len(names) > 12 else ''}"


def packed_parts(program: bytes) -> dict[str, str]:
    """Digest of each part of a packed program by its name; modules of the archive within it each for itself."""
    at = program.rindex(_COOKIE)
    _, length, toc_at, toc_length, _, _ = struct.unpack_from(_COOKIE_FORM, program, at)
    begin = at + struct.calcsize(_COOKIE_FORM) - length
    toc, found, place = program[begin + toc_at : begin + toc_at + toc_length], {}, 0
    while place < len(toc):
        size, offset, packed, _, is_packed, kind = struct.unpack_from("!IIIIBc", toc, place)
        name = toc[place + 18 : place + size].rstrip(b"\0").decode()
        data = program[begin + offset : begin + offset + packed]
        data = zlib.decompress(data) if is_packed else data
        if kind in b"zZ" and data[:4] == b"PYZ\0":
            found |= {f"{name}/{module}": digest for module, digest in _modules(data).items()}
        else:
            found[name] = hashlib.sha256(data).hexdigest()
        place += size
    return found


def _modules(archive: bytes) -> dict[str, str]:
    (toc_at,) = struct.unpack_from("!i", archive, 8)
    listed = marshal.loads(archive[toc_at:])
    return {
        name: hashlib.sha256(zlib.decompress(archive[at : at + size])).hexdigest() for name, (_, at, size) in dict(listed).items() if size
    }


def _zip_content(data: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _container(one: Path, other: Path) -> str:
    """The same files in another wrapping."""
    if one.suffix == ".deb":
        heads = [file.read_bytes()[:132] for file in (one, other)]
        if heads[0] != heads[1]:
            return "time in the .deb's own head (SOURCE_DATE_EPOCH was not the same)"
        return "order, times or packing of the .deb's archives: the files within are the same"
    return "what makeself wrote in its head, or order, times or packing of the archive: the files within are the same"


def main(words: Sequence[str]) -> int:
    if len(words) != 2:
        print("compare_builds.py A B", file=sys.stderr)
        return 2
    one, other = map(Path, words)
    found = compare(one, other)
    for each in found:
        print(f"{each.name}\t{each.why}")
    unexplained = sum(UNEXPLAINED in each.why or "only in" in each.why for each in found)
    print(
        f"{one.name} and {other.name}: " + (f"{len(found)} differences, {unexplained} unexplained" if found else "the same, byte for byte")
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
