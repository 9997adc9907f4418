"""The final check: everything is read through the API, and each reported number is compared with the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.demo_load import tally
from benchmarks.demo_load.client import Client
from benchmarks.demo_load.organisation import DemoOrganisation
from benchmarks.demo_load.playing import PlayedCase, Tick
from benchmarks.demo_load.tally import Json, Tally

_SHELVES = ("open", "pending", "supervision", "archived", "void")


@dataclass(slots=True)
class Findings:
    """`reported`: numbers from views and messages. `recorded`: numbers from the record. `faults`: differences."""

    reported: Tally = field(default_factory=Counter)
    recorded: Tally = field(default_factory=Counter)
    events: int = 0
    faults: list[str] = field(default_factory=list)


def check(client: Client, organisation: DemoOrganisation, worked: Sequence[PlayedCase], tick: Tick) -> Findings:
    """Check one organisation. `worked`: its cases."""
    findings = Findings()
    rows = {row["number"]: row for row in _queue(client, organisation)}
    if set(rows) != {one.number for one in worked}:
        findings.faults.append(f"{organisation.id}: the queue does not have the filed complaints")
    for one in worked:
        _complaint(client, one, rows.get(one.number, {"stage": "nowhere"}), findings)
        tick()
    inboxes = {role: list(_inbox(client, organisation, role)) for role in organisation.office.roles}
    findings.reported += tally.reported_in_inboxes(inboxes, organisation.office.tiers)
    findings.faults += tally.disagreements(organisation.office.preset, findings.reported, findings.recorded)
    return findings


def _complaint(client: Client, one: PlayedCase, row: Json, findings: Findings) -> None:
    reader = one.organisation.auth(one.organisation.office.roles[0])
    events = client.get(f"{one.path}/record", reader)["events"]
    deadlines = client.get(f"{one.path}/deadlines", reader)["deadlines"]
    query = f"?complaint={one.number}&limit=100"
    messages = client.get(f"{one.organisation.path}/messages{query}", one.auth("complainant"))["messages"]
    findings.reported += tally.reported_for_complaint(row["stage"], deadlines, messages)
    findings.recorded += tally.recorded(events, one.organisation.subs)
    findings.events += len(events)
    findings.faults += tally.chain_faults(one.number, events)
    if not one.case.ends == one.stage == row["stage"]:
        found = f"planned {one.case.ends}, answered {one.stage}, listed {row['stage']}"
        findings.faults.append(f"{one.number}, {one.case.story!r}: {found}")


def _queue(client: Client, organisation: DemoOrganisation) -> Iterator[Json]:
    for shelf in _SHELVES:
        path = f"{organisation.path}/complaints?shelf={shelf}&limit=100"
        yield from _pages(client, path, organisation.auth(organisation.office.roles[0]), "complaints")


def _inbox(client: Client, organisation: DemoOrganisation, role: str) -> Iterator[Json]:
    yield from _pages(client, f"{organisation.path}/messages?limit=100", organisation.auth(role), "messages")


def _pages(client: Client, path: str, auth: str, member: str) -> Iterator[Any]:
    cursor = ""
    while True:
        page = client.get(path + cursor, auth)
        yield from page[member]
        if page["cursor"] is None:
            return
        cursor = f"&cursor={page['cursor']}"
