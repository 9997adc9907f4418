"""Routes for organisations: sign-up, the tenant itself, its people and its units."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.jobs import hand_over
from chalicelib.casework.queries import usage
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.http.idempotent_requests import reply_of, required_idempotent_request
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.tenants import add_unit, organisation_views, origins, sign_up
from chalicelib.tenants.people import appoint_deputy, invite, person_views, queries, set_grants


class People(msgspec.Struct, frozen=True):
    people: list[person_views.PersonView]


class RemovalQuery(RequestDocument, frozen=True, kw_only=True):
    """`to`: the person who takes over the assigned complaints."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None


class Units(msgspec.Struct, frozen=True):
    units: list[organisation_views.UnitView]


def register(api: Api) -> None:
    _tenant(api)
    _usage(api)
    _origins(api)
    _invitations(api)
    _people(api)
    _grants(api)
    _deputies(api)
    _units(api)


def _tenant(api: Api) -> None:
    @api.route(
        "/v1/tenants",
        method="POST",
        summary="Sign an organisation up; its owner is invited by email",
        allow=["public"],
        request=sign_up.SignUp,
        response=organisation_views.TenantView,
        status=201,
        problems=["policy-invalid", "tenant-taken", "conflict"],
        idempotency="required",
        weight=30,
    )
    def create_tenant(call: Call) -> Reply:
        request = required_idempotent_request(call, tenant=call.body.id)
        return reply_of(sign_up.sign_up(call.wiring, call.body, request, call.now))

    @api.route(
        "/v1/t/{tenant}",
        method="GET",
        summary="Get the organisation, for its people",
        allow=["person"],
        response=organisation_views.TenantView,
        problems=["forbidden"],
    )
    def get_tenant(call: Call) -> Reply:
        organisation, _ = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(organisation_views.tenant_view(organisation, call.now))


def _origins(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/origins",
        method="PUT",
        summary="Set the web origins whose pages may read the organisation's responses; an empty list allows all",
        allow=["person"],
        request=origins.Origins,
        response=origins.Origins,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def put_origins(call: Call) -> Reply:
        return reply_of(origins.set_origins(call.wiring, owner_command(call), call.body))


def _usage(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/usage",
        method="GET",
        summary="Get the limits of the organisation's plan and their use, for owners",
        allow=["person"],
        response=usage.Usage,
        problems=["forbidden"],
    )
    def get_usage(call: Call) -> Reply:
        return Reply(usage.usage(call.wiring, tenant_of(call), sub_of(call), call.now))


def _invitations(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people",
        method="POST",
        summary="Invite a person and grant them roles",
        allow=["person"],
        request=invite.Invite,
        response=person_views.PersonView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def invite_person(call: Call) -> Reply:
        return reply_of(invite.invite(call.wiring, owner_command(call), call.body))


def _people(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people",
        method="GET",
        summary="List the organisation's people; for owners with email addresses and removed people",
        allow=["person"],
        response=People,
        problems=["forbidden"],
    )
    def list_people(call: Call) -> Reply:
        _, caller = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        people = queries.all_people(call.wiring.store, tenant_of(call))
        if caller.owner:
            return Reply(People([person_views.person_view(person) for person in people]))
        return Reply(People([person_views.colleague_view(person) for person in people if person.active]))

    @api.route(
        "/v1/t/{tenant}/people/me",
        method="GET",
        summary="Get the caller and their grants",
        allow=["person"],
        response=person_views.PersonView,
        problems=["forbidden"],
    )
    def get_me(call: Call) -> Reply:
        _, caller = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(person_views.person_view(caller))


def _grants(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/{sub}",
        method="PUT",
        summary="Replace a person's grants",
        allow=["person"],
        request=set_grants.Grants,
        response=person_views.PersonView,
        problems=["forbidden", "last-owner", "conflict"],
        idempotency="optional",
    )
    def grant_roles(call: Call) -> Reply:
        return reply_of(set_grants.set_grants(call.wiring, owner_command(call), call.params["sub"], call.body))

    @api.route(
        "/v1/t/{tenant}/people/{sub}",
        method="DELETE",
        summary="Remove a person; the person in `to` takes over their open cases (job `hand-over-<sub>`)",
        allow=["person"],
        query=RemovalQuery,
        status=204,
        problems=["forbidden", "invalid", "last-owner", "conflict"],
        idempotency="optional",
    )
    def remove_person(call: Call) -> Reply:
        return reply_of(hand_over.start(call.wiring, owner_command(call), call.params["sub"], call.query.to))


def _deputies(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/me/deputy",
        method="PUT",
        summary="Appoint a deputy, who has the caller's roles in complaints for a time",
        allow=["person"],
        request=appoint_deputy.Appointed,
        response=appoint_deputy.DeputyView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def put_deputy(call: Call) -> Reply:
        return reply_of(appoint_deputy.appoint_deputy(call.wiring, owner_command(call), call.body))

    @api.route(
        "/v1/t/{tenant}/people/me/deputy",
        method="DELETE",
        summary="End the caller's deputy appointment",
        allow=["person"],
        response=appoint_deputy.DeputyView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def delete_deputy(call: Call) -> Reply:
        return reply_of(appoint_deputy.appoint_deputy(call.wiring, owner_command(call), None))


def _units(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/units",
        method="POST",
        summary="Add a unit, such as a management office",
        allow=["person"],
        request=add_unit.NewUnit,
        response=organisation_views.UnitView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def create_unit(call: Call) -> Reply:
        return reply_of(add_unit.add_unit(call.wiring, owner_command(call), call.body))

    @api.route(
        "/v1/t/{tenant}/units",
        method="GET",
        summary="List the organisation's units, for its people",
        allow=["person"],
        response=Units,
        problems=["forbidden"],
    )
    def list_units(call: Call) -> Reply:
        organisation, _ = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        return Reply(Units(organisation_views.unit_views(organisation)))
