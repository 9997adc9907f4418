"""The desk's list of program accounts, for owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.programs import views
from chalicelib.features.programs.commands import MOST
from chalicelib.kit.instants import to_text
from chalicelib.tenants.people.membership import IssuedKey, ProgramAccount, StoredGrant
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, Desk
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.kit.instants import Instant
    from chalicelib.web.api import Api

SECTION = "organisation"
ACCOUNTS = f"{DESK}/{SECTION}/accounts"


class ShownKey(msgspec.Struct, frozen=True, kw_only=True):
    """`used`: empty if it was never used."""

    id: str
    created: str
    used: str


class ShownAccount(msgspec.Struct, frozen=True, kw_only=True):
    """In words. `until`: empty if it does not end. `ended`: whether it has."""

    id: str
    name: str
    roles: str
    operations: int
    keys: list[ShownKey]
    used: str
    until: str
    ended: bool


def register(api: Api) -> None:
    @section_page(
        api,
        SECTION,
        "accounts",
        "The program accounts of the organisation",
        group="systems",
        shown_to=is_owner,
        query=ToldQuery,
    )
    def get_desk_accounts(call: Call) -> Reply:
        desk = section_desk(call, SECTION)
        rows = [shown_account(desk, one) for one in views.active(call.wiring.store, tenant_of(call))]
        return desk.page("programs/accounts.html", {"rows": rows, "most": MOST, "told": call.query.told})


def shown_account(desk: Desk, one: ProgramAccount) -> ShownAccount:
    return ShownAccount(
        id=one.id,
        name=one.name,
        roles=roles_text(desk, one.grants),
        operations=len(one.operations),
        keys=[_shown_key(desk, key) for key in one.keys],
        used=_time(desk, max((key.used for key in one.keys if key.used is not None), default=None)),
        until=_time(desk, one.until),
        ended=one.until is not None and one.until <= desk.call.now,
    )


def roles_text(desk: Desk, grants: Sequence[StoredGrant]) -> str:
    return labels_of(desk).joined([grant_text(desk, one) for one in grants])


def grant_text(desk: Desk, grant: StoredGrant) -> str:
    labels = labels_of(desk)
    role = labels.role(grant.role)
    return role if grant.unit is None else desk.reader.text("accounts.of_unit", role=role, unit=labels.unit(grant.unit))


def _shown_key(desk: Desk, key: IssuedKey) -> ShownKey:
    return ShownKey(id=key.id, created=_time(desk, key.created), used=_time(desk, key.used))


def _time(desk: Desk, at: Instant | None) -> str:
    return "" if at is None else time_text(desk.member.policy.calendar, desk.reader, to_text(at))
