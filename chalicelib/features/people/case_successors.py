"""Case successors: the person who takes over a removed person's complaints.

If the named successor is removed too, that person's own successor takes over.
"""

from __future__ import annotations

from collections.abc import Collection

from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import PermanentFailure
from chalicelib.store import reads
from chalicelib.store.port import Store
from chalicelib.tenants.people import membership, queries

JOB_KIND = "hand-over"


def job_id(sub: str) -> str:
    """The id of the job that hands over a removed person's complaints."""
    return f"{JOB_KIND}-{sub}"


def successor_or_owner(store: Store, tenant: str, named: str, by: str, excluded: Collection[str]) -> str | None:
    """The current successor (see `successor`), or otherwise `by`, the owner who removed the person, or another owner.

    `excluded`: whom the complaint excludes. None if it excludes all of them. If the successor is removed before the
    caller's commit, the job of that removal starts later and hands the complaint over again. Raises `PermanentFailure`
    if the successors and `by` were removed.
    """
    found = successor(store, tenant, named, excluded)
    if found is not None:
        return found
    if _is_active(store, tenant, by):
        owners = [by] if by not in excluded else _owners(store, tenant)
    elif successor(store, tenant, named) is not None:
        owners = _owners(store, tenant)
    else:
        raise PermanentFailure(
            "The successor is no longer a member. Remove the person again, and name another successor."
        )
    return next((sub for sub in owners if sub not in excluded), None)


def successor(store: Store, tenant: str, named: str, excluded: Collection[str] = ()) -> str | None:
    """The named person, or the first active person in the chain of successors whom the complaint does not exclude; None
    if there is none."""
    seen: set[str] = set()
    sub: str | None = named
    while sub is not None and sub not in seen:
        if sub not in excluded and _is_active(store, tenant, sub):
            return sub
        seen.add(sub)
        removal = jobs.read(store, tenant, job_id(sub))
        sub = None if removal is None else removal.job.asked["to"]
    return None


def _owners(store: Store, tenant: str) -> list[str]:
    return [person.sub for person in queries.all_people(store, tenant) if person.owner]


def _is_active(store: Store, tenant: str, sub: str) -> bool:
    entry = reads.find(store, membership.key(tenant, sub))
    return entry is not None and membership.stored(entry).active
