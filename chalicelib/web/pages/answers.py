"""The answers of a form so far, and the filing that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints.condition_context import banded_facts
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value
from chalicelib.policy.language.facts import Fact
from chalicelib.tenants.organisation import Unit
from chalicelib.web.pages import values

_CONTROL = frozenset({"step", "go", "lang", "key", "started", "website"})
"""The values of a form that are no answers."""


def open_channels(policy: Policy) -> list[str]:
    """The channels that are open to the public."""
    intake = policy.document.intake
    return [name for name in intake.channels if name not in intake.filed_by]


def why_closed(policy: Policy, units: Mapping[str, Unit]) -> str | None:
    """The name of the text that says why the public cannot file here; None if it can."""
    if not open_channels(policy):
        return "org.closed_for_filing"
    return "org.without_units" if policy.document.intake.unit == "required" and not units else None


class Answers(msgspec.Struct, frozen=True):
    """`given`: the values of the form by name."""

    given: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The value without surrounding blanks; empty if there is none."""
        return self.given.get(name, [""])[0].strip()

    def all(self, name: str) -> list[str]:
        return [value for value in self.given.get(name, []) if value]

    def kept(self) -> list[tuple[str, str]]:
        """Every answer, for the hidden inputs of the next page."""
        return [(name, value) for name, values in self.given.items() if name not in _CONTROL for value in values]

    def channel(self, policy: Policy) -> str:
        """The chosen channel, or the only one that is open to the public."""
        known = open_channels(policy)
        return self.one("channel") or (known[0] if len(known) == 1 else "")

    def categories(self, policy: Policy) -> dict[str, str]:
        named = {dimension: self.one(f"category.{dimension}") for dimension in policy.document.intake.categories}
        return {dimension: value for dimension, value in named.items() if value}

    def facts(self, policy: Policy) -> dict[str, Any]:
        """The values in the form of a filing. What cannot be read stays text, and the filing's check refuses it."""
        found = {key: self._fact(policy, key, fact) for key, fact in policy.document.intake.facts.items()}
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    def case(self, policy: Policy) -> dict[str, str]:
        """The values by which conditions of the intake ask."""
        public = {key: value for key, value in self.facts(policy).items() if not isinstance(value, list)}
        facts = {name: condition_value(value) for name, value in banded_facts(policy, public).items()}
        severity = policy.classes[0] if policy.classes else "none"
        unit = condition_value(bool(self.one("unit")))
        return {**facts, **self.categories(policy), "channel": self.channel(policy), "severity": severity, "unit": unit}

    def _fact(self, policy: Policy, key: str, fact: Fact) -> Any:
        return values.read(fact.kind, self.all(f"fact.{key}"), policy.calendar.zone)
