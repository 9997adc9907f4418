"""Routes for presets: ready-made policies to start from."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from chalicelib.decoding import JsonValue
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.policy import presets
from chalicelib.policy.language.fact_kinds import FieldValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import parsing
from chalicelib.problem import Problem
from chalicelib.tenants.publication.policy_source import PolicyObject

JsonSchema = dict[str, Any]


class PresetRow(msgspec.Struct, frozen=True):
    preset: str
    name: dict[str, str]


class Presets(msgspec.Struct, frozen=True):
    presets: list[PresetRow]


class ExampleComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a filing."""

    channel: str
    facts: dict[str, FieldValue]
    severity: str | msgspec.UnsetType = msgspec.UNSET
    category: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """`example`: a fictitious complaint, valid for filing. `source`: the YAML, with the clause of each rule."""

    preset: str
    name: dict[str, str]
    roles: dict[str, dict[str, str]]
    channels: list[str]
    units: str
    example: ExampleComplaint
    policy: PolicyObject
    source: str


def register(api: Api) -> None:
    @api.route("/v1/presets", method="GET", summary="List the ready-made policies", allow=["public"], response=Presets)
    def list_presets(_: Call) -> Reply:
        return Reply(Presets([PresetRow(name, _preset(name).name) for name in presets.names()]))

    @api.route(
        "/v1/presets/{preset}",
        method="GET",
        summary="Get a ready-made policy, with an example complaint that is valid for filing",
        allow=["public"],
        response=Preset,
    )
    def get_preset(call: Call) -> Reply:
        return Reply(_preset(call.params["preset"]))

    @api.route(
        "/v1/policy-schema",
        method="GET",
        summary="Get the JSON Schema of a policy document in its full form, as stored in versions",
        allow=["public"],
        response=dict[str, JsonValue],
    )
    def policy_schema(_: Call) -> Reply:
        return Reply(_policy_schema())


@functools.cache
def _policy_schema() -> JsonSchema:
    return msgspec.json.schema(PolicyDocument)


@functools.cache
def _preset(name: str) -> Preset:
    try:
        raw = presets.document(name)
    except KeyError:
        raise Problem("not-found", "No preset has this name.") from None
    document = parsing.parse(raw)
    sample = msgspec.to_builtins(document.sample)
    return Preset(
        preset=name,
        name=document.name.to_json(),
        roles={role: label.to_json() for role, label in document.people.items()},
        channels=list(document.intake.channels),
        units=document.intake.unit,
        example=msgspec.convert({key: value for key, value in sample.items() if value is not None}, ExampleComplaint),
        policy=raw,
        source=presets.text(name),
    )
