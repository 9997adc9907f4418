"""The hourly merge, the rebuild of segments, and what leaves the index."""

from __future__ import annotations

from contextlib import suppress

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.searching import merging, rebuild
from chalicelib.casework.searching.blind_tokens import Tokens
from chalicelib.instants import HOUR
from chalicelib.limits import plans
from chalicelib.messages.relay.relay import RelayedEvent
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Put, Remove, Unavailable
from chalicelib.workers import hourly, reactions
from tests.api.searching.offices import ask, file, found, manifest_of, merge, pending_numbers
from tests.api.untouched import in_process
from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.fakes.faults import Breaker, Crash
from tests.fakes.search import FakeSearchIndex


def index_of(company: Organisation) -> FakeSearchIndex:
    return in_process(company).fakes.search


def test_a_merge_moves_pending_texts_into_one_segment_of_the_month(company: Organisation) -> None:
    numbers = [file(company, "空调漏水"), file(company, "电梯故障")]
    assert pending_numbers(company) == numbers

    merge(company)

    [segment] = index_of(company).segments.values()
    assert (pending_numbers(company), sorted(segment)) == ([], [1, 2])
    assert list(manifest_of(company).objects) == ["202611-000"]


def test_a_replaced_segment_is_removed_an_hour_later(company: Organisation) -> None:
    file(company, "空调漏水")
    merge(company)
    file(company, "电梯故障")
    merge(company)
    assert len(index_of(company).segments) == 2

    merge(company)

    assert [name for _, name in index_of(company).segments] == list(manifest_of(company).objects.values())
    assert len(found(company, "agent", words="漏水")) == 1


def test_a_merge_without_pending_texts_writes_nothing(company: Organisation) -> None:
    file(company, "空调漏水")
    for _ in range(3):
        merge(company)
    before = manifest_of(company), dict(index_of(company).segments)

    merge(company)

    assert (manifest_of(company), index_of(company).segments) == before


def relayed_again(company: Organisation, number: str) -> None:
    """As the daily stream reconciliation does."""
    world = in_process(company)
    world.fakes.clock.move_to(world.now() + 2 * HOUR)
    reactions.run_reactions(world.fakes.wiring, RelayedEvent(company.id, number, 1))


def test_an_event_that_is_relayed_again_is_not_merged_again(company: Organisation) -> None:
    number = file(company, "空调漏水")
    merge(company)

    relayed_again(company, number)

    assert pending_numbers(company) == []


@pytest.mark.parametrize("lost", ["the text", "the segment"])
def test_an_event_whose_first_message_was_lost_is_indexed_when_it_is_relayed_again(
    company: Organisation, lost: str
) -> None:
    number = file(company, "空调漏水")
    if lost == "the text":
        forget_index(company)
    else:
        merge(company)
        index_of(company).segments.clear()

    relayed_again(company, number)

    assert pending_numbers(company) == [number]


CALLS = 15
"""At least the calls of a merge of two texts, to whichever ports."""


@pytest.mark.parametrize("at", range(1, CALLS + 1))
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_in_a_merge_loses_and_doubles_nothing(company: Organisation, at: int, after: bool) -> None:
    numbers = [file(company, "空调漏水"), file(company, "屋顶漏水")]
    world, breaker = in_process(company), Breaker(at, after=after)
    with binding.tenant(company.id), suppress(Crash):
        merging.merge(world.fakes.breaking(breaker), company.id, world.now())
    assert breaker.calls <= CALLS

    assert found(company, "agent", words="漏水") == numbers[::-1]
    merge(company)
    assert (found(company, "agent", words="漏水"), pending_numbers(company)) == (numbers[::-1], [])


def test_a_text_that_changes_during_a_merge_stays_pending(company: Organisation) -> None:
    number = file(company, "空调漏水")
    world, key = in_process(company), keys.pending_text(company.id, number)
    with binding.tenant(company.id):
        waiting = world.fakes.store.get([key])[key]
        newer = replace(waiting, version=(waiting.version or 0) + 5)
        index_of(company).meanwhile = lambda _: world.fakes.store.commit([Change(newer, waiting.version or 0)])
        with pytest.raises(CommitConflict):
            merging.merge(world.fakes.wiring, company.id, world.now())

    assert (manifest_of(company).objects, index_of(company).segments) == ({}, {})
    assert pending_numbers(company) == [number]


def test_an_overlapping_merge_is_no_error(company: Organisation) -> None:
    file(company, "空调漏水")
    world = in_process(company)
    index_of(company).meanwhile = lambda _: merging.merge(world.fakes.wiring, company.id, world.now())

    with binding.tenant(company.id):
        merging.merge_if_due(world.fakes.wiring, company.id, world.now())

    assert len(index_of(company).segments) == 1
    assert len(found(company, "agent", words="漏水")) == 1


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


def forget_index(company: Organisation) -> None:
    """As for an organisation from before the index."""
    world = in_process(company)
    with binding.tenant(company.id):
        pk = keys.search_items(company.id)
        world.fakes.store.commit([Remove(one.key) for one in world.fakes.store.everything() if one.key.pk == pk])


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


def erase_texts(company: Organisation, number: str) -> None:
    store, pk = in_process(company).fakes.store, keys.complaint(company.id, number)
    with binding.tenant(company.id):
        gone = [one.key for one in store.everything() if one.key.pk == pk and keys.is_private(one.key)]
        store.commit([Remove(key) for key in gone])


def test_texts_that_are_gone_are_not_found_and_leave_the_index(company: Organisation) -> None:
    number = decided(company, facts={"content": "空调漏水"})
    company.world.settle()
    merge(company)
    erase_texts(company, number)
    assert found(company, "agent", words="漏水") == []

    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已回访。")
    company.world.settle()
    merge(company)

    name = manifest_of(company).objects["202611-000"]
    [posting] = index_of(company).segments[company.id, name].values()
    tokens = Tokens(in_process(company).fakes.wiring.sealer, company.id)
    assert tokens.of_text("content", "漏水").isdisjoint(posting.tokens)
    assert tokens.of_text("internal", "回访") <= set(posting.tokens)


def unavailable(_base: str | None) -> None:
    raise Unavailable("S3")


def test_a_merge_that_fails_leaves_the_rest_of_the_hourly_job(company: Organisation) -> None:
    number = file(company, "空调漏水")
    world = in_process(company)
    index_of(company).meanwhile = unavailable
    world.fakes.clock.move_to(world.now() + HOUR)

    hourly.run(world.fakes.wiring, company.id, world.now())

    assert found(company, "agent", words="漏水") == [number]
    assert pending_numbers(company) == [number]


@pytest.fixture
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "WITHOUT_SEARCH", {"starter"})


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
        patched.setattr(plans, "WITHOUT_SEARCH", {"starter"})
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
        patched.setattr(plans, "WITHOUT_SEARCH", {"starter"})
        number = file(company, "空调漏水")

    merge(company)

    assert found(company, "agent", words="漏水") == [number]
