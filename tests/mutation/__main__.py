"""`python -m tests.mutation [GROUP ...] [--out DIR]`: run mutmut over the protocol's decision code, and hold what survives against
docs/mutation.md, where each survivor has its answer. Exit 1 when one has none.

mutmut works in a copy of the tree, for it lays its mutants beside what it finds, and is told what to do by a `setup.cfg` there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ANSWERS: Final = ROOT / "docs" / "mutation.md"
COPIED: Final = ("pos", "central", "tests", "benchmarks", "docs", "tools", "tour", "README.md", "Makefile", "pyproject.toml")
_KEPT: Final = ("survived", "no tests", "suspicious")


@dataclass(frozen=True, slots=True)
class Group:
    """Modules, and the tests that are about them (names with `*` as in a shell)."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS: Final = {
    "till": Group(
        tuple(f"pos/sync/{name}.py" for name in ("backoff", "batch", "halving", "pace", "digests", "feed", "taking", "snapshot", "engine")),
        ("tests/unit/test_sync_*.py", "tests/mutation/test_some_seeds.py"),
    ),
    "central": Group(
        tuple(f"central/sync/{name}.py" for name in ("chains", "cursor", "intake", "reading")),
        (
            "tests/integration/test_central_sync.py",
            "tests/integration/test_central_feed.py",
            "tests/integration/test_central_copies.py",
            "tests/integration/test_central_decisions.py",
            "tests/mutation/test_some_seeds.py",
        ),
    ),
}


def copy_tree(target: Path) -> None:
    """The tree without what is made of it."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, target / name)


def configure(target: Path, group: Group) -> None:
    # in the order of the patterns: the quick ones first
    tests = [str(file.relative_to(target)) for pattern in group.tests for file in sorted(target.glob(pattern))]
    lists = {
        "source_paths": ("pos", "central"),
        "only_mutate": group.modules,
        "also_copy": tuple(name for name in COPIED if name not in ("pos", "central", "tests", "pyproject.toml")),
        "pytest_add_cli_args_test_selection": tuple(tests),
        # PostgreSQL would be started anew for each mutant
        "pytest_add_cli_args": ("-q", "-k", "not postgres", "-p", "no:cacheprovider"),
    }
    lines = ["[mutmut]", "use_git_change_detection=false"]
    for name, values in lists.items():
        lines += [f"{name}=", *(f"    {value}" for value in values)]
    (target / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def mutmut(target: Path, *words: str) -> str:
    """Its output. mutmut draws its progress; nobody needs to see that again."""
    done = subprocess.run([sys.executable, "-m", "mutmut", *words], cwd=target, capture_output=True, text=True, check=False)
    if done.returncode and words[0] == "run" and "Running mutation testing" not in done.stdout:
        told = [
            line for line in re.split(r"[\r\n]+", done.stdout + done.stderr) if "Generating" not in line and "Running stats" not in line
        ]
        raise SystemExit("mutmut did not start:\n" + "\n".join(told[-40:]))
    return done.stdout


def change_of(target: Path, name: str) -> str:
    """A mutant as `module function: what was => what is`, which stays the same while others come and go."""
    told = mutmut(target, "show", name)
    was = [line[1:].strip() for line in told.splitlines() if line.startswith("-") and not line.startswith("---")]
    now = [line[1:].strip() for line in told.splitlines() if line.startswith("+") and not line.startswith("+++")]
    module, _, function = name.rpartition(".")
    # mutmut names a method x<sign>Class<sign>method and a function x_function
    plain = re.sub(r"__mutmut_\d+$", "", function).removeprefix("xǁ").replace("ǁ", ".").removeprefix("x_")
    return f"`{module}` `{plain}`: `{' '.join(was)}` => `{' '.join(now)}`"


def run(name: str, out: Path, children: int) -> tuple[int, list[str]]:
    """(mutants, survivors as changes) of a group."""
    group, target = GROUPS[name], out / name
    copy_tree(target)
    configure(target, group)
    mutmut(target, "run", "--max-children", str(children))
    told = mutmut(target, "results", "--all", "true").splitlines()
    found = [(words[1], words[2]) for line in told if (words := re.match(r"^\s*(\S+): (.+)$", line))]
    survivors = [mutant for mutant, verdict in found if verdict in _KEPT]
    return len(found), sorted(change_of(target, mutant) for mutant in survivors)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("groups", nargs="*", help=f"of {', '.join(GROUPS)}; all by default")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "mutation")
    parser.add_argument("--children", type=int, default=1, help="mutants at once")
    options = parser.parse_args()
    answers = ANSWERS.read_text(encoding="utf-8") if ANSWERS.exists() else ""
    unanswered = 0
    for name in options.groups or GROUPS:
        mutants, survivors = run(name, options.out, options.children)
        print(f"{name}: {mutants} mutants, {mutants - len(survivors)} noticed, {len(survivors)} survive", flush=True)
        for change in survivors:
            known = change in answers
            unanswered += not known
            print(f"  {'answered' if known else 'NO ANSWER'}: {change}")
    return 1 if unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
