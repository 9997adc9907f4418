"""Reading a back-test: its progress and report, and all its lines by page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.casework import authorization
from chalicelib.features.backtests import item
from chalicelib.features.backtests.backtest_view import BacktestView, LineView, backtest_view, line_view
from chalicelib.features.backtests.comparison import DifferenceKind
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

PARTS_PER_PAGE = 4
_ID = re.compile(r"[0-9a-f]{32}")


class LinesPage(NamedTuple):
    """One page. When lines of one kind are asked for, it may have few or none although more follow."""

    lines: list[LineView]
    after: Mapping[str, str] | None


class AskedBacktest(NamedTuple):
    """`sub`: the caller. `id`: of the back-test."""

    tenant: str
    sub: str
    id: str
    now: Instant


def get_backtest(wiring: Wiring, asked: AskedBacktest) -> BacktestView:
    """Without lines about complaints that exclude the caller. Raises `Problem`: `forbidden` for all but owners,
    `not-found`."""
    view = backtest_view(load_job(wiring.store, wiring.real_clock, asked.tenant, asked.sub, asked.id))
    listed = [line.number for lines in view.result.shown.values() for line in lines]
    seen = set(not_excluding(wiring.store, asked, listed))
    shown = {kind: [one for one in lines if one.number in seen] for kind, lines in view.result.shown.items()}
    return replace(view, result=replace(view.result, shown=shown))


def list_lines(
    wiring: Wiring, asked: AskedBacktest, kind: DifferenceKind | None, after: Mapping[str, str] | None
) -> LinesPage:
    """Return one page of lines, in order of the complaints' numbers. Raises as `get_backtest`.

    `kind`: None for all kinds. `after`: None for the first page. A page can be empty although more follow.
    """
    job = load_job(wiring.store, wiring.real_clock, asked.tenant, asked.sub, asked.id)
    first, last = item.part_key(asked.tenant, job.id, 0), item.part_key(asked.tenant, job.id, 999_999)
    page = wiring.store.query(first.pk, first=first.sk, last=last.sk, limit=PARTS_PER_PAGE, after=after)
    found = [line for part in item.PART.read_each(page.entries) for line in part]
    seen = set(not_excluding(wiring.store, asked, [line.number for line in found]))
    lines = [line_view(line) for line in found if kind in (None, line.kind) and line.number in seen]
    return LinesPage(lines, page.after)


def not_excluding(store: Store, asked: AskedBacktest, numbers: Sequence[str]) -> list[str]:
    """Those of the numbers whose complaints do not exclude the caller."""
    return authorization.not_excluding_member(store, asked.tenant, asked.sub, asked.now, numbers)


def load_job(store: Store, real_clock: TimeSource, tenant: str, sub: str, id_: str) -> Job:
    """Return the job, to owners only: it has complaints of every unit."""
    _, caller = queries.load_member(store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    stored = jobs.read(store, tenant, f"{item.JOB_KIND}-{id_}") if _ID.fullmatch(id_) else None
    if stored is None or (stored.job.expires or 0) * SECOND <= real_clock():
        raise Problem("not-found", "There is no such back-test, or it is older than 30 days.")
    return stored.job
