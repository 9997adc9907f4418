"""Groups of complaints with similar texts in a period: the content of the complaints (P8.3, P8.9).

A group is one complaint and the later ones whose texts are similar to it. Similarity is not passed on from one later
complaint to the next: in a large period, a chain of accidents would join everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

import msgspec

from chalicelib.casework import numbers, snapshot
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.similar import index, signature, signing
from chalicelib.features.similar import queries as similar
from chalicelib.features.similar import stock as similar_stock
from chalicelib.features.similar.index import Signed
from chalicelib.features.similar.signature import Signature
from chalicelib.kit.instants import to_text
from chalicelib.statistics.days import day_of
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.keys import similar as keys
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

MOST_COMPARED = 3_000
"""Numbers of the period's months that are looked at: the newest."""
MOST = 20
"""Groups of an answer: the largest."""
MOST_LISTED = 50
"""Complaints of a group that the answer lists: the newest."""


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """`complaints`: how many. `numbers`: the newest 50. `category`: how many of them, by kind and value."""

    complaints: int
    first_at: str
    last_at: str
    category: dict[str, dict[str, int]]
    numbers: list[str]


class GroupsView(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """The largest 20 groups. `complete`: False if the months of the period have more than 3,000 numbers.

    Then only the newest of them were looked at.
    """

    first: str
    last: str
    complete: bool
    groups: list[GroupView]


class _GroupMember(msgspec.Struct, frozen=True):
    disclosure: Disclosure
    signed: Signed

    @property
    def complaint(self) -> Complaint:
        return self.disclosure.complaint


def make(wiring: Wiring, tenant: str, context: ReadContext, first: date, last: date) -> GroupsView:
    """The groups of complaints that the reader may see. Each listed complaint counts as read. The caller binds the
    tenant.

    The complaints to read follow from the numbers that were given out, and signatures are read of those that the reader
    may see. So what they may not see changes neither the answer nor the calls to the store.
    """
    newest = list(islice(_newest_numbers(wiring.store, tenant, first, last), MOST_COMPARED + 1))
    visible = _visible(wiring, tenant, context.asker, newest[:MOST_COMPARED], first, last)
    members = _signed(wiring.store, tenant, visible)
    found = sorted(_groups(wiring, tenant, members), key=lambda one: (-len(one), one[0].complaint.number))[:MOST]
    listed = [member.disclosure for group in found for member in group[-MOST_LISTED:]]
    read_log.record_reads(wiring.store, tenant, context, listed)
    return GroupsView(
        first=first.isoformat(),
        last=last.isoformat(),
        complete=len(newest) <= MOST_COMPARED,
        groups=[_view(one) for one in found],
    )


def _newest_numbers(store: Store, tenant: str, first: date, last: date) -> Iterator[str]:
    """Of the months of the period. A number begins with the month of the filing."""
    begin, end = f"{first:%Y%m}", f"{last:%Y%m}"
    return numbers.newest([month for month in numbers.months(store, tenant) if begin <= month.name <= end])


def _visible(
    wiring: Wiring, tenant: str, asker: Asker, listed: list[str], first: date, last: date
) -> dict[str, Disclosure]:
    """By number, the complaints of the period that the reader may see, the oldest first."""
    found = {}
    for complaint in snapshot.read_complaints(wiring.store, tenant, sorted(listed)):
        policy = wiring.compiled.get(tenant, complaint.policy)
        day = date.fromisoformat(day_of(policy.calendar, complaint.registered_at))
        if first <= day <= last and similar.may_list(policy, complaint, asker):
            found[complaint.number] = Disclosure(policy, complaint, [signing.CONTENT])
    return found


def _signed(store: Store, tenant: str, visible: Mapping[str, Disclosure]) -> list[_GroupMember]:
    """Those that share a band key with another one, in the given order."""
    wanted = [keys.signature(tenant, number) for number in visible]
    entries = reads.read_all(store, wanted)
    signed = [
        _GroupMember(disclosure, own)
        for key, disclosure in zip(wanted, visible.values(), strict=True)
        if key in entries and (own := index.parse(entries[key])) is not None
    ]
    count = Counter(key for one in signed for key in enumerate(one.signed.bands))
    return [one for one in signed if any(count[key] > 1 for key in enumerate(one.signed.bands))]


def _groups(wiring: Wiring, tenant: str, members: list[_GroupMember]) -> list[list[_GroupMember]]:
    signatures = {
        number: Signature(own, member.signed.bands, member.signed.sentences)
        for member in members
        if (own := index.opened(wiring.sealer, CaseRef(tenant, number := member.complaint.number), member.signed))
    }
    key, by_number = keys.stock(tenant), {member.complaint.number: member for member in members}
    stock = similar_stock.opened(wiring.sealer, tenant, wiring.store.get([key]))
    return [[by_number[number] for number in group] for group in grouped(signatures, stock)]


def grouped(signatures: Mapping[str, Signature], stock: similar_stock.StockSentences) -> list[list[str]]:
    """The names of the signatures of each group, in the given order: the others are like the first."""
    groups: dict[str, list[str]] = {}
    leaders: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name, own in signatures.items():
        bands = list(enumerate(own.bands))
        near = {leader: _likeness(own, signatures[leader], stock) for key in bands for leader in leaders[key]}
        best = max(near, key=near.__getitem__, default=None)
        if best is not None and near[best] >= similar.LEAST:
            groups[best].append(name)
            continue
        groups[name] = [name]
        for key in bands:
            leaders[key].append(name)
    return [group for group in groups.values() if len(group) > 1]


def _likeness(own: Signature, leader: Signature, stock: similar_stock.StockSentences) -> float:
    return signature.likeness(own.values, leader.values, stock.shared(own.sentences, leader.sentences))


def _view(group: list[_GroupMember]) -> GroupView:
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
