"""Reads the files of an archive within limits: a hostile archive could inflate to any size.

`zipfile` never gives more bytes of a file than the directory says, so the sizes are compared once, at the beginning.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from typing import Any

MOST_TIMES = 200
"""Largest ratio of the files' sizes to the archive's. Records in JSON reach 30."""
SMALLEST = 16 * 1024 * 1024
"""Bytes that any archive may inflate to, however small it is."""
LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of one JSON document or line, which is held in memory."""
_UNBOUNDED = frozenset({zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 93})
"""Methods that `zipfile` inflates in one piece. No export has them."""
_CHUNK = 1024 * 1024


def opened(path: str) -> zipfile.ZipFile:
    """Raises OSError if the file cannot be read, `zipfile.BadZipFile` if it is no ZIP file or inflates to too much."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError:
        raise
    except Exception as error:
        raise zipfile.BadZipFile(type(error).__name__) from error
    infos, most = archive.infolist(), max(SMALLEST, os.path.getsize(path) * MOST_TIMES)
    if sum(info.file_size for info in infos) > most or _UNBOUNDED & {info.compress_type for info in infos}:
        archive.close()
        raise zipfile.BadZipFile("its files inflate to more than an export's")
    return archive


def sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Raises ValueError for a document that is too large."""
    with archive.open(name) as file:
        return _within_limit(file.read(LARGEST_DOCUMENT + 1))


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[Any]:
    """The JSON value of each line. Raises ValueError."""
    with archive.open(name) as file:
        while line := file.readline(LARGEST_DOCUMENT + 1):
            yield json.loads(_within_limit(line))


def _within_limit(document: bytes) -> bytes:
    if len(document) > LARGEST_DOCUMENT:
        raise ValueError("a document is too large")
    return document
