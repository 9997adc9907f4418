"""Policy versions as the table holds them (`POL#<version>`): written once, never changed."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.store import keys
from chalicelib.store.port import Entry, Put
from chalicelib.tenants.policy_source import Prepared

KIND = "policy"
SOURCE_KIND = "policy-source"


class PolicyVersion(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None = None
    roles: list[str]
    policy: msgspec.Raw
    """Canonical JSON, byte for byte as it was checked."""

    @property
    def document(self) -> dict[str, Any]:
        return msgspec.json.decode(self.policy, type=dict[str, Any])


def version_of(prepared: Prepared, **about: Any) -> PolicyVersion:
    return PolicyVersion(roles=prepared.roles, policy=msgspec.Raw(prepared.body), **about)


def puts(tenant: str, version: PolicyVersion, source: str | None) -> list[Put]:
    """The version's item and, where it came as YAML, its text with the comments: each within DynamoDB's 400 KB."""
    body = msgspec.json.encode(version).decode()
    items = [Entry(key=keys.policy(tenant, version.version), kind=KIND, body=body)]
    if source is not None:
        items.append(Entry(key=keys.policy(tenant, f"{version.version}#source"), kind=SOURCE_KIND, body=source))
    return [Put(item) for item in items]


def parse(entry: Entry) -> PolicyVersion:
    return msgspec.json.decode(entry.body, type=PolicyVersion)
