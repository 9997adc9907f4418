"""A copy of the repository in which mutmut works, so that the repository can be changed meanwhile."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path


def update(root: Path, place: Path) -> str:
    """Copies changed files, with their times, and removes those that are gone. Returns a digest of the tests."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True)  # noqa: S607
    names = [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]
    for name in names:
        _copy(root / name, place / name)
    for path in _copied(place):
        if str(path.relative_to(place)) not in names:
            path.unlink()
            (place / "mutants" / path.relative_to(place)).unlink(missing_ok=True)
    tests = sorted(name for name in names if name.startswith("tests/"))
    return hashlib.sha256(b"".join((root / name).read_bytes() for name in tests)).hexdigest()


def _copied(place: Path) -> list[Path]:
    return [path for folder in ("chalicelib", "tests", "infra") for path in (place / folder).rglob("*.py")]


def _copy(source: Path, target: Path) -> None:
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
