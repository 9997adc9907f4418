"""The fields of an assumed event in a preview. Known fields are checked, and no field is required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import demands, fields, tasks
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.flow import Flow
from chalicelib.instants import Instant
from chalicelib.policy.checks.fields import EVENT_KEYS
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.language.fact_kinds import InvalidFieldValue
from chalicelib.policy.language.model import Act
from chalicelib.problem import Place, Problem


def public_fields(
    flow: Flow, event: str, act: Act, given: Mapping[str, Any], *, at: Instant, place: int
) -> dict[str, Any]:
    """Returns the event's public fields. Raises `Problem("invalid")` with places below `/events/<place>/fields`."""
    known = {spec.name: spec for spec in fields.specs(flow.policy, act, situation(flow.complaint))}
    found: dict[str, Any] = {}
    places: list[Place] = []
    for name, value in given.items():
        spec = known.get(name) or _spec_of_policy(flow, name)
        if name in EVENT_KEYS or not fields.is_public(spec):
            continue
        try:
            found[name] = fact_kinds.read(spec.kind, spec.choices, spec.fact, value, now=at, since=None)
        except InvalidFieldValue as wrong:
            where = pointer("events", str(place), "fields", name, *wrong.path)
            places.append(Place(where, wrong.sentence))
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)
    return {**found, **_builtin_fields(flow, event, act, given, found, at)}


def _spec_of_policy(flow: Flow, name: str) -> FieldSpec:
    """A field that this act does not take. It is private if neither the policy nor the language defines it."""
    if name in flow.policy.document.fields:
        return fields.policy_spec(name, flow.policy.document.fields[name], False, situation(flow.complaint))
    return fields.spec(flow.policy, Act(by=[]), name, False, situation(flow.complaint))


def _builtin_fields(
    flow: Flow, event: str, act: Act, given: Mapping[str, Any], found: Mapping[str, Any], at: Instant
) -> dict[str, Any]:
    """Fields that events of this type have under every policy."""
    complaint = flow.complaint
    if event == "evidence_demanded":
        return demands.demand_fields(flow.policy, complaint, act, found, at)
    if event == "evidence_received":
        return demands.answer_fields(complaint, found)
    if event == "task_done":
        key = tasks.find_task(complaint, given.get("task"))
        return {"task": complaint.tasks[key].task, "opened": f"{complaint.number}/{key}"}
    return {}
