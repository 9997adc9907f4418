"""A story that was played, to be damaged and repaired by its test alone."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace

from chalicelib.access import binding
from chalicelib.features.repair.cursor import JOB_KIND, RepairCursor
from chalicelib.features.repair.start import start
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Remove
from chalicelib.workers import entries
from tests.across.recorded.playing import START, played
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.wiring import Fakes
from tests.kernel.web.untouched import in_process

Items = dict[Key, Entry]


def run(fakes: Fakes, tenant: str, job: str, most: int = 1_000) -> Job:
    """The job after at most so many steps."""
    with binding.tenant(tenant):
        for _ in range(most):
            if jobs.get(fakes.store, tenant, job).over:
                break
            driver.run_steps(fakes.wiring, tenant, job, fakes.clock(), entries.JOBS)
        return jobs.get(fakes.store, tenant, job)


def repair(fakes: Fakes, tenant: str) -> Job:
    with binding.tenant(tenant):
        start(fakes.store, fakes.real_clock, tenant, fakes.clock(), check=False)
    return run(fakes, tenant, JOB_KIND)


class Office:
    """The organisation of a story, with one more complaint, whose texts and marks still wait. `fakes`: a copy."""

    def __init__(self, story: str) -> None:
        self._begin_as(played(story).organisation)
        self.organisation.file()

    def _begin_as(self, made: Organisation) -> None:
        self.world = InProcess(START)
        self.world.begin_at(in_process(made).keep())
        self.fakes: Fakes = self.world.fakes
        self.organisation = replace(made, world=self.world, filed=dict(made.filed))
        self.id = self.organisation.id

    def copy(self) -> Office:
        """For a test that damages it."""
        other = copy(self)
        other._begin_as(self.organisation)
        return other

    def items(self, name: str = "") -> Items:
        """Those of a kind or, with `look-up` before it, of a look-up; without a name, all of the organisation."""
        prefix = keys.tenant_prefix(self.id)
        every = [one for one in self.fakes.store.everything() if one.key.pk.startswith(prefix)]
        return {one.key: one for one in every if not name or name in (one.kind, _look_up(one))}

    def put(self, items: Iterable[Entry]) -> None:
        with binding.tenant(self.id):
            for one in items:
                self.fakes.store.commit([Put(one, if_absent=False)])

    def remove(self, items: Iterable[Key]) -> None:
        with binding.tenant(self.id):
            for key in items:
                self.fakes.store.commit([Remove(key)])

    def start(self, *, check: bool = False) -> None:
        with binding.tenant(self.id):
            start(self.fakes.store, self.fakes.real_clock, self.id, self.fakes.clock(), check=check)

    def run(self, job: str = JOB_KIND, most: int = 1_000) -> Job:
        return run(self.fakes, self.id, job, most)

    def repaired(self) -> Job:
        """After all jobs that it starts."""
        self.start()
        job = self.run()
        for name in [keys.job_name(key.sk) for key in self.items(jobs.KIND)]:
            if "-rebuild-" in name:
                assert self.run(name).state == "done"
        return job

    def checked(self) -> Job:
        self.start(check=True)
        return self.run()


def _look_up(entry: Entry) -> str:
    return f"look-up {keys.lookup_name(entry.key)}" if "#X#" in entry.key.pk else ""


def found(job: Job) -> list[str]:
    return job.at(RepairCursor).found


def broken(job: Job) -> list[str]:
    return job.at(RepairCursor).broken
