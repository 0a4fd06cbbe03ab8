"""How the till gets onto a shop's machine and stays current: signed files of the city's office. Knows no screen, no store and no line."""

from __future__ import annotations

from typing import Final

PROVISION_FILE: Final = "provision.json"
"""Name of a till's provision, on a stick and in its data folder."""
