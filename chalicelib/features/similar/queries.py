"""Complaints whose text is like that of a complaint, for the member who takes it up (P8.9).

What a caller may not see changes neither the answer nor the calls to the store: each band is queried once, and the
same number of items is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import asdict

from chalicelib.casework import private_values, snapshot
from chalicelib.casework.authorization import check_not_excluded, load_asker, restrict_to_case, rights_in
from chalicelib.casework.loading import complaint_unknown, parse_complaint, read_entries
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.rights.confidentiality import visible_classes
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.history.queries import EarlierComplaint, earlier_complaint_view
from chalicelib.features.similar import index, signature, signing, stock
from chalicelib.features.similar.signature import Signature
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.store.keys import CaseRef
from chalicelib.store.keys import similar as keys
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

MOST_OF_BAND = 25
"""Complaints with the same band key that a query looks at: the newest."""
MOST_CANDIDATES = 49
"""Complaints that a query compares: those that share most bands. With the signature, each takes two of 100 keys."""
MOST = 20
"""Complaints in the answer."""
LEAST_EQUAL = 20
LEAST = LEAST_EQUAL / signature.VALUES
"""Likeness of a complaint in the answer. Two texts of which a fifth was changed have about a half."""
_ABSENT = "000000-000000"
"""No complaint has this number. It fills up the keys of a read."""


class SimilarComplaint(EarlierComplaint, frozen=True, kw_only=True):
    """`likeness`: the estimated share of pairs of characters that the texts have in common, from 0 to 1. `follows`: the
    complaint of which it was linked as a duplicate."""

    likeness: float
    follows: str | None


class SimilarView(msgspec.Struct, frozen=True, kw_only=True):
    """At most 20 complaints, the most similar first. `comparable`: False if the complaint's text is too short."""

    number: str
    comparable: bool
    complaints: list[SimilarComplaint]


class _FoundSimilar(msgspec.Struct, frozen=True):
    disclosure: Disclosure
    view: SimilarComplaint


def similar_complaints(wiring: Wiring, ref: CaseRef, sub: str, route: str, now: Instant) -> SimilarView:
    """Raises `Problem`: `forbidden`, `complaint-unknown` (also for one whose content the caller may not see).

    The complaint's own text is compared as it is, so the list is complete at once after the filing. Each listed
    complaint counts as read: the list discloses something of its content.
    """
    entries = read_entries(wiring.store, ref, [membership.key(ref.tenant, sub), *private_values.filing_keys(ref)])
    asker = load_asker(wiring.store, ref.tenant, entries, sub, now)
    case = parse_complaint(wiring.compiled, ref, entries)
    restricted = restrict_to_case(asker, case.complaint)
    if restricted is None or not _reads_content(case.policy, case.complaint, restricted):
        raise complaint_unknown()
    check_not_excluded(case.complaint, restricted)
    signed = signing.signature_of(wiring, ref, case, case.policy)
    if signed is None:
        return SimilarView(number=ref.number, comparable=False, complaints=[])
    numbers = _candidates(wiring.store, ref, signed.bands)
    listed = _ranked(wiring, ref.tenant, asker, signed, numbers)
    own = [Disclosure(case.policy, case.complaint, [signing.CONTENT])]
    disclosures = [one.disclosure for one in listed] + (own if listed else [])
    read_log.record_reads(wiring.store, ref.tenant, ReadContext(asker, route, now), disclosures)
    return SimilarView(number=ref.number, comparable=True, complaints=[one.view for one in listed])


def may_list(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    """Whether a list of similar complaints names the complaint to the member."""
    restricted = rights_in(asker, complaint)
    return restricted is not None and _reads_content(policy, complaint, restricted)


def _reads_content(policy: Policy, complaint: Complaint, restricted: Asker) -> bool:
    """True for a member of the organisation who may see the content of the complaint."""
    return restricted.kind != RESPONDENT and signing.CONTENT in visible_classes(policy, complaint, restricted)


def _candidates(store: Store, ref: CaseRef, bands: Sequence[str]) -> list[str]:
    """The numbers of complaints that share a band, those that share most of them first, and the newer ones first."""
    shared: Counter[str] = Counter()
    for number, key in enumerate(bands):
        shared.update(index.newest_sharing(store, ref.tenant, number, key, MOST_OF_BAND))
    del shared[ref.number]
    newest_first = sorted(shared, reverse=True)
    return sorted(newest_first, key=shared.__getitem__, reverse=True)[:MOST_CANDIDATES]


def _ranked(wiring: Wiring, tenant: str, asker: Asker, signed: Signature, numbers: list[str]) -> list[_FoundSimilar]:
    entries = _read(wiring.store, tenant, numbers)
    known = stock.opened(wiring.sealer, tenant, entries)
    found: list[_FoundSimilar] = []
    for number in numbers:
        ref = CaseRef(tenant, number)
        disclosure = _disclosure(wiring, ref, asker, entries)
        entry = entries.get(index.key_of(ref))
        theirs = None if entry is None else index.parse(entry)
        if disclosure is None or theirs is None:
            continue
        other = index.opened(wiring.sealer, ref, theirs)
        shared = known.shared(signed.sentences, theirs.sentences)
        likeness = 0.0 if other is None else signature.likeness(signed.values, other, shared)
        if likeness >= LEAST:
            found.append(_FoundSimilar(disclosure, _view(disclosure, likeness)))
    return sorted(found, key=lambda one: (one.view.likeness, one.view.number), reverse=True)[:MOST]


def _read(store: Store, tenant: str, numbers: list[str]) -> Mapping[Key, Entry]:
    """The snapshots, the signatures and the stock sentences, always by a read of the same number of keys."""
    missing = [f"{_ABSENT}{place}" for place in range(MOST_CANDIDATES - len(numbers))]
    refs = [CaseRef(tenant, number) for number in (*numbers, *missing)]
    return store.get([keys.stock(tenant), *(key for ref in refs for key in (snapshot.key(ref), index.key_of(ref)))])


def _disclosure(wiring: Wiring, ref: CaseRef, asker: Asker, entries: Mapping[Key, Entry]) -> Disclosure | None:
    entry = entries.get(snapshot.key(ref))
    if entry is None or entry.kind != snapshot.KIND:
        return None
    complaint = next(snapshot.COMPLAINT.read_each([entry]), None)
    if complaint is None:
        return None
    policy = wiring.compiled.get(ref.tenant, complaint.policy)
    return Disclosure(policy, complaint, [signing.CONTENT]) if may_list(policy, complaint, asker) else None


def _view(disclosure: Disclosure, likeness: float) -> SimilarComplaint:
    earlier = earlier_complaint_view(disclosure.policy, disclosure.complaint)
    return SimilarComplaint(**asdict(earlier), likeness=round(likeness, 2), follows=disclosure.complaint.follows)
