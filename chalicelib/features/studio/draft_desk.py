"""What the pages of the draft share: the draft, whom it is open to, and who has saved it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.features.policies import draft
from chalicelib.features.policies.draft import DraftRevision, SavedDraft
from chalicelib.features.policies.draft_commands import check_may_read
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import sections
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.times import time_text


class SavedRevision(NamedTuple):
    """`changed`: the places, as JSON Pointers."""

    revision: int
    at: str
    by: str
    changed: Sequence[str]


def owner_desk(call: Call) -> Desk:
    """With the draft. Raises `Problem("forbidden")`."""
    return sections.owner_desk(call, draft.draft_keys(tenant_of(call)))


def stored(desk: Desk) -> SavedDraft | None:
    return draft.stored_draft(desk.entries, desk.member.org.id)


def readable(desk: Desk) -> SavedDraft | None:
    """The draft, if it is open to the reader."""
    found = stored(desk)
    try:
        if found is not None:
            check_may_read(desk.call.wiring.store, desk.member.org.id, found, desk.person, desk.call.now)
    except Problem:
        return None
    return found


def saved(desk: Desk) -> SavedRevision | None:
    if (current := stored(desk)) is None:
        return None
    head = current.draft
    latest = DraftRevision(revision=head.revision, saved_at=head.saved_at, saved_by=head.saved_by)
    return _told(desk, [latest])[0]


def saved_since(desk: Desk, version: str) -> list[SavedRevision]:
    """What others have saved since this version was read. Nothing if there is no draft any more."""
    current = stored(desk)
    return [] if current is None else _told(desk, draft.revisions_since(current.draft, version))


def _told(desk: Desk, revisions: Sequence[DraftRevision]) -> list[SavedRevision]:
    subs = sorted({one.saved_by for one in revisions})
    known = people_by_sub(desk.call.wiring.store, desk.member.org.id, subs) if subs else ()
    names = {one.sub: one.name for one in known if one.name}  # no mail address: the page can be an error
    unnamed, calendar = desk.reader.text("studio.unnamed"), desk.member.policy.calendar
    return [
        SavedRevision(
            one.revision, time_text(calendar, desk.reader, one.saved_at), names.get(one.saved_by, unnamed), one.changed
        )
        for one in revisions
    ]
