"""Stored policy versions (`POL#<version>`). They are written once and never change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import LAST, Instant, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime import due_time, parse_calendars, parse_limit
from chalicelib.ports.policy_source import PolicyObject, Prepared
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants.organisation import Organisation


class PolicyVersion(StoredPart, frozen=True, kw_only=True):
    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None = None
    draft: str | None = None
    roles: list[str]
    policy: msgspec.Raw
    """Canonical JSON, byte for byte the checked document."""

    @property
    def document(self) -> PolicyObject:
        return msgspec.json.decode(self.policy, type=PolicyObject)


class VersionRow(StoredPart, frozen=True, kw_only=True):
    """A version's row in the list of versions."""

    version: str
    published_at: str
    published_by: str
    effective_at: str
    preset: str | None
    draft: str | None = None
    """Id of the draft from which it was published."""


_DIGITS = 8
"""Of the number of a version."""
EDITION = 10
"""Of the policy language: rises with each word. `python -m tests.across.stored.write` raises it."""
POLICY = Form("policy", PolicyVersion, version=EDITION)
SOURCE = Form("policy-source", str)
ROW = Form("policy-row", VersionRow)
KIND, SOURCE_KIND, ROW_KIND = POLICY.kind, SOURCE.kind, ROW.kind


class _ApprovalRules(msgspec.Struct, frozen=True):
    by: list[str] = []


class AmendmentRules(msgspec.Struct, frozen=True, rename={"lasting": "for"}):
    """A version's rules for its amendment (`policy.language.model.Amendment`)."""

    comments: list[str] = []
    """Groups for which a draft must be opened before it can replace this version (P4.10)."""
    lasting: str | None = None
    approval: _ApprovalRules | None = None

    @property
    def approvers(self) -> list[str]:
        """The roles of which another person than the owner who asked publishes the draft. None: the owner publishes."""
        return [] if self.approval is None else self.approval.by


class _Amending(msgspec.Struct, frozen=True):
    amendment: AmendmentRules | None = None


def amendment_rules(version: PolicyVersion) -> AmendmentRules:
    return msgspec.json.decode(version.policy, type=_Amending).amendment or AmendmentRules()


def least_end(version: PolicyVersion, lasting: str, opened: Instant) -> str:
    """When the time for comments that the version requires is over. One that would end after 2099 never is."""
    document = version.document
    calendar = parse_calendars(document["calendar"], document.get("calendars", {}))[""]
    end = due_time(calendar, parse_limit(lasting), opened).due
    return to_text(LAST if end is None else end)


def row_of(version: PolicyVersion) -> VersionRow:
    return VersionRow(
        version=version.version,
        published_at=version.published_at,
        published_by=version.published_by,
        effective_at=version.effective_at,
        preset=version.preset,
        draft=version.draft,
    )


def version_of(prepared: Prepared, **about: Any) -> PolicyVersion:
    return PolicyVersion(roles=prepared.roles, policy=msgspec.Raw(prepared.body), **about)


def digest(prepared: Prepared) -> str:
    """SHA-256 of the canonical JSON. It is in the event, so that a later change of the version is detectable."""
    return hashlib.sha256(prepared.body).hexdigest()


def digest_of(version: PolicyVersion) -> str:
    """The same of a stored version."""
    return hashlib.sha256(version.policy).hexdigest()


def version_puts(tenant: str, version: PolicyVersion, source: str | None) -> list[Put]:
    """The writes of the version, its row and, if it was YAML, its source with comments. Each item is below 400 KB."""
    items = [
        POLICY.entry(keys.policy(tenant, version.version), version),
        ROW.entry(keys.policy_row(tenant, version.version), row_of(version)),
    ]
    if source is not None:
        items.append(SOURCE.entry(keys.policy_source(tenant, version.version), source))
    return [Put(item) for item in items]


def entries(store: Store, tenant: str, page_size: int) -> Iterator[Entry]:
    """The items of all versions, of the draft, and of its comments."""
    return reads.items(store, keys.organisation(tenant), keys.POLICIES, page_size)


def parse(entry: Entry) -> PolicyVersion:
    return POLICY.read(entry)


def read_version(store: Store, tenant: str, version: str) -> PolicyVersion:
    """Read a version. The caller has bound the tenant. Raises `Problem("not-found")` if it does not exist."""
    entry = reads.find(store, keys.policy(tenant, version))
    if entry is None or entry.kind != KIND:
        raise _unknown()
    return parse(entry)


def _unknown() -> Problem:
    return Problem("not-found", "The organisation has no such policy version.")


def find_source(store: Store, tenant: str, version: str) -> str | None:
    """The YAML text of a version that was written so."""
    entry = reads.find(store, keys.policy_source(tenant, version))
    return None if entry is None else SOURCE.read(entry)


def version_page(
    store: Store, tenant: str, limit: int, after: Mapping[str, str] | None
) -> tuple[list[VersionRow], Mapping[str, str] | None]:
    """A page of versions, newest first, and the position of the next page."""
    first, last = keys.policy_row(tenant, "0"), keys.policy_row(tenant, "99999999")
    page = store.query(first.pk, first=first.sk, last=last.sk, limit=limit, after=after, newest_first=True)
    return list(ROW.read_each(page.entries)), page.after


def find_row(store: Store, tenant: str, version: str) -> VersionRow:
    """Raises `Problem("not-found")`."""
    entry = (
        reads.find(store, keys.policy_row(tenant, version)) if version.isdecimal() and len(version) <= _DIGITS else None
    )
    if entry is None:
        raise _unknown()
    return ROW.read(entry)


def documents(store: Store, tenant: str, versions: Iterable[str]) -> dict[str, PolicyObject]:
    """By version, in one read. Without those that do not exist."""
    wanted = {name: keys.policy(tenant, name) for name in dict.fromkeys(versions)}
    found = store.get(list(wanted.values())) if wanted else {}
    return {name: parse(found[key]).document for name, key in wanted.items() if key in found}


def version_at(store: Store, tenant: str, at: Instant) -> str | None:
    """The version that was in force at a time in the past, or None before the first one.

    Of versions with the same time, the one published later.
    """
    found: VersionRow | None = None
    after: Mapping[str, str] | None = None
    while True:
        rows, after = version_page(store, tenant, 100, after)
        for row in rows:
            if from_text(row.effective_at) <= at and (found is None or row.effective_at > found.effective_at):
                found = row
        if after is None:
            return None if found is None else found.version


def grantable_roles(store: Store, organisation: Organisation, now: Instant) -> list[str]:
    """Roles that can be granted: those of the version in force and of all versions that open complaints may follow."""
    in_force = read_version(store, organisation.id, organisation.policy_at(now)).roles
    return list(dict.fromkeys([*in_force, *organisation.roles]))
