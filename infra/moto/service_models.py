"""Reads AWS's descriptions of its services with msgspec, each once. Not part of the deployment.

botocore and moto read megabytes of JSON when the local stack starts, which took a fourth of that time. Each of their
loaders also lists the folders of 400 services, which took a tenth.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from botocore import loaders, session


@contextmanager
def installed() -> Iterator[None]:
    """Patches botocore's loaders, and so moto's, while the context lasts.

    All sessions share one loader. moto has its own, which adds errors to the descriptions.
    """
    from moto.core import utils

    with ExitStack() as patches:
        patches.enter_context(patch.object(loaders.JSONFileLoader, "_load_file", _read))
        for each in (session, utils):
            patches.enter_context(patch.object(each, "create_loader", _once(each.create_loader)))
        yield


@cache
def _once(create: Callable[..., loaders.Loader]) -> Callable[..., loaders.Loader]:
    return cache(create)


def _read(_loader: loaders.JSONFileLoader, path: str, _opened: Any) -> Any:
    return read(Path(path))


def read(path: Path) -> Any:
    """The content of a JSON file, which may be compressed, or None if there is none."""
    if not path.is_file():
        return None
    content = path.read_bytes()
    return msgspec.json.decode(gzip.decompress(content) if path.suffix == ".gz" else content)
