"""Keys of jobs, of the statistics, which jobs count, and of the figures published from them."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, organisation, starting_with
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


def job_cancellation(tenant: str, name: str) -> Key:
    """That a person has cancelled the job. It is none of its parts."""
    return job(tenant, f"{name}/cancelled")


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


def statistics_head(tenant: str) -> Key:
    return lookup(tenant, "statistics", "", "HEAD")


_COUNTED = "C#"


def statistics_cell(tenant: str, kind: str, period: str) -> Key:
    """`kind`: `D` or `M`; `period`: the day or the month."""
    return lookup(tenant, "statistics", "", f"{_COUNTED}{kind}#{period}")


def statistics_full_cell(cell: Key, number: int) -> Key:
    """A further item of the same period, which takes no more counts."""
    return Key(cell.pk, f"{cell.sk}#{number:06d}")


def statistics_cells(tenant: str, kind: str, first: str, last: str) -> KeyRange:
    """The cells of one kind, both periods included."""
    begin, end = (statistics_cell(tenant, kind, period).sk for period in (first, last))
    return KeyRange(begin, starting_with(f"{end}#").last)


def statistics_period(cell: Key) -> str:
    return cell.sk.split("#")[2]


def statistics_counted(tenant: str, block: str) -> Key:
    """How many events of each record of a block are counted."""
    return lookup(tenant, "statistics", "", f"{_COUNTED}N#{block}")


def statistics_returning(tenant: str, block: str) -> Key:
    """Which complaints of a block are by a person who had filed another one before. It is not counted anew."""
    return lookup(tenant, "statistics", "", f"R#{block}")


STATISTICS_RETURNING = starting_with("R#")
STATISTICS_COUNTED = KeyRange("0", starting_with(_COUNTED).last)
"""All that a count of the records writes. Keys of releases before 1.0.0 began with a digit."""


def figures_head(tenant: str) -> Key:
    return lookup(tenant, "figures", "", "HEAD")


def figures_edition(tenant: str, period: str, number: int) -> Key:
    """An edition of the public figures of a period, such as `2026-Q3`."""
    return lookup(tenant, "figures", "", f"{period}#{number:04d}")


BACKTEST_SUMS, BACKTEST_CASES = "figures", "cases"


def backtest_part(tenant: str, name: str, what: str, number: int) -> Key:
    """An item with figures of a back-test. `what`: `BACKTEST_SUMS` or `BACKTEST_CASES`."""
    return job(tenant, f"{name}#{what}#{number:06d}")


def backtest_parts(tenant: str, name: str, what: str) -> tuple[str, KeyRange]:
    """The partition of these items, and the range of their sort keys."""
    first, last = backtest_part(tenant, name, what, 0), backtest_part(tenant, name, what, 999_999)
    return first.pk, KeyRange(first.sk, last.sk)
