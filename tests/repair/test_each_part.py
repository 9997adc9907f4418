"""What a repair writes has the bytes that were lost, for each kind of item and each look-up that it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.features.repair.parts import parts
from chalicelib.features.repair.step import STAGES
from chalicelib.features.search.index import manifest, pending
from chalicelib.features.similar import index
from chalicelib.features.worklists.work_list_rows import WrittenRows
from chalicelib.ports.search_index import Posting
from chalicelib.statistics.cells.head import StatisticsHead
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry
from tests.across.recorded import files
from tests.repair.repairing import Items, Office, broken

ROWS = (*parts(), *STAGES.values())
REPAIRED = [*(kind for row in ROWS for kind in row.kinds), *(f"look-up {one}" for row in ROWS for one in row.lookups)]
UNREADABLE = "{"


class Inexact(NamedTuple):
    """What cannot come back byte by byte, and why. `same`: what must be the same."""

    why: str
    same: Callable[[Office, Items], Any]


def rows(_: Office, items: Items) -> dict[Any, Any]:
    written = {key: msgspec.json.decode(one.body, type=WrittenRows).rows for key, one in items.items()}
    return {key: sorted(found) for key, found in written.items() if found}


def signatures(office: Office, items: Items) -> dict[Any, Any]:
    def said(entry: Entry) -> Any:
        signed = index.parse(entry)
        return signed.bands, index.opened(office.fakes.wiring.sealer, CaseRef(office.id, entry.key.sk), signed)

    return {key: said(one) for key, one in items.items()}


def texts(posting: Posting) -> Any:
    """Without the last event when it was made."""
    return posting.row.unit, posting.row.places, sorted(posting.tokens)


def postings(office: Office, items: Items) -> dict[str, Any]:
    sealer = office.fakes.wiring.sealer
    return {keys.pending_number(key): texts(pending.posting_in(sealer, office.id, one)) for key, one in items.items()}


def searched(office: Office, _: Items) -> dict[str, Any]:
    """Of all segments, and of what waits for one."""
    [head] = office.items(manifest.KIND).values()
    found, segments = manifest.parse(head).manifest, office.fakes.search.segments
    assert found.missing == []
    merged = {
        manifest.number_at(block, n): texts(one)
        for block, name in found.objects.items()
        for n, one in segments[office.id, name].items()
    }
    return merged | postings(office, office.items(pending.KIND))


def live(_: Office, items: Items) -> list[Any]:
    heads = [msgspec.json.decode(one.body, type=StatisticsHead) for one in items.values()]
    return [(one.is_counted, one.job) for one in heads]


def statistics(office: Office, items: Items) -> Any:
    heads = {key: one for key, one in items.items() if one.kind == "statistics-head"}
    return live(office, heads), {key: one for key, one in items.items() if key not in heads}


ANEW = "Its version grows with each step, and what is pending is counted with it."
RANDOM = "Encryption gives other bytes each time."
INEXACT = {
    "look-up work": Inexact("It says after which event, and how often, rows were written.", rows),
    "similar-signature": Inexact(RANDOM, signatures),
    "look-up signatures": Inexact(RANDOM, signatures),
    "search-pending": Inexact(RANDOM, postings),
    "search-manifest": Inexact("Segments have new names, and rows say after which event they were made.", searched),
    "look-up search": Inexact("As both of its items.", searched),
    "statistics-head": Inexact(ANEW, live),
    "look-up statistics": Inexact(ANEW, statistics),
}
UNSEEN = ("statistics-cell", "statistics-counted", "statistics-returning", "look-up statistics")
"""Written anew by each repair, because only a count of all records shows that they are right."""
NO_BODY = ("similar-band", "look-up changed")
"""Items without a body to be damaged. Of marks, only the key is read."""


played_once = cache(Office)
"""Of a story, to be copied."""


@cache
def repaired(story: str) -> Office:
    """With statistics that have counted all, and no other difference."""
    found = played_once(story).copy()
    found.repaired()
    found.fakes.effects.waiting.clear()  # the messages of jobs that it ran to their end
    return found


def repaired_with(name: str) -> Office:
    """A copy of the office with the most of these items."""
    found = {len(played_once(story).items(name)): story for story in files.stories()}
    assert max(found), f"no story has {name}"
    return repaired(found[max(found)]).copy()


def same(name: str, office: Office, items: Mapping[Any, Entry]) -> Any:
    return INEXACT[name].same(office, dict(items)) if name in INEXACT else items


@pytest.mark.parametrize("name", REPAIRED)
def test_what_was_removed_comes_back(name: str) -> None:
    office = repaired_with(name)
    before = same(name, office, office.items(name))

    office.remove(office.items(name))
    job = office.repaired()

    assert (job.state, broken(job), bool(job.counts["faults"])) == ("done", [], name not in UNSEEN)
    assert same(name, office, office.items(name)) == before


@pytest.mark.parametrize("name", [one for one in REPAIRED if one not in NO_BODY])
def test_what_cannot_be_read_is_written_again(name: str) -> None:
    office = repaired_with(name)
    before = same(name, office, office.items(name))

    office.put(replace(one, body=UNREADABLE) for one in office.items(name).values())
    job = office.repaired()

    assert (job.state, broken(job)) == ("done", [])
    assert same(name, office, office.items(name)) == before
