"""The fields of an assumed event in a preview. Known fields are checked, and no field is required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import fields
from chalicelib.complaints.act_hooks import hooks_of
from chalicelib.complaints.condition_context import field_case, situation
from chalicelib.complaints.envelope import EventFields
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.flow import Flow
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.checks.fields import EVENT_KEYS
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, is_public
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.value_context import InvalidFieldValue


def public_fields(flow: Flow, name: str, act: Act, given: Mapping[str, Any], *, at: Instant, place: int) -> EventFields:
    """Returns the event's public fields, and in `given` the names of the private ones.

    Raises `Problem("invalid")` with places below `/events/<place>/fields`.
    """
    case = field_case(flow.policy, flow.complaint, (*act.needs, *act.takes))
    known = {spec.name: spec for spec in fields.specs(flow.policy, act, case)}
    found: EventFields = {}
    private: list[str] = []
    places: list[Place] = []
    for key, value in given.items():
        if key not in known and not _is_defined(flow, key):
            places.append(Place(pointer("events", str(place), "fields", key), "is not a field of this policy"))
            continue
        spec = known.get(key) or _spec_of_policy(flow, key)
        if key in EVENT_KEYS or not is_public(spec.kind, spec.fact):
            private.extend([key] if key not in EVENT_KEYS and value is not None else [])
            continue
        try:
            found[key] = fields.read(spec, value, at, None)
        except InvalidFieldValue as wrong:
            where = pointer("events", str(place), "fields", key, *wrong.path)
            places.append(Place(where, wrong.sentence))
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)
    if private:
        found["given"] = sorted(private)
    members = {key: value for key, value in given.items() if key in EVENT_KEYS}
    try:
        return {**found, **hooks_of(name).writes(flow.policy, flow.complaint, act, {**members, **found}, at)}
    except Problem as problem:
        for one in problem.places:
            one.pointer = pointer("events", str(place)) + one.pointer
        raise


def _is_defined(flow: Flow, name: str) -> bool:
    document = flow.policy.document
    return name in EVENT_KEYS or name in BUILT_IN_FIELDS or name in document.fields or name in document.intake.facts


def _spec_of_policy(flow: Flow, name: str) -> FieldSpec:
    """A field that this act does not take. It is private if neither the policy nor the language defines it."""
    if name in flow.policy.document.fields:
        return fields.policy_spec(flow.policy, name, False, situation(flow.policy, flow.complaint))
    return fields.spec(flow.policy, Act(by=[]), name, False, situation(flow.policy, flow.complaint))
