"""Installs a requirements file in this environment, if it has changed since the last installation (`make install`).

Usage: `python infra/install.py REQUIREMENTS STAMP`. The stamp contains the file's SHA-256. Runs before any package is
installed, so it uses the standard library only.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path


def main(requirements: Path, stamp: Path) -> int:
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii").strip() == digest:
        return 0
    print(f"Installing {requirements} (once, until it changes) …", flush=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    done = subprocess.run([*pip, "-r", str(requirements)], check=False)  # noqa: S603 our own interpreter and arguments
    if done.returncode == 0:
        stamp.write_text(digest, encoding="ascii")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
