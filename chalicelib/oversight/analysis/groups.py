"""Groups of complaints with similar texts in a period: the content of the complaints (P8.3, P8.9).

A group is one complaint and the later ones whose texts are similar to it. Similarity is not passed on from one later
complaint to the next: in a large period, a chain of accidents would join everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain, islice

import msgspec

from chalicelib.casework import read_log
from chalicelib.casework.queries import history, similar
from chalicelib.casework.read_log import Disclosure, ReadContext
from chalicelib.casework.similar import index, signature, texts
from chalicelib.casework.similar.index import Signed
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.instants import to_text
from chalicelib.oversight.statistics.counting.days import day_of
from chalicelib.store import paging
from chalicelib.store.keys import CaseRef
from chalicelib.store.keys import similar as keys
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

MOST_COMPARED = 3_000
"""Complaints of a period that are compared: the newest."""
MOST = 20
"""Groups of an answer: the largest."""
MOST_LISTED = 50
"""Complaints of a group that the answer lists: the newest."""
_PAGE = 500


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """`complaints`: how many. `numbers`: the newest 50. `category`: how many of them, by kind and value."""

    complaints: int
    first_at: str
    last_at: str
    category: dict[str, dict[str, int]]
    numbers: list[str]


class GroupsView(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """The largest 20 groups. `complete`: False if only the newest 3,000 complaints were compared."""

    first: str
    last: str
    complete: bool
    groups: list[GroupView]


class _Member(msgspec.Struct, frozen=True):
    disclosure: Disclosure
    signed: Signed

    @property
    def complaint(self) -> Complaint:
        return self.disclosure.complaint


def make(wiring: Wiring, tenant: str, context: ReadContext, first: date, last: date) -> GroupsView:
    """The groups of complaints that the reader may see. Each listed complaint counts as read. The caller binds the
    tenant."""
    signed = _signatures(wiring.store, tenant, first, last)
    complete = len(signed) <= MOST_COMPARED
    alike = _sharing(dict(list(signed.items())[:MOST_COMPARED]))
    members = _members(wiring, tenant, context.asker, alike, first, last)
    found = sorted(_groups(wiring, tenant, members), key=lambda one: (-len(one), one[0].complaint.number))[:MOST]
    listed = [member.disclosure for group in found for member in group[-MOST_LISTED:]]
    read_log.record_reads(wiring.store, tenant, context, listed)
    return GroupsView(
        first=first.isoformat(), last=last.isoformat(), complete=complete, groups=[_view(one) for one in found]
    )


def _signatures(store: Store, tenant: str, first: date, last: date) -> dict[str, Signed]:
    """By number, the newest first, and one more than are compared. Numbers begin with the month of the filing."""
    newest = (
        partial(store.query, keys.signatures(tenant, month), limit=_PAGE, newest_first=True)
        for month in _months(first, last)
    )
    entries = chain.from_iterable(map(paging.entries, newest))
    return {entry.key.sk: index.parse(entry) for entry in islice(entries, MOST_COMPARED + 1)}


def _months(first: date, last: date) -> Iterator[str]:
    """The months (`yyyymm`), the latest first."""
    for number in range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1):
        yield f"{number // 12:04d}{number % 12 + 1:02d}"


def _sharing(signed: dict[str, Signed]) -> dict[str, Signed]:
    """Those that share a band key with another one."""
    count = Counter(key for one in signed.values() for key in enumerate(one.bands))
    return {number: one for number, one in signed.items() if any(count[key] > 1 for key in enumerate(one.bands))}


def _members(
    wiring: Wiring, tenant: str, asker: Asker, signed: dict[str, Signed], first: date, last: date
) -> list[_Member]:
    """Those of the period that the reader may see, the oldest first."""
    found = []
    for complaint in history.read_complaints(wiring.store, tenant, sorted(signed)):
        policy = wiring.compiled.get(tenant, complaint.policy)
        day = date.fromisoformat(day_of(policy.calendar, complaint.registered_at))
        if first <= day <= last and similar.may_list(policy, complaint, asker):
            disclosure = Disclosure(policy, complaint, [texts.CONTENT])
            found.append(_Member(disclosure, signed[complaint.number]))
    return found


def _groups(wiring: Wiring, tenant: str, members: list[_Member]) -> list[list[_Member]]:
    groups: dict[str, list[_Member]] = {}
    values: dict[str, bytes] = {}
    leaders: dict[tuple[int, str], list[str]] = defaultdict(list)
    for member in members:
        number, bands = member.complaint.number, list(enumerate(member.signed.bands))
        own = index.opened(wiring.sealer, CaseRef(tenant, number), member.signed)
        if own is None:
            continue
        near = dict.fromkeys(leader for key in bands for leader in leaders[key])
        best = max(near, key=lambda leader: signature.equal_values(own, values[leader]), default=None)
        if best is not None and signature.equal_values(own, values[best]) >= similar.LEAST:
            groups[best].append(member)
            continue
        groups[number], values[number] = [member], own
        for key in bands:
            leaders[key].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _view(group: list[_Member]) -> GroupView:
    category: dict[str, Counter[str]] = defaultdict(Counter)
    for member in group:
        for kind, value in member.complaint.category.items():
            category[kind][value] += 1
    return GroupView(
        complaints=len(group),
        first_at=to_text(group[0].complaint.registered_at),
        last_at=to_text(group[-1].complaint.registered_at),
        category={kind: dict(counts) for kind, counts in sorted(category.items())},
        numbers=[member.complaint.number for member in reversed(group[-MOST_LISTED:])],
    )
