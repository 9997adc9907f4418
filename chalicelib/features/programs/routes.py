"""Routes of program accounts and their keys, for owners."""

from __future__ import annotations

from chalicelib.features.programs import commands, views
from chalicelib.features.programs.commands import GivenOperations
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of

_PATH = "/v1/t/{tenant}/accounts"
_ONE = _PATH + "/{account}"


def operations(api: Api) -> list[str]:
    """The operation ids that a program account can be given."""
    return sorted(one.name for one in api.contracts if one.programs)


def register(api: Api) -> None:
    _accounts(api)
    _changes(api)
    _keys(api)


def _accounts(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the program accounts with their keys, for owners",
        allow=["person"],
        response=views.AccountsView,
        problems=["forbidden"],
    )
    def list_program_accounts(call: Call) -> Reply:
        return Reply(views.list_accounts(call.wiring.store, tenant_of(call), sub_of(call)))

    @api.route(
        _PATH,
        method="POST",
        summary="Create a program account, with which another system uses the API",
        allow=["person"],
        request=commands.WantedAccount,
        response=views.AccountView,
        status=201,
        problems=["forbidden", "limit-reached", "conflict"],
        idempotency="optional",
    )
    def create_program_account(call: Call) -> Reply:
        return reply_of(commands.add(_rules(api, call), owner_command(call), call.body))


def _changes(api: Api) -> None:
    @api.route(
        _ONE,
        method="PUT",
        summary="Change a program account: its name, its roles, what it may use, and when it ends",
        allow=["person"],
        request=commands.WantedAccount,
        response=views.AccountView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def change_program_account(call: Call) -> Reply:
        return reply_of(commands.change(_rules(api, call), owner_command(call), call.params["account"], call.body))

    @api.route(
        _ONE,
        method="DELETE",
        summary="Remove a program account with its keys",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def remove_program_account(call: Call) -> Reply:
        return reply_of(commands.remove(call.wiring, owner_command(call), call.params["account"]))


def _keys(api: Api) -> None:
    @api.route(
        _ONE + "/keys",
        method="POST",
        summary="Add a key to a program account; only this answer has it",
        allow=["person"],
        response=views.NewKeyView,
        status=201,
        problems=["forbidden", "limit-reached", "conflict"],
        idempotency="optional",
    )
    def add_program_key(call: Call) -> Reply:
        return reply_of(commands.add_key(call.wiring, owner_command(call), call.params["account"]))

    @api.route(
        _ONE + "/keys/{key}",
        method="DELETE",
        summary="Revoke a key of a program account",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def revoke_program_key(call: Call) -> Reply:
        command = owner_command(call)
        return reply_of(commands.revoke_key(call.wiring, command, call.params["account"], call.params["key"]))


def _rules(api: Api, call: Call) -> GivenOperations:
    return GivenOperations(call.wiring, operations(api))
