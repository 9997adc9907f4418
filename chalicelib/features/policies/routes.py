"""Routes for an organisation's policy: the version in force, all versions, checks and publication.

Without signing in: presets, the schemas of policies, and previews.
"""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from chalicelib.features.policies import policy_check, preset_view, previews, publish
from chalicelib.kit.decoding import JsonValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.written_form import written_form
from chalicelib.ports.policy_source import PolicyObject
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import PolicyVersion, VersionRow
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of
from chalicelib.web.languages import localized


class ListedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """`draft`: id of the draft from which the version was published."""

    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None
    draft: str | None


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    effective_at: str
    preset: str | None
    roles: list[str]
    policy: PolicyObject


def listed_version(row: VersionRow, caller: Membership) -> ListedVersion:
    """`published_by`: for a party, a role in place of the person."""
    return ListedVersion(
        version=row.version,
        published_at=row.published_at,
        published_by=OWNER if caller.is_party else row.published_by,
        effective_at=row.effective_at,
        preset=row.preset,
        draft=row.draft,
    )


def policy_view(version: PolicyVersion) -> PolicyView:
    return PolicyView(
        version=version.version,
        effective_at=version.effective_at,
        preset=version.preset,
        roles=version.roles,
        policy=version.document,
    )


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
        summary="Get a ready-made policy, with an example complaint that is valid for filing",
        allow=["public"],
        response=preset_view.Preset,
    )
    def get_preset(call: Call) -> Reply:
        return Reply(preset_view.preset_view(call.params["preset"]))


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
        problems=["forbidden"],
    )
    def get_policy(call: Call) -> Reply:
        organisation, _ = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return _policy_reply(call, organisation.policy_at(call.now))


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
        _, caller = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        position = cursors.position(call, call.query.cursor)
        found, after = policy_version.version_page(call.wiring.store, tenant_of(call), call.query.limit, position)
        versions = [listed_version(row, caller) for row in found]
        return Reply(PolicyVersions(versions=versions, cursor=cursors.sign(call, after)))

    @api.route(
        "/v1/t/{tenant}/policy/versions/{version}",
        method="GET",
        summary="Get a policy version",
        allow=["person"],
        response=PolicyView,
        problems=["forbidden"],
    )
    def get_policy_version(call: Call) -> Reply:
        queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return _policy_reply(call, call.params["version"])


def _publish(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/publish",
        method="POST",
        summary="Publish a policy version for new complaints: the draft, or the policy in the body",
        allow=["person"],
        request=publish.Publish,
        response=publish.Published,
        status=201,
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
        queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return localized(Reply(policy_check.check_policy(call.wiring.policies, call.body)), call.accept_language)


def _policy_reply(call: Call, version: str) -> Reply:
    found = policy_version.read_version(call.wiring.store, tenant_of(call), version)
    return Reply(policy_view(found))


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
