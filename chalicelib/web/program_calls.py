"""Requests of program accounts: `Authorization: Bearer rdk_…`.

The key's text shows whose it is (`authenticate`, without a read). The account's item says, at each request, whether the
key and the account are still valid and whether the account may use the route (`admit`, the first read of the request).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.kit.problem import Problem
from chalicelib.ports import Secrets
from chalicelib.store import reads
from chalicelib.store.port import CommitConflict, Entry, Unavailable
from chalicelib.tenants.names import PROGRAM
from chalicelib.tenants.people import program_accounts, program_keys
from chalicelib.tenants.people.membership import NotMember
from chalicelib.web import gateway_event
from chalicelib.web.call import Person, ProgramUse
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


def authenticate(contract: Contract, request: GatewayRequest, key: str, secrets: Secrets) -> Person:
    """Raises `Problem`: `unauthenticated`, also where no program account may call; `forbidden` elsewhere than in the
    key's organisation, whether or not there is such an organisation."""
    found = program_keys.read(secrets, key)
    if not contract.programs:
        raise Problem("unauthenticated", "Program accounts cannot use this. Only people can, who sign in.")
    if gateway_event.path_params(request)["tenant"] != found.tenant:
        raise NotMember
    return Person(PROGRAM + found.account, program=ProgramUse(found.account, found.key))


def admit(contract: Contract, tenant: str, use: ProgramUse, wiring: Wiring) -> None:
    """Raises `Problem`: `unauthenticated`, `forbidden`."""
    own, now = program_accounts.key(tenant, use.account), wiring.clock()
    entry = reads.find(wiring.store, own)
    account = program_accounts.check_alive(entry, use.key, now)
    program_accounts.refuse_operation(account, contract.name)
    if entry is not None:
        _note(tenant, entry, use, wiring)


def _note(tenant: str, entry: Entry, use: ProgramUse, wiring: Wiring) -> None:
    """Write the last use. A request does not fail if it cannot be written, and the next one tries again."""
    write = program_accounts.noted(tenant, entry, use.key, wiring.clock())
    if write is not None:
        with suppress(CommitConflict, Unavailable):
            wiring.store.commit([write])
