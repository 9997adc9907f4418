"""The rebuild of segments that are missing or damaged."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.search.index import rebuild
from chalicelib.store import keys
from chalicelib.store.port import Put
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process
from tests.search.offices import ask, file, forget_index, found, index_of, manifest_of, merge, pending_numbers


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_an_answer_says_that_a_segment_is_gone_until_it_is_rebuilt(company: Organisation, fault: str) -> None:
    numbers = [file(company, "空调漏水"), file(company, "屋顶漏水")]
    merge(company)
    numbers.append(file(company, "电梯漏水"))
    [name] = manifest_of(company).objects.values()
    if fault == "missing":
        index_of(company).remove(company.id, name)
    else:
        index_of(company).damaged.add(name)

    answer = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in answer["complaints"]], answer["incomplete"]) == (numbers[2:], True)
    merge(company)

    answer = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in answer["complaints"]], answer["incomplete"]) == (numbers[::-1], False)


def test_a_segment_that_is_found_damaged_by_a_merge_is_rebuilt(company: Organisation) -> None:
    numbers = [file(company, "空调漏水")]
    merge(company)
    numbers.append(file(company, "屋顶漏水"))
    index_of(company).damaged.update(manifest_of(company).objects.values())

    merge(company)

    assert (manifest_of(company).missing, pending_numbers(company)) == ([], numbers[1:])
    assert found(company, "agent", words="漏水") == numbers[::-1]
    merge(company)
    assert (found(company, "agent", words="漏水"), pending_numbers(company)) == (numbers[::-1], [])


def test_a_damaged_pending_text_is_replaced_by_a_rebuild(company: Organisation) -> None:
    numbers = [file(company, "空调漏水"), file(company, "屋顶漏水")]
    store, key = in_process(company).fakes.store, keys.pending_text(company.id, numbers[0])
    with binding.tenant(company.id):
        store.commit([Put(replace(store.get([key])[key], body="AAAA"), if_absent=False)])

    answer = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in answer["complaints"]], answer["incomplete"]) == (numbers[1:], True)
    merge(company)

    answer = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in answer["complaints"]], answer["incomplete"]) == (numbers[::-1], False)


def test_an_organisation_from_before_the_index_gets_one(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "PAGE", 2)
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙"]
    forget_index(company)
    before = ask(company, "agent", words="漏水").json

    merge(company)

    assert (before["complaints"], before["incomplete"]) == ([], True)
    assert found(company, "agent", words="漏水") == numbers[::-1]
    assert manifest_of(company).missing == []


def test_a_new_organisation_s_answers_are_complete(company: Organisation) -> None:
    assert ask(company, "agent", words="漏水").json == {"complaints": [], "cursor": None, "incomplete": False}
    merge(company)
    assert ask(company, "agent", words="漏水").json["incomplete"] is False


def test_a_rebuild_whose_segment_is_damaged_again_begins_again(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "PAGE", 1)
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙"]
    forget_index(company)
    index = index_of(company)

    def damage(base: str | None) -> None:
        index.damaged.update([] if base is None else [base])
        index.meanwhile = damage if base is None else None

    index.meanwhile = damage
    merge(company)

    assert len(index.damaged) == 1
    assert found(company, "agent", words="漏水") == numbers[::-1]
