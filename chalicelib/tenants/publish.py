"""Publish: a new policy version, for complaints filed from its effective time on. Running ones keep theirs."""

from __future__ import annotations

import msgspec

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.problem import Place, Problem
from chalicelib.tenants import command, policy_version
from chalicelib.tenants.command import Command, Decision, Loaded
from chalicelib.tenants.idempotency import Answer
from chalicelib.tenants.organisation import happened
from chalicelib.tenants.policy_source import Document, Prepared
from chalicelib.tenants.schedule import Scheduled, with_version
from chalicelib.wiring import Wiring

MOST_UPCOMING = 20
"""Versions that wait for their time: they lie in the tenant's snapshot."""


class Publish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    policy: Document
    effective_at: str | None = None
    """RFC 3339, not in the past; at once where not given."""


class Published(msgspec.Struct, frozen=True):
    version: str
    effective_at: str


def publish(wiring: Wiring, asked: Command, wanted: Publish) -> Answer:
    """201 with the version.

    Raises `Problem`: `forbidden`, `invalid`, `policy-invalid`, `conflict`, `quota-exceeded` (too many wait).
    """
    if isinstance(first := command.load(wiring, asked), Answer):
        return first
    effective_at = _effective(wanted.effective_at, asked.now)
    prepared = wiring.policies.prepare(wanted.policy)
    source = wanted.policy if isinstance(wanted.policy, str) else None
    return command.run(wiring, asked, lambda loaded: decide(loaded, asked, prepared, effective_at, source))


def decide(loaded: Loaded, asked: Command, prepared: Prepared, effective_at: Instant, source: str | None) -> Decision:
    """Pure."""
    organisation = loaded.organisation
    scheduled = Scheduled(str(organisation.latest + 1), effective_at)
    schedule = with_version(organisation.schedule, scheduled, asked.now)
    if len(schedule) > MOST_UPCOMING + 1:
        raise Problem("quota-exceeded", f"At most {MOST_UPCOMING} versions can wait for their time.")
    published = Published(scheduled.version, to_text(effective_at))
    after, event = happened(
        organisation,
        "policy_published",
        msgspec.to_builtins(published),
        asked.sub,
        asked.now,
        latest=organisation.latest + 1,
        schedule=schedule,
    )
    version = policy_version.version_of(
        prepared,
        version=published.version,
        published_at=to_text(asked.now),
        published_by=asked.sub,
        effective_at=published.effective_at,
    )
    writes = policy_version.puts(organisation.id, version, source)
    return Decision(after, [event, *writes], Answer(201, msgspec.to_builtins(published)))


def _effective(text: str | None, now: Instant) -> Instant:
    if text is None:
        return now
    try:
        instant = from_text(text)
    except ValueError as error:
        raise Problem("invalid", "A time is not as it must be.", places=[Place("/effective_at", str(error))]) from error
    if instant < now:
        place = Place("/effective_at", "A version cannot take effect in the past.")
        raise Problem("invalid", "A time is not as it must be.", places=[place])
    return instant
