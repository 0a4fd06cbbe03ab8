"""`python -m tour --out DIR`: play the day, leave pictures, paper and `summary.json`; exit 1 if anything does not add up."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from tour.hands import StoryBroken
from tour.paper import draw_jobs
from tour.story import broken_sums, play, prepare


def main() -> int:
    parser = argparse.ArgumentParser(prog="tour", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/tour"))
    out: Path = parser.parse_args().out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    day = prepare(out)
    try:
        summary = play(day)
    except StoryBroken as broken:
        print(f"The story broke: {broken}", file=sys.stderr)
        return 1
    finally:
        day.line.close()
        day.central.close()
        day.printer.close()
        draw_jobs(day.printer.jobs, out / "paper")
    wrong = broken_sums(summary)
    summary["wrong"] = wrong
    (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(summary, indent=2))
    for words in wrong:
        print(f"Does not add up: {words}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
