"""Views of policy versions for members (pure)."""

from __future__ import annotations

import msgspec

from chalicelib.ports.policy_source import PolicyObject
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.publication.policy_version import PolicyVersion, VersionRow


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


def listed_version(row: VersionRow, caller: Membership) -> ListedVersion:
    """`published_by`: for a party, a role in place of the person."""
    return ListedVersion(
        version=row.version,
        published_at=row.published_at,
        published_by=OWNER if caller.is_party else row.published_by,
        effective_at=row.effective_at,
        preset=row.preset,
        draft=row.draft,
    )


def policy_view(version: PolicyVersion) -> PolicyView:
    return PolicyView(
        version=version.version,
        effective_at=version.effective_at,
        preset=version.preset,
        roles=version.roles,
        policy=version.document,
    )
