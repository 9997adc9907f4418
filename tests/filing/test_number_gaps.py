"""A number that a filing took and did not use is explained, so that the numbers of a month have no gap (P3.2)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.casework.due_days import Look
from chalicelib.casework.snapshot import VOID_SHELF
from chalicelib.features.filing import number_gaps
from chalicelib.features.filing.number_gaps import GRACE, REASON
from chalicelib.features.worklists import staff_queue
from chalicelib.features.worklists.staff_queue import QueuedComplaint, QueueFilter
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation
from infra.memory_store.store import RecordedCall
from tests.across.faults.office import Office, once_before, opened


@pytest.fixture
def office() -> Office:
    return opened()


def file(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def unused(office: Office, count: int = 1) -> list[str]:
    """The numbers of filings that were not completed."""
    key = keys.snapshot(keys.organisation(office.id))
    with binding.tenant(office.id):
        org = organisation.parse(office.store.get([key])[key])
        policy = office.wiring.compiled.get(office.id, org.policy_at(office.world.now()))
        return [numbers.take_number(office.store, office.id, org, policy, office.world.now()) for _ in range(count)]


def explain(office: Office, after: Instant = 0) -> int:
    """Runs the job. `after`: milliseconds from now."""
    with binding.tenant(office.id):
        return number_gaps.explain_gaps(office.store, office.wiring.compiled, office.id, office.world.now() + after)


def voids(
    office: Office, who: str = "agent", after: Mapping[str, str] | None = None, **criteria: object
) -> list[QueuedComplaint]:
    asked = QueueFilter(shelf=VOID_SHELF, **criteria)  # type: ignore[arg-type]
    with binding.tenant(office.id):
        return staff_queue.queue(
            office.store, office.id, Look(office.organisation.subs[who], office.world.now(), pytest.fail), asked, after
        ).rows


def test_an_unused_number_is_explained_to_the_staff(office: Office) -> None:
    file(office)
    [gap] = unused(office)
    file(office)
    assert (explain(office), explain(office, GRACE)) == (0, 1)
    at = to_text(office.world.now() + GRACE)
    assert voids(office) == [QueuedComplaint(number=gap, void=REASON, at=at)]


def test_a_filing_has_fifteen_minutes(office: Office) -> None:
    unused(office)
    explain(office)
    assert explain(office, GRACE - 1) == 0
    assert explain(office, GRACE) == 1


def test_the_job_explains_a_number_once(office: Office) -> None:
    unused(office)
    assert [explain(office, run * GRACE) for run in range(4)] == [0, 1, 0, 0]


def test_a_number_that_was_taken_since_the_last_run_waits_for_the_next(office: Office) -> None:
    first = unused(office)
    explain(office)
    second = unused(office)
    assert explain(office, GRACE) == 1
    assert [row.number for row in voids(office)] == first
    assert explain(office, 2 * GRACE) == 1
    assert [row.number for row in voids(office)] == first + second


def test_an_organisation_without_complaints_has_no_gap(office: Office) -> None:
    assert (explain(office), explain(office, GRACE)) == (0, 0)


def test_more_numbers_than_one_read_are_explained(office: Office) -> None:
    used = file(office)
    gaps = unused(office, 120)
    explain(office)
    assert explain(office, GRACE) == 120
    assert used not in gaps
    found, after = list[str](), None
    with binding.tenant(office.id):
        while not found or after is not None:
            page = office.store.listed(keys.shelf(office.id, VOID_SHELF), limit=100, after=after)
            found, after = [*found, *(entry.key.pk.rpartition("#")[2] for entry in page.entries)], page.after
    assert found == gaps


def test_the_last_numbers_of_a_month_are_explained_in_the_next(office: Office) -> None:
    [gap] = unused(office)
    assert (explain(office, 4 * DAY), explain(office, 4 * DAY + GRACE)) == (0, 1)
    assert [row.number for row in voids(office)] == [gap]


def test_a_filing_that_comes_too_late_is_not_registered(office: Office) -> None:
    """Its number is explained already. The complainant repeats the request."""
    explained: list[int] = []
    once_before(office.store, "commit", lambda: explained.append(explain(office) + explain(office, GRACE)))
    with pytest.raises(Problem) as refused:
        file(office)
    assert (refused.value.kind, explained, office.numbers()) == ("conflict", [1], [])


def test_a_filing_that_is_committed_during_the_job_keeps_its_number(office: Office) -> None:
    unused(office)
    explain(office)

    def refuse(call: RecordedCall) -> None:
        if call.name == "commit":
            office.store.before = None
            raise CommitConflict([0])

    office.store.before = refuse
    assert explain(office, GRACE) == 0


def test_a_run_that_another_one_overtakes_is_no_error(office: Office) -> None:
    unused(office)
    explain(office)
    once_before(office.store, "commit", lambda: explain(office, GRACE))
    assert explain(office, GRACE) == 0
    assert len(voids(office)) == 1


@pytest.mark.parametrize(
    "criteria", [{"stage": "open"}, {"unit": "north"}, {"mine": True}, {"missed": True}, {"tier": 1}]
)
def test_a_void_has_nothing_to_filter_by(office: Office, criteria: dict[str, object]) -> None:
    unused(office)
    explain(office)
    explain(office, GRACE)
    assert voids(office, **criteria) == []
    assert len(voids(office, limit=1)) == 1
