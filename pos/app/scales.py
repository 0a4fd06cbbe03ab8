"""The scale that the settings name, made when it is asked for first. Owns that there is one at a time and that its port is let go of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.services.ports import Clock
from pos.services.preferences import Preferences

if TYPE_CHECKING:
    from pos.devices.scale import SerialScale


class Scales:
    """The scale of a machine."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: tuple[tuple[str, int, str], SerialScale] | None = None

    def of(self, preferences: Preferences) -> SerialScale | None:
        """The scale at the port that is set; None where none is. Another one when the settings have changed."""
        wanted = preferences.scale_port, preferences.scale_speed, preferences.scale_frame
        if self._made is not None and self._made[0] != wanted:
            self.close()
        if self._made is None and preferences.scale_port:
            from pos.devices.scale import ScalePort, SerialScale

            self._made = wanted, SerialScale(ScalePort(*wanted), self._clock)
        return self._made[1] if self._made is not None else None

    def close(self) -> None:
        """Let go of the port; a quarter of a second at most."""
        if self._made is not None:
            self._made[1].close()
            self._made = None
