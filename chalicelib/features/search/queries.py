"""Search for complaints by the facts, the state and the words of their records (P1.6, P9.10).

A reader learns nothing about complaints that they may not see. Each round reads the same number of complaints,
whatever the index finds; the texts of a complaint are only read for those who may see them; and the cursor, which can
name a complaint that the reader may not see, is encrypted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import islice

import msgspec

from chalicelib.casework import fact_lookups
from chalicelib.casework.authorization import read_asker
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.features.history import queries as history
from chalicelib.features.history.queries import EarlierComplaint
from chalicelib.features.search import candidates, entitlement
from chalicelib.features.search import criteria as search_criteria
from chalicelib.features.search import round as search_round
from chalicelib.features.search.candidates import Bounds, Candidate, IndexReader
from chalicelib.features.search.criteria import ComplaintSearch
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.round import SearchHit, Searching
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports.search_index import IndexQuery
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.wiring import Wiring

MOST_ROUNDS = 5
"""Rounds of one answer. Each reads `MAX_KEYS` complaints. An answer can therefore be short and have a cursor."""
_POSITION = "before"
_CURSOR = "search"
"""In place of a complaint's number, as the encryption context of a cursor."""


class FoundComplaint(EarlierComplaint, frozen=True, kw_only=True):
    """`matched`: the names of the facts and fields that have the words; absent unless words were asked for."""

    matched: list[str] | msgspec.UnsetType = msgspec.UNSET


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """`incomplete`: true if the index of words is being built, so that complaints can be missing."""

    complaints: list[FoundComplaint]
    cursor: str | None
    incomplete: bool


class SearchPage(msgspec.Struct, frozen=True):
    """`after`: the position for the next page; None on the last one."""

    complaints: list[FoundComplaint]
    after: Mapping[str, str] | None
    incomplete: bool


class SearchRequest(msgspec.Struct, frozen=True):
    """`after`: the position in the cursor. `route`: for the read log."""

    sub: str
    criteria: ComplaintSearch
    after: Mapping[str, str] | None
    route: str
    now: Instant


def search(wiring: Wiring, tenant: str, asked: SearchRequest) -> SearchPage:
    """A page of the complaints that the member may see. What it discloses of each counts as a read.

    Raises `Problem`: `forbidden` (also if the plan has no search by words), `invalid`.
    """
    criteria, periods = asked.criteria, search_criteria.check(asked.criteria)
    asker = read_asker(wiring.store, tenant, asked.sub, asked.now)
    if criteria.uses_index and not entitlement.has_search(wiring, tenant):
        raise Problem("forbidden", "The organisation's plan does not include the search by words.")
    words = search_criteria.asked(asker, criteria.words, criteria.respondent)
    one = Searching(wiring=wiring, tenant=tenant, asker=asker, criteria=criteria, periods=periods, words=words)
    before = None if asked.after is None else wiring.sealer.open(tenant, _CURSOR, asked.after[_POSITION]).decode()
    reader = IndexReader(wiring, tenant) if criteria.uses_index else None
    hits, last = _page(one, _stream(one, reader, candidates.bounds(before, *periods.filed)))
    shown = [Disclosure(hit.found.policy, hit.found.complaint, hit.disclosed) for hit in hits]
    read_log.record_reads(wiring.store, tenant, ReadContext(asker, asked.route, asked.now), shown)
    position = None if last is None else {_POSITION: wiring.sealer.seal(tenant, _CURSOR, last.encode())}
    return SearchPage([_view(hit) for hit in hits], position, reader is not None and reader.incomplete)


def _stream(one: Searching, reader: IndexReader | None, within: Bounds) -> Iterator[Candidate]:
    """The candidates, the newest first. Criteria on the state are compared later."""
    number, looked_up = one.criteria.number, _looked_up(one)
    if reader is not None:
        found = reader.candidates(_question(one), within)
    elif looked_up is not None:
        found = (Candidate(each) for each in sorted(looked_up, reverse=True) if within.has(each))
    elif number is not None:
        found = (Candidate(each) for each in [number] if within.has(each))
    else:
        found = candidates.every_number(one.wiring.store, one.tenant, within)
    return (each for each in found if looked_up is None or each.number in looked_up)


def _question(one: Searching) -> IndexQuery:
    tokens = Tokens(one.wiring.sealer, one.tenant)
    outcome = [[{tokens.of_choice(name, choice)}] for name, choice in (one.criteria.outcome or {}).items()]
    return IndexQuery(
        [*search_criteria.question_sets(tokens, one.words), *outcome], _units(one.asker, one.criteria.unit)
    )


def _units(asker: Asker, unit: str | None) -> set[str | None] | None:
    """The units whose complaints the reader's grants cover; None for all."""
    others = [grant for grant in asker.grants if grant.role != RESPONDENT]
    covers_all = any(grant.unit is None for grant in others)
    below = (unit for grant in asker.grants for unit in grant.over)
    covered = {*(grant.unit for grant in asker.grants), *below, *([None] if others else [])}
    if unit is not None:
        return {unit} if covers_all else covered & {unit}
    return None if covers_all else covered


def _looked_up(one: Searching) -> set[str] | None:
    """The numbers that all given look-ups have; None without one."""
    wiring, tenant = one.wiring, one.tenant
    found = [
        set(history.newest_numbers(wiring.store, fact_lookups.partitions_of(wiring.secrets, tenant, kind, value)))
        for kind, value in one.criteria.looked_up.items()
    ]
    return reduce(set.intersection, found) if found else None


def _page(one: Searching, stream: Iterator[Candidate]) -> tuple[list[SearchHit], str | None]:
    """The hits, and the number after which the next page begins."""
    found: list[SearchHit] = []
    batch: list[Candidate] = []
    for _ in range(MOST_ROUNDS):
        batch = list(islice(stream, MAX_KEYS))
        found.extend(search_round.hits(one, batch))
        if len(found) >= one.criteria.limit:
            found = found[: one.criteria.limit]
            return found, found[-1].found.complaint.number
        if len(batch) < MAX_KEYS:
            return found, None
    return found, batch[-1].number


def _view(hit: SearchHit) -> FoundComplaint:
    shown = msgspec.structs.asdict(history.earlier_complaint_view(hit.found.policy, hit.found.complaint))
    return FoundComplaint(**shown, matched=msgspec.UNSET if hit.match is None else hit.match.names)
