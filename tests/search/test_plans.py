"""A plan without the search by words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.search.index import merge_job, merging, pending
from chalicelib.jobs import job as jobs
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process
from tests.search.offices import ask, file, found, index_of, merge, pending_numbers


@pytest.fixture
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLANS, "starter", replace(PLANS["starter"], search=False))


@pytest.mark.usefixtures("without_search")
def test_a_plan_may_leave_the_search_by_words_out(company: Organisation) -> None:
    number = file(company, "空调漏水")
    merge(company)

    answer = ask(company, "agent", words="漏水")

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert found(company, "agent", archived=False) == [number]
    assert (pending_numbers(company), index_of(company).segments) == ([], {})


def test_a_plan_that_leaves_the_search_out_removes_the_index(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [file(company, "空调漏水")]
    merge(company)
    numbers.append(file(company, "屋顶漏水"))
    with monkeypatch.context() as patched:
        patched.setitem(PLANS, "starter", replace(PLANS["starter"], search=False))
        merge(company)
        left = [
            one for one in in_process(company).fakes.store.everything() if one.key.pk == keys.search_items(company.id)
        ]
        assert (left, index_of(company).segments) == ([], {})

    merge(company)

    assert found(company, "agent", words="漏水") == numbers[::-1]


def test_a_plan_with_the_search_indexes_what_was_filed_before(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setitem(PLANS, "starter", replace(PLANS["starter"], search=False))
        number = file(company, "空调漏水")

    merge(company)

    assert found(company, "agent", words="漏水") == [number]


def test_a_plan_that_leaves_the_search_out_ends_a_merge_that_runs(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_MERGES", 1)
    monkeypatch.setattr(pending, "PER_COMMIT", 1)
    for name in "甲乙丙":
        file(company, f"漏水{name}")
    world = in_process(company)
    with binding.tenant(company.id):
        merge_job.merge_if_due(world.fakes.wiring, company.id, world.now())
        monkeypatch.setitem(PLANS, "starter", replace(PLANS["starter"], search=False))

        world.settle()

        stored = jobs.read(world.fakes.store, company.id, merge_job.JOB_KIND)
    assert stored is not None
    assert stored.job.over
    assert len(pending_numbers(company)) == 2
