"""Makes of built packages what tills are brought up to date with: a signed manifest, checksums with a signature, and what it is made of.

`make_release.py FOLDER --key FILE [--key FILE]`: FOLDER holds the packages of one version and gets the rest; it is what a server or a stick
serves as it is. Refuses a key that the packaged tills do not trust. Keys are made by `epeken-pos provision key`.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import re
import shutil
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from pos import __version__
from pos.installing.manifest import MANIFEST, Manifest, ManifestFile, Notes, made
from pos.installing.signing import NotSigned, Purpose, load_key, name_of, read_keys

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT: Final = Path(__file__).parents[2]
SUMS, SEAL, SBOM = "SHA256SUMS", "SHA256SUMS.sig", "sbom.cdx.json"
TREE: Final = ROOT / "build/tree/epeken-pos"
_DAY_MS: Final = 86_400_000
_KINDS: Final = (
    (re.compile(r"epeken-pos_(?P<version>[\d.]+)_(?P<machine>amd64|arm64)\.deb"), "deb-{machine}"),
    (re.compile(r"epeken-pos_(?P<version>[\d.]+)_(?P<machine>x86_64|aarch64)\.run"), "run-{machine}"),
    (re.compile(r"epeken-pos[-_](?P<version>[\d.]+).*\.exe"), "windows-x86_64"),
)


class NoRelease(Exception):
    """What is wrong with what was built, in a sentence."""


def packages(folder: Path, version: str) -> dict[str, Path]:
    """The packages of a folder by kind of machine; those of another version are refused rather than left out."""
    found: dict[str, Path] = {}
    for file in sorted(folder.iterdir()):
        for pattern, kind in _KINDS:
            name = pattern.fullmatch(file.name)
            if name is None:
                continue
            if name["version"].rstrip(".") != version:
                raise NoRelease(f"{file.name} is of another version than {version}")
            found[kind.format(**name.groupdict())] = file
    if not found:
        raise NoRelease(f"no packages in {folder}")
    return found


def digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def manifest(files: dict[str, Path], options: argparse.Namespace, now: int) -> Manifest:
    """What tills are told; `now` UTC ms."""
    notes = tomllib.loads(options.notes.read_text(encoding="utf-8"))
    if not notes["id"].strip() or not notes["en"].strip():
        raise NoRelease(f"{options.notes.name} says nothing in one of its languages")
    return Manifest(
        version=__version__,
        channel=options.channel,
        files={kind: ManifestFile(file.name, file.stat().st_size, digest(file)) for kind, file in files.items()},
        from_version=options.from_version,
        from_schema=options.from_schema,
        released_at=now,
        fresh_until=now + options.days * _DAY_MS,
        notes=Notes(notes["id"].strip(), notes["en"].strip()),
    )


def open_keys(files: Sequence[Path]) -> list[Ed25519PrivateKey]:
    """The office's keys. Raises NoRelease."""
    keys = []
    for file in files:
        data = file.read_bytes()
        passphrase = getpass.getpass(f"Passphrase of {file.name}: ") if b"ENCRYPTED" in data else ""
        try:
            keys.append(load_key(data, passphrase))
        except NotSigned as error:
            raise NoRelease(f"{file.name}: {error}") from error
    return keys


def see_trust(keys: Sequence[Ed25519PrivateKey], trusted: Path) -> None:
    """Whether a till that is packaged with this list would take what comes after it. Raises NoRelease."""
    listed = read_keys(trusted)
    if not any(listed.key(Purpose.UPDATE, name_of(key.public_key())) for key in keys):
        raise NoRelease(
            f"none of these keys is in {trusted.name} of the packaged till (make deb KEYS=...): it would take no update after this"
        )


def write_sums(folder: Path, names: Sequence[str], key: Ed25519PrivateKey) -> None:
    """As sha256sum reads them, with a signature that OpenSSL checks:
    `openssl pkeyutl -verify -pubin -inkey release.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    text = "".join(f"{digest(folder / name)}  {name}\n" for name in sorted(names))
    (folder / SUMS).write_text(text, encoding="ascii")
    (folder / SEAL).write_bytes(key.sign(text.encode("ascii")))
    (folder / "release.pem").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def release(options: argparse.Namespace, now: int) -> list[str]:
    """Write everything beside the packages; returns the names of what a server serves. Raises NoRelease."""
    keys = open_keys(options.key)
    see_trust(keys, options.trusted)
    files = packages(options.folder, __version__)
    (options.folder / MANIFEST).write_bytes(made(manifest(files, options, now), *keys))
    shutil.copyfile(options.sbom, options.folder / SBOM)
    names = [*(file.name for file in files.values()), MANIFEST, SBOM]
    write_sums(options.folder, names, keys[0])
    return [*names, SUMS, SEAL, "release.pem"]


def main(words: Sequence[str] | None = None) -> int:
    """0 it is made; 1 it is not, and why was said."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, action="append", required=True, help="private key (PEM); twice while keys change")
    parser.add_argument("--channel", default="stable")
    parser.add_argument("--from-version", default="0.1.0", help="the oldest program that may go to it in one step (0.1.0)")
    parser.add_argument("--from-schema", type=int, default=1, help="the oldest shape of a shop's data that it brings over (1)")
    parser.add_argument("--days", type=int, default=180, help="until when a new manifest should be signed; only warns (180)")
    parser.add_argument("--notes", type=Path, default=Path(__file__).with_name("notes.toml"))
    parser.add_argument("--trusted", type=Path, default=TREE / "_internal/pos/resources/keys.json", help="keys of the packaged till")
    parser.add_argument("--sbom", type=Path, default=TREE / SBOM)
    try:
        names = release(parser.parse_args(words), time.time_ns() // 1_000_000)
    except (NoRelease, OSError, KeyError, NotSigned) as trouble:
        print(f"no release: {trouble}", file=sys.stderr)
        return 1
    print("\n".join(names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
