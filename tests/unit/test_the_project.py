"""What lies around the program is true: lock files, licences, what the pages name, what is kept out of the tracked files."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement

ROOT: Final = Path(__file__).parents[2]
LOCKS: Final = ("run", "dev")
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCREENS: Final = ("png", "wav", "ttf", "gz")
"""Endings of tracked files that are not text."""
_STORIES: Final = "stories of one room that still stand on one page; the next one that comes parts it"
LONGER: Final = {
    "pos/sync/protocol.py": "the whole wire stands on one page, for whoever builds the other end",
    "tests/simulation/city.py": _STORIES,
}
MOST_LINES: Final = 400


@cache
def tracked() -> tuple[str, ...]:
    """Every file that git keeps or would keep, by its path."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(name for name in set(listed.stdout.split("\0")) if name and (ROOT / name).is_file()))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def texts() -> Iterator[tuple[str, str]]:
    return ((name, text_of(name)) for name in tracked() if not name.endswith(SCREENS))


def pages() -> list[str]:
    return [name for name in tracked() if name.endswith(".md")]


def locked(lock: str) -> dict[str, str]:
    """Names and versions of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text_of(f"requirements/{lock}.lock"), re.MULTILINE))


def plain(name: str) -> str:
    """A package's name as a lock file writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for and a lock has to hold."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["central"], *groups["build"]]
    if lock == "dev":
        asked += [each for each in groups["dev"] if isinstance(each, str)]
    return [Requirement(each) for each in asked]


