"""What members see of practice: the practice organisations of theirs, and which they can enter."""

from __future__ import annotations

import msgspec

from chalicelib.features.practice import running, start
from chalicelib.features.practice.start import PracticeStarted
from chalicelib.kit.instants import Instant
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.practice import MOST


class PracticeList(msgspec.Struct, frozen=True, kw_only=True):
    """`practices`: those in use, in the order in which they were started. `most`: as many as there can be."""

    practices: list[PracticeStarted]
    most: int


def listed(store: Store, real_clock: TimeSource, tenant: str, sub: str, now: Instant) -> PracticeList:
    """Raises `Problem`: `forbidden`, `practice`."""
    home = start.load(store, tenant, sub)
    found = running.running(Directory(store, real_clock), running.among(home.entries, tenant), now)
    return PracticeList(practices=[start.view(home.org, one) for one in found.in_use], most=MOST)
