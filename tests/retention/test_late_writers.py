"""What is made of private values by a worker that has read them before their erasure does not outlive them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.composing import committed_event
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.register import notice
from chalicelib.features.retention import erase
from chalicelib.features.search.index import merging, pending
from chalicelib.features.similar import index
from chalicelib.kit.instants import MINUTE
from chalicelib.limits.plans import PLANS
from chalicelib.ports.search_index import TextPlace
from chalicelib.store import erasing, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict
from chalicelib.workers.reactions import load_event
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process
from tests.register.conftest import marketplace
from tests.register.notices import closed_major
from tests.repair.repairing import repair
from tests.retention.office import AFTER, bureau, erased, interrupted, items, later, publish, refused
from tests.retention.test_notices import AFTER as LONG_AFTER
from tests.retention.test_notices import notices
from tests.search.offices import index_of, merge

__all__ = ["bureau", "marketplace"]
LOOK_UPS = ("subject", "phone", "email")
Work = Callable[[], object]


def react(office: Organisation, number: str, seq: int, name: str) -> None:
    """A reaction to the event is run again, or late."""
    wiring = in_process(office).fakes.wiring
    committed = load_event(wiring.store, wiring.compiled, RelayedEvent(office.id, number, seq))
    assert committed is not None
    [reaction] = [one for one in committed_event.composed() if one.name == name]
    with binding.tenant(office.id):
        reaction.run(wiring, committed, in_process(office).now())


def while_erased(office: Organisation, work: Work, at: int, when: str) -> bool:
    """Before this call of the store by the worker, the values are erased. False: it has made fewer calls."""

    def erase_values() -> None:
        later(office, when)
        merge(office)

    is_interrupted = interrupted(office, at, erase_values, work)
    if not is_interrupted:
        later(office, when)
    return is_interrupted


def lost(office: Organisation, *kinds: str, lookups: Sequence[str] = ()) -> None:
    """These items are as if they had never been written."""
    store = in_process(office).fakes.store
    gone = [
        one.key
        for one in store.everything()
        if one.kind in kinds or (one.kind == keys.LOOKUP_KIND and keys.lookup_name(one.key) in lookups)
    ]
    with binding.tenant(office.id):
        erasing.remove(store, gone)


def places(office: Organisation, number: str) -> list[TextPlace]:
    """The private texts whose tokens wait for the index."""
    fakes = in_process(office).fakes
    with binding.tenant(office.id):
        found = pending.find(fakes.store, CaseRef(office.id, number))
        return [] if found is None else pending.posting_in(fakes.wiring.sealer, office.id, found).row.places


@pytest.mark.parametrize("at", range(1, 10))
@pytest.mark.parametrize("seq", [1, 2])
def test_the_search_lists_no_text_of_it(bureau: Organisation, seq: int, at: int) -> None:
    number = refused(bureau)
    bureau.world.settle()
    lost(bureau, pending.KIND)

    while_erased(bureau, partial(react, bureau, number, seq, "search"), at, AFTER)

    assert len(erased(bureau, number)) == 1
    assert places(bureau, number) == []
    merge(bureau)
    merge(bureau)
    assert [*index_of(bureau).segments.values()] == [{}]


@pytest.mark.parametrize("at", range(1, 10))
def test_no_segment_takes_its_tokens_in(bureau: Organisation, at: int) -> None:
    number = refused(bureau)
    bureau.world.settle()
    assert places(bureau, number)

    while_erased(bureau, partial(merge_now, bureau), at, AFTER)
    merge(bureau)
    merge(bureau)

    assert len(erased(bureau, number)) == 1
    assert [*index_of(bureau).segments.values()] == [{}]


@pytest.mark.parametrize("merged", [False, True])
def test_a_plan_without_the_search_keeps_no_text_of_it_for_a_later_plan(
    bureau: Organisation, monkeypatch: pytest.MonkeyPatch, *, merged: bool
) -> None:
    number = refused(bureau)
    bureau.world.settle()
    if merged:
        merge(bureau)
    with monkeypatch.context() as patched:
        patched.setitem(PLANS, "starter", replace(PLANS["starter"], search=False))
        erase_now(bureau, number)
    merge(bureau)
    merge(bureau)

    assert places(bureau, number) == []
    assert not any(one.row.places for segment in index_of(bureau).segments.values() for one in segment.values())


def erase_now(office: Organisation, number: str) -> None:
    """What the reaction does, within the hour."""
    world = in_process(office)
    wiring = world.fakes.wiring
    committed = load_event(wiring.store, wiring.compiled, RelayedEvent(office.id, number, 1))
    assert committed is not None
    world.fakes.clock.move_to(world.now() + 2 * MINUTE)
    world.fakes.real_clock.advance(2 * MINUTE)
    with binding.tenant(office.id):
        erase.erase_values(wiring, committed, world.now())


def merge_now(office: Organisation) -> None:
    world = in_process(office)
    with binding.tenant(office.id), suppress(CommitConflict):  # the next run goes on
        merging.merge(world.fakes.wiring, office.id, world.now())


@pytest.mark.parametrize("at", range(1, 8))
def test_no_signature_and_no_band_key_is_written(bureau: Organisation, at: int) -> None:
    number = refused(bureau)
    bureau.world.settle()
    lost(bureau, index.KIND, index.POSTING_KIND)

    while_erased(bureau, partial(react, bureau, number, 1, "similar complaints"), at, AFTER)

    assert len(erased(bureau, number)) == 1
    assert items(bureau, index.KIND) + items(bureau, index.POSTING_KIND) == []


@pytest.mark.parametrize("at", range(1, 16))
def test_a_notice_is_prepared_with_no_text_of_it(marketplace: Organisation, at: int) -> None:
    publish(marketplace, "60 calendar days")
    number = closed_major(marketplace)
    marketplace.world.settle()
    lost(marketplace, notice.KIND, lookups=["notice"])
    seq = marketplace.events(number, type_="closed")[0]["seq"]

    while_erased(marketplace, partial(react, marketplace, number, seq, "notices"), at, LONG_AFTER)

    assert len(erased(marketplace, number)) == 1
    assert not any(has_texts for _, _, has_texts in notices(marketplace, number))


@pytest.mark.parametrize("at", range(1, 60))
def test_a_repair_writes_nothing_of_it_again(bureau: Organisation, at: int) -> None:
    number = refused(bureau)
    bureau.world.settle()
    lost(bureau, pending.KIND, index.KIND, index.POSTING_KIND, lookups=LOOK_UPS)

    while_erased(bureau, lambda: repair(in_process(bureau).fakes, bureau.id), at, AFTER)

    assert len(erased(bureau, number)) == 1
    assert items(bureau, index.KIND) + items(bureau, index.POSTING_KIND) == []
    assert places(bureau, number) == []
    assert [one for one in items(bureau, keys.LOOKUP_KIND) if keys.lookup_name(one.key) in LOOK_UPS] == []
