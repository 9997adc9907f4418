"""The answers of a form so far, and the filing that they make.

Values of inputs are read in the form that the API takes. What cannot be read stays text, and the API refuses it. A form
that is sent twice acts once: it has a key, as programs send `Idempotency-Key`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.complaints.condition_context import banded_facts
from chalicelib.kit import canonical
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.worktime.zone import from_wall_clock
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.web.call import Call
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.organisation import open_channels
from chalicelib.web.request_parts import KEY_PATTERN

_NUMBER_CHARACTERS = 30


def read(kind: str, given: Sequence[str], zone: ZoneInfo) -> Any:
    """`kind`: of the fact or field. `given`: the values of its input. Empty text if there are none."""
    row, text = fact_kinds.of(kind), given[0].strip() if given else ""
    if row.is_list:
        return list(given)
    if row.values == "yes_no":
        return {"yes": True, "no": False}.get(text, text or None)
    if row.input == "number":
        return _number(text)
    return moment(text, zone) if row.moment == "instant" else text


def _number(text: str) -> Any:
    if len(text) > _NUMBER_CHARACTERS:
        return text
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def moment(text: str, zone: ZoneInfo) -> str:
    """A local time of the organisation's zone (`2026-11-27T10:30`) as the text of an instant."""
    try:
        found = datetime.fromisoformat(text)
        return text if found.tzinfo else to_text(from_wall_clock(zone, found))
    except (ValueError, OverflowError):
        return text


_CONTROL = frozenset({"step", "go", "lang", "key", "started", "website", "form"})
"""The values of a form that are no answers."""


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
        return known[0] if len(known) == 1 else self.one("channel")

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
        return read(fact.kind, self.all(f"fact.{key}"), policy.calendar.zone)


def request_of(call: Call, given: Answers, principal: str, content: Any) -> Request:
    """As `keyed_request`. Raises `Problem("bad-request")` without a key."""
    request = keyed_request(call, given.one("key"), principal, content)
    if request is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    return request


def keyed_request(call: Call, key: str, principal: str, content: Any) -> Request | None:
    """With which a form that is sent twice acts once. `content`: what another form with the same key must not change.

    None without a key.
    """
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    return Request(
        tenant=tenant_of(call),
        principal=principal,
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"params": dict(call.params), "content": content}),
    )


def owner_form(call: Call, given: Answers) -> OwnerCommand:
    """The command of a form at the desk with which an owner changes the organisation; a double click does it once.

    The button is part of the form, so another button of the same page is another request. Raises
    `Problem("bad-request")` without a key.
    """
    content = [*given.kept(), ("go", given.one("go"))]
    request = request_of(call, given, principal(call.caller), content)
    return OwnerCommand(tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=request)
