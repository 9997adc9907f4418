"""The staff's queue: complaints by what is due next, misses first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework.case import asker_in
from chalicelib.complaints.permits import covers
from chalicelib.instants import Instant
from chalicelib.store import keys
from chalicelib.wiring import Wiring

MOST_PAGES = 5
"""Index pages read for one answer; a narrow filter may then give a short page and a cursor."""


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which complaints: by shelf (open, pending, supervision, archived), and by what a row shows."""

    shelf: str
    stage: str | None = None
    severity: str | None = None
    channel: str | None = None
    unit: str | None = None
    missed: bool = False
    """Only those of which a deadline is missed and still open."""
    tier: int | None = None
    """Only those that have reached this tier or a higher one."""
    mine: bool = False
    limit: int = 50


class QueuePage(msgspec.Struct, frozen=True):
    rows: list[dict[str, Any]]
    after: Mapping[str, str] | None


def queue(
    wiring: Wiring, tenant: str, sub: str, wanted: QueueFilter, after: Mapping[str, str] | None, now: Instant
) -> QueuePage:
    """Raises `Problem("forbidden")` for who is no member. Rows of other units are left out for unit grants."""
    key = keys.membership(tenant, sub)
    asker = asker_in(wiring, tenant, wiring.store.get([key]), sub, now)
    rows: list[dict[str, Any]] = []
    for _ in range(MOST_PAGES):
        size = wanted.limit - len(rows)
        page = wiring.store.listed(keys.shelf(tenant, wanted.shelf), limit=size, after=after)
        found = [msgspec.json.decode(entry.row or "{}", type=dict[str, Any]) for entry in page.entries]
        rows.extend(
            row
            for row in found
            if _wanted(row, wanted, sub) and any(covers(grant, row.get("unit")) for grant in asker.grants)
        )
        after = page.after
        if after is None or len(rows) >= wanted.limit:
            break
    return QueuePage(rows, after)


def _wanted(row: Mapping[str, Any], wanted: QueueFilter, sub: str) -> bool:
    asked = {"stage": wanted.stage, "severity": wanted.severity, "channel": wanted.channel, "unit": wanted.unit}
    return all(value is None or row.get(name) == value for name, value in asked.items()) and (
        (not wanted.mine or sub in row.get("assigned", []))
        and (not wanted.missed or (row.get("next") or {}).get("state") == "missed")
        and (wanted.tier is None or row.get("tier", 0) >= wanted.tier)
    )
