"""Budgets of the search: what a complaint's texts cost until they are in a segment, and what a search reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.casework.composing import committed_event
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.search import queries as search
from chalicelib.features.search.criteria import ComplaintSearch
from chalicelib.features.search.index import merging
from chalicelib.features.search.queries import SearchPage, SearchRequest
from chalicelib.workers.reactions import load_event
from tests.across.budgets.test_units import LIFETIME
from tests.across.budgets.use_cases import ACTS, Units, metered
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.sealer import FakeKms, real_sealer

SHARE = 0.08
"""Of the write units of a complaint's lifetime."""
BATCH = 20
"""Texts of one merge at twenty complaints a day, with two texts each, of which an hour of the day has some."""


@pytest.fixture
def office() -> Office:
    found = opened()
    force_setattr(found.wiring, "sealer", real_sealer(found.store, FakeKms()))
    found.file(found.request("file"))
    return found


def indexed(office: Office, number: str, of: str) -> Units:
    [seq] = [each["seq"] for each in office.record(number) if each["type"] == of]
    [reaction] = [one for one in committed_event.composed() if one.name == "search"]
    relayed = RelayedEvent(office.id, number, seq)

    def run() -> None:
        committed = load_event(office.wiring.store, office.wiring.compiled, relayed)
        assert committed is not None
        with binding.tenant(office.id):
            assert reaction.applies(committed)
            reaction.run(office.wiring, committed, office.world.now())

    return metered(office, run)


def merged(office: Office) -> Units:
    def run() -> None:
        with binding.tenant(office.id):
            merging.merge(office.wiring, office.id, office.world.now())

    return metered(office, run)


def filed(office: Office) -> str:
    return str(office.file(office.request("life")).body["number"])


def close(office: Office, number: str) -> None:
    for who, name, fields in ACTS[:-1]:
        given = {
            key: [office.organisation.subs[w] for w in v] if key == "responsible" else v for key, v in fields.items()
        }
        if name == "close":
            office.say(number, "agent", "agree")
        office.act(number, who, name, office.request(name), **given)


def test_a_complaint_s_texts_take_a_small_share_of_its_write_units(office: Office) -> None:
    """Each text is merged beside nineteen others. The first merge writes the manifest, once for all complaints."""
    merged(office)
    number = filed(office)
    written = indexed(office, number, "registered").written
    merged(office)
    close(office, number)
    written += indexed(office, number, "closed").written
    others = [str(office.file(office.request(f"other-{n}")).body["number"]) for n in range(BATCH - 1)]
    for other in others:
        indexed(office, other, "registered")

    merge = merged(office)

    written += 2 * merge.written / BATCH  # type: ignore[assignment]
    assert written <= SHARE * LIFETIME[1], written


def test_a_merge_alone_costs_less_than_the_share(office: Office) -> None:
    """At a complaint a day, each of its two texts is merged alone."""
    number = filed(office)
    written = indexed(office, number, "registered").written + merged(office).written
    close(office, number)
    written += indexed(office, number, "closed").written + merged(office).written
    assert written <= SHARE * LIFETIME[1], written


READS = 150
"""Read units of a search for words that nothing has, whatever the organisation's size: a hundred keys of one round, the
index's items, and the reader."""


def asked(office: Office, **criteria: str) -> Callable[[], SearchPage]:
    request = SearchRequest(
        office.organisation.subs["agent"],
        ComplaintSearch(**criteria),
        None,
        "POST",
        office.world.now(),  # type: ignore[arg-type]
    )

    def run() -> SearchPage:
        with binding.tenant(office.id):
            return search.search(office.wiring, office.id, request)

    return run


def test_a_search_reads_within_its_budget(office: Office) -> None:
    assert metered(office, asked(office, words="没有此词")).read <= READS


def test_a_search_with_hits_reads_their_texts_and_logs_them(office: Office) -> None:
    number = str(office.file(office.request("one")).body["number"])
    indexed(office, number, "registered")

    units = metered(office, asked(office, words="送货"))

    assert (units.read <= READS + 10, units.written <= 2) == (True, True), (units.read, units.written)
