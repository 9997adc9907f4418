"""The practice organisations of an organisation, as it lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store.keys import practice as keys
from chalicelib.store.port import Entry, Key, Put, Update
from chalicelib.store.stored_form import Form
from chalicelib.tenants.directory import Directory

PENDING = "pending"
IN_USE = (PENDING, "active", "suspended")


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


class Running(NamedTuple):
    """`of_the_week`: all whose time is not over, also those that have ended early. `begun`: those of them whose start
    was interrupted, or is in progress. `in_use`: those that count, with the begun ones."""

    of_the_week: list[StartedPractice]
    begun: list[StartedPractice]
    in_use: list[StartedPractice]


def running(directory: Directory, listed: Sequence[StartedPractice], now: Instant) -> Running:
    """One that has no entry in the directory yet is being started."""
    week = [one for one in listed if now < one.until]
    states = directory.states([one.id for one in week])
    found = [one for one in week if states.get(one.id, PENDING) in IN_USE]
    return Running(week, [one for one in found if states.get(one.id, PENDING) == PENDING], found)


def write(entries: Mapping[Key, Entry], tenant: str, kept: list[StartedPractice]) -> Put | Update:
    """With what a later release has stored beside the list."""
    key = keys.listed(tenant)
    entry = entries.get(key)
    changed = (
        StartedPractices(practices=kept) if entry is None else msgspec.structs.replace(FORM.read(entry), practices=kept)
    )
    return FORM.write(key, changed, entry)
