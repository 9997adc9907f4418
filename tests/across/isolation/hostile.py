"""An organisation with a web address in each text of its policy, and people who write one into each text field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.policy import presets
from chalicelib.policy.language.wording.default_wording import default_wording
from chalicelib.policy.reading import parsing
from tests.clauses.lens import OtherPolicy


class Hostile(OtherPolicy):
    """The preset with `address` at the end of each label and wording. Filings and acts have it in each text.

    `every_wording`: the policy words each message, so that no default text is sent.
    """

    def __init__(self, preset: str, address: str, language: str, *, every_wording: bool = False) -> None:
        self._address, self._language = address, language
        document = msgspec.to_builtins(parsing.parse(presets.document(preset)))
        wording = {name: {"zh": f"{{number}} {address}", "en": f"{{number}}: {address}"} for name in default_wording()}
        wording = wording if every_wording else {}
        labelled = self._labelled(document)
        super().__init__(preset, {**labelled, "wording": {**wording, **labelled["wording"]}, "examples": []})

    def _labelled(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self._labelled(one) for one in part]
        if not isinstance(part, dict):
            return part
        is_label = isinstance(part.get("zh"), str)
        return {
            key: f"{value} {self._address}" if is_label and key in ("zh", "en") and value else self._labelled(value)
            for key, value in part.items()
        }

    def asked(self, method: str, path: str, body: Any) -> Any:
        body = super().asked(method, path, body)
        if not isinstance(body, Mapping):
            return body
        changed = {**body, **{part: self._written(body[part]) for part in ("facts", "fields") if part in body}}
        if path == "/v1/tenants" or path.endswith("/complaints"):
            changed["language"] = self._language
        return changed

    def _written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Texts are in Chinese, in the samples and in what people do (`silent_parties`); all else is ASCII."""
        return {
            name: f"{value} {self._address}" if isinstance(value, str) and not value.isascii() else value
            for name, value in values.items()
        }
