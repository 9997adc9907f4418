"""What each test of a preset says and hears: the names in its requests and responses."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from tests.clauses.mutation import suite
from tests.fakes.client import Answer

_WORD = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")


class Traffic:
    """A lens that changes nothing."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def asked(self, _method: str, path: str, body: Any) -> Any:
        self.words.update(_WORD.findall(path), _WORD.findall(json.dumps(body)))
        return body

    def answered(self, _method: str, path: str, answer: Answer) -> Answer:
        if not path.startswith("/v1/presets/"):
            self.words.update(_WORD.findall(answer.text))
        return answer


@cache
def words_of(preset: str) -> dict[str, frozenset[str]]:
    """By id of a test: the names in its traffic on the unchanged preset."""
    found = {}
    for item in suite.tests_of(preset):
        traffic = Traffic()
        suite.run(item, traffic)
        found[item.nodeid] = frozenset(traffic.words)
    return found
