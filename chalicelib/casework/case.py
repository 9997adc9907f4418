"""Loading a case: everything that a command on one complaint needs, in one consistent read (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from chalicelib.casework import snapshot
from chalicelib.complaints.permits import Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants.people import deputies, membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring


class Case(msgspec.Struct, frozen=True):
    """One complaint as it was read. `workers.entries` holds whatever else was read with it."""

    complaint: Complaint
    entries: Mapping[Key, Entry]
    load: Callable[[], Policy]

    @property
    def policy(self) -> Policy:
        """Read when first asked for: who may not see the complaint must not see by a further read that it is there."""
        return self.load()

    @property
    def version(self) -> int:
        """The snapshot's version is the number of its last event."""
        return self.complaint.seq


def read(wiring: Wiring, tenant: str, number: str, also: Sequence[Key] = ()) -> dict[Key, Entry]:
    """One BatchGetItem: the snapshot and the other keys. Whether the complaint exists is asked later (`case_in`)."""
    wanted = [keys.snapshot(keys.complaint(tenant, number)), *also]
    return wiring.store.get(list(dict.fromkeys(wanted)))


def case_in(wiring: Wiring, tenant: str, number: str, entries: Mapping[Key, Entry]) -> Case:
    """Raises `Problem("complaint-unknown")`."""
    entry = entries.get(keys.snapshot(keys.complaint(tenant, number)))
    if entry is None or entry.kind != snapshot.KIND:  # a void stands where a filing did not complete
        raise unknown()
    complaint = msgspec.json.decode(entry.body, type=Complaint)
    return Case(complaint, entries, lambda: wiring.compiled.get(wiring.store, tenant, complaint.policy))


def unknown() -> Problem:
    """The same for a number that does not exist and a receipt that does not fit, so that neither shows."""
    return Problem("complaint-unknown", "There is no such complaint, or the receipt is not its receipt.")


def asker_of(person: Membership) -> Asker:
    """A member with what is granted to themselves."""
    return Asker("staff", person.sub, tuple(Grant(grant.role, grant.unit) for grant in person.grants))


def asker_in(wiring: Wiring, tenant: str, entries: Mapping[Key, Entry], sub: str, now: Instant) -> Asker:
    """A member as the policy's `by` sees them, with what absent people have lent them. Raises `Problem("forbidden")`.

    Only a deputy costs a further read, and only in their time.
    """
    person = staff_in(entries, tenant, sub)
    lent = [
        Grant(grant.role, grant.unit, absent.sub)
        for absent in deputies.absent_people(wiring.store, tenant, person, now)
        for grant in deputies.deputy_grants(absent)
    ]
    return Asker("staff", person.sub, (*asker_of(person).grants, *lent))


def staff_in(entries: Mapping[Key, Entry], tenant: str, sub: str) -> Membership:
    """Raises `Problem("forbidden")` for who is no member, or was removed."""
    return membership.parse(entries.get(keys.membership(tenant, sub)))
