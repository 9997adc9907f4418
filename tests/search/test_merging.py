"""The hourly merge, and what leaves the index."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.search.index import merge_job, merging, pending
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.kit.instants import HOUR, MINUTE, to_text
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Remove, Unavailable, Update
from chalicelib.workers import hourly, reactions
from infra.memory_store.store import RecordedCall
from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.faults import Breaker, Crash
from tests.kernel.web.untouched import in_process
from tests.search.offices import ask, file, forget_index, found, index_of, manifest_of, merge, pending_numbers


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
        index_of(company).meanwhile = lambda _: world.fakes.store.commit([Update(newer, waiting.version or 0)])
        with pytest.raises(CommitConflict):
            merging.merge(world.fakes.wiring, company.id, world.now())

    assert (manifest_of(company).objects, index_of(company).segments) == ({}, {})
    assert pending_numbers(company) == [number]


def test_an_overlapping_merge_is_no_error(company: Organisation) -> None:
    file(company, "空调漏水")
    world = in_process(company)
    index_of(company).meanwhile = lambda _: merging.merge(world.fakes.wiring, company.id, world.now())

    with binding.tenant(company.id):
        merge_job.merge_if_due(world.fakes.wiring, company.id, world.now())

    assert len(index_of(company).segments) == 1
    assert len(found(company, "agent", words="漏水")) == 1


def merge_with(company: Organisation, *meanwhile: Callable[[], object]) -> None:
    """A merge. Before each of the next commits, of whichever run, one of `meanwhile` happens."""
    world, left = in_process(company), list(meanwhile)

    def before(call: RecordedCall) -> None:
        if call.name == "commit" and left:
            left.pop(0)()

    world.fakes.store.before = before
    with binding.tenant(company.id):
        merging.merge(world.fakes.wiring, company.id, world.now())
    assert left == []


def refuse() -> None:
    """The commit meets the transaction of another run."""
    raise CommitConflict([])


def segments_of_manifest(company: Organisation) -> set[tuple[str, str]]:
    found = manifest_of(company)
    return {(company.id, name) for name in [*found.objects.values(), *(one.name for one in found.retired)]}


def test_a_refused_merge_leaves_the_object_that_another_one_is_about_to_commit(company: Organisation) -> None:
    number = file(company, "空调漏水")

    def overlapping() -> None:
        with pytest.raises(CommitConflict):
            merging.merge(in_process(company).fakes.wiring, company.id, in_process(company).now())

    merge_with(company, overlapping, refuse)

    assert set(index_of(company).segments) == segments_of_manifest(company)
    answer = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in answer["complaints"]], answer["incomplete"]) == ([number], False)


def test_a_refused_merge_leaves_an_object_that_searches_may_still_read(company: Organisation) -> None:
    file(company, "空调漏水")

    def two_merges() -> None:
        for text in ("电梯漏水", "屋顶漏水"):
            merging.merge(in_process(company).fakes.wiring, company.id, in_process(company).now())
            file(company, text)
        merging.merge(in_process(company).fakes.wiring, company.id, in_process(company).now())

    with pytest.raises(CommitConflict):
        merge_with(company, two_merges)

    assert len(manifest_of(company).retired) == 2
    assert set(index_of(company).segments) == segments_of_manifest(company)


def test_a_backlog_is_merged_without_waiting_for_further_hours(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_MERGES", 1)
    monkeypatch.setattr(pending, "PER_COMMIT", 2)
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙丁戊己庚"]

    merge(company)

    assert pending_numbers(company) == []
    assert found(company, "agent", words="漏水") == numbers[::-1]


def test_searches_say_that_they_are_incomplete_until_the_backlog_can_be_read(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [file(company, "漏水")]
    merge(company)
    monkeypatch.setattr(pending, "MOST", 3)
    numbers += [file(company, f"漏水{name}") for name in "甲乙丙丁"]
    before = ask(company, "agent", words="漏水").json

    merge(company)

    after = ask(company, "agent", words="漏水").json
    assert ([row["number"] for row in before["complaints"]], before["incomplete"]) == (
        [*numbers[:1:-1], numbers[0]],
        True,
    )
    assert ([row["number"] for row in after["complaints"]], after["incomplete"]) == (numbers[::-1], False)


def test_the_job_leaves_the_rest_to_the_next_hour_if_the_manifest_grows_too_long(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_MERGES", 1)
    monkeypatch.setattr(pending, "PER_COMMIT", 1)
    monkeypatch.setattr(merge_job, "MOST_RETIRED", 2)
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙丁戊"]

    merge(company)
    left = pending_numbers(company)
    merge(company)
    merge(company)

    assert len(left) == 2
    assert (pending_numbers(company), found(company, "agent", words="漏水")) == ([], numbers[::-1])


def test_a_crash_between_two_steps_of_the_job_loses_nothing(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_MERGES", 1)
    monkeypatch.setattr(pending, "PER_COMMIT", 2)
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙丁戊"]
    world = in_process(company)
    with binding.tenant(company.id):
        merge_job.merge_if_due(world.fakes.wiring, company.id, world.now())
    world.fakes.effects.waiting.clear()

    world.move_to(to_text(world.now() + 5 * MINUTE))

    assert pending_numbers(company) == []
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


def test_a_merge_that_fails_leaves_the_rest_of_the_hourly_job(
    company: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    number, world = file(company, "空调漏水"), in_process(company)
    index_of(company).meanwhile = unavailable
    world.fakes.clock.move_to(world.now() + HOUR)

    hourly.run(world.fakes.wiring, company.id, world.now())

    assert found(company, "agent", words="漏水") == [number]
    assert pending_numbers(company) == [number]
    [line] = [record for record in caplog.records if record.getMessage() == "The search index was not merged"]
    assert (line.__dict__["tenant"], line.__dict__["error"][0]) == (company.id, "Unavailable")