# --- lock files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_requirement_lines_and_their_hashes_and_nothing_else(lock: str) -> None:
    requirement = re.compile(r"[a-z0-9-]+==[0-9][\w.!+]*(?: ; [\w .*<>=!'\"()]+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    lines = text_of(f"requirements/{lock}.lock").splitlines()
    assert [line for line in lines if not requirement.fullmatch(line) and not digest.fullmatch(line)] == []
    for before, line in pairwise([*lines, "end=="]):
        assert before.endswith("\\") == line.startswith("    "), f"a line goes on where it should not: {before}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    versions = locked(lock)
    for asked in wanted(lock):
        assert plain(asked.name) in versions, asked
        assert asked.specifier.contains(versions[plain(asked.name)]), asked


def test_a_till_is_tested_with_the_versions_that_it_runs_with() -> None:
    dev = locked("dev")
    assert {name: dev.get(name) for name in locked("run")} == locked("run")


@pytest.mark.parametrize("lock", LOCKS)
def test_plain_pip_takes_a_lock_with_hashes_and_finds_nothing_left_to_bring(lock: str) -> None:
    """Resolved as README's own command does it, and against what is installed here: no index is asked."""
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install"]
    done = subprocess.run(
        [*pip, "--dry-run", "--no-index", "--require-hashes", "-r", f"requirements/{lock}.lock"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Would install" not in done.stdout


def test_windows_gets_what_only_windows_needs() -> None:
    for lock in LOCKS:
        assert "pywin32-ctypes==" in text_of(f"requirements/{lock}.lock"), "keyring reaches the Windows vault by it"
    assert re.search(r"^pywin32-ctypes==\S+ ; sys_platform == 'win32'", text_of("requirements/run.lock"), re.MULTILINE)


# --- licences ---------------------------------------------------------------------------------------------------

FREE: Final = re.compile(r"\b(?:L?GPL|Lesser General Public|MIT|BSD|Apache|MPL|Mozilla|PSF|ISC)\b")
"""Licences that a GPL-3.0-or-later program may be made of."""


def test_the_product_is_free_software_and_says_so() -> None:
    assert PROJECT["project"]["license"] == "GPL-3.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in text_of("LICENSE")
    assert "GPL-3.0-or-later" in text_of("README.md")
    assert importlib.metadata.metadata("epeken-pos")["License-Expression"] == "GPL-3.0-or-later"


def test_everything_that_it_is_made_of_may_be_part_of_it() -> None:
    foreign = {}
    for name in locked("run"):
        try:
            told = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        said = [value[:200] for field in ("License-Expression", "License") for value in told.get_all(field) or ()]
        licence = " ".join([*said, *(told.get_all("Classifier") or ())])
        if not FREE.search(licence):
            foreign[name] = licence
    assert foreign == {}


# --- what is not in the files -----------------------------------------------------------------------------------

MACHINE: Final = re.compile(r"(?<![\w.{}])/(?:home|Users|root|work|opt|mnt/c)/\w|\b[A-Z]:\\\\?\w")
"""A path of somebody's own machine."""
REGISTRY: Final = re.compile(
    r"\bpypi\.org|pythonhosted\.org|--(?:extra-)?index-url|--find-links|conda\.anaconda|registry\.npmjs|proxy\.golang|\bjfrog\b",
    re.IGNORECASE,
)


def test_no_file_names_somebodys_machine_or_a_registry() -> None:
    told = [
        f"{name}: {found.group()}"
        for name, text in texts()
        for pattern in (MACHINE, REGISTRY)
        if name not in ("LICENSE", "tests/unit/test_the_project.py")
        for found in pattern.finditer(text)
    ]
    assert told == []


def test_the_watch_would_see_such_a_path() -> None:
    for path in ("/home" + "/sari/toko", "C:" + "\\Users\\sari", "'/work" + "/x'"):
        assert MACHINE.search(path)
    for host in ("https://pypi" + ".org/simple", "--index" + "-url x"):
        assert REGISTRY.search(host)


def test_nothing_that_is_made_is_tracked() -> None:
    made = re.compile(r"(?:^|/)(?:__pycache__|out|build|dist|\.venv|\.\w+_cache)/|\.pyc$|\.db(?:-wal|-shm)?$")
    assert [name for name in tracked() if made.search(name)] == []


def test_a_file_that_is_longer_than_a_room_is_two() -> None:
    lengths = {name: text_of(name).count("\n") for name in tracked() if name.endswith(".py")}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES and name not in LONGER} == {}
    assert all(lengths[name] > MOST_LINES for name in LONGER), "short enough by now: take it off the list"


def test_every_module_says_what_it_owns() -> None:
    silent = [
        name
        for name in tracked()
        if name.endswith(".py") and name.startswith(("pos/", "central/", "tour/", "tests/", "benchmarks/"))
        if text_of(name).strip() and not text_of(name).startswith(('"""', 'r"""'))
    ]
    assert silent == []


# --- what the pages say -----------------------------------------------------------------------------------------

LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"`([^`\n]+)`")
FOLDERS: Final = ("", "pos/", "docs/")
"""Where a path of a page may begin: the pages of the house leave out `pos/`."""


def heads(page: str) -> set[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in found}


@pytest.mark.parametrize("page", pages())
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    lost = []
    for target in LINK.findall(text_of(page)):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        known = any(name == str(file.relative_to(ROOT)) or name.startswith(f"{file.relative_to(ROOT)}/") for name in tracked())
        if not known or (anchor and anchor not in heads(str(file.relative_to(ROOT)))):
            lost.append(target)
    assert lost == []


def is_there(path: str) -> bool:
    """Whether a path is tracked, from wherever a page may begin it."""
    wanted = path.removeprefix("./").rstrip("/").replace("\\", "/")
    return any(
        name == folder + wanted or name.startswith(f"{folder}{wanted}/") or (ROOT / folder / wanted).exists()
        for folder in FOLDERS
        for name in tracked()
    )


@pytest.mark.parametrize("page", pages())
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    roots = {name.partition("/")[0] for name in tracked()} | {name.split("/")[1] for name in tracked() if name.startswith("pos/")}
    made = ("out/", ".venv/")
    named = [
        word
        for code in CODE.findall(text_of(page))
        for word in code.split()
        if re.fullmatch(r"[\w.\-/]+", word) and ("/" in word or word.endswith((".py", ".md", ".toml", ".json", ".csv")))
        if word.split("/")[0] in roots and not word.startswith(made)
    ]
    assert [word for word in named if not is_there(word)] == []


@pytest.mark.parametrize("page", pages())
def test_every_name_of_the_program_that_a_page_names_is_there(page: str) -> None:
    rooms = "|".join(("domain", "services", "local_db", "sync", "printing", "config", "ui"))
    for dotted in re.findall(rf"`(?:pos\.)?((?:{rooms})(?:\.\w+)+)(?:\(\))?`", text_of(page)):
        parts = f"pos.{dotted}".split(".")
        found: Any = None
        for count in range(len(parts), 1, -1):
            try:
                found = importlib.import_module(".".join(parts[:count]))
            except ModuleNotFoundError:
                continue
            for name in parts[count:]:
                found = getattr(found, name)
            break
        assert found is not None, dotted


def test_every_make_command_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    for page in [*pages(), ".ci/run"]:
        named = set(re.findall(r"(?:`|^)make ([a-z-]+)", text_of(page), re.MULTILINE))
        assert named <= targets, page
    assert {"run", "test", "tour", "pictures", "bench"} <= targets


@pytest.mark.parametrize(("command", "module"), [("epeken-pos", "pos"), ("epeken-central", "central")])
def test_every_command_that_a_page_names_is_there(command: str, module: str) -> None:
    assert PROJECT["project"]["scripts"][command] == f"{module}.cli:main"
    told = subprocess.run([sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^    ([a-z-]+)\b", told, re.MULTILINE))
    assert known
    named = {
        word
        for page in pages()
        for word in re.findall(rf"(?:`|/|\\){command} ([a-z-]+)|^{command} ([a-z-]+)", text_of(page), re.MULTILINE)
        for word in word
        if word
    }
    assert named <= known


# --- decisions --------------------------------------------------------------------------------------------------


def test_decisions_are_numbered_without_a_gap_and_say_what_was_decided() -> None:
    files = [Path(name).name for name in tracked() if name.startswith("docs/decisions/")]
    assert [name[:5] for name in files] == [f"{number:04d}-" for number in range(1, len(files) + 1)]
    for name in files:
        title, _, reason = text_of(f"docs/decisions/{name}").partition("\n")
        assert re.fullmatch(r"# \S.*", title), name
        assert len(reason.split()) >= 30, f"{name}: half a page says why"


def test_every_decision_that_is_pointed_at_is_there() -> None:
    numbers = {Path(name).name[:4] for name in tracked() if name.startswith("docs/decisions/")}
    for name, text in texts():
        assert set(re.findall(r"decisions?[/ ](\d{4})", text)) <= numbers, name


def test_the_version_is_in_the_changelog() -> None:
    assert f"\n## {PROJECT['project']['version']}" in text_of("CHANGELOG.md")


# --- what is run before a change lands --------------------------------------------------------------------------


def test_the_hooks_of_a_commit_run_what_the_lock_pins_and_nothing_from_elsewhere() -> None:
    import yaml

    hooks = yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"]
    assert {each["repo"] for each in hooks} == {"local"}
    packages = {"ruff": "ruff", "mypy": "mypy", "lint-imports": "import-linter"}
    for hook in (hook for each in hooks for hook in each["hooks"]):
        program = hook["entry"].split()[0]
        assert program.startswith(".venv/bin/"), hook
        assert packages[program.removeprefix(".venv/bin/")] in locked("dev"), hook


@pytest.mark.parametrize("script", [".ci/run", "tools/setup", "tools/test"])
def test_a_script_can_be_started(script: str) -> None:
    assert text_of(script).startswith("#!/bin/sh\n")
    assert (ROOT / script).stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script], cwd=ROOT, check=False).returncode == 0


def test_ci_counts_a_test_that_is_passed_over_as_failed() -> None:
    assert "export CI=true" in text_of(".ci/run")
    assert "make test" in text_of(".ci/run")


def test_everything_that_is_ours_is_checked_for_its_types_strictly() -> None:
    mypy = PROJECT["tool"]["mypy"]
    assert mypy["strict"]
    assert {"pos", "central", "tour", "benchmarks", "tests/helpers"} <= set(mypy["files"])


def test_warnings_fail_a_test() -> None:
    pytest_options = PROJECT["tool"]["pytest"]["ini_options"]
    assert pytest_options["filterwarnings"] == ["error"]
    assert pytest_options["qt_log_level_fail"] == "WARNING"
    assert pytest_options["xfail_strict"]
