"""Routes for an organisation's policy: the version in force, all versions, checks and publication."""

from __future__ import annotations

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.idempotent_requests import reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.tenants.people import queries
from chalicelib.tenants.publication import policy_version, publish
from chalicelib.tenants.publication.policy_source import Document, PolicyObject


class PolicyCheckRequest(RequestDocument, frozen=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


class PolicyCheck(msgspec.Struct, frozen=True):
    """The policy is valid. `roles`: its roles."""

    roles: list[str]
    ok: bool = True


class ListedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """`draft`: id of the draft from which the version was published."""

    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None
    draft: str | None


class PolicyVersions(msgspec.Struct, frozen=True):
    """Newest first."""

    versions: list[ListedVersion]
    cursor: str | None


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    effective_at: str
    preset: str | None
    roles: list[str]
    policy: PolicyObject


def register(api: Api) -> None:
    _in_force(api)
    _versions(api)
    _publish(api)
    _check(api)


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
        query=cursors.PageQuery,
        response=PolicyVersions,
        problems=["forbidden"],
    )
    def list_policy_versions(call: Call) -> Reply:
        queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        position = cursors.unseal(call, call.query.cursor)
        found, after = policy_version.version_page(call.wiring.store, tenant_of(call), call.query.limit, position)
        versions = msgspec.convert(found, list[ListedVersion], from_attributes=True)
        return Reply(PolicyVersions(versions=versions, cursor=cursors.seal(call, after)))

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
        request=PolicyCheckRequest,
        response=PolicyCheck,
        problems=["forbidden", "policy-invalid"],
    )
    def check_policy(call: Call) -> Reply:
        queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(PolicyCheck(call.wiring.policies.prepare(call.body.policy).roles))


def _policy_reply(call: Call, version: str) -> Reply:
    found = policy_version.read_version(call.wiring.store, tenant_of(call), version)
    return Reply(
        PolicyView(
            version=found.version,
            effective_at=found.effective_at,
            preset=found.preset,
            roles=found.roles,
            policy=found.document,
        )
    )
