"""Checks that an archive has every policy version that its records refer to (pure; docs/exports/export.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chalicelib.features.record.anchor import Events
from chalicelib.kit import canonical
from chalicelib.store import keys


def policy_versions_used(events: Events) -> dict[str, str]:
    """The policy versions that a record's events refer to, each with the id of the first such event."""
    found: dict[str, str] = {}
    for event in events:
        switched_to = event["fields"]["to"] if event["type"] == "switched" else ""
        for version in filter(None, (event["policy"], switched_to)):
            found.setdefault(version, event["id"])
    return found


def published_digests(events: Events) -> dict[str, str]:
    """By policy version: SHA-256 of its canonical JSON, from the organisation's record."""
    published = (event["fields"] for event in events if event["type"] in ("founded", "policy_published"))
    return {fields["version"]: fields["sha256"] for fields in published}


def policy_faults(
    lines: Iterable[Mapping[str, Any]], used: Mapping[str, str], digests: Mapping[str, str]
) -> Iterator[str]:
    """`used`: from `policy_versions_used`; `digests`: from `published_digests`.

    A version that was published while the archive was made has no digest in it.
    """
    bodies = {keys.policy_version(line["key"]): line["body"] for line in lines}
    for version, event in sorted({**dict.fromkeys(digests, "the organisation"), **used}.items()):
        if version not in bodies:
            yield f"policies.jsonl: version {version}, which {event} names, is missing"
        elif not (bodies[version] or {}).get("policy"):
            yield f"policies.jsonl: version {version}, which {event} names, is empty"
        elif digests.get(version, digest := canonical.digest(bodies[version]["policy"])) != digest:
            yield f"policies.jsonl: version {version} is not the one that was published"
