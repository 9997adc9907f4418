"""What a practice organisation begins with (pure): the procedure, the units and invented people. No case, no person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store.port import Write
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.organisation import Organisation, Practice, Scheduled, Unit, record_event
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import PolicyVersion

_NAMESPACE = uuid.UUID("6d1a5f5e-6c1c-4c0e-9d6e-2f1f6b1f0161")
RESPONDENTS = 5
"""Units that have an invented respondent."""
_LONGEST_NAME = 100
"""Characters of a name. The rest of a longer one is left out."""


class Original(NamedTuple):
    """What is copied. `source`: the policy as its author wrote it, if it was YAML."""

    org: Organisation
    policy: Policy
    version: PolicyVersion
    source: str | None


def copy_of(original: Original, tenant: str, owner: Membership, until: Instant, now: Instant) -> list[Write]:
    """All writes of the new organisation, in one transaction. `owner`: who started it, as their organisation knows
    them."""
    org, at = original.org, to_text(now)
    version = replace(
        original.version, version="1", published_at=at, published_by=owner.sub, effective_at=at, draft=None
    )
    people = [_owner(original.policy, owner), *invented(original, tenant, now)]
    blank = replace(
        Organisation(
            id=tenant,
            name=name_of(org),
            plan=org.plan,
            language=org.language,
            created=now,
            founder=owner.sub,
            second_factor=org.second_factor,
        ),
        units={name: Unit(one.name, one.calendar, one.parent) for name, one in org.units.items()},
        practice=Practice(org.id, until),
    )
    fields = {"plan": org.plan, "version": "1", "sha256": policy_version.digest_of(version)}
    changes: dict[str, Any] = {"latest": 1, "schedule": [Scheduled("1", now)], "people": len(people), "owners": 1}
    founded, event = record_event(blank, "founded", fields, owner.sub, now, **changes)
    return [
        organisation.new(founded),
        event,
        *(membership.write(tenant, one, None) for one in people),
        *policy_version.version_puts(tenant, version, original.source),
    ]


def name_of(org: Organisation) -> str:
    """It says that nothing is real wherever it is printed, mailed or listed. In the organisation's language."""
    text = catalogue.words("practice", org.language)["name"]
    room = _LONGEST_NAME - len(text.format(name=""))
    return text.format(name=org.name[:room])


def _owner(policy: Policy, person: Membership) -> Membership:
    """They have each role of the policy, so that they can take every step."""
    grants = [StoredGrant(OWNER), *(StoredGrant(role) for role in policy.document.people)]
    return Membership(
        sub=person.sub, email=person.email, name=person.name, language=person.language, grants=grants, told=True
    )


def invented(original: Original, tenant: str, now: Instant) -> Iterator[Membership]:
    """One person for each role, and a respondent for each of the first units. None of them has an account."""
    language = original.org.language
    words = catalogue.words("practice", language)
    for role, label in original.policy.document.people.items():
        shown = label.to_json().get(language) or label.to_json()["zh"]
        yield _invented(tenant, language, role, words["person"].format(role=shown), StoredGrant(role), now)
    for name, unit in list(original.org.units.items())[:RESPONDENTS]:
        shown = words["respondent"].format(unit=unit.name or name)
        yield _invented(tenant, language, f"respondent-{name}", shown, StoredGrant(RESPONDENT, name), now)


def _invented(tenant: str, language: str, key: str, name: str, grant: StoredGrant, now: Instant) -> Membership:
    """With the mark of an invited person, so that no invitation is sent."""
    return Membership(
        sub=str(uuid.uuid5(_NAMESPACE, f"{tenant}/{key}")),
        email=f"{key.replace('_', '-')}@{tenant}.example",
        name=name[:_LONGEST_NAME],
        language=language,
        grants=[grant],
        respondent_since=membership.respondent_since([grant], now),
        told=True,
    )
