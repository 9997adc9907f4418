"""Filings of complaints that arrived earlier: `intake.received`. Their clocks start at their arrival."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import fields
from chalicelib.complaints.filing import Arrival
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import Calendar, due_time, parse_limit


def check(policy: Policy, at: str, given: Mapping[str, Any], now: Instant, *, by_staff: bool = True) -> Arrival:
    """`policy` is today's version. Raises `Problem("invalid")` with the place below `/received`."""
    rules = policy.document.intake.received
    if rules is None or not by_staff:
        raise _refused("", "only staff may give it" if rules else "is not used by this procedure")
    try:
        received = from_text(at)
    except ValueError as error:
        raise _refused("/at", Text("is not a time: {error}", error=error)) from error
    if received > now:
        raise _refused("/at", "lies in the future")
    last = due_time(policy.calendar, parse_limit(rules.within), received).due
    if last is not None and last < now:
        raise _refused("/at", _too_old(policy.calendar, rules.within, last))
    specs = [fields.policy_spec(policy, name, True, {}) for name in rules.needs]
    try:
        return Arrival(received, fields.check(specs, given, now=now, since=None, root="fields"))
    except Problem as problem:
        raise problem.below("/received") from problem


def _too_old(calendar: Calendar, within: str, last: Instant) -> Text:
    from chalicelib.policy.worktime import explaining  # only for this refusal

    limits = [explaining.limit_text(parse_limit(within), language) for language in ("en", "zh")]
    ends = [explaining.before_text(calendar, last, language) for language in ("en", "zh")]
    return Text("is longer ago than {within}: it could be filed {last}", within=InBoth(*limits), last=InBoth(*ends))


def _refused(where: str, why: str) -> Problem:
    return Problem("invalid", "The complaint cannot be registered as it is.", places=[Place(f"/received{where}", why)])
