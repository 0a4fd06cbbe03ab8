"""A release of the program, and whether a till takes it. Pure: what is signed and what is here are handed in; fetches and opens nothing.

Source of the rules: installing.md, Staying current. A manifest that is past its day only warns: a clock decides nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})")


class Version(NamedTuple):
    """A version, compared part by part."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def parse_version(text: str) -> Version:
    """`1.2.3`. Raises ValueError for anything else: what cannot be compared is not taken."""
    found = _VERSION.fullmatch(text)
    if found is None or not text.isascii():
        raise ValueError(f"no version: {text[:40]!r}")
    return Version(*map(int, found.groups()))


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """What one kind of machine is given. `size` in bytes, `sha256` in lower-case hex digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a signed manifest says.

    Attributes:
        files: by kind of machine (`run-x86_64`, `deb-amd64`, `windows-x86_64`).
        from_version: the oldest program that goes to it in one step.
        from_schema: the oldest shape of a shop's data that it brings over.
        released_at, fresh_until: UTC ms; after the second it is told that the manifest is old, and nothing else.
        notes: what is new, by language.
    """

    version: Version
    channel: str
    files: Mapping[str, ReleaseFile]
    from_version: Version
    from_schema: int
    released_at: int
    fresh_until: int
    notes: Mapping[str, str]

    def is_stale(self, now: int) -> bool:
        """Whether the office should have signed a new manifest by `now` (UTC ms)."""
        return now > self.fresh_until


@dataclass(frozen=True, slots=True)
class Here:
    """The till that asks: its program, the shape of its data, what kind of machine it is, and the channel that it follows."""

    version: Version
    schema: int
    platform: str
    channel: str = "stable"


class Verdict(StrEnum):
    """Whether a release is taken, or why not."""

    TAKE = "take"
    SAME = "same"
    OLDER = "older"
    OTHER_CHANNEL = "other_channel"
    OTHER_MACHINE = "other_machine"
    TOO_FAR = "too_far"
    """This program or its data are too old to go there in one step."""


def judge(release: Release, here: Here) -> Verdict:
    """Whether this till takes a release. Never an older one, whoever signed it: what was mended would be broken again."""
    if release.version == here.version:
        return Verdict.SAME
    if release.version < here.version:
        return Verdict.OLDER
    if release.channel != here.channel:
        return Verdict.OTHER_CHANNEL
    if here.platform not in release.files:
        return Verdict.OTHER_MACHINE
    if here.version < release.from_version or here.schema < release.from_schema:
        return Verdict.TOO_FAR
    return Verdict.TAKE
