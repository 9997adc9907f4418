"""A bulk over as many complaints as one may have, which others change meanwhile. By day over a few hundred.

The complaints are copies of two snapshots, one of which has no value for the placeholder of the text.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pytest

from benchmarks.engines.dataset import clone
from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.features.bulk.order import MOST
from chalicelib.store import keys, sizes
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Put
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import all_lines, others_act, read, run, start, world_of
from tests.handling.text_blocks.blocks import written
from tests.sign_in.door import START

TEXT = "投诉 {number} 由{unit}处理。"
CHANGES = 30
"""Complaints that others change in each phase."""
MOST_CALLS = {"trying": 3.0, "acting": 5.0}
"""Of the store for each complaint: of the dry run, with what collects and lists it, and of the bulk with what follows
its acts."""
PART_OF_AN_ITEM = 1 / 5
"""Of 400 KB: the most that an item of a bulk takes."""
NO_UNIT = "The complaint has no value for a placeholder of the text: unit"


class Played(NamedTuple):
    """`trial`, `result`: outcome by number. `told`: the reasons of each. `between`: what others changed between them;
    `changed`: at any time. `noted`: on which the bulk acted. `calls`: for each complaint. `largest`: item, in bytes."""

    many: int
    trial: dict[str, str]
    result: dict[str, str]
    told: tuple[Any, Any]
    between: list[str]
    changed: set[str]
    noted: set[str]
    calls: dict[str, float]
    largest: int


def filled(many: int) -> Organisation:
    """With half of the complaints about a unit, and half about none."""
    office = marketplace_in(InProcess(START))
    originals = [accepted(office), office.file()]
    store = world_of(office).fakes.store
    with binding.tenant(office.id):
        stored = [store.get([key])[key] for key in (snapshot.key(CaseRef(office.id, one)) for one in originals)]
        for at in range(len(originals), many):
            store.commit([Put(clone(stored[at % 2], office.id, f"202611-{at + 1:06d}"))])
    return office


def calls_of(office: Organisation) -> int:
    return len(world_of(office).fakes.store.calls)


def noted_by_handler(office: Organisation) -> set[str]:
    """The complaints on which the bulk has acted, once each."""
    stored = [one for one in world_of(office).fakes.store.everything() if one.kind == "event"]
    by_handler = [one for one in stored if '"noted"' in one.body and office.subs["handler"] in one.body]
    records = [keys.parse_record(one.key.pk) for one in by_handler]
    found = Counter(record[1] for record in records if record is not None)
    assert set(found.values()) == {1}
    return set(found)


def largest_item(office: Organisation) -> int:
    stored = world_of(office).fakes.store.everything()
    return max(sizes.item_bytes(one) for one in stored if one.kind in ("background-job", "bulk-lines"))


def played(many: int) -> Played:
    office = filled(many)
    used = [{"block": written(office, text=TEXT), "version": 1}]
    order = {"act": "note", "fields": {"text": TEXT}, "text_blocks": used, "filter": {}}
    numbers = [f"202611-{at + 1:06d}" for at in range(many)]
    during, between, later = (numbers[first :: many // CHANGES | 1] for first in range(3))

    before = calls_of(office)
    with others_act(office, during, every=2) as acted_during:
        trial = read(office, start(office, **order).json["id"])["bulk"]
    tried = calls_of(office) - before
    for number in between:
        assert office.try_act(number, "screener", "note", text="期间。").status == 200
    before = calls_of(office)
    with others_act(office, later, every=many // CHANGES) as acted_later:
        job = read(office, run(office, trial["id"]).json["id"])["bulk"]
    done = calls_of(office) - before
    assert acted_during
    assert acted_later
    return Played(
        many,
        all_lines(office, trial["id"]),
        all_lines(office, job["id"]),
        (trial["reasons"], job["reasons"]),
        between,
        {*acted_during, *between, *acted_later},
        noted_by_handler(office),
        {"trying": tried / many, "acting": done / many},
        largest_item(office),
    )


@pytest.fixture(scope="module", params=[200, pytest.param(MOST, marks=pytest.mark.nightly)])
def bulk(request: pytest.FixtureRequest) -> Played:
    return played(request.param)


def test_each_complaint_is_once_in_both_lists(bulk: Played) -> None:
    assert bulk.trial.keys() == bulk.result.keys()
    assert len(bulk.trial) == bulk.many
    assert set(bulk.trial.values()) == {"possible", "refused"}
    assert set(bulk.result.values()) == {"done", "refused", "changed"}


def test_where_nothing_changed_the_result_is_that_of_the_dry_run(bulk: Played) -> None:
    unchanged = bulk.trial.keys() - bulk.changed
    expected = {number: "done" if bulk.trial[number] == "possible" else "refused" for number in unchanged}
    assert {number: bulk.result[number] for number in unchanged} == expected
    assert len(unchanged) >= bulk.many - 3 * (CHANGES + 1)


def test_the_refusals_of_the_dry_run_are_those_of_the_result_with_their_reasons(bulk: Played) -> None:
    refused = {number for number, outcome in bulk.trial.items() if outcome == "refused"}
    assert {number for number, outcome in bulk.result.items() if outcome == "refused"} == refused
    [reason] = bulk.told[0]
    assert (reason["text"]["en"], reason["complaints"]) == (NO_UNIT, len(refused))
    assert reason in bulk.told[1]


def test_what_others_changed_after_the_dry_run_is_left_as_it_is(bulk: Played) -> None:
    left = {number for number in bulk.between if bulk.trial[number] == "possible"}
    assert left
    assert {bulk.result[number] for number in left} == {"changed"}
    assert bulk.noted == {number for number, outcome in bulk.result.items() if outcome == "done"}


def test_the_calls_of_the_store_for_each_complaint_are_bounded(bulk: Played) -> None:
    assert {name: calls <= MOST_CALLS[name] for name, calls in bulk.calls.items()} == dict.fromkeys(MOST_CALLS, True), (
        bulk.calls
    )


def test_no_item_of_the_jobs_is_near_the_limit_of_an_item(bulk: Played) -> None:
    assert bulk.largest <= sizes.ITEM_BYTES * PART_OF_AN_ITEM
