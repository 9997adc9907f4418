"""Organisations and their open complaints on a Monday morning, made from the presets.

Filing times are random: ages are exponentially distributed, with more filings at midday; weekends included. Each
template complaint is filed by the use case and woken until the start. The population consists of copies with other
tenants and numbers.
"""

from __future__ import annotations

import contextlib
import io
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from benchmarks.engines.dataset import clone
from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.complaints.filing import Filing
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.filing import file_complaint
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, from_text
from chalicelib.policy import presets, publishing
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Put
from chalicelib.tenants.idempotency_records import Request
from infra.memory_store.store import MemoryStore
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

PRESETS = (
    "property-management",
    "government-service-centre",
    "corporate-standard",
    "auto-repair-forms",
    "platform",
    "customer-service",
)
START = "2026-11-30T08:50:00+08:00"
"""A Monday, ten minutes before the offices of all presets open. One time zone for all is the worst case."""
MEAN_AGE, OLDEST = 7 * DAY, 28 * DAY
_COMMIT = 100


@dataclass(frozen=True)
class Templates:
    """`own`: one preset's policy items, and the organisation's snapshot, which has its units. `snapshots`: of its
    complaints at the start."""

    own: list[Entry]
    snapshots: list[Entry]


def make_templates(preset: str, count: int, start: Instant, chance: random.Random) -> Templates:
    """File `count` complaints of the preset's sample. All deadlines before the start are recorded."""
    ages = sorted((min(chance.expovariate(1 / MEAN_AGE), OLDEST) for _ in range(count)), reverse=True)
    times = sorted(_within_day(start - round(age), start, chance) for age in ages)
    world = InProcess("2026-10-01T09:00:00+08:00")
    with contextlib.redirect_stdout(io.StringIO()):
        organisation = sign_up(world, preset)
        filing = _sample(preset)
        numbers = [_file(world, organisation, filing, at) for at in times]
        with binding.tenant(organisation.id):
            for number in numbers:
                wake(world.fakes.wiring, CaseRef(organisation.id, number), start)
            snapshots = [
                world.fakes.store.get([key])[key] for number in numbers for key in [_key(organisation, number)]
            ]
    pk, (first, last) = keys.organisation(organisation.id), keys.POLICIES
    items = [one for one in world.fakes.store.everything() if one.key.pk == pk]
    own = [one for one in items if one.key == keys.snapshot(pk) or first <= one.key.sk <= last]
    return Templates(own, [entry for entry in snapshots if entry.due is not None])


def _key(organisation: Organisation, number: str) -> keys.Key:
    return keys.snapshot(keys.complaint(organisation.id, number))


def _within_day(at: Instant, start: Instant, chance: random.Random) -> Instant:
    """Return a random time on the same day, from 07:00 to 24:00 local time, most likely at 11:00; before the start."""
    midnight = (at + 8 * HOUR) // DAY * DAY - 8 * HOUR
    moment = midnight + 7 * HOUR + round(chance.triangular(0, 17, 4) * HOUR)
    return min(moment, start - MINUTE)


def _sample(preset: str) -> Filing:
    sample = publishing.prepare(presets.text(preset)).document.sample
    if sample is None:
        raise ValueError(f"{preset} has no sample")
    return Filing(sample.channel, sample.facts, sample.severity, sample.category)


def _file(world: InProcess, organisation: Organisation, filing: Filing, at: Instant) -> str:
    key = uuid.uuid4().hex
    command = file_complaint.FileComplaint(
        tenant=organisation.id,
        credential=Credential(sub=organisation.subs[organisation.filer]) if organisation.filer else Credential(),
        filing=filing,
        request=Request(tenant=organisation.id, principal="public", source="s", key=key, body_hash="b"),
        now=at,
    )
    with binding.tenant(organisation.id):
        return str(file_complaint.file_complaint(world.fakes.wiring, command).body["number"])


def all_templates(count: int, chance: random.Random) -> list[Templates]:
    """Return the templates of each preset, with `count` complaints each."""
    return [make_templates(preset, count, from_text(START), chance) for preset in PRESETS]


def populate(
    store: MemoryStore, by_preset: Sequence[Templates], tenants: int, each: int, chance: random.Random
) -> None:
    """Write `tenants` organisations, with the presets in turn and `each` open complaints."""
    for index in range(tenants):
        kind = by_preset[index % len(by_preset)]
        write_organisation(store, f"s-{index:05d}", kind, chance.choices(kind.snapshots, k=each))


def write_organisation(store: MemoryStore, tenant: str, kind: Templates, snapshots: Sequence[Entry]) -> None:
    """Write one organisation, without its hourly job, and copies of the snapshots under its own numbers."""
    pk = keys.organisation(tenant)
    own = [msgspec.structs.replace(one, key=keys.Key(pk, one.key.sk), due=None) for one in kind.own]
    copies = [clone(entry, tenant, f"{entry.key.pk[-13:-7]}-{at:06d}") for at, entry in enumerate(snapshots, 1)]
    with binding.tenant(tenant):
        store.commit([Put(entry) for entry in own])
        for first in range(0, len(copies), _COMMIT):
            store.commit([Put(entry) for entry in copies[first : first + _COMMIT]])
    store.calls.clear()
    store.stream.clear()
