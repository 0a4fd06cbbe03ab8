"""What the till ships beside its code: fonts, icons, drawings, sounds, translations, the demo catalogue. Owns only where they lie."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Where a shipped file or folder is, for example `resource_path("sounds", "error.wav")`."""
    return _HERE.joinpath(*parts)
