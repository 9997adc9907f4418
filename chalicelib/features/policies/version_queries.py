"""Queries on an organisation's policy versions, for its people: the one in force, all of them, a given one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from chalicelib.ports.policy_source import PolicyObject
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.tenants.publication import policy_text, policy_version
from chalicelib.tenants.publication.policy_version import VersionRow


class ListedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """`draft`: id of the draft from which the version was published."""

    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None
    draft: str | None


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    effective_at: str
    preset: str | None
    roles: list[str]
    policy: PolicyObject


class VersionText(msgspec.Struct, frozen=True):
    version: str
    text: str


class VersionsPage(NamedTuple):
    """Newest first. `after`: None on the last page."""

    versions: list[ListedVersion]
    after: Mapping[str, str] | None


def in_force(store: Store, request: MemberRequest) -> PolicyView:
    """Raises `Problem("forbidden")` if the caller is no member, as all queries here."""
    organisation, _ = queries.load_member(store, request.tenant, request.sub)
    return _view(store, request.tenant, organisation.policy_at(request.now))


def get_version(store: Store, request: MemberRequest, version: str) -> PolicyView:
    queries.load_member(store, request.tenant, request.sub)
    return _view(store, request.tenant, version)


def version_text(store: Store, request: MemberRequest, version: str | None = None) -> VersionText:
    """The version's YAML; by default of the one in force."""
    organisation, _ = queries.load_member(store, request.tenant, request.sub)
    name = version or organisation.policy_at(request.now)
    found = policy_version.read_version(store, request.tenant, name)
    return VersionText(name, policy_text.of_version(store, request.tenant, found))


def list_versions(store: Store, request: MemberRequest, limit: int, after: Mapping[str, str] | None) -> VersionsPage:
    _, caller = queries.load_member(store, request.tenant, request.sub)
    found, following = policy_version.version_page(store, request.tenant, limit, after)
    return VersionsPage([_listed(row, caller) for row in found], following)


def _listed(row: VersionRow, caller: Membership) -> ListedVersion:
    """`published_by`: for a party, a role in place of the person."""
    return ListedVersion(
        version=row.version,
        published_at=row.published_at,
        published_by=OWNER if caller.is_party else row.published_by,
        effective_at=row.effective_at,
        preset=row.preset,
        draft=row.draft,
    )


def _view(store: Store, tenant: str, name: str) -> PolicyView:
    version = policy_version.read_version(store, tenant, name)
    return PolicyView(
        version=version.version,
        effective_at=version.effective_at,
        preset=version.preset,
        roles=version.roles,
        policy=version.document,
    )
