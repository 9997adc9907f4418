"""The staff queue: complaints ordered by their next deadline, missed deadlines first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import msgspec

from chalicelib.casework.authorization import load_asker
from chalicelib.complaints.permits import covers
from chalicelib.instants import Instant
from chalicelib.store import keys, paging
from chalicelib.store.port import Page
from chalicelib.wiring import Wiring

MOST_PAGES = 5
"""Most index pages read for one response. A narrow filter can therefore return a short page with a cursor."""


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A filter by shelf (open, pending, supervision, archived) and by members of the row."""

    shelf: str
    stage: str | None = None
    severity: str | None = None
    channel: str | None = None
    unit: str | None = None
    missed: bool = False
    """Only complaints whose next deadline is missed and still open."""
    tier: int | None = None
    """Only complaints that have reached this tier or a higher one."""
    mine: bool = False
    """Only complaints that are assigned to the caller."""
    limit: int = 50


class QueuePage(msgspec.Struct, frozen=True):
    rows: list[dict[str, Any]]
    after: Mapping[str, str] | None


def queue(
    wiring: Wiring, tenant: str, sub: str, criteria: QueueFilter, after: Mapping[str, str] | None, now: Instant
) -> QueuePage:
    """A page of the queue, without rows that the caller's grants do not cover. Raises `Problem("forbidden")`."""
    key = keys.membership(tenant, sub)
    asker = load_asker(wiring, tenant, wiring.store.get([key]), sub, now)
    rows: list[dict[str, Any]] = []

    def fetch(after: Mapping[str, str] | None) -> Page:
        return wiring.store.listed(keys.shelf(tenant, criteria.shelf), limit=criteria.limit - len(rows), after=after)

    for page in islice(paging.pages(fetch, after), MOST_PAGES):
        found = [msgspec.json.decode(entry.row or "{}", type=dict[str, Any]) for entry in page.entries]
        rows.extend(
            row
            for row in found
            if _matches(row, criteria, sub) and any(covers(grant, row.get("unit")) for grant in asker.grants)
        )
        after = page.after
        if len(rows) >= criteria.limit:
            break
    return QueuePage(rows, after)


def _matches(row: Mapping[str, Any], criteria: QueueFilter, sub: str) -> bool:
    equal = {name: getattr(criteria, name) for name in ("stage", "severity", "channel", "unit")}
    return all(value is None or row.get(name) == value for name, value in equal.items()) and (
        (not criteria.mine or sub in row.get("assigned", []))
        and (not criteria.missed or (row.get("next") or {}).get("state") == "missed")
        and (criteria.tier is None or row.get("tier", 0) >= criteria.tier)
    )
