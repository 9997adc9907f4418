"""People named in an act: they must be members now, and stand in the role that they are assigned to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.complaints.envelope import Draft
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import membership

MOST = 20
"""People that one request may name: they join its one read."""


def keys_in(tenant: str, fields: Mapping[str, Any]) -> list[Key]:
    """Membership keys of everything in the fields that could name a person, so that the first read has them."""
    return [keys.membership(tenant, sub) for sub in list(dict.fromkeys(_candidates(fields)))[:MOST]]


def _candidates(fields: Mapping[str, Any]) -> Iterator[str]:
    for value in fields.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and 0 < len(one) <= 64 and one.isascii() and one.isprintable():
                yield one


def check(drafts: Sequence[Draft], tenant: str, entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` where an `assigned` event names somebody who is no member."""
    places = [
        Place(f"/fields/{role}", f"names a person who is not a member: {position}")
        for draft in drafts
        for role, subs in draft.fields.get("assigned", {}).items()
        for position, sub in enumerate(subs)
        if not _is_member(entries.get(keys.membership(tenant, sub)))
    ]
    if places:
        raise Problem("invalid", "People are assigned by their id as members of the organisation.", places=places)


def _is_member(entry: Entry | None) -> bool:
    return entry is not None and membership.stored(entry).active
