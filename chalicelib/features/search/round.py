"""One round of a search: the candidates that meet the criteria, and what their reader may see of them."""

from __future__ import annotations

import msgspec

from chalicelib.casework import fact_lookups, private_values, snapshot
from chalicelib.casework.authorization import rights_in
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.complaints.filing import SUBJECT
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.history import queries as history
from chalicelib.features.search import criteria
from chalicelib.features.search.candidates import Candidate
from chalicelib.features.search.criteria import AskedWord, ComplaintSearch, Match, Periods
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.wiring import Wiring

_NO_COMPLAINTS = "000000"
"""A month that no number has: padding of a round's read."""


class Searching(msgspec.Struct, frozen=True, kw_only=True):
    """A search by one reader."""

    wiring: Wiring
    tenant: str
    asker: Asker
    criteria: ComplaintSearch
    periods: Periods
    words: list[AskedWord]

    @property
    def is_padded(self) -> bool:
        """True if the number of candidates is secret: it tells how many complaints have a value or a word."""
        return self.criteria.uses_index or bool(self.criteria.looked_up)


class Visible(msgspec.Struct, frozen=True):
    """A complaint that the reader may see, with the confidentiality classes that they may see."""

    candidate: Candidate
    policy: Policy
    complaint: Complaint
    classes: frozenset[str]
    asker: Asker


class SearchHit(msgspec.Struct, frozen=True):
    """`disclosed`: the confidentiality classes of which the answer tells something."""

    found: Visible
    match: Match | None
    disclosed: frozenset[str]


def hits(one: Searching, batch: list[Candidate]) -> list[SearchHit]:
    """At most `MAX_KEYS` candidates. For a secret number of them, the first read has as many keys in every case."""
    visible = [found for found in _present(one, batch) if _meets(one, found) and _may_find(one, found)]
    if not one.words:
        return [SearchHit(found, None, _looked_up_classes(one, found.policy)) for found in visible]
    values = _values(one, visible)
    matches = ((each, criteria.match(one.words, values[each.complaint.number], each.classes)) for each in visible)
    return [
        SearchHit(found, match, _looked_up_classes(one, found.policy) | match.holders)
        for found, match in matches
        if match is not None
    ]


def _present(one: Searching, batch: list[Candidate]) -> list[Visible]:
    """The candidates that the reader may see."""
    wanted = {snapshot.complaint_key(CaseRef(one.tenant, each.number)): each for each in batch}
    entries = _read(one, list(wanted))
    found = []
    for key, candidate in wanted.items():
        if key not in entries or entries[key].kind != snapshot.KIND:
            continue
        complaint = next(snapshot.COMPLAINT.read_each([entries[key]]), None)
        restricted = None if complaint is None else rights_in(one.asker, complaint)
        if complaint is not None and restricted is not None:
            policy = one.wiring.compiled.get(one.tenant, complaint.policy)
            classes = confidentiality.visible_classes(policy, complaint, restricted)
            found.append(Visible(candidate, policy, complaint, classes, restricted))
    return found


def _read(one: Searching, wanted: list[Key]) -> dict[Key, Entry]:
    padding = MAX_KEYS - len(wanted) if one.is_padded else 0
    absent = [snapshot.complaint_key(CaseRef(one.tenant, f"{_NO_COMPLAINTS}-{n:06d}")) for n in range(padding)]
    return one.wiring.store.get([*wanted, *absent]) if wanted or absent else {}


def _meets(one: Searching, found: Visible) -> bool:
    """Whether the complaint's state meets the criteria."""
    criteria, complaint = one.criteria, found.complaint
    stage = found.policy.document.stages[complaint.stage]
    return (
        criteria.number in (None, complaint.number)
        and criteria.stage in (None, complaint.stage)
        and criteria.unit in (None, complaint.unit)
        and (criteria.category or {}).items() <= complaint.category.items()
        and criteria.archived in (None, stage.shelf == "archived")
        and _lies_in(one.periods.filed, complaint.registered_at)
        and _lies_in(one.periods.closed, complaint.seen.get("closed"))
    )


def _lies_in(period: tuple[Instant | None, Instant | None], instant: Instant | None) -> bool:
    since, until = period
    if since is None and until is None:
        return True
    return instant is not None and (since or 0) <= instant and (until is None or instant <= until)


def _may_find(one: Searching, found: Visible) -> bool:
    """Whether the reader may see what the criteria are about."""
    if one.criteria.uses_index and not found.classes - {IDENTITY}:
        return False
    if one.criteria.looked_up and found.asker.kind == RESPONDENT:  # a subject, such as a plate, is masked for them
        return False
    return found.classes >= _looked_up_classes(one, found.policy)


def _looked_up_classes(one: Searching, policy: Policy) -> frozenset[str]:
    """What a complaint that is found by its values discloses."""
    kinds = one.criteria.looked_up.keys()
    subject = history.subject_classes(policy.document.intake) if SUBJECT in kinds else frozenset[str]()
    return subject | (frozenset({IDENTITY}) if kinds & {*fact_lookups.CUSTOMER} else frozenset[str]())


def _values(one: Searching, visible: list[Visible]) -> dict[str, list[PrivateValue]]:
    """The private values that may have the words, of the classes that the reader may see, by complaint number."""
    wanted = {
        private_values.key(CaseRef(one.tenant, found.complaint.number), place.seq, place.position): found
        for found in visible
        for place in found.candidate.places
        if place.holder in found.classes
    }
    values: dict[str, list[PrivateValue]] = {found.complaint.number: [] for found in visible}
    for key, entry in reads.read_all(one.wiring.store, list(wanted)).items():
        number = wanted[key].complaint.number
        value = private_values.try_open(one.wiring.sealer, CaseRef(one.tenant, number), entry)
        values[number].extend([] if value is None else [value])
    return values | {found.complaint.number: _masked(one, found) for found in visible if found.asker.kind == RESPONDENT}


def _masked(one: Searching, found: Visible) -> list[PrivateValue]:
    """What a respondent can find: their search must not tell whether a text has what is masked for them."""
    from chalicelib.casework import masking  # few searches are a respondent's

    ref = CaseRef(one.tenant, found.complaint.number)
    record = private_values.read_record(one.wiring.store, one.wiring.sealer, ref)
    shown = masking.as_read(found.policy, ref.number, record.events, record.private)
    places = {(place.seq, place.holder) for place in found.candidate.places}
    return [value for seq in record.private for value in shown.of(seq) if (seq, value.holder) in places]
