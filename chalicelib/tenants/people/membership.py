"""Membership (`M#<sub>`): a person's grants in one organisation. Tokens carry no permissions. Beside it, what is stored
of a program account (`program_accounts.py`), which can be the caller of a use case as a person can.

Grants name valid roles and units, and an organisation has at least one owner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import MailTrouble
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Store, Update
from chalicelib.store.stored_form import Damaged, Form
from chalicelib.tenants.names import OWNER, PROGRAM, RESPONDENT, is_program

if TYPE_CHECKING:
    from chalicelib.tenants.organisation import Organisation

KIND = "membership"
ACTIVE, REMOVED = "active", "removed"
Mails = Literal["at_once", "daily", "none"]
"""When the service mails what a member is told as staff. What they are told as a respondent is mailed at once."""
Language = Literal["browser", "zh", "en"]
LEAST_ROWS, MOST_ROWS = 10, 100
"""That a member can choose for a page of the queue."""


class StoredGrant(StoredPart, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A role of the policy, or a reserved role. `unit`: the grant is only for matters of this unit."""

    role: str
    unit: str | None = None


class Deputy(StoredPart, frozen=True):
    """The deputy of an absent person, from `start` (inclusive) until `until` (exclusive)."""

    sub: str
    start: Instant
    until: Instant


