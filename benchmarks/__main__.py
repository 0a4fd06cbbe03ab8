"""`python -m benchmarks [PATH ...] --out DIR`: measure, print the table, write `bench.json`. Exit 0 also when a goal is missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import books, counter, drain, idle, line, paper, scanning, starting
from benchmarks.measure import Row, print_table

PARTS: dict[str, Callable[[], list[Row]]] = {
    "starting": starting.rows,
    "counter": counter.rows,
    "scanning": scanning.rows,
    "paper": paper.rows,
    "line": line.rows,
    "drain": drain.rows,
    "idle": idle.rows,
    "books": books.rows,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; all by default")
    parser.add_argument("--out", type=Path, default=Path("out"))
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.parts or PARTS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += PARTS[name]()
    print_table(rows)
    options.out.mkdir(parents=True, exist_ok=True)
    told = [{"path": row.path, "ratio": round(row.ratio, 3), "goal": row.goal, "rounds": row.rounds, "what": row.what} for row in rows]
    (options.out / "bench.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
