"""Runs a command and ends it when whoever started this is gone: `python -m pos.keeper COMMAND...`, its standard input held open.

The end of a pipe is the one sign of a dead parent that every system gives, even after SIGKILL. Owns the child and nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Final

_PATIENCE_S: Final = 10.0


def main() -> int:
    """Until the command ends by itself, or standard input ends; returns the command's exit code."""
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, args=(child,), name="parent", daemon=True).start()
    try:
        return child.wait()
    except KeyboardInterrupt:
        # Ctrl+C reached the child too
        return child.wait()


def _watch(child: subprocess.Popen[bytes]) -> None:
    # not through sys.stdin: its lock would be held while the interpreter ends
    while os.read(0, 4_096):
        pass
    child.terminate()
    try:
        child.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    sys.exit(main())