class OwnSettings(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """What a member has chosen for themself. `language`: of pages and mails; with `browser`, pages follow the browser,
    and mails the invitation."""

    mails: Mails = "at_once"
    language: Language = "browser"
    shortcuts: bool = True
    """Whether single keys act on pages of the desk (WCAG 2.2, 2.1.4)."""
    rows: int = 50
    """Of a page of the queue."""


class Membership(StoredPart, frozen=True, kw_only=True):
    sub: str
    email: str
    name: str
    language: str
    """Of the invitation: `zh` or `en`. `spoken` is that of mails to the person."""
    grants: list[StoredGrant]
    respondent_since: dict[str, Instant] | msgspec.UnsetType = msgspec.UNSET
    """By unit: when the person became its respondent. Unset for a person who is the respondent of none."""
    state: str = ACTIVE
    told: bool = False
    """Whether the invitation was sent."""
    telling: Instant = 0
    """Real time until which one run has the lease to send the invitation."""
    deputy: Deputy | None = None
    mail: MailTrouble | msgspec.UnsetType = msgspec.UNSET
    """Why the person gets no mail, if they do not."""
    stands_in: dict[str, Instant] = {}
    """People for whom this person may be deputy, and until when. Only a hint: their `deputy` decides."""
    settings: OwnSettings | msgspec.UnsetType = msgspec.UNSET
    """Unset until the person has chosen something."""

    @property
    def chosen(self) -> OwnSettings:
        return OwnSettings() if self.settings is msgspec.UNSET else self.settings

    @property
    def spoken(self) -> str:
        """The language of mails to the person: the one that they chose, or that of their invitation."""
        return self.language if self.chosen.language == "browser" else self.chosen.language

    def with_kept(self, asked: Sequence[StoredGrant]) -> list[StoredGrant]:
        """The grants that are asked for. One that the person has stays as it is stored, with what it has besides."""
        stored = {(one.role, one.unit): one for one in self.grants}
        return [stored.get((one.role, one.unit), one) for one in asked]

    @property
    def active(self) -> bool:
        return self.state == ACTIVE

    @property
    def owner(self) -> bool:
        return self.may(OWNER)

    @property
    def is_party(self) -> bool:
        """True for a person who is the respondent of units and nothing else."""
        return self.active and all(grant.role == RESPONDENT for grant in self.grants)

    def since(self, grant: StoredGrant) -> Instant:
        """When the person received the grant; 0 for one that is not a respondent's."""
        if grant.role != RESPONDENT or self.respondent_since is msgspec.UNSET:
            return 0
        return self.respondent_since.get(grant.unit or "", 0)

    @property
    def roles(self) -> list[str]:
        """Each role once, in the order of the grants."""
        return list(dict.fromkeys(grant.role for grant in self.grants)) if self.active else []

    def may(self, role: str, unit: str | None = None) -> bool:
        """Returns True if the person has the role.

        A grant for one unit counts for that unit, and where `unit` is None. A respondent's grant counts only for its
        unit.
        """
        flexible = role != RESPONDENT
        return self.active and any(
            grant.role == role and (grant.unit == unit or (flexible and None in (unit, grant.unit)))
            for grant in self.grants
        )

    def is_of(self, role: str, unit: str) -> bool:
        """Whether the person has a grant of this role for the unit itself."""
        return self.active and any(grant.role == role and grant.unit == unit for grant in self.grants)


class IssuedKey(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`server_key`: with which its text was made. `by`: the owner who added it."""

    id: str
    server_key: str
    created: Instant
    by: str
    used: Instant | None = None


class ProgramAccount(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`operations`: names of routes that it may use. `until`: when it ends (exclusive). `by`: the owner who
    added it."""

    id: str
    name: str
    grants: list[StoredGrant]
    operations: list[str]
    created: Instant
    by: str
    until: Instant | None = None
    keys: list[IssuedKey] = []
    state: str = ACTIVE

    @property
    def sub(self) -> str:
        """Who acts, on record and elsewhere: the account, with whichever of its keys."""
        return PROGRAM + self.id

    @property
    def active(self) -> bool:
        return self.state == ACTIVE

    def lives(self, key: str, now: Instant) -> bool:
        """Whether the account may be used with this key now."""
        return self.active and (self.until is None or now < self.until) and any(one.id == key for one in self.keys)

    @property
    def as_member(self) -> Membership:
        """The account as the caller of a use case: a member with its grants, and without all that only people have."""
        return Membership(
            sub=self.sub, email="", name=self.name, language="en", grants=self.grants, state=self.state, told=True
        )

    def removed(self) -> ProgramAccount:
        """The item stays, because events name the account."""
        return msgspec.structs.replace(self, state=REMOVED, keys=[], grants=[], operations=[])


FORM = Form(KIND, Membership, version=2)
PROGRAM_FORM = Form("program", ProgramAccount)


def respondent_since(
    grants: Iterable[StoredGrant], now: Instant, before: Membership | None = None
) -> dict[str, Instant] | msgspec.UnsetType:
    """`Membership.respondent_since` of a person with these grants from now on. Those of `before` keep their time."""
    kept = {} if before is None else {one.unit: before.since(one) for one in before.grants if one.role == RESPONDENT}
    found = {one.unit: kept.get(one.unit, now) for one in grants if one.role == RESPONDENT and one.unit is not None}
    return found or msgspec.UNSET


class NotMember(Problem):
    """The caller is not a member of the organisation."""

    def __init__(self) -> None:
        super().__init__("forbidden", Text("You are not a member of this organisation."))


def key(tenant: str, sub: str) -> Key:
    return keys.membership(tenant, sub)


def caller_key(tenant: str, sub: str) -> Key:
    """Of the item that says what a caller may do: that of a program account, too. `key` is of a person alone, so a
    program is no member where a use case does not ask for it."""
    if not is_program(sub):
        return key(tenant, sub)
    from chalicelib.store.keys import programs  # few callers are programs

    return programs.account(tenant, sub.removeprefix(PROGRAM))


def sub_of(entry: Entry) -> str:
    """Of whom the item is, also if it is damaged."""
    return keys.member(entry.key)


def entries(store: Store, tenant: str, page_size: int) -> Iterator[Entry]:
    """The items of all people, including removed ones, sorted by `sub`."""
    return reads.items(store, keys.organisation(tenant), keys.MEMBERSHIPS, page_size)


def find(entries: Mapping[Key, Entry], tenant: str, sub: str) -> Membership | None:
    """The membership, also of a removed person, from a read with `key`."""
    entry = entries.get(key(tenant, sub))
    return None if entry is None else stored(entry)


def parse(entry: Entry | None) -> Membership:
    """Parse a membership item. Raises `NotMember` if there is none, or the person was removed."""
    membership = None if entry is None else stored(entry)
    if membership is None or not membership.active:
        raise NotMember
    return membership


def stored(entry: Entry) -> Membership:
    """Parse a membership item, including that of a removed person; or that of a program account."""
    return PROGRAM_FORM.read(entry).as_member if entry.kind == PROGRAM_FORM.kind else FORM.read(entry)


def stored_each(entries: Iterable[Entry]) -> Iterator[Membership]:
    """As `stored`, for lists: leaves out damaged items."""
    for entry in entries:
        with suppress(Damaged):
            yield stored(entry)


def write(tenant: str, membership: Membership, before: Entry | int | None) -> Put | Update:
    """`before`: the item as it was read, or its version; None: there is none."""
    return FORM.write(key(tenant, membership.sub), membership, before)


def check_grants(grants: Sequence[StoredGrant], roles: Collection[str], units: Collection[str]) -> list[StoredGrant]:
    """The grants without duplicates, sorted. Raises `Problem("invalid")` with the place of each invalid grant."""
    places = [place for index, grant in enumerate(grants) for place in _faults(grant, f"/grants/{index}", roles, units)]
    if places:
        raise Problem("invalid", "Some grants are invalid.", places=places)
    return sorted(set(grants), key=lambda grant: (grant.role, grant.unit or ""))


def _faults(grant: StoredGrant, pointer: str, roles: Collection[str], units: Collection[str]) -> Iterator[Place]:
    if grant.role not in (OWNER, RESPONDENT) and grant.role not in roles:
        yield Place(f"{pointer}/role", "The organisation's policy has no such role.")
    if grant.role == OWNER and grant.unit is not None:
        yield Place(f"{pointer}/unit", "An owner's grant is for the whole organisation.")
    elif grant.role == RESPONDENT and grant.unit is None:
        yield Place(f"{pointer}/unit", "A respondent's grant is for one unit.")
    elif grant.unit is not None and grant.unit not in units:
        yield Place(f"{pointer}/unit", "The organisation has no such unit.")


def owners_after(organisation: Organisation, change: int) -> int:
    """The number of owners after a change (`change`: 1, 0 or -1). Raises `Problem("last-owner")` if none is left."""
    if organisation.owners + change < 1:
        raise Problem("last-owner", "This person is the last owner. Make another person an owner first.")
    return organisation.owners + change
