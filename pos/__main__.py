"""`python -m pos` is `epeken-pos`."""

from __future__ import annotations

import sys

from pos.cli import main

if __name__ == "__main__":
    sys.exit(main())
