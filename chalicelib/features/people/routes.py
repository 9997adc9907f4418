"""Routes for the people of an organisation: invitations and the list of people."""

from __future__ import annotations

import msgspec

from chalicelib.features.people import invite, person_views
from chalicelib.tenants.people import queries
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of


class People(msgspec.Struct, frozen=True):
    people: list[person_views.PersonView]


def register(api: Api) -> None:
    _invitations(api)
    _people(api)


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
        return Reply(People(person_views.people_for(caller, people)))

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
