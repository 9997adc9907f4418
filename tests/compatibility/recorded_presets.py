"""The presets as they were when the fixtures were written, and how those of now may differ from them.

The scenario uses the recorded presets, so that its documents are stored as they were then, to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from chalicelib.policy.reading.source import read
from tests.compatibility.files import load

PATH = "/v1/presets/"


@cache
def _sources() -> dict[str, str]:
    """The text of each preset, from the recorded answers."""
    answers = [json.loads(line)["answers"][-1] for line in load("policies.jsonl.gz")]
    return {one["body"]["preset"]: one["body"]["source"] for one in answers if one["status"] == 200}


def document(name: str) -> dict[str, Any]:
    return _as_json(_sources()[name])


def as_recorded(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an answer about a preset. A policy that says all that the recorded one said counts as that one.

    `source` in both: the lines of the preset without comments.
    """
    was, now = (_as_json("\n".join(body["source"])) for body in (old, new))
    if now != new["policy"] or not says_all(now, was):
        return dict(new)
    return {**new, "policy": old["policy"], "source": old["source"]}


def says_all(new: Any, old: Any) -> bool:
    """Whether every value is as recorded, in the same order. A text may have become a label with an English text."""
    if isinstance(old, dict) and isinstance(new, dict):
        return _in_order(new, old) and all(says_all(new[key], value) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(new) == len(old) and all(map(says_all, new, old))
    if isinstance(old, str) and isinstance(new, dict):
        return new.keys() == {"zh", "en"} and bool(new["zh"] == old)
    return bool(new == old)


def _in_order(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    places = {key: place for place, key in enumerate(new)}
    return old.keys() <= places.keys() and all(places[one] < places[next_] for one, next_ in pairwise(old))


def _as_json(source: str) -> dict[str, Any]:
    """Number keys are text, as in `policy` of the answer."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(read(source)))
    return found
