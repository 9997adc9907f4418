"""Named views of the queue: filters that a member has kept under a name, for themself or for the people of some roles.

A view is an address, so it gives no right: each reader sees the rows that the queue shows them. A member's own views
are one item, and the shared ones another, so that the queue's page reads both with the organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework.authorization import Member
from chalicelib.casework.composing.archived import Archived, OwnEvents, line
from chalicelib.casework.composing.erased import Erased
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Key, Remove, Store, Write
from chalicelib.store.stored_form import Form
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

KIND = "queue-views"
SHARED = "shared"
"""In place of a member's id, which is a UUID."""
ORGANISATION = ""
"""In place of the id of a member who has left: the organisation shares the view."""
MOST_OWN = 20
MOST_SHARED = 50
MAX_NAME = 40
"""Characters."""
MAX_ADDRESS = 2_000
"""Characters of the filters as a query string."""
_BUSY = "Others changed the named views at the same time."


class NamedView(StoredPart, frozen=True, kw_only=True):
    """`address`: the query string of the queue's page. `roles`: of those with whom it is shared; empty for a member's
    own. `by`: who named it, or `ORGANISATION`."""

    id: str
    name: str
    address: str
    roles: list[str] = []
    by: str


class NamedViews(StoredPart, frozen=True, kw_only=True):
    """The stored item. In the order in which they were named."""

    views: list[NamedView]


class SeenView(NamedTuple):
    """A view as a member sees it. `removable`: they may delete it."""

    view: NamedView
    removable: bool


FORM = Form(KIND, NamedViews)


def keys_for(tenant: str, sub: str) -> list[Key]:
    return [keys.queue_views_of(tenant, owner) for owner in (sub, SHARED)]


def among(member: Member, entries: Mapping[Key, Entry]) -> list[SeenView]:
    """The member's own views, then those that are shared with them, in items that were read with `keys_for`."""
    own, shared = (_views(entries.get(key)) for key in keys_for(member.org.id, member.asker.id))
    seen = [one for one in shared if _sees(member, one)]
    return [*(SeenView(one, removable=True) for one in own), *(SeenView(one, _removes(member, one)) for one in seen)]


def roles_to_share_with(member: Member) -> list[str]:
    """All roles for an owner, and their own for others. No role that an absent member has lent."""
    if _is_owner(member):
        return [OWNER, *member.policy.document.people]
    return list(dict.fromkeys(one.role for one in member.asker.grants if one.lent_by is None))


def keep(store: Store, member: Member, view: NamedView) -> None:
    """A view with the name of another one in the same place takes its place.

    Raises `Problem`: `limit-reached`; `forbidden` for a role with which the member may not share, or the name of a view
    that they may not delete; `conflict`.
    """
    if len(view.address) > MAX_ADDRESS:
        raise Problem("limit-reached", "The view has too many filters.")
    if not set(view.roles) <= set(roles_to_share_with(member)):
        raise Problem("forbidden", "Members share views with their own roles, and owners with all.")
    key = keys.queue_views_of(member.org.id, SHARED if view.roles else member.asker.id)

    def attempt() -> None:
        entry = reads.find(store, key)
        before = _views(entry)
        same = [one for one in before if one.name == view.name]
        if view.roles and not all(_removes(member, one) for one in same):
            raise Problem("forbidden", "Another member has shared a view with this name.")
        kept = [*(one for one in before if one not in same), view]
        if len(kept) > (MOST_SHARED if view.roles else MOST_OWN):
            raise Problem("limit-reached", "There are as many named views as there can be.")
        store.commit([FORM.write(key, _changed(entry, kept), entry)])

    retry_or_refuse(attempt, _BUSY)


def delete(store: Store, member: Member, view: str) -> None:
    """Nothing if there is no such view, or the member does not see it.

    Raises `Problem`: `forbidden` for a shared view of another member, unless by an owner; `conflict`.
    """

    def attempt() -> None:
        found = store.get(keys_for(member.org.id, member.asker.id))
        seen = next((one for one in among(member, found) if one.view.id == view), None)
        if seen is None:
            return
        if not seen.removable:
            raise Problem("forbidden", "Owners, and the member who shared a view, delete it.")
        key = keys.queue_views_of(member.org.id, SHARED if seen.view.roles else member.asker.id)
        store.commit(_without(found[key], view))

    retry_or_refuse(attempt, _BUSY)


def review(wiring: Wiring, tenant: str, _now: Instant) -> None:
    """Removes the own views of people who have left. What they have shared stays with the roles, and the organisation
    shares it from then on."""
    lists = {entry.key.sk: entry for entry in _every(wiring.store, tenant)}
    sharers = {one.by for one in _views(lists.pop(SHARED, None))} - {ORGANISATION}
    people = reads.read_all(wiring.store, [membership.key(tenant, sub) for sub in {*lists, *sharers}])
    active = {keys.member(key) for key, entry in people.items() if membership.stored(entry).active}
    for sub in lists.keys() - active:
        wiring.store.commit([Remove(lists[sub].key)])
    if left := sharers - active:
        _take_over(wiring.store, keys.queue_views_of(tenant, SHARED), left)


def _take_over(store: Store, key: Key, left: Set[str]) -> None:
    """The organisation shares what these people have shared."""

    def attempt() -> None:
        entry = reads.find(store, key)
        if entry is not None:
            views = [replace(one, by=ORGANISATION) if one.by in left else one for one in _views(entry)]
            store.commit([FORM.write(key, _changed(entry, views), entry)])

    retry_or_refuse(attempt, _BUSY)


def _every(store: Store, tenant: str) -> Iterator[Entry]:
    return reads.items(store, keys.queue_views(tenant))


def _views(entry: Entry | None) -> list[NamedView]:
    return [] if entry is None else FORM.read(entry).views


def _changed(entry: Entry | None, views: list[NamedView]) -> NamedViews:
    """With what a later release has stored beside the views."""
    return NamedViews(views=views) if entry is None else replace(FORM.read(entry), views=views)


def _without(entry: Entry, view: str) -> Sequence[Write]:
    rest = [one for one in _views(entry) if one.id != view]
    return [FORM.write(entry.key, _changed(entry, rest), entry)] if rest else [Remove(entry.key, entry.version)]


def _is_owner(member: Member) -> bool:
    return member.grant_for_all([OWNER]) is not None


def _sees(member: Member, view: NamedView) -> bool:
    return _removes(member, view) or not member.asker.roles.isdisjoint(view.roles)


def _removes(member: Member, view: NamedView) -> bool:
    return view.by == member.asker.id or _is_owner(member)


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    """One file, if there is a view."""
    found = [one for entry in _every(wiring.store, tenant) for one in _views(entry)]
    if found:
        yield "views.json", line([msgspec.to_builtins(one) for one in found])


ARCHIVED = Archived(files=_files)
ERASED = Erased(organisation=lambda leaver: [keys.queue_views(leaver.tenant)])
