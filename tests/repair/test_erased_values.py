"""A repair after the private values of a complaint were erased."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process
from tests.repair.repairing import repair
from tests.retention.office import bureau, gone

__all__ = ["bureau", "gone"]


def test_a_repair_finds_nothing_to_mend(bureau: Organisation, gone: str) -> None:
    assert bureau.complaint(gone)["number"] == gone

    job = repair(in_process(bureau).fakes, bureau.id)

    assert (job.state, set(job.counts.values())) == ("done", {0})
