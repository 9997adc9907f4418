"""What a member chooses for themself: mails, language, shortcuts, rows of a page."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.kit.decoding import RequestDocument
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store, Write
from chalicelib.tenants.people import daily_readers, membership, queries
from chalicelib.tenants.people.membership import LEAST_ROWS, MOST_ROWS, Language, Mails, OwnSettings
from chalicelib.tenants.people.queries import MemberRequest

_BUSY = "Others changed the member at the same time. Repeat the request."
Rows = Annotated[int, msgspec.Meta(ge=LEAST_ROWS, le=MOST_ROWS)]


class SettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """`mails`: when the member is mailed what they are told as staff. `language`: of pages and mails; with `browser`,
    pages follow the browser, and mails the invitation. `shortcuts`: whether single keys act on pages. `rows`: of a page
    of the queue."""

    mails: Mails
    language: Language
    shortcuts: bool
    rows: int


class ChangedSettings(RequestDocument, frozen=True, kw_only=True):
    """What is left out stays."""

    mails: Mails | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    shortcuts: bool | UnsetType = UNSET
    rows: Rows | UnsetType = UNSET


def view(settings: OwnSettings) -> SettingsView:
    return msgspec.convert(settings, SettingsView, from_attributes=True)


def settings_of(store: Store, request: MemberRequest) -> SettingsView:
    """Raises `Problem("forbidden")` if the caller is no member."""
    _, person = queries.load_member(store, request.tenant, request.sub)
    return view(person.chosen)


def change(store: Store, request: MemberRequest, changed: ChangedSettings) -> SettingsView:
    """The settings afterwards. Raises `Problem`: `forbidden` (the caller is no member), `conflict`."""
    return retry_or_refuse(lambda: _attempt(store, request, changed), _BUSY)


def _attempt(store: Store, request: MemberRequest, changed: ChangedSettings) -> SettingsView:
    own, daily = membership.key(request.tenant, request.sub), daily_readers.key(request.tenant, request.sub)
    entries = store.get([own, daily])
    person = membership.parse(entries.get(own))
    given = {name: value for name, value in msgspec.structs.asdict(changed).items() if value is not UNSET}
    after = msgspec.structs.replace(person.chosen, **given)
    if after != person.chosen:
        writes: list[Write] = [
            membership.write(request.tenant, msgspec.structs.replace(person, settings=after), entries[own])
        ]
        if after.mails == "daily":
            writes += daily_readers.begin(request.tenant, request.sub, request.now, entries.get(daily))
        store.commit(writes)
    return view(after)
