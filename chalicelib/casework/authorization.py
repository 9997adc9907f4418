"""Authorization for a complaint: the caller is a member of the organisation, or holds the complaint's receipt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework.loading import Case, complaint_unknown
from chalicelib.casework.queue_row import QueueRow
from chalicelib.casework.snapshot import read_complaints
from chalicelib.complaints.rights.permits import COMPLAINANT, RESPONDENT, Asker, Grant, covers, hides, oversees
from chalicelib.complaints.state import Complaint
from chalicelib.crypto import receipts
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import Secrets
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership, queries
from chalicelib.tenants.people.membership import Membership, StoredGrant

if TYPE_CHECKING:
    from chalicelib.complaints.participation import Doer
    from chalicelib.complaints.state import Complaint
    from chalicelib.policy.compiled import Policy
    from chalicelib.tenants.organisation import Organisation
    from chalicelib.wiring import Wiring


class Credential(msgspec.Struct, frozen=True):
    """The request's credential: a person's `sub`, a receipt, or neither."""

    sub: str | None = None
    receipt: str | None = None

    def __repr__(self) -> str:
        return f"Credential(sub={self.sub!r})"  # a log must not contain the receipt

    def keys(self, tenant: str) -> list[Key]:
        """The items to read before `identify_caller`."""
        return [] if self.sub is None else [membership.caller_key(tenant, self.sub)]


def identify_caller(
    store: Store, credential: Credential, tenant: str, entries: Mapping[Key, Entry], now: Instant
) -> Asker | None:
    """The calling member, or None for a receipt. Raises `Problem`: `unauthenticated`, `forbidden`."""
    if credential.sub is not None:
        return load_asker(store, tenant, entries, credential.sub, now)
    if credential.receipt is None:
        raise Problem("unauthenticated", "Sign in, or show the complaint's receipt.")
    return None


def authorize(secrets: Secrets, tenant: str, case: Case, credential: Credential, asker: Asker | None) -> Asker:
    """The caller with their rights in this complaint. `asker`: from `identify_caller`.

    Raises `Problem`: `complaint-unknown` if they have none, `forbidden` if the complaint excludes them.
    """
    found = admit(secrets, tenant, case, credential, asker)
    check_not_excluded(case.complaint, found)
    return found


def admit(secrets: Secrets, tenant: str, case: Case, credential: Credential, asker: Asker | None) -> Asker:
    """As `authorize`, also a person whom the complaint excludes: for acts, which refuse them with their own answer."""
    complaint = case.complaint
    if asker is None:
        receipt = credential.receipt or ""
        if not receipts.matches(secrets, CaseRef(tenant, complaint.number), receipt, complaint.receipt):
            raise complaint_unknown()
        return COMPLAINANT
    restricted = restrict_to_case(asker, complaint)
    if restricted is None:
        raise complaint_unknown()
    return restricted


def is_excluded(complaint: Complaint, asker: Asker) -> bool:
    """True for a member whom the complaint excludes (`permits.hides`)."""
    return hides(complaint.recused, complaint.registered_at, asker)


def check_not_excluded(complaint: Complaint, asker: Asker) -> None:
    """Raises `Problem("forbidden")` for a member whom the complaint excludes: it is hidden from them.

    The numbers of complaints have no gaps, so "unknown" would hide nothing from a person who counts.
    """
    if is_excluded(complaint, asker):
        raise Problem("forbidden", "This complaint excludes you: you have no part in it and do not see it.")


def rights_in(asker: Asker, complaint: Complaint) -> Asker | None:
    """The member with their rights in a complaint of a list; None if the list must not show it to them."""
    record = (complaint.unit, complaint.recused, complaint.registered_at, complaint.overseers)
    return rights_by(asker, *record, undisclosed=complaint.undisclosed)


def rights_by(
    asker: Asker,
    unit: str | None,
    recused: Sequence[Doer],
    registered_at: Instant,
    overseers: Sequence[str] = (),
    *,
    undisclosed: bool = False,
) -> Asker | None:
    """As `rights_in`. `recused`: the people whom the complaint excludes. The others: see `restrict_to_unit`.

    None without a grant that shows the complaint, and for a member whom it excludes (`permits.hides`).
    """
    restricted = restrict_to_unit(asker, unit, overseers, undisclosed=undisclosed)
    if restricted is None or hides(recused, registered_at, restricted):
        return None
    return restricted


def restrict_to_case(asker: Asker, complaint: Complaint) -> Asker | None:
    """The member with their rights in the complaint; None if none of their grants shows it."""
    return restrict_to_unit(asker, complaint.unit, complaint.overseers, undisclosed=complaint.undisclosed)


def restrict_to_unit(
    asker: Asker, unit: str | None, overseers: Sequence[str] = (), *, undisclosed: bool = False
) -> Asker | None:
    """The member with their rights in a complaint of this unit; None if none of their grants covers it.

    `overseers`: the roles with which a grant for the unit's parent is enough. `undisclosed`: its respondent does not
    see it yet.

    A respondent is only the respondent there, whatever other grants they have or were lent. A respondent's grant that
    was lent to a deputy does not turn a member with other covering grants into the respondent. Otherwise respondents
    could remove a case handler's access by naming that person as their deputy.
    """
    covering = tuple(grant for grant in asker.grants if covers(grant, unit) or oversees(grant, unit, overseers))
    as_respondent = tuple(grant for grant in covering if grant.role == RESPONDENT)
    if any(grant.lent_by is None for grant in as_respondent) or (as_respondent and len(as_respondent) == len(covering)):
        return None if undisclosed else Asker(RESPONDENT, asker.id, as_respondent, absent=asker.absent)
    if not covering:
        return None
    return replace(asker, grants=tuple(grant for grant in asker.grants if grant not in as_respondent))


_Children = Mapping[str, tuple[str, ...]]
"""`Organisation.children`."""


def asker_from_membership(person: Membership, children: _Children = MappingProxyType({})) -> Asker:
    """A member with their own grants only, without lent ones."""
    return Asker("staff", person.sub, tuple(_grants(person, person.grants, children)))


def _grants(
    person: Membership, grants: Iterable[StoredGrant], children: _Children, lent_by: str | None = None
) -> Iterator[Grant]:
    return (Grant(one.role, one.unit, lent_by, person.since(one), children.get(one.unit or "", ())) for one in grants)


def children_for(store: Store, tenant: str, people: Iterable[Membership], entries: Mapping[Key, Entry]) -> _Children:
    """The units below others. Reads nothing unless one of the people has a grant for a unit, or has read them."""
    if all(one.unit is None or one.role == RESPONDENT for person in people for one in person.grants):
        return {}
    wanted = organisation.key(tenant)
    return organisation.among(entries if wanted in entries else store.get([wanted]), tenant).children


class Member(NamedTuple):
    """A calling member with all their grants, the organisation as it was read, and its policy in force."""

    asker: Asker
    org: Organisation
    policy: Policy

    def grant_for_all(self, roles: Collection[str]) -> Grant | None:
        """The grant of one of these roles for the whole organisation."""
        return next((one for one in self.asker.grants if one.role in roles and one.unit is None), None)

    def require_grant_for_all(self, roles: Collection[str]) -> Grant:
        """Raises `Problem("forbidden")` without such a grant."""
        grant = self.grant_for_all(roles)
        if grant is None:
            detail = "Only the organisation's owners, and roles that its policy names for the whole of it, may do this."
            raise Problem("forbidden", detail)
        return grant


def load_member(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Member:
    """In one read. Raises `Problem("forbidden")` if `sub` is no member. The caller binds the tenant."""
    entries = wiring.store.get([organisation.key(tenant), membership.caller_key(tenant, sub)])
    return member_among(wiring, tenant, sub, now, entries)


def member_among(wiring: Wiring, tenant: str, sub: str, now: Instant, entries: Mapping[Key, Entry]) -> Member:
    """As `load_member`, in items that were read with both."""
    asker = load_asker(wiring.store, tenant, entries, sub, now)
    org = organisation.among(entries, tenant)
    return Member(asker, org, wiring.compiled.get(tenant, org.policy_at(now)))


def read_asker(store: Store, tenant: str, sub: str, now: Instant) -> Asker:
    """As `load_asker`, with a read of its own."""
    return load_asker(store, tenant, store.get([membership.caller_key(tenant, sub)]), sub, now)


def load_asker(store: Store, tenant: str, entries: Mapping[Key, Entry], sub: str, now: Instant) -> Asker:
    """A member with their own grants and those that absent people have lent them.

    Reads further items only for a deputy, while they stand in, and for grants of units. Raises `Problem("forbidden")`
    if `sub` is no member.
    """
    person = membership.parse(entries.get(membership.caller_key(tenant, sub)))
    absent_people = queries.absent_people(store, tenant, person, now)
    children = children_for(store, tenant, [person, *absent_people], entries)
    lent = [grant for one in absent_people for grant in _grants(one, queries.deputy_grants(one), children, one.sub)]
    own = asker_from_membership(person, children)
    absent = frozenset(one.sub for one in absent_people)
    return replace(own, grants=(*own.grants, *lent), absent=absent, deputy=queries.deputy_of(person, now))


def seen_rows(asker: Asker, rows: Iterable[QueueRow]) -> Iterator[tuple[QueueRow, Asker]]:
    """The rows that the member sees, each with their rights in its complaint."""
    for row in rows:
        record = (row.unit, row.excluded, from_text(row.registered_at), row.overseers)
        rights = rights_by(asker, *record, undisclosed=row.undisclosed)
        if rights is not None:
            yield row, rights


def not_excluding(store: Store, tenant: str, asker: Asker, numbers: Sequence[str]) -> list[str]:
    """Those of the numbers whose complaints do not exclude the member, in the same order. Reads all their complaints.

    For lists that select by unit themselves. Numbers of units stay.
    """
    asked = [number for number in dict.fromkeys(numbers) if not keys.is_unit(number)]
    hidden = {one.number for one in read_complaints(store, tenant, asked) if _excludes(one, asker)}
    return [number for number in numbers if number not in hidden]


def not_excluding_member(store: Store, tenant: str, sub: str, now: Instant, numbers: Sequence[str]) -> list[str]:
    """The same for a caller whose grants were not read. Raises `Problem("forbidden")` if `sub` is no member."""
    if not numbers:
        return []
    asker = read_asker(store, tenant, sub, now)
    return not_excluding(store, tenant, asker, numbers)


def _excludes(complaint: Complaint, asker: Asker) -> bool:
    return is_excluded(complaint, restrict_to_case(asker, complaint) or asker)
