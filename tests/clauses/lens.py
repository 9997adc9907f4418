"""Lenses between tests and the world. One replaces a preset by another policy, on which clause tests then run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from chalicelib.policy.reading import parsing
from tests.helpers.fakes.client import Answer


class Lens(Protocol):
    """Changes the requests and responses between a test and the world."""

    def at(self, path: str) -> str: ...

    def asked(self, method: str, path: str, body: Any) -> Any: ...

    def answered(self, method: str, path: str, answer: Answer) -> Answer: ...


class OtherPolicy:
    """Signing up on the preset uses this document as the organisation's own policy, with its roles and sample."""

    def __init__(self, preset: str, document: Mapping[str, Any]) -> None:
        self.preset = preset
        self.document = dict(document)
        self._content = preset, msgspec.msgpack.encode(self.document)
        self._shown: dict[str, str] = {}

    def __eq__(self, other: object) -> bool:
        """Tests with equal policies share what they do first (`founding`)."""
        return type(other) is type(self) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)

    def at(self, path: str) -> str:
        return path

    def asked(self, method: str, path: str, body: Any) -> Any:
        if method == "POST" and path == "/v1/tenants" and body.get("preset") == self.preset:
            return {**{key: value for key, value in body.items() if key != "preset"}, "policy": self.document}
        return body

    def answered(self, method: str, path: str, answer: Answer) -> Answer:
        if method != "GET" or path != f"/v1/presets/{self.preset}":
            return answer
        if answer.text not in self._shown:  # each test asks for the preset
            self._shown[answer.text] = self._changed(answer.json)
        return Answer(answer.status, answer.headers, self._shown[answer.text])

    def _changed(self, shown: Mapping[str, Any]) -> str:
        """The preset as the API would show it with this document."""
        parsed = parsing.parse(self.document)
        changed = {
            **shown,
            "roles": {role: label.to_json() for role, label in parsed.people.items()},
            "policy": self.document,
            "example": {**self.document["sample"], "facts": dict(self.document["sample"]["facts"])},
        }
        return json.dumps(changed, ensure_ascii=False)
