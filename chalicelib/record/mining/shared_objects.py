"""The objects that several records share: units, policy versions and people."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.instants import to_text
from chalicelib.record.mining import logged, naming, objects
from chalicelib.record.mining.logged import LoggedObject, TimedAttribute
from chalicelib.record.mining.naming import Naming
from chalicelib.record.mining.pseudonyms import Pseudonym
from chalicelib.store import event_log, keys, paging
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.names import RESPONDENT
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import policy_version

_PAGE = 500


def read(store: Store, tenant: str, pseudonym: Pseudonym) -> Iterator[LoggedObject]:
    """All of the organisation, removed people included."""
    pk = keys.organisation(tenant)
    key = keys.snapshot(pk)
    own = organisation.parse(store.get([key])[key])
    begun = to_text(own.created)
    for name in sorted(own.units):
        yield LoggedObject(naming.unit(name), objects.UNIT, [TimedAttribute(logged.word("unit", name), begun)], [])
    for entry in paging.items(store, pk, keys.POLICIES, _PAGE):
        if entry.kind == policy_version.KIND:
            yield _version(policy_version.parse(entry))
    names, parties = Naming(pseudonym, keys.ORGANISATION), _parties(store, pk)
    for entry in paging.items(store, pk, keys.MEMBERSHIPS, _PAGE):
        sub = membership.stored(entry).sub
        kind = logged.word("kind", RESPONDENT if sub in parties else "staff")
        yield LoggedObject(names.person(sub), objects.PERSON, [TimedAttribute(kind, begun)], [])


def _parties(store: Store, pk: str) -> set[str]:
    """The people whose latest grants are those of respondents. A membership forgets them when the person is removed."""
    grants = {}
    for event in event_log.read(store, pk):
        if event.type in ("invited", "granted"):
            grants[event.fields["sub"]] = event.fields["grants"]
    return {sub for sub, given in grants.items() if all(one["role"] == RESPONDENT for one in given)}


def _version(version: policy_version.PolicyVersion) -> LoggedObject:
    attributes = [logged.word("version", version.version), logged.time("effective_at", version.effective_at)]
    published = [TimedAttribute(one, version.published_at) for one in attributes]
    return LoggedObject(naming.policy_version(version.version), objects.POLICY, published, [])
