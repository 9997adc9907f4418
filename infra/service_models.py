"""Reads AWS's descriptions of its services with msgspec. Not part of the deployment.

botocore and moto read megabytes of JSON when the local stack starts, which took a fourth of that time.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from botocore.loaders import JSONFileLoader


@contextmanager
def installed() -> Iterator[None]:
    """Patches botocore's loaders, and so moto's, while the context lasts."""
    with patch.object(JSONFileLoader, "_load_file", lambda _loader, path, _opened: read(Path(path))):
        yield


def read(path: Path) -> Any:
    """The content of a JSON file, which may be compressed, or None if there is none."""
    if not path.is_file():
        return None
    content = path.read_bytes()
    return msgspec.json.decode(gzip.decompress(content) if path.suffix == ".gz" else content)
