"""Routes for an organisation's policy: the version in force, all versions, checks and publication."""

from __future__ import annotations

import msgspec

from chalicelib.features.policies import policy_check, publish, version_views
from chalicelib.tenants.people import queries
from chalicelib.tenants.publication import policy_version
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of
from chalicelib.web.languages import localized


class PolicyVersions(msgspec.Struct, frozen=True):
    """Newest first."""

    versions: list[version_views.ListedVersion]
    cursor: str | None


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
        response=version_views.PolicyView,
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
        _, caller = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        position = cursors.unseal(call, call.query.cursor)
        found, after = policy_version.version_page(call.wiring.store, tenant_of(call), call.query.limit, position)
        versions = [version_views.listed_version(row, caller) for row in found]
        return Reply(PolicyVersions(versions=versions, cursor=cursors.seal(call, after)))

    @api.route(
        "/v1/t/{tenant}/policy/versions/{version}",
        method="GET",
        summary="Get a policy version",
        allow=["person"],
        response=version_views.PolicyView,
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
    return Reply(version_views.policy_view(found))
