"""A plan without the search by words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.api.searching.offices import ask, file, found, index_of, merge, pending_numbers
from tests.api.untouched import in_process
from tests.clauses.organisation import Organisation


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
