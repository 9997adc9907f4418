"""`make nightly-features`: leaves out a feature, and shows that the rest works without it.

Usage: `python -m tests.helpers.without_features`. `ONLY=ledgers` (environment variable) names one; without it, each
of `LEAVES` is left out in turn. `QUICK=1` collects the tests and runs none; `TESTS="tests/record tests/leaving"` runs
these only. Exit 1 if a fault is found, 2 if no such feature can be left out.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chalicelib.composition import FEATURES, Feature
from chalicelib.web.api import Api
from chalicelib.web.contract import Contract
from infra.checks.trees import ROOT
from tests.helpers.leaves import LEAVES, OF_THE_WHOLE

_NOT_RUN = 2
_SHOWN = 40
"""Lines of output of a command that failed."""
_LINTER = Path(sys.executable).parent / "lint-imports"
_OF_FEATURES = 'modules = ["chalicelib.features.*"]'
_OFFERED_IN_VAIN = 'unmatched_ignore_imports_alerting = "none"'
"""What only the feature has imported is offered to no other one then."""
_NAMED = re.compile(r"`((?:chalicelib|features|tests|infra|benchmarks)/[\w./-]+)`")
_FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)
"""Each test once, however many of its cases fail."""
_CLAUSE = re.compile(r"\| (?:P\d|X)\.")
_IMPORT_ALL = """
import importlib, pkgutil
import app
app.app.all_contracts
for name in ("chalicelib", "infra"):
    for found in pkgutil.walk_packages([name], name + "."):
        if not found.name.endswith("__main__"):
            try:
                importlib.import_module(found.name)
            except ModuleNotFoundError as missing:
                if str(missing.name).partition(".")[0] in ("app", "chalicelib", "infra"):
                    raise
"""


def main() -> int:
    only, quick = os.environ.get("ONLY", ""), bool(os.environ.get("QUICK"))
    chosen = [one for one in FEATURES if _name(one) in LEAVES and only in ("", _name(one))]
    if not chosen:
        sys.stderr.write(f"No feature {only} can be left out.\n")
        return _NOT_RUN
    return int(sum(_try(feature, quick=quick) for feature in chosen) > 0)


def _name(feature: Feature) -> str:
    return feature.folder.rpartition(".")[2]


def _files(feature: Feature) -> tuple[str, ...]:
    """And folders, that are deleted."""
    others = (name for name in _goes_with(feature) if "::" not in name)
    return f"chalicelib/{feature.path}", f"tests/{_name(feature)}", *others


def _goes_with(feature: Feature) -> tuple[str, ...]:
    return *OF_THE_WHOLE, *LEAVES[_name(feature)]


def _try(feature: Feature, *, quick: bool) -> int:
    """The number of faults, which are printed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        _leave_out(feature, copy)
        faults = [*_import_faults(copy), *_document_faults(feature, copy), *_test_faults(feature, copy, quick=quick)]
    said = f"{len(faults)} faults" if faults else "the rest works without it"
    sys.stdout.write("\n    ".join([f"{_name(feature)}: {said}", *faults]) + "\n")
    sys.stdout.flush()
    return len(faults)


def _copy(to: Path) -> None:
    """The files of the checkout, in a repository of their own, since tests ask git for the files."""
    for name in _output(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name, follow_symlinks=False)
    (to / ".venv").symlink_to(ROOT / ".venv")


def _leave_out(feature: Feature, copy: Path) -> None:
    """Removes the folder, the row, the lines of its interface, its tests, and what goes with it: of a folder, the
    tests."""
    program, own, *others = (copy / name for name in _files(feature))
    shutil.rmtree(program)
    for path in (*([own] if own.exists() else []), *others):
        for file in path.rglob("test_*.py") if path.is_dir() else [path]:
            file.unlink()
    rows = copy / "chalicelib" / "composition.py"
    lines = rows.read_text("utf-8").splitlines(keepends=True)
    first, last = _row(feature, "".join(lines))
    rows.write_text("".join([*lines[: first - 1], *lines[last:]]), "utf-8")
    contracts = copy / "pyproject.toml"
    kept = [line for line in contracts.read_text("utf-8").splitlines() if f"chalicelib.{feature.folder}." not in line]
    contracts.write_text("\n".join(kept).replace(_OF_FEATURES, f"{_OF_FEATURES}\n{_OFFERED_IN_VAIN}") + "\n", "utf-8")
    for file in (*copy.rglob("*.md"), *copy.rglob("*.py")):
        if ".venv" not in file.relative_to(copy).parts:
            _forget(feature, file, copy)
    _output(copy, sys.executable, "-m", "infra.documents.page_parts")
    for command in (("init", "-q"), ("add", "-A")):
        _output(copy, "git", *command)


