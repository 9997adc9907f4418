"""Routes for an organisation's policy: the version in force, all versions, checks and publication.

Without signing in: presets, the schemas of policies, and previews.
"""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from chalicelib.features.policies import policy_check, preset_view, previews, publish, version_queries
from chalicelib.features.policies.version_queries import ListedVersion, PolicyView
from chalicelib.kit.decoding import JsonValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.written_form import written_form
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command
from chalicelib.web.idempotent_requests import reply_of
from chalicelib.web.languages import localized, preferred_type

JsonSchema = dict[str, Any]


def _presets(api: Api) -> None:
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
        summary="Get a ready-made policy, with an example complaint and who can file it",
        allow=["public"],
        response=preset_view.Preset,
        yaml=True,
    )
    def get_preset(call: Call) -> Reply:
        preset = preset_view.preset_view(call.params["preset"])
        return yaml_reply(preset.source) if prefers_yaml(call) else Reply(preset, headers=VARY)


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


class PolicyVersions(msgspec.Struct, frozen=True):
    """Newest first."""

    versions: list[ListedVersion]
    cursor: str | None


YAML = "application/yaml"
VARY = {"Vary": "Accept"}


def prefers_yaml(call: Call) -> bool:
    return preferred_type(call.accept, ("application/json", YAML)) == YAML


def yaml_reply(text: str) -> Reply:
    return Reply(text, headers={"Content-Type": YAML, **VARY})


def register(api: Api) -> None:
    _in_force(api)
    _versions(api)
    _publish(api)
    _check(api)
    _presets(api)
    _schemas(api)
    _previews(api)


def _in_force(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy",
        method="GET",
        summary="Get the policy version in force",
        allow=["person"],
        response=PolicyView,
        yaml=True,
        problems=["forbidden"],
    )
    def get_policy(call: Call) -> Reply:
        store, request = call.wiring.store, member_request(call)
        if prefers_yaml(call):
            return yaml_reply(version_queries.version_text(store, request).text)
        return Reply(version_queries.in_force(store, request), headers=VARY)


def _versions(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/versions",
        method="GET",
        summary="List all policy versions, newest first",
        allow=["person"],
        query=cursors.ListQuery,
        response=PolicyVersions,
        problems=["forbidden"],
    )
    def list_policy_versions(call: Call) -> Reply:
        position = cursors.position(call, call.query.cursor)
        found = version_queries.list_versions(call.wiring.store, member_request(call), call.query.limit, position)
        return Reply(PolicyVersions(versions=found.versions, cursor=cursors.sign(call, found.after)))

    @api.route(
        "/v1/t/{tenant}/policy/versions/{version}",
        method="GET",
        summary="Get a policy version",
        allow=["person"],
        response=PolicyView,
        yaml=True,
        problems=["forbidden"],
    )
    def get_policy_version(call: Call) -> Reply:
        store, request, version = call.wiring.store, member_request(call), call.params["version"]
        if prefers_yaml(call):
            return yaml_reply(version_queries.version_text(store, request, version).text)
        return Reply(version_queries.get_version(store, request, version), headers=VARY)


def _publish(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/publish",
        method="POST",
        summary="Publish a policy version for new complaints: the draft, or the policy in the body",
        allow=["person"],
        request=publish.Publish,
        response=publish.Published,
        status=201,
        accepted=publish.AskedPublication,
        problems=["forbidden", "policy-invalid", "comments-demanded", "conflict", "limit-reached"],
        idempotency="optional",
        if_match=True,
    )
    def publish_policy(call: Call) -> Reply:
        return reply_of(publish.publish(call.wiring, owner_command(call), call.body, call.if_match))


def _check(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/check",
        method="POST",
        reads=True,
        summary="Check a policy document and list its faults with their places",
        allow=["person"],
        request=policy_check.PolicyCheckRequest,
        response=policy_check.PolicyCheck,
        problems=["forbidden", "policy-invalid"],
    )
    def check_policy(call: Call) -> Reply:
        found = policy_check.check_policy(call.wiring, member_request(call), call.body)
        return localized(Reply(found), call.accept_language)


def _previews(api: Api) -> None:
    @api.route(
        "/v1/preview/deadline",
        method="POST",
        summary="Calculate when a time limit is due under a calendar, with the reasons",
        allow=["public"],
        request=previews.DeadlinePreviewRequest,
        response=previews.DeadlinePreview,
    )
    def preview_deadline(call: Call) -> Reply:
        return Reply(previews.preview_deadline(call.body))

    @api.route(
        "/v1/preview/policy",
        method="POST",
        summary="Preview a complaint under a policy: deadlines, stage, open acts",
        allow=["public"],
        request=previews.PolicyPreviewRequest,
        response=previews.PolicyPreview,
        problems=["policy-invalid"],
        weight=5,
    )
    def preview_policy(call: Call) -> Reply:
        return Reply(previews.preview(call.wiring.policies, call.body))
