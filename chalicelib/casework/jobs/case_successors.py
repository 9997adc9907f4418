"""Heirs: who takes over cases where whoever was named has been removed meanwhile."""

from __future__ import annotations

from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import PermanentFailure
from chalicelib.store import keys
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

KIND = "hand-over"


def job_of(sub: str) -> str:
    """The job that hands a removed person's cases over."""
    return f"{KIND}-{sub}"


def of(wiring: Wiring, tenant: str, named: str, by: str) -> str:
    """Who is named, or who took over from them, or the owner who asked, as of now.

    Who is removed between this and the commit has a job of their own, which begins after it. Raises `Impossible` where
    none of them is one of the organisation's people.
    """
    found = heir(wiring, tenant, named)
    if found is not None:
        return found
    if not _active(wiring, tenant, by):
        raise PermanentFailure("Whoever was to take over is gone. Remove the person again, and name another.")
    return by


def heir(wiring: Wiring, tenant: str, named: str) -> str | None:
    """Who is named, or who took over from them; None where all of them are gone."""
    seen: set[str] = set()
    sub: str | None = named
    while sub is not None and sub not in seen:
        if _active(wiring, tenant, sub):
            return sub
        seen.add(sub)
        after = jobs.read(wiring.store, tenant, job_of(sub))
        sub = None if after is None else after.job.asked["to"]
    return None


def _active(wiring: Wiring, tenant: str, sub: str) -> bool:
    key = keys.membership(tenant, sub)
    entry = wiring.store.get([key]).get(key)
    return entry is not None and membership.stored(entry).active
