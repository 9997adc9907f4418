"""The recorded files: JSON, compressed if the name ends with `.gz`, and stories in YAML."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DATA = HERE / "data"
STORIES = HERE / "stories"


def save(name: str, content: Any) -> None:
    """The same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    body = f"{text}\n".encode()
    (DATA / name).write_bytes(gzip.compress(body, 9, mtime=0) if name.endswith(".gz") else body)


@cache
def load(name: str) -> Any:
    """Read once per process: callers do not change it."""
    body = (DATA / name).read_bytes()
    return json.loads(gzip.decompress(body) if name.endswith(".gz") else body)


def stories() -> list[str]:
    """The names of the organisations, which are those of the presets, and `council` with a policy of its own."""
    return sorted(path.stem for path in STORIES.glob("*.yaml"))


@cache
def story(name: str) -> dict[str, Any]:
    """Times are text, as requests have them."""
    found: dict[str, Any] = yaml.load((STORIES / f"{name}.yaml").read_text("utf-8"), _TextLoader)
    return found


class _TextLoader(yaml.CSafeLoader):
    """Reads times as text."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
