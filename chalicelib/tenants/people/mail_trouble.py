"""Recording on a membership why the person gets no mail, or that they get it again. Owners see it."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.ports import MailTrouble
from chalicelib.store import reads
from chalicelib.store.port import Store
from chalicelib.tenants.people import membership


def record(store: Store, tenant: str, sub: str, trouble: MailTrouble | None) -> None:
    """Raises `CommitConflict` if the membership changes at the same time. The caller binds the tenant."""
    entry = reads.find(store, membership.key(tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None or (person.mail or None) == trouble:
        return
    store.commit([membership.write(tenant, replace(person, mail=trouble or UNSET), entry)])
