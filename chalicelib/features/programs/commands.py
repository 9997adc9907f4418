"""The owners' commands for program accounts and their keys."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.features.programs.views import NewKeyView, account_view, active, key_view
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.store.port import Entry
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import OWNER, RESPONDENT, DisplayName, clean
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership, program_accounts, program_keys
from chalicelib.tenants.people.membership import IssuedKey, ProgramAccount, StoredGrant
from chalicelib.tenants.people.program_accounts import MOST_KEYS
from chalicelib.tenants.people.program_keys import ProgramKey
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring

MOST = 20
"""Program accounts of an organisation."""
_RESERVED = (OWNER, RESPONDENT)


class WantedAccount(RequestDocument, frozen=True, kw_only=True):
    """`grants`: roles of the policy, each for the whole organisation or one unit. `operations`: the operation ids that
    the account may use. `until`: when it ends (exclusive); without it, it does not end."""

    name: DisplayName
    grants: Annotated[list[StoredGrant], msgspec.Meta(min_length=1, max_length=50)]
    operations: Annotated[list[SeenText], msgspec.Meta(min_length=1, max_length=50)]
    until: str | None = None


class GivenOperations(NamedTuple):
    """`operations`: those that a program account can be given (`Contract.programs`)."""

    wiring: Wiring
    operations: Collection[str]


def add(rules: GivenOperations, command: OwnerCommand, wanted: WantedAccount) -> Answer:
    """201 with the account, which has no key yet.

    Raises `Problem`: `forbidden`, `invalid`, `limit-reached`, `conflict`. The caller binds the tenant.
    """
    store = rules.wiring.store
    account_id = secrets.token_hex(6)

    def decide(loaded: LoadedOrganisation) -> OrganisationChange:
        if len(active(store, command.tenant)) >= MOST:  # exact: each change of accounts changes the organisation too
            raise Problem("limit-reached", Text("An organisation has at most {most} program accounts.", most=MOST))
        until = _checked(rules, loaded, command, wanted)
        account = ProgramAccount(
            id=account_id,
            name=clean(wanted.name),
            grants=_grants(rules, loaded, command, wanted),
            operations=sorted(set(wanted.operations)),
            created=command.now,
            by=command.sub,
            until=until,
        )
        return _change(loaded, command, _Changed("program_added", account, Answer.of(201, account_view(account))), None)

    return owner_command.run(store, rules.wiring.real_clock, command, decide)


def change(rules: GivenOperations, command: OwnerCommand, account_id: str, wanted: WantedAccount) -> Answer:
    """200 with the account; its keys stay. Raises as `add`, and `not-found`."""

    def decide(account: ProgramAccount, loaded: LoadedOrganisation) -> _Changed:
        until = _checked(rules, loaded, command, wanted)
        after = replace(
            account,
            name=clean(wanted.name),
            grants=_grants(rules, loaded, command, wanted),
            operations=sorted(set(wanted.operations)),
            until=until,
        )
        return _Changed("program_changed", after, Answer.of(200, account_view(after)))

    return _edit(rules.wiring, command, account_id, decide)


def remove(wiring: Wiring, command: OwnerCommand, account_id: str) -> Answer:
    """204. Its keys are not valid from the next request on. Raises `Problem`: `forbidden`, `not-found`, `conflict`."""
    return _edit(
        wiring,
        command,
        account_id,
        lambda account, _: _Changed("program_removed", account.removed(), Answer(204, None)),
    )


def add_key(wiring: Wiring, command: OwnerCommand, account_id: str) -> Answer:
    """201 with the key. The stored answer has not its text: a repeat of the request makes it again.

    Raises `Problem`: `forbidden`, `not-found`, `limit-reached`, `conflict`.
    """
    key_id = secrets.token_hex(8)
    server_key = program_keys.issue(wiring.secrets, ProgramKey(command.tenant, account_id, key_id))[1]
    issued = IssuedKey(id=key_id, server_key=server_key, created=command.now, by=command.sub)

    def decide(account: ProgramAccount, _: LoadedOrganisation) -> _Changed:
        if len(account.keys) >= MOST_KEYS:
            text = Text("A program account has at most {most} keys. Revoke one first.", most=MOST_KEYS)
            raise Problem("limit-reached", text)
        after = replace(account, keys=[*account.keys, issued])
        return _Changed("program_key_added", after, Answer.of(201, key_view(issued)), key_id)

    return _with_secret(wiring, command, account_id, _edit(wiring, command, account_id, decide))


def revoke_key(wiring: Wiring, command: OwnerCommand, account_id: str, key_id: str) -> Answer:
    """204. The key is not valid from the next request on. Raises `Problem`: `forbidden`, `not-found`, `conflict`."""

    def decide(account: ProgramAccount, _: LoadedOrganisation) -> _Changed:
        kept = [one for one in account.keys if one.id != key_id]
        if len(kept) == len(account.keys):
            raise Problem("not-found", "The program account has no such key.")
        return _Changed("program_key_revoked", replace(account, keys=kept), Answer(204, None), key_id)

    return _edit(wiring, command, account_id, decide)


class _Changed(NamedTuple):
    """`event`: its type. `key`: that it is about; without one, the event says what the account may do."""

    event: str
    account: ProgramAccount
    answer: Answer
    key: str = ""


_Decide = Callable[[ProgramAccount, LoadedOrganisation], _Changed]


def _edit(wiring: Wiring, command: OwnerCommand, account_id: str, decide: _Decide) -> Answer:
    own = program_accounts.key(command.tenant, account_id)

    def attempt(loaded: LoadedOrganisation) -> OrganisationChange:
        entry = loaded.entries.get(own)
        account = None if entry is None else program_accounts.read(entry)
        if account is None or not account.active:
            raise Problem("not-found", "The organisation has no such program account.")
        return _change(loaded, command, decide(account, loaded), entry)

    return owner_command.run(wiring.store, wiring.real_clock, command, attempt, [own])


def _change(
    loaded: LoadedOrganisation, command: OwnerCommand, edit: _Changed, before: Entry | None
) -> OrganisationChange:
    after, fields = edit.account, dict[str, Any](program=edit.account.sub)
    if edit.key:
        fields["key"] = edit.key
    elif after.active:
        grants = msgspec.to_builtins(after.grants)
        fields |= {"grants": grants, "operations": after.operations, "until": account_view(after).until}
    org, recorded = record_event(loaded.organisation, edit.event, fields, command.sub, command.now)
    return OrganisationChange(org, [recorded, program_accounts.write(command.tenant, after, before)], edit.answer)


def _grants(
    rules: GivenOperations, loaded: LoadedOrganisation, command: OwnerCommand, wanted: WantedAccount
) -> list[StoredGrant]:
    """Raises `Problem("invalid")`."""
    roles = policy_version.grantable_roles(rules.wiring.store, loaded.organisation, command.now)
    return membership.check_grants(wanted.grants, roles, loaded.organisation.units)


def _checked(
    rules: GivenOperations, loaded: LoadedOrganisation, command: OwnerCommand, wanted: WantedAccount
) -> Instant | None:
    """When the account ends. Raises `Problem("invalid")` for what no program account can have."""
    places = list(_faults(rules, wanted))
    until = None
    if wanted.until is not None:
        try:
            until = from_text(wanted.until)
        except ValueError as error:
            places.append(Place("/until", Text("is not a valid time: {error}", error=error)))
    if until is not None and until <= command.now:
        places.append(Place("/until", "must be in the future"))
    if places:
        raise Problem("invalid", "The program account is not valid.", places=places)
    return until


def _faults(rules: GivenOperations, wanted: WantedAccount) -> Iterator[Place]:
    for at, grant in enumerate(wanted.grants):
        if grant.role in _RESERVED:
            yield Place(f"/grants/{at}/role", "is for people only")
    known = ", ".join(sorted(rules.operations))
    for at, name in enumerate(wanted.operations):
        if name not in rules.operations:
            yield Place(f"/operations/{at}", Text("must be one of: {known}", known=known))


def _with_secret(wiring: Wiring, command: OwnerCommand, account_id: str, answer: Answer) -> Answer:
    """With the key's text, unless it was revoked since the first answer."""
    entry = wiring.store.get([program_accounts.key(command.tenant, account_id)])
    [account] = [program_accounts.read(one) for one in entry.values()]
    view = msgspec.convert(answer.body, NewKeyView)
    for one in account.keys:
        if one.id == view.id:
            text, _ = program_keys.issue(
                wiring.secrets, ProgramKey(command.tenant, account_id, view.id), one.server_key
            )
            view = replace(view, secret=text)
    return Answer.of(answer.status, view, replayed=answer.replayed)
