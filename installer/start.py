"""Where the packaged till begins: the command `epeken-pos`, with nothing of a source tree around it."""

from __future__ import annotations

import sys


def words() -> list[str]:
    """What was asked. A till that starts itself anew (`python -m pos demo`) means its own command."""
    asked = sys.argv[1:]
    return asked[2:] if asked[:2] == ["-m", "pos"] else asked


if __name__ == "__main__":
    from pos.cli import main

    sys.exit(main(words()))
