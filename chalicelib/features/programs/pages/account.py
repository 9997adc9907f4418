"""The desk's page of a program account: its form, its keys, its removal, below the list of accounts. `new` is the form
of a new one.

A key is on the answer to the form that adds it alone, so neither an address nor another page ever has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from chalicelib.features.programs import commands
from chalicelib.features.programs.commands import GivenOperations, WantedAccount
from chalicelib.features.programs.pages import accounts
from chalicelib.features.programs.pages.account_form import FormOfAccount, document, refused, shown
from chalicelib.features.programs.pages.accounts import ACCOUNTS, SECTION
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people import program_accounts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import section_desk
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ONE = ACCOUNTS + "/{account}"
_NEW = "new"
"""In place of an account's id, which is hexadecimal."""


def register(api: Api) -> None:
    accounts.register(api)
    _form_pages(api)
    _keys(api)


def _form_pages(api: Api) -> None:
    @desk_page(api, _ONE, "A program account, with its form and its keys", query=ToldQuery)
    def get_desk_account(call: Call) -> Reply:
        return shown(_form(api, call), told=call.query.told or "")

    @desk_form(api, _ONE, "Add or change a program account")
    def post_desk_account(call: Call) -> Reply:
        form, given = _form(api, call), Answers(call.body)
        command = owner_form(call, given)
        try:
            wanted = decode(document(form, given), WantedAccount)
            rules = GivenOperations(call.wiring, form.operations)
            if form.account is None:
                made = cast(Mapping[str, Any], commands.add(rules, command, wanted).body)
                return _lead(call, f"{ACCOUNTS.format(**call.params)}/{made['id']}", "added")
            commands.change(rules, command, form.account.id, wanted)
        except Problem as problem:
            return refused(form, given, problem)
        return _lead(call, _ONE.format(**call.params), "changed")

    @desk_form(api, _ONE + "/remove", "Remove a program account")
    def post_desk_account_remove(call: Call) -> Reply:
        section_desk(call, SECTION)  # refuses others before what was sent is read
        commands.remove(call.wiring, owner_form(call, Answers(call.body)), call.params["account"])
        return _lead(call, ACCOUNTS.format(tenant=tenant_of(call)), "removed")


def _keys(api: Api) -> None:
    @desk_form(api, _ONE + "/keys", "Add a key to a program account")
    def post_desk_account_key(call: Call) -> Reply:
        form, given = _form(api, call), Answers(call.body)
        try:
            added = commands.add_key(call.wiring, owner_form(call, given), call.params["account"])
        except Problem as problem:
            return refused(form, given, problem)
        return form.desk.page("programs/key.html", {"key": added.body, "account": form.account})

    @desk_form(api, _ONE + "/keys/{key}/revoke", "Revoke a key of a program account")
    def post_desk_account_key_revoke(call: Call) -> Reply:
        section_desk(call, SECTION)  # as above
        command = owner_form(call, Answers(call.body))
        commands.revoke_key(call.wiring, command, call.params["account"], call.params["key"])
        return _lead(call, _ONE.format(tenant=tenant_of(call), account=call.params["account"]), "revoked")


def _form(api: Api, call: Call) -> FormOfAccount:
    """Raises `Problem`: `forbidden`, `not-found`."""
    own = program_accounts.key(tenant_of(call), call.params["account"])
    desk = section_desk(call, SECTION, [own])
    entry = desk.entries.get(own)
    account = None if entry is None else program_accounts.read(entry)
    if call.params["account"] != _NEW and (account is None or not account.active):
        raise Problem("not-found", "The organisation has no such program account.")
    return FormOfAccount(desk, account, {one.name: one.summary for one in api.contracts if one.programs})


def _lead(call: Call, path: str, told: str) -> Reply:
    return see_other(reader_of(call).link(path, told=told))
