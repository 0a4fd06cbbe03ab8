"""`python -m tests.simulation --seeds N [--start S] [--faults end|endless]`: play seeds, print what they came to. Exit 1 on a violation."""

from __future__ import annotations

import argparse
import sys
import traceback

from tests.simulation.playing import Mode, blanks, play


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--start", type=int, default=0, help="the first")
    parser.add_argument("--faults", choices=list(Mode), default=Mode.END, type=Mode, help="whether they end")
    parser.add_argument("--tell", action="store_true", help="print what happened, step by step")
    options = parser.parse_args()
    steps = violations = 0
    with blanks() as made:
        for seed in range(options.start, options.start + options.seeds):
            try:
                played = play(made.store.parent.parent, made, seed, options.faults)
            except Exception:  # noqa: BLE001 -- a bug of either program is a finding, too, and the next seeds are played all the same
                violations += 1
                print(f"seed {seed} broke; again: python -m tests.simulation --seeds 1 --start {seed} --faults {options.faults.value}")
                traceback.print_exc(file=sys.stdout)
                continue
            steps += played.steps
            if options.tell:
                print("\n".join(played.story))
            if played.violation is not None:
                violations += 1
                print(f"seed {seed}: {played.violation}\n  again: {played.command}", flush=True)
    print(f"{options.seeds} seeds, {steps} steps, {violations} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
