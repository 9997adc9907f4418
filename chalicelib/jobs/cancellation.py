"""That a person has cancelled a job (`J#<id>/cancelled`).

It is an item of its own, since a change of the job's item would take the claim from a step that is running, with what
the step has done and not listed yet. So the step finds it, ends where it is, and lists both.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.jobs.job import Job
from chalicelib.kit.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put
from chalicelib.store.stored_form import Form

BY_STARTER = "The person who started it has cancelled it."
BY_OWNER = "An owner of the organisation has cancelled it."


class Cancellation(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: the `sub` of the person."""

    by: str
    at: Instant


FORM = Form("job-cancellation", Cancellation, keeps=False)


def key(tenant: str, job: str) -> Key:
    return keys.job_cancellation(tenant, job)


def put(tenant: str, job: Job, by: str, at: Instant) -> Put:
    """The first one counts: the commit fails if there is one. It expires with the job."""
    return Put(FORM.entry(key(tenant, job.id), Cancellation(by=by, at=at), expires=job.expires))


def why_cancelled(tenant: str, job: Job, entries: Mapping[Key, Entry]) -> str:
    """Why the job ends, for `Job.reason`; empty if it was not cancelled. `entries`: read with its `key`."""
    found = entries.get(key(tenant, job.id))
    if found is None:
        return ""
    return BY_STARTER if FORM.read(found).by == job.by else BY_OWNER