def _forget(feature: Feature, file: Path, copy: Path) -> None:
    """Documents lose the rows of their tables about the feature. In text, the folder that is left stands for a file
    that is gone."""
    before = file.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    kept = [line for line in lines if file.suffix != ".md" or not _is_row_about(feature, line)]
    after = _NAMED.sub(lambda found: f"`{_left(found[1], copy)}`", "".join(kept))
    if after != before:
        file.write_text(after, "utf-8")


def _is_row_about(feature: Feature, line: str) -> bool:
    return line.startswith("| ") and f"chalicelib/{feature.path}/" in line and not _CLAUSE.match(line)


def _left(name: str, copy: Path) -> str:
    full = f"chalicelib/{name}" if name.startswith("features/") else name
    gone = (ROOT / full).exists() and not (copy / full).exists()
    return _left(str(Path(name).parent), copy) if gone else name


def _row(feature: Feature, source: str) -> tuple[int, int]:
    """The first and the last line of the row."""
    [row] = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) == repr(feature.folder)
    ]
    return row.lineno, row.end_lineno or row.lineno


def _import_faults(copy: Path) -> Iterator[str]:
    yield from _faults("import", _run(copy, sys.executable, "-c", _IMPORT_ALL))
    yield from _faults("import contracts", _run(copy, str(_LINTER)))


def _document_faults(feature: Feature, copy: Path) -> Iterator[str]:
    """The document of the copy lacks the operations of the feature, and the schemas and tags that only these use. The
    rest is the same word by word."""
    name = "docs/openapi.json"
    done = _run(copy, sys.executable, "-m", "chalicelib.web.openapi.document", name)
    if done.returncode:
        yield from _faults("OpenAPI", done)
        return
    before, after = _document(ROOT / name), _document(copy / name)
    operations, left = _operations(before), _operations(after)
    own = {f"{one.method} {one.path}" for one in _contracts(feature) if not one.page}
    yield from (f"OpenAPI: {name} is there" for name in sorted(left.keys() & own))
    yield from (f"OpenAPI: {name} is gone" for name in sorted(operations.keys() - own - left.keys()))
    yield from (f"OpenAPI: {name} differs" for name, one in left.items() if operations.get(name) != one)
    used = {tag for one in left.values() for tag in one["tags"]}
    before["tags"] = [tag for tag in before["tags"] if tag["name"] in used]
    schemas, kept = (one["components"].pop("schemas") for one in (before, after))
    yield from (f"OpenAPI: schema {name} differs" for name, one in kept.items() if schemas.get(name) != one)
    yield from (f"OpenAPI: {name} differs" for name, one in after.items() if name != "paths" and one != before[name])


def _document(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def _operations(document: dict[str, Any]) -> dict[str, Any]:
    paths = document["paths"].items()
    return {f"{method.upper()} {path}": one for path, methods in paths for method, one in methods.items()}


def _contracts(feature: Feature) -> Sequence[Contract]:
    def refuse() -> Any:
        raise AssertionError("no request is made")

    places = (*feature.routes, *feature.pages)
    return Api("own", refuse, register=[feature.load(place).register for place in places]).all_contracts


def _test_faults(feature: Feature, copy: Path, *, quick: bool) -> Iterator[str]:
    without = [f"--deselect={name}" for name in _goes_with(feature) if "::" in name]
    how = ["--collect-only"] if quick else ["-n", "auto", "--dist", "worksteal"]
    contracts = _contracts(feature)
    of_routes = {
        "LEFT_OUT": " ".join(one.name for one in contracts),
        "LEFT_OUT_PATHS": " ".join(one.path for one in contracts),
    }
    chosen = (name for name in os.environ.get("TESTS", "").split() if (copy / name).exists())
    command = (sys.executable, "-m", "pytest", *how, *without, *chosen)
    done = _run(copy, *command, **of_routes, LEFT_OUT_FILES=" ".join(_files(feature)))
    failed = dict.fromkeys(_FAILED.findall(done.stdout))
    yield from (f"tests: {name}" for name in failed) if failed else _faults("tests", done)


def _faults(what: str, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    if done.returncode:
        yield from (f"{what}: {line}" for line in (done.stdout + done.stderr).splitlines()[-_SHOWN:])


def _run(copy: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=copy, check=False, capture_output=True, text=True, env=environment)


def _output(at: Path, *command: str) -> str:
    return subprocess.run(command, cwd=at, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
