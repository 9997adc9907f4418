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
from tests.fakes.client import Answer

PATH = "/v1/presets/"
_CONTENT = ("policy", "source", "example", "roles", "units")


@cache
def _bodies() -> dict[str, dict[str, Any]]:
    """The recorded answer about each preset."""
    answers = [json.loads(line)["answers"][-1] for line in load("policies.jsonl.gz")]
    return {one["body"]["preset"]: one["body"] for one in answers if one["status"] == 200}


def document(name: str) -> dict[str, Any]:
    """The preset. Number keys are text, as in `policy` of the answer."""
    found: dict[str, Any] = msgspec.json.decode(_as_json(name))
    return found


@cache
def _as_json(name: str) -> bytes:
    return msgspec.json.encode(read(_bodies()[name]["source"]))


def as_recorded(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an answer about a preset, with the content of then for the content of now."""
    return {**new, **{name: old[name] for name in _CONTENT if name in old and type(old[name]) is type(new.get(name))}}


def answered(method: str, path: str, answer: Answer) -> Answer:
    """The answer with the roles and the example of then, if it is one about a preset. The order is that of now, or the
    source's of then.
    """
    old = _bodies().get(path.removeprefix(PATH)) if method == "GET" and path.startswith(PATH) else None
    if old is None or answer.status != 200:
        return answer
    now, then = answer.json["roles"], old["roles"]
    roles = {
        name: then[name] for name in (*(one for one in now if one in then), *(one for one in then if one not in now))
    }
    example = answer.json["example"]
    if example != old["example"]:
        example = _in_order_of(read(old["source"])["sample"], old["example"])
    body = {**answer.json, "roles": roles, "example": example}
    return Answer(answer.status, answer.headers, json.dumps(body, ensure_ascii=False))


def _in_order_of(source: Any, recorded: Any) -> Any:
    """The recorded value, whose keys were sorted, with the keys in the order of the source."""
    if not isinstance(source, Mapping) or not isinstance(recorded, Mapping):
        return recorded
    keys = dict.fromkeys([*(one for one in source if one in recorded), *recorded])
    return {key: _in_order_of(source.get(key), recorded[key]) for key in keys}
