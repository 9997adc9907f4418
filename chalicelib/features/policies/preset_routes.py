"""Routes for presets, ready-made policies to start from, and for the schemas of policies."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from chalicelib.features.policies import preset_view
from chalicelib.kit.decoding import JsonValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.written_form import written_form
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

JsonSchema = dict[str, Any]


def register(api: Api) -> None:
    @api.route(
        "/v1/presets",
        method="GET",
        summary="List the ready-made policies",
        allow=["public"],
        response=preset_view.Presets,
    )
    def list_presets(_: Call) -> Reply:
        return Reply(preset_view.all_presets())

    @api.route(
        "/v1/presets/{preset}",
        method="GET",
        summary="Get a ready-made policy, with an example complaint that is valid for filing",
        allow=["public"],
        response=preset_view.Preset,
    )
    def get_preset(call: Call) -> Reply:
        return Reply(preset_view.preset_view(call.params["preset"]))

    _schemas(api)


def _schemas(api: Api) -> None:
    @api.route(
        "/v1/policy-schema",
        method="GET",
        summary="Get the JSON Schema of a policy document as authors write it",
        allow=["public"],
        response=dict[str, JsonValue],
    )
    def policy_schema(_: Call) -> Reply:
        return Reply(written_form())

    @api.route(
        "/v1/policy-schema/expanded",
        method="GET",
        summary="Get the JSON Schema of a policy document in its full form, as stored in versions",
        allow=["public"],
        response=dict[str, JsonValue],
    )
    def expanded_policy_schema(_: Call) -> Reply:
        return Reply(_full_form())


@functools.cache
def _full_form() -> JsonSchema:
    return msgspec.json.schema(PolicyDocument)
