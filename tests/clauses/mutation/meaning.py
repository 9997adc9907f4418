"""Compares policies by what they mean, so that a written-out default and its absence are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.policy import publishing
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.derived.duties import duty_of
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument


def meaning(document: Mapping[str, Any]) -> bytes:
    """A comparable form of the compiled policy, without the texts of limits and calendars that it has parsed.

    Without fields that have a label only: the checker requires them where they are used, unless the name is built in.

    Raises `PolicyFault` for a document that cannot be published.
    """
    found = publishing.prepare(document).document
    policy = compile_policy(found, "0")
    calendars = [one.to_json() for one in (policy.calendar, *policy.calendars.values())]
    parts = (calendars, policy.tiers, policy.again, _without_parsed(found))
    return msgspec.json.encode(parts, order="deterministic")


def _without_parsed(document: PolicyDocument) -> PolicyDocument:
    tiers = [replace(tier, within=None, again=None) for tier in document.tiers]
    fields = {name: field for name, field in document.fields.items() if field != Fact(name=field.name)}
    clocks = {name: replace(clock, duty=duty_of(document, clock)) for name, clock in document.clocks.items()}
    return replace(document, calendar={}, calendars={}, tiers=tiers, fields=fields, clocks=clocks, sample=None)
