"""Organisations and their open complaints on a Monday morning, made by the program from its own presets.

A complaint's filing time is drawn: ages are exponential, hours of the day as people have them, the weekend too. Each
template is filed by the use case and woken up to the start; the population are copies under other names and numbers.
"""

from __future__ import annotations

import contextlib
import io
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from benchmarks.dataset import clone
from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.casework.commands import file_complaint
from chalicelib.complaints.filing import Filing
from chalicelib.deadlines.wake_complaint import wake
from chalicelib.instants import DAY, HOUR, MINUTE, Instant, from_text
from chalicelib.policy import presets, publishing
from chalicelib.store import keys
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
"""A Monday, ten minutes before the offices of all presets open: everybody in one time zone is the worst case."""
MEAN_AGE, OLDEST = 7 * DAY, 28 * DAY
_COMMIT = 100


@dataclass(frozen=True)
class Templates:
    """By preset: the policy's items, and snapshots as they stand at the start."""

    policy: list[Entry]
    snapshots: list[Entry]


def make_templates(preset: str, count: int, start: Instant, chance: random.Random) -> Templates:
    """`count` complaints of the preset's sample. No deadline before the start is left to be recorded."""
    ages = sorted((min(chance.expovariate(1 / MEAN_AGE), OLDEST) for _ in range(count)), reverse=True)
    times = sorted(_by_day(start - round(age), start, chance) for age in ages)
    world = InProcess("2026-10-01T09:00:00+08:00")
    with contextlib.redirect_stdout(io.StringIO()):
        organisation = sign_up(world, preset)
        filing = _sample(preset)
        numbers = [_filed(world, organisation, filing, at) for at in times]
        with binding.tenant(organisation.id):
            for number in numbers:
                wake(world.fakes.wiring, organisation.id, number, start)
            snapshots = [
                world.fakes.store.get([key])[key] for number in numbers for key in [_key(organisation, number)]
            ]
    own = keys.organisation(organisation.id)
    policy = [one for one in world.fakes.store.everything() if one.key.pk == own and one.key.sk.startswith("POL#")]
    return Templates(policy, [entry for entry in snapshots if entry.due is not None])


def _key(organisation: Organisation, number: str) -> keys.Key:
    return keys.snapshot(keys.complaint(organisation.id, number))


def _by_day(at: Instant, start: Instant, chance: random.Random) -> Instant:
    """The same day between 07:00 and 24:00 of the presets' zone, most of it in the day's middle; before the start."""
    midnight = (at + 8 * HOUR) // DAY * DAY - 8 * HOUR
    drawn = midnight + 7 * HOUR + round(chance.triangular(0, 17, 4) * HOUR)
    return min(drawn, start - MINUTE)


def _sample(preset: str) -> Filing:
    sample = publishing.prepare(presets.text(preset)).document.sample
    if sample is None:
        raise ValueError(f"{preset} has no sample")
    return Filing(sample.channel, sample.facts, sample.severity, sample.category)


def _filed(world: InProcess, organisation: Organisation, filing: Filing, at: Instant) -> str:
    key = uuid.uuid4().hex
    command = file_complaint.FileComplaint(
        tenant=organisation.id,
        credential=Credential(),
        filing=filing,
        request=Request(tenant=organisation.id, principal="public", source="s", key=key, body_hash="b"),
        now=at,
    )
    with binding.tenant(organisation.id):
        return str(file_complaint.file_complaint(world.fakes.wiring, command).body["number"])


def all_templates(count: int, chance: random.Random) -> list[Templates]:
    """One for each preset, of that many complaints."""
    return [make_templates(preset, count, from_text(START), chance) for preset in PRESETS]


def populate(store: MemoryStore, made: Sequence[Templates], tenants: int, each: int, chance: random.Random) -> None:
    """`tenants` organisations, the presets in turn, with `each` complaints open."""
    for place in range(tenants):
        kind = made[place % len(made)]
        write_organisation(store, f"s-{place:05d}", kind, chance.choices(kind.snapshots, k=each))


def write_organisation(store: MemoryStore, tenant: str, kind: Templates, snapshots: Sequence[Entry]) -> None:
    """One organisation: its policy, and these complaints under numbers of its own."""
    policy = [msgspec.structs.replace(one, key=keys.Key(keys.organisation(tenant), one.key.sk)) for one in kind.policy]
    copies = [clone(entry, tenant, f"{entry.key.pk[-13:-7]}-{at:06d}") for at, entry in enumerate(snapshots, 1)]
    with binding.tenant(tenant):
        store.commit([Put(entry) for entry in policy])
        for first in range(0, len(copies), _COMMIT):
            store.commit([Put(entry) for entry in copies[first : first + _COMMIT]])
    store.calls.clear()
    store.stream.clear()
