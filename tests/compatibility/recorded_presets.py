"""The presets as they were when the fixtures were written.

The scenario uses the recorded presets, so that its documents are stored as they were then, to the byte. The presets of
now may say anything: an organisation keeps the version that it published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from chalicelib.policy.reading.source import read
from tests.compatibility.files import load

PATH = "/v1/presets/"
_CONTENT = ("policy", "source", "example", "roles", "units")


@cache
def _sources() -> dict[str, str]:
    """The text of each preset, from the recorded answers."""
    answers = [json.loads(line)["answers"][-1] for line in load("policies.jsonl.gz")]
    return {one["body"]["preset"]: one["body"]["source"] for one in answers if one["status"] == 200}


def document(name: str) -> dict[str, Any]:
    """The preset. Number keys are text, as in `policy` of the answer."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(read(_sources()[name])))
    return found


def as_recorded(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an answer about a preset, with the content of then for the content of now."""
    return {**new, **{name: old[name] for name in _CONTENT if name in old and type(old[name]) is type(new.get(name))}}
