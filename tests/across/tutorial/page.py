"""The blocks of `docs/policy-tutorial.md`, and the reader who does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/policy-tutorial.md").read_text("utf-8")
SENTENCES = "15. Sentences that procedures often have"
"""The section whose blocks are for other procedures, and not for the reader's file."""
STACK = "http://127.0.0.1:8000"


class Block(NamedTuple):
    """`kind`: `yaml` for parts of the policy, `sh` for commands, `text` for what the commands before it print."""

    kind: str
    text: str
    title: str


def blocks() -> Iterator[Block]:
    title = ""
    for heading, kind, text in re.findall(r"^## ([^\n]+)$|^ *```(\w+)\n(.*?)^ *```$", PAGE, re.M | re.S):
        title = heading or title
        if kind:
            yield Block(kind, text, title)


def parts(policy: str) -> dict[str, str]:
    """The text of each part, by its key in the first column. Comments before the first part are the part ``."""
    found: dict[str, str] = {}
    key = ""
    for line in policy.splitlines(keepends=True):
        if match := re.match(r"(\w+):", line):
            key = match[1]
        found[key] = found.get(key, "") + line
    return found


def revised(policy: str, block: str) -> str:
    """Parts that the policy has already are replaced, others are appended."""
    return "".join({**parts(policy), **parts(block)}.values())


def policies() -> list[str]:
    """The file after each block of YAML."""
    found = [""]
    for block in blocks():
        if block.kind == "yaml" and block.title != SENTENCES:
            found.append(revised(found[-1], block.text))
    return found[1:]


def agrees(shown: str, printed: str) -> list[str]:
    """The shown lines that are not printed in this order."""
    lines = iter(printed.splitlines())
    return [line for line in shown.splitlines() if line.strip() not in (one.strip() for one in lines)]
