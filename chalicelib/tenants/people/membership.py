"""Membership: what a person may do in one organisation (`M#<sub>`), whatever their token says."""

from __future__ import annotations

import msgspec

from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry
from chalicelib.tenants.names import OWNER, RESPONDENT

KIND = "membership"
ACTIVE, REMOVED = "active", "removed"


class StoredGrant(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A role of the policy, or `owner`; with `unit` only for that unit's matters."""

    role: str
    unit: str | None = None


class Deputy(msgspec.Struct, frozen=True):
    """Who stands in for an absent person, from when until before when."""

    sub: str
    start: Instant
    until: Instant


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    sub: str
    email: str
    name: str
    language: str
    """Of the messages to them: `zh` or `en`."""
    grants: list[StoredGrant]
    state: str = ACTIVE
    told: bool = False
    """Whether the invitation has left."""
    telling: Instant = 0
    """Until when (real time) a run has it to itself to send the invitation."""
    deputy: Deputy | None = None
    stands_in: dict[str, Instant] = {}
    """For whom this person may be deputy, and until when: only where to look. What counts is the other's `deputy`."""

    @property
    def active(self) -> bool:
        return self.state == ACTIVE

    @property
    def owner(self) -> bool:
        return self.may(OWNER)

    @property
    def roles(self) -> list[str]:
        """Each role once, in the order of the grants."""
        return list(dict.fromkeys(grant.role for grant in self.grants)) if self.active else []

    def may(self, role: str, unit: str | None = None) -> bool:
        """Whether they stand in the role. A grant for one unit counts for that unit, and where no unit is asked for; a
        respondent's for that unit alone."""
        free = role != RESPONDENT
        return self.active and any(
            grant.role == role and (grant.unit == unit or (free and None in (unit, grant.unit)))
            for grant in self.grants
        )


class NotMember(Problem):
    """Whoever calls is none of the organisation's people; others are forbidden what they are not granted."""

    def __init__(self) -> None:
        super().__init__("forbidden", "You are not one of this organisation's people.")


def parse(entry: Entry | None) -> Membership:
    """Read a membership item. Raises `NotMember` where there is none, or the person was removed."""
    membership = None if entry is None else stored(entry)
    if membership is None or not membership.active:
        raise NotMember
    return membership


def stored(entry: Entry) -> Membership:
    """Read a membership item, removed ones included."""
    return msgspec.json.decode(entry.body, type=Membership)


def entry_of(tenant: str, membership: Membership, version: int) -> Entry:
    body = msgspec.json.encode(membership).decode()
    return Entry(key=keys.membership(tenant, membership.sub), kind=KIND, body=body, version=version)
