"""What an organisation was at a past time: the policy version in force then, and the units that it did not have yet.

The organisation's snapshot describes the present. For what the snapshot has forgotten, its record is read.
"""

from __future__ import annotations

from itertools import takewhile

from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.organisation import Organisation, Scheduled, applicable
from chalicelib.wiring import Wiring

_PAGE = 20


def version_at(store: Store, organisation: Organisation, at: Instant) -> str | None:
    """None before the first version. The schedule forgets a version when its successor is published."""
    schedule = [entry for entry in organisation.schedule if entry.effective_at <= at]
    schedule = schedule or [entry for entry in _published(store, organisation) if entry.effective_at <= at]
    return applicable(schedule, at) if schedule else None


def policy_at(wiring: Wiring, organisation: Organisation, at: Instant) -> Policy | None:
    """As `version_at`."""
    version = version_at(wiring.store, organisation, at)
    return None if version is None else wiring.compiled.get(organisation.id, version)


def versions_between(store: Store, organisation: Organisation, first: Instant, end: Instant) -> list[Scheduled]:
    """The versions that were in force at some time from `first` until before `end`, in the order of their effect."""
    known = sorted(_published(store, organisation), key=lambda entry: entry.effective_at)
    begun = applicable(known, first) if any(entry.effective_at <= first for entry in known) else None
    return [entry for entry in known if first < entry.effective_at < end or entry.version == begun]


def units_added_after(store: Store, organisation: Organisation, at: Instant) -> set[str]:
    """The names of the units that were added later. Reads the record from its end to that time."""
    newest = event_log.read_backwards(store, CaseRef(organisation.id, keys.ORGANISATION).pk, _PAGE)
    later = takewhile(lambda event: event["at"] > to_text(at), newest)
    return {event["fields"]["unit"] for event in later if event["type"] == "unit_added"}


def _published(store: Store, organisation: Organisation) -> list[Scheduled]:
    """All versions, in the order of their publication."""
    found = []
    for event in event_log.read(store, CaseRef(organisation.id, keys.ORGANISATION).pk):
        if event.type in ("founded", "policy_published"):
            effective = event.fields.get("effective_at", event.at)
            found.append(Scheduled(event.fields["version"], from_text(effective)))
    return found
