"""The notices that wait for a decision, for those who decide about them or may edit them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chalicelib.casework import authorization, snapshot
from chalicelib.casework.authorization import Member
from chalicelib.complaints.state import Complaint
from chalicelib.features.register import notice, publication, telling
from chalicelib.features.register.acts.notice_acts import open_to
from chalicelib.features.register.acts.rights import NoticeCaller
from chalicelib.features.register.notice import Notice
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PeopleSelector
from chalicelib.store.port import Key
from chalicelib.tenants.names import OWNER
from chalicelib.wiring import Wiring

_MOST_READ = 1000
"""Notices that are read, each with its complaint, to find some on which the reader can act."""


class WaitingNotice(msgspec.Struct, frozen=True, kw_only=True):
    """`acts`: open to the caller. `at`: from when it can be published."""

    id: str
    number: str
    kind: str
    made: Instant
    at: Instant
    waits_for: list[str]
    acts: list[str]


class WaitingPage(msgspec.Struct, frozen=True):
    """Can have fewer notices than a page takes although more follow, and none only if `_MOST_READ` were read for it."""

    notices: list[WaitingNotice]
    after: Mapping[str, str] | None


def decides(policy: Policy, member: Member) -> bool:
    """Whether notices of this policy can wait for the member."""
    publicity = policy.document.publicity
    if publicity is None or (publicity.notices is None and publicity.results is None):
        return False
    selectors = telling.approvers(publicity.notices)
    roles = {OWNER, *(one.role if isinstance(one, PeopleSelector) else one for one in selectors)}
    return any(grant.role in roles for grant in member.asker.grants)


def list_waiting(
    wiring: Wiring, member: Member, limit: int, after: Mapping[str, str] | None, now: Instant
) -> WaitingPage:
    """Those on which the member can act, the oldest first. The caller binds the tenant. It shows no private value.

    Reads on past those that wait for others only.
    """
    for _ in range(_MOST_READ // limit):
        found, after = notice.waiting(wiring.store, member.org.id, limit, after)
        shown = list(_rows(wiring, member, found, now))
        if shown or after is None:
            break
    return WaitingPage(shown, after)


def _rows(wiring: Wiring, member: Member, found: Sequence[Key], now: Instant) -> Iterator[WaitingNotice]:
    tenant = member.org.id
    entries = wiring.store.get(found)
    prepared = list(notice.FORM.read_each(entries[key] for key in found if key in entries))
    numbers = list(dict.fromkeys(one.number for one in prepared))
    complaints = {one.number: one for one in snapshot.read_complaints(wiring.store, tenant, numbers)}
    for one in prepared:
        if one.state == "prepared" and one.number in complaints:
            row = _row(wiring, member, one, complaints[one.number], now)
            if row is not None and row.acts:
                yield row


def _row(wiring: Wiring, member: Member, found: Notice, complaint: Complaint, now: Instant) -> WaitingNotice | None:
    """None if the complaint is hidden from the member."""
    asker = authorization.rights_in(member.asker, complaint)
    if asker is None:
        return None
    policy = wiring.compiled.get(member.org.id, found.policy)
    caller = NoticeCaller(policy, member.policy, complaint, asker)
    return WaitingNotice(
        id=found.id,
        number=found.number,
        kind=found.kind,
        made=found.made,
        at=publication.earliest(found),
        waits_for=list(publication.waits_for(found, now)),
        acts=open_to(caller, found, now),
    )
