"""The values that an event gave, with their labels, for the complainant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.pages.reader import Reader
from chalicelib.pages.times import time_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact


def given_values(
    policy: Policy, event: EnvelopeView, private: Mapping[str, Any], reader: Reader
) -> list[tuple[str, str]]:
    """Only values that the policy labels. `private`: those that the complainant may see."""
    found = {**event.fields.get("facts", {}), **event.fields, **private}
    return [
        (reader.label(fact.name.to_json()), _text(policy, fact, value, reader))
        for name, value in found.items()
        if (fact := policy.document.definition(name)) is not None and fact.name is not None and fact.kind != "people"
    ]


def _text(policy: Policy, fact: Fact, value: Any, reader: Reader) -> str:
    if isinstance(value, list):
        return "、".join(_text(policy, fact, one, reader) for one in value)
    if isinstance(value, bool):
        answer = "yes" if value else "no"
        choice = fact.choices.get(answer)
        return reader.text(f"common.{answer}") if choice is None else reader.label(choice.to_json(), answer)
    if isinstance(value, str) and value in fact.choices:
        return reader.label(fact.choices[value].to_json(), value)
    return time_text(policy.calendar, reader, value) if fact.kind == "time" else str(value)
