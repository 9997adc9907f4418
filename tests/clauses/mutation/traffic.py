"""What each test of a preset says and hears on the unchanged preset: the names in its requests and responses."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from tests.clauses.mutation import suite
from tests.helpers.fakes.client import Answer

_WORD = re.compile(r"[a-z_]+")


class Heard(NamedTuple):
    words: frozenset[str]
    seconds: float
    """Of CPU time."""


class Traffic:
    """A lens that changes nothing."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def at(self, path: str) -> str:
        return path

    def asked(self, _method: str, path: str, body: Any) -> Any:
        self.words.update(_WORD.findall(path), _WORD.findall(json.dumps(body)))
        return body

    def answered(self, _method: str, path: str, answer: Answer) -> Answer:
        if not path.startswith("/v1/presets/"):
            self.words.update(_WORD.findall(answer.text))
        return answer


class FailsUnchanged(Exception):
    """A test that fails on the unchanged preset would seem to notice every mutant."""


@cache
def heard(preset: str) -> Mapping[str, Heard]:
    """By id of a test. Raises `FailsUnchanged`: this is the control of all judgements."""
    found = {}
    for item in suite.tests_of(preset):
        traffic, began = Traffic(), time.process_time()
        if suite.run(item, traffic).how != "passed":
            raise FailsUnchanged(item.nodeid)
        found[item.nodeid] = Heard(frozenset(traffic.words), time.process_time() - began)
    return found
