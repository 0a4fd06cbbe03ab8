"""How far an update of this till is: its steps, and which may follow which. Pure; where it is written down is `config.update_journal`'s.

At every moment exactly one program starts, and it can read the shop's data: the old one until the new one has stood the trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final


class Stage(StrEnum):
    """How far it is."""

    NONE = "none"
    FOUND = "found"
    LOADING = "loading"
    READY = "ready"
    APPLYING = "applying"
    """The till is closed. The old program runs until `current` names the new one; who starts afterwards tells how far it came."""
    RETURNING = "returning"
    """The new one did not stand the trial: data first, then the program, go back to what they were."""
    APPLIED = "applied"
    ROLLED_BACK = "rolled_back"


class Wanted(StrEnum):
    """What a person has said to it."""

    NOT_ASKED = ""
    CLOSING = "closing"
    """Put it in when the till is closed."""
    NOW = "now"
    """And open the till again at once."""


class Why(StrEnum):
    """Why the till stays with the program that it has."""

    NOTHING = ""
    DOES_NOT_RUN = "does_not_run"
    DATA_NOT_WELL = "data_not_well"
    BROKEN_OFF = "broken_off"
    """The light went out in the middle, again and again."""
    DAMAGED = "damaged"
    NO_ROOM = "no_room"
    BY_HAND = "by_hand"
    """The system wants an administrator for it."""


MOST_TRIES: Final = 3
"""How often it is begun again after it was broken off."""

_NEXT: Final[Mapping[Stage, frozenset[Stage]]] = {
    Stage.NONE: frozenset({Stage.FOUND, Stage.LOADING, Stage.READY}),
    Stage.FOUND: frozenset({Stage.NONE, Stage.LOADING, Stage.READY}),
    Stage.LOADING: frozenset({Stage.NONE, Stage.FOUND, Stage.READY}),
    Stage.READY: frozenset({Stage.NONE, Stage.FOUND, Stage.LOADING, Stage.APPLYING, Stage.APPLIED}),
    Stage.APPLYING: frozenset({Stage.READY, Stage.RETURNING, Stage.APPLIED, Stage.ROLLED_BACK}),
    Stage.RETURNING: frozenset({Stage.ROLLED_BACK}),
    Stage.APPLIED: frozenset({Stage.NONE, Stage.FOUND, Stage.LOADING, Stage.READY}),
    Stage.ROLLED_BACK: frozenset({Stage.NONE, Stage.FOUND, Stage.LOADING, Stage.READY}),
}


@dataclass(frozen=True, slots=True)
class Update:
    """One update from its manifest to its end.

    Attributes:
        version, before: the new program's and the one's that was there.
        name, size, sha256: its file, once it is here under its name whole.
        validator: what the server calls the file that is being loaded (ETag or date); empty for none.
        notes: what is new, by language.
        copy: name of the copy that was made before, among the shop's copies.
        failed_before: checks that did not hold before it began: they are not the new program's.
        tries: how often it was broken off.
        told: its end was said to a person.
    """

    stage: Stage = Stage.NONE
    version: str = ""
    before: str = ""
    name: str = ""
    size: int = 0
    sha256: str = ""
    validator: str = ""
    notes: Mapping[str, str] | None = None
    wanted: Wanted = Wanted.NOT_ASKED
    copy: str = ""
    failed_before: tuple[str, ...] = ()
    why: Why = Why.NOTHING
    tries: int = 0
    told: bool = False

    def to(self, stage: Stage, **fields: Any) -> Update:
        """The same one step on. Raises ValueError for a step that may not follow."""
        if stage is not self.stage and stage not in _NEXT[self.stage]:
            raise ValueError(f"no step from {self.stage} to {stage}")
        return replace(self, stage=stage, **fields)

    @property
    def asks_somebody(self) -> bool:
        """Whether it waits for an administrator: it is not tried at every closing."""
        return self.why is Why.BY_HAND

    @property
    def under_way(self) -> bool:
        """Whether it was begun to be put in and has not come to an end."""
        return self.stage in (Stage.APPLYING, Stage.RETURNING)
