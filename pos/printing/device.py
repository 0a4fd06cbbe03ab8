"""A printer of the shop, as paper is set for it. A value."""

from __future__ import annotations

from dataclasses import dataclass

from pos.printing.profiles import Profile


@dataclass(frozen=True, slots=True)
class Device:
    """One printer.

    Attributes:
        ref: what its jobs are queued under; empty when none is set.
        address: where they go, as a person knows it; empty is the same as `ref`.
        name: as the shop calls it; may be empty.
        model: name of its profile; may be empty.
    """

    ref: str
    profile: Profile
    address: str = ""
    name: str = ""
    model: str = ""
