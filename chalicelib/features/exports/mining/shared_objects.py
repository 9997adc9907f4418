"""The objects that several records share: units, policy versions and people."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.exports.mining import logged, naming, objects
from chalicelib.features.exports.mining.logged import LoggedObject, TimedAttribute
from chalicelib.features.exports.mining.naming import Naming
from chalicelib.features.exports.mining.pseudonyms import Pseudonym
from chalicelib.kit.instants import to_text
from chalicelib.store import event_log, keys
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.names import RESPONDENT
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import policy_version

_PAGE = 500


def read(store: Store, tenant: str, pseudonym: Pseudonym) -> Iterator[LoggedObject]:
    """All of the organisation, removed people included."""
    own = organisation.load(store, tenant)
    begun = to_text(own.created)
    for name in sorted(own.units):
        yield LoggedObject(naming.unit(name), objects.UNIT, [TimedAttribute(logged.word("unit", name), begun)], [])
    for entry in policy_version.entries(store, tenant, _PAGE):
        if entry.kind == policy_version.KIND:
            yield _version(policy_version.parse(entry))
    names, parties = Naming(pseudonym, keys.ORGANISATION), _parties(store, organisation.key(tenant).pk)
    for entry in membership.entries(store, tenant, _PAGE):
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
