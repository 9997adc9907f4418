"""Routes about organisations: sign-up, the tenant itself, its people, its units, its policy versions."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.http.api import Api
from chalicelib.http.call import Call, Person, Reply
from chalicelib.http.idempotency import reply_of, request_of
from chalicelib.problem import Problem
from chalicelib.tenants import add_unit, grant, invite, people, person_view, policies, publish, remove, sign_up, view
from chalicelib.tenants.command import Command


class People(msgspec.Struct, frozen=True):
    people: list[person_view.PersonView]


class Units(msgspec.Struct, frozen=True):
    units: list[view.UnitView]


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    effective_at: str
    preset: str | None
    roles: list[str]
    policy: dict[str, Any]


def register(api: Api) -> None:
    _tenant(api)
    _people(api)
    _grants(api)
    _units(api)
    _policy(api)


def _tenant(api: Api) -> None:
    @api.route(
        "/v1/tenants",
        method="POST",
        summary="Sign an organisation up; its owner is invited by e-mail",
        allow=["public"],
        request=sign_up.SignUp,
        response=view.TenantView,
        status=201,
        problems=["policy-invalid", "tenant-taken", "conflict"],
        idempotency="required",
    )
    def create_tenant(call: Call) -> Reply:
        request = request_of(call, tenant=call.body.id)
        if request is None:
            raise Problem("idempotency-key-missing", "Send an Idempotency-Key.")
        return reply_of(sign_up.sign_up(call.wiring, call.body, request, call.now))

    @api.route(
        "/v1/t/{tenant}",
        method="GET",
        summary="The organisation, for its people",
        allow=["person"],
        response=view.TenantView,
        problems=["forbidden"],
    )
    def get_tenant(call: Call) -> Reply:
        organisation, _ = people.member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(view.view(organisation, call.now))


def _people(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people",
        method="POST",
        summary="Invite a person and grant them roles",
        allow=["person"],
        request=invite.Invite,
        response=person_view.PersonView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def invite_person(call: Call) -> Reply:
        return reply_of(invite.invite(call.wiring, command_of(call), call.body))

    @api.route(
        "/v1/t/{tenant}/people",
        method="GET",
        summary="The organisation's people; to owners with their addresses, removed ones included",
        allow=["person"],
        response=People,
        problems=["forbidden"],
    )
    def list_people(call: Call) -> Reply:
        _, caller = people.member(call.wiring.store, tenant_of(call), sub_of(call))
        everybody = people.everybody(call.wiring.store, tenant_of(call))
        if caller.owner:
            return Reply(People([person_view.view(person) for person in everybody]))
        return Reply(People([person_view.colleague(person) for person in everybody if person.active]))

    @api.route(
        "/v1/t/{tenant}/people/me",
        method="GET",
        summary="The caller and their grants",
        allow=["person"],
        response=person_view.PersonView,
        problems=["forbidden"],
    )
    def get_me(call: Call) -> Reply:
        _, caller = people.member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(person_view.view(caller))


def _grants(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/{sub}",
        method="PUT",
        summary="Replace a person's grants",
        allow=["person"],
        request=grant.Grants,
        response=person_view.PersonView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def grant_roles(call: Call) -> Reply:
        return reply_of(grant.grant(call.wiring, command_of(call), call.params["sub"], call.body))

    @api.route(
        "/v1/t/{tenant}/people/{sub}",
        method="DELETE",
        summary="Remove a person from the organisation",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def remove_person(call: Call) -> Reply:
        return reply_of(remove.remove(call.wiring, command_of(call), call.params["sub"]))


def _units(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/units",
        method="POST",
        summary="Add a unit, such as a management office",
        allow=["person"],
        request=add_unit.NewUnit,
        response=view.UnitView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def create_unit(call: Call) -> Reply:
        return reply_of(add_unit.add_unit(call.wiring, command_of(call), call.body))

    @api.route(
        "/v1/t/{tenant}/units",
        method="GET",
        summary="The organisation's units, for its people",
        allow=["person"],
        response=Units,
        problems=["forbidden"],
    )
    def list_units(call: Call) -> Reply:
        organisation, _ = people.member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(Units(view.units(organisation)))


def _policy(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy",
        method="GET",
        summary="The policy version that applies now",
        allow=["person"],
        response=PolicyView,
        problems=["forbidden"],
    )
    def get_policy(call: Call) -> Reply:
        organisation, _ = people.member(call.wiring.store, tenant_of(call), sub_of(call))
        return _policy_reply(call, organisation.policy_at(call.now))

    @api.route(
        "/v1/t/{tenant}/policy/versions/{version}",
        method="GET",
        summary="One policy version",
        allow=["person"],
        response=PolicyView,
        problems=["forbidden"],
    )
    def get_policy_version(call: Call) -> Reply:
        people.member(call.wiring.store, tenant_of(call), sub_of(call))
        return _policy_reply(call, call.params["version"])

    @api.route(
        "/v1/t/{tenant}/policy/versions",
        method="POST",
        summary="Publish a policy version for new complaints",
        allow=["person"],
        request=publish.Publish,
        response=publish.Published,
        status=201,
        problems=["forbidden", "policy-invalid", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def publish_policy(call: Call) -> Reply:
        return reply_of(publish.publish(call.wiring, command_of(call), call.body))


def _policy_reply(call: Call, version: str) -> Reply:
    found = policies.read(call.wiring.store, tenant_of(call), version)
    return Reply(
        PolicyView(
            version=found.version,
            effective_at=found.effective_at,
            preset=found.preset,
            roles=found.roles,
            policy=found.document,
        )
    )


def command_of(call: Call) -> Command:
    return Command(tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=request_of(call))


def tenant_of(call: Call) -> str:
    if call.tenant is None:
        raise RuntimeError("the route's path has no tenant")
    return call.tenant


def sub_of(call: Call) -> str:
    """Raises `Problem("unauthenticated")` for callers that are no person."""
    if not isinstance(call.caller, Person):
        raise Problem("unauthenticated", "Sign in first.")
    return call.caller.sub
