"""django-helpdesk's own virtual environment, installed from PyPI in `.cache/`, and a database for it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOME = ROOT / ".cache" / "helpdesk"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
RESOLVING = "rival.resolving.EmailBackend"


class DatabaseUnavailable(Exception):
    """The database cannot run on this machine; the text gives the reason."""


def python() -> Path:
    """Return the environment's interpreter. Installs the pinned, hashed requirements if needed (requires a network)."""
    pinned, mark = HERE / "requirements.txt", HOME / ".installed"
    if not mark.exists() or mark.read_text("utf-8") != pinned.read_text("utf-8"):
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        install = [str(HOME / "bin" / "pip"), "install", "-q", "--require-hashes", "-r", str(pinned)]
        subprocess.run(install, check=True)
        mark.write_text(pinned.read_text("utf-8"), "utf-8")
    return HOME / "bin" / "python"


def pinned() -> list[str]:
    """Return names and versions of the compared packages."""
    packages = ("django", "django-helpdesk")
    names = json.dumps(packages)
    script = f"import json, importlib.metadata as m; print(json.dumps([m.version(n) for n in {names}]))"
    output = subprocess.run([str(python()), "-c", script], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [f"{name} {version}" for name, version in zip(packages, json.loads(output), strict=True)]


@contextlib.contextmanager
def database(name: str) -> Iterator[Mapping[str, str]]:
    """Start a database and yield its environment variables. In memory if `/dev/shm` exists. Raises
    `DatabaseUnavailable`."""
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shared) as folder, contextlib.ExitStack() as stack:
        place = str(Path(folder) / "db.sqlite") if name == "sqlite" else stack.enter_context(_postgresql(Path(folder)))
        where = {"DATABASE": name, "PLACE": place, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        ask(where, "migrate")
        yield where


def ask(where: Mapping[str, str], scene: str, *arguments: object, mail: str | None = None) -> dict[str, Any]:
    """Run one scene in django-helpdesk's environment and return its result."""
    command = [str(python()), "-m", "rival", scene, *map(str, arguments)]
    environment = {**where, **({"MAIL": mail} if mail else {})}
    done = subprocess.run(command, cwd=HERE, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """Run a new cluster that listens only on a socket in the folder. If this is root, it runs as `postgres`."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise DatabaseUnavailable("PostgreSQL is not installed (apt-get install postgresql)")
    bin_, data = programs[-1], folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _as_postgres([str(bin_ / "initdb"), "-D", str(data), "-U", "benchmark", "-A", "trust"])
    options = f"-k {folder} -c listen_addresses=''"
    _as_postgres([str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start"])
    try:
        yield str(folder)
    finally:
        _as_postgres([str(bin_ / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"])


def _as_postgres(command: Sequence[str]) -> None:
    root = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*root, *command], check=True, stdout=subprocess.DEVNULL)
