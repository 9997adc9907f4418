"""The practice organisations of an organisation, as it lists them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.access import binding
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store.keys import practice as keys
from chalicelib.store.port import Entry, Key, Put, Update
from chalicelib.store.stored_form import Form
from chalicelib.tenants.directory import Directory

IN_USE = ("pending", "active", "suspended")


class StartedPractice(StoredPart, frozen=True, kw_only=True):
    """`by`: who started it. `until`: after that, it is erased. `told`: whether they were told that it ends."""

    id: str
    by: str
    started: Instant
    until: Instant
    told: bool = False


class StartedPractices(StoredPart, frozen=True, kw_only=True):
    """The stored item. In the order in which they were started."""

    practices: list[StartedPractice]


FORM = Form("practices", StartedPractices)


def list_key(tenant: str) -> Key:
    return keys.listed(tenant)


def among(entries: Mapping[Key, Entry], tenant: str) -> list[StartedPractice]:
    """All that the item lists, from a read with `list_key`."""
    found = entries.get(list_key(tenant))
    return [] if found is None else FORM.read(found).practices


def in_use(directory: Directory, listed: list[StartedPractice], now: Instant) -> list[StartedPractice]:
    """Those that count. One can end early, and one whose start was interrupted counts until its time is over."""
    with binding.directory():
        return [one for one in listed if now < one.until and _is_in_use(directory, one.id)]


def _is_in_use(directory: Directory, tenant: str) -> bool:
    """One that has no entry in the directory yet is being started."""
    found = directory.find(tenant)
    return found is None or found.listing.state in IN_USE


def write(entries: Mapping[Key, Entry], tenant: str, kept: list[StartedPractice]) -> Put | Update:
    """With what a later release has stored beside the list."""
    key = keys.listed(tenant)
    entry = entries.get(key)
    changed = (
        StartedPractices(practices=kept) if entry is None else msgspec.structs.replace(FORM.read(entry), practices=kept)
    )
    return FORM.write(key, changed, entry)
