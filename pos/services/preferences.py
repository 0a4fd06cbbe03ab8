"""What can be set on this machine: values only. `pos.config` keeps them in a file; screens show and change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Preferences:
    """One machine's settings.

    Attributes:
        language: `id` or `en`.
        theme: `light`, `dark` or `system`.
        text_scale: percent, 100 or 125.
        printer_address: `tcp://host:9100`, `file:/path`, `screen:` or empty.
        printer_profile: name of a profile of `pos.printing.profiles`.
        rounding_step: rupiah of cash rounding, 0 = none; `rounding_direction` down, nearest or up.
        wholesale_from: units from which a wholesale price without a quantity of its own counts.
        secrets_in_file: the owner agreed to keep keys in a 0600 file because this machine has no keyring.
    """

    language: str = "id"
    theme: str = "light"
    text_scale: int = 100
    sounds: bool = True
    reduce_motion: bool = False
    printer_address: str = ""
    printer_profile: str = "generic58"
    paper_language: str = "id"
    receipt_footer: str = "Terima kasih"
    central_url: str = ""
    rounding_step: int = 0
    rounding_direction: str = "down"
    wholesale_from: int = 10
    secrets_in_file: bool = False


class PreferencesFile(Protocol):
    """Where preferences are kept."""

    def load(self) -> Preferences: ...

    def save(self, preferences: Preferences) -> None:
        """Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        ...
