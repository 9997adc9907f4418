"""Routes for the people of an organisation: invitations, the list of people, grants, removal, and deputies."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.people import (
    appoint_deputy,
    invite,
    invite_many,
    own_settings,
    person_views,
    remove,
    set_grants,
)
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of


class RemovalQuery(RequestDocument, frozen=True, kw_only=True):
    """`to`: the person who takes over the assigned complaints."""

    to: Annotated[SeenText, msgspec.Meta(max_length=100)] | None = None


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
        summary="Remove a person; the person in `to` takes over their open complaints (job `hand-over-<sub>`)",
        allow=["person"],
        query=RemovalQuery,
        status=204,
        problems=["forbidden", "invalid", "last-owner", "conflict"],
        idempotency="optional",
    )
    def remove_person(call: Call) -> Reply:
        return reply_of(remove.start(call.wiring, owner_command(call), call.params["sub"], call.query.to))


def _settings(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/me/settings",
        method="GET",
        summary="Get what the caller has chosen for themself",
        allow=["person"],
        response=own_settings.SettingsView,
        problems=["forbidden"],
    )
    def get_my_settings(call: Call) -> Reply:
        return Reply(own_settings.settings_of(call.wiring.store, member_request(call)))

    @api.route(
        "/v1/t/{tenant}/people/me/settings",
        method="PATCH",
        summary="Choose mails, language, shortcuts and rows of a page for oneself",
        allow=["person"],
        request=own_settings.ChangedSettings,
        response=own_settings.SettingsView,
        problems=["forbidden", "conflict"],
    )
    def change_my_settings(call: Call) -> Reply:
        return Reply(own_settings.change(call.wiring.store, member_request(call), call.body))


def _deputies(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/me/deputy",
        method="GET",
        summary="Get the deputy whom the caller has appointed",
        allow=["person"],
        response=appoint_deputy.DeputyView,
        problems=["forbidden"],
    )
    def get_deputy(call: Call) -> Reply:
        return Reply(appoint_deputy.deputy(call.wiring.store, member_request(call)))

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
        return reply_of(
            appoint_deputy.appoint_deputy(call.wiring.store, call.wiring.real_clock, owner_command(call), call.body)
        )

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
        return reply_of(
            appoint_deputy.appoint_deputy(call.wiring.store, call.wiring.real_clock, owner_command(call), None)
        )


class People(msgspec.Struct, frozen=True):
    people: list[person_views.PersonView]


def register(api: Api) -> None:
    _invitations(api)
    _people(api)
    _grants(api)
    _deputies(api)
    _settings(api)


def _invitations(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people",
        method="POST",
        summary="Invite a person and grant them roles",
        allow=["person"],
        request=invite.Invite,
        response=person_views.PersonView,
        status=201,
        problems=["forbidden", "practice", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def invite_person(call: Call) -> Reply:
        return reply_of(invite.invite(call.wiring, owner_command(call), call.body))

    @api.route(
        "/v1/t/{tenant}/people/import",
        method="POST",
        summary="Invite the people of a table, or say what would become of each row",
        allow=["person"],
        request=invite_many.InvitationTable,
        response=invite_many.InvitedTable,
        problems=["forbidden", "practice", "conflict", "quota-exceeded"],
        idempotency="optional",
        weight=30,
    )
    def invite_people(call: Call) -> Reply:
        return Reply(invite_many.invite_many(call.wiring, owner_command(call), call.body))


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
        return Reply(People(person_views.list_people(call.wiring.store, tenant_of(call), sub_of(call))))

    @api.route(
        "/v1/t/{tenant}/people/me",
        method="GET",
        summary="Get the caller and their grants",
        allow=["person"],
        response=person_views.PersonView,
        problems=["forbidden"],
    )
    def get_me(call: Call) -> Reply:
        return Reply(person_views.get_person(call.wiring.store, tenant_of(call), sub_of(call)))
