"""Jobs, the parts that their steps leave, and the list of jobs."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, organisation, starting_with
from chalicelib.store.keys.tenants import shelf
from chalicelib.store.port import IndexKey, Key

_JOB = "J#"


def job(tenant: str, name: str) -> Key:
    return Key(organisation(tenant), f"{_JOB}{name}")


def jobs(begin: str) -> KeyRange:
    """The jobs whose names start with `begin`, and their parts."""
    return starting_with(f"{_JOB}{begin}")


def job_name(sk: str) -> str:
    return sk.removeprefix(_JOB)


def job_part(tenant: str, name: str, number: int) -> Key:
    """An item that one step of the job leaves."""
    return job(tenant, f"{name}#{number:06d}")


def job_parts(name: str) -> KeyRange:
    """The items of `job_part`."""
    return starting_with(f"{_JOB}{name}#")


_JOBS = "jobs"
_LAST = 10**14
"""Milliseconds since the epoch that no job reaches."""


def listed_jobs(tenant: str) -> str:
    """Partition of the index with the organisation's jobs, the latest first."""
    return shelf(tenant, _JOBS)


def listed_job(tenant: str, name: str, started: int) -> IndexKey:
    """`started`: in milliseconds."""
    return IndexKey(listed_jobs(tenant), f"{_LAST - started:014d}#{name}")


def job_policy(tenant: str, name: str) -> Key:
    """The draft that a back-test replays."""
    return job(tenant, f"{name}#policy")
