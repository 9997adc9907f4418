"""The end: the inspection of each month that was played, every figure of it compared with a count of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.demo_load.client import Client
from benchmarks.demo_load.corpus import ROOT
from benchmarks.demo_load.organisation import OWNER, DemoOrganisation
from benchmarks.demo_load.playing import PlayedCase
from chalicelib.kit.instants import DAY, HOUR, Instant, from_instant
from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import compile_policy
from tests.kernel.statistics.slow_count.slow import Slow
from tests.kernel.statistics.slow_count.slow_inspection import SlowInspection

FOLDER = ROOT / ".local"


@dataclass(slots=True)
class Inspected:
    """`titles`: a line for each document. `figures`: how many were compared."""

    titles: list[str] = field(default_factory=list)
    figures: int = 0
    faults: list[str] = field(default_factory=list)


def months(start: Instant, end: Instant) -> list[str]:
    """The months in which something happened, in the zone of the presets (UTC+8)."""
    names = (f"{from_instant(at + 8 * HOUR):%Y-%m}" for at in range(start, end + 1, DAY))
    return list(dict.fromkeys(names))


def month_after(name: str) -> str:
    """The first minutes of the following month, as an RFC 3339 time."""
    year, month = divmod(int(name[:4]) * 12 + int(name[5:]), 12)
    return f"{year:04d}-{month + 1:02d}-01T00:30:00+08:00"


def inspect(
    client: Client,
    organisation: DemoOrganisation,
    worked: Sequence[PlayedCase],
    names: Sequence[str],
    into: Path = FOLDER,
) -> Inspected:
    """Order the inspections, store them as JSON and as pages in both languages, and compare their figures."""
    found, records = Inspected(), _records(client, worked)
    for name in names:
        row = client.post(f"{organisation.path}/inspections", {"period": name}, organisation.auth(OWNER), expect=201)
        address = f"{organisation.path}/inspections/{row['id']}"
        text = client.text(address, organisation.auth(OWNER))
        document = msgspec.json.decode(text)
        comparison = SlowInspection(records, document)
        place = f"{organisation.office.preset}, inspection {row['id']}"
        found.faults += [f"{place}: {line}" for line in comparison.differences()]
        found.figures += comparison.compared
        found.faults += _hash_faults(client, organisation, row, text, place)
        found.titles.append(_title(place, document))
        _store(client, organisation, address, text, into / f"inspection-{organisation.office.preset}-{name}")
    return found


def _records(client: Client, worked: Sequence[PlayedCase]) -> list[Slow]:
    preset = worked[0].organisation.office.preset
    policy = compile_policy(publishing.prepare(presets.text(preset)).document, "1")
    reader = worked[0].organisation.office.roles[0]
    found, seen = [], set[str]()
    for one in sorted(worked, key=lambda one: one.number):
        phone = str(one.case.body["facts"]["complainant.phone"])
        events = client.get(f"{one.path}/record", one.organisation.auth(reader))["events"]
        found.append(Slow(events, lambda _version: policy, "yes" if phone in seen else "no"))
        seen.add(phone)
    organisation = worked[0].organisation
    tasks = client.get(f"{organisation.path}/organisation/record", organisation.auth(OWNER))["events"]
    return [*found, *([Slow(tasks, lambda _version: policy)] if tasks else [])]


def _hash_faults(client: Client, organisation: DemoOrganisation, row: Any, text: str, place: str) -> list[str]:
    """The document's hash must be the one in the list and the one on record."""
    events = client.get(f"{organisation.path}/record?limit=100", organisation.auth(OWNER))["events"]
    recorded = [one["fields"]["sha256"] for one in events if one["fields"].get("inspection") == row["id"]]
    digest = sha256(text.encode()).hexdigest()
    return [] if recorded == [row["sha256"]] == [digest] else [f"{place}: its hash is not the one on record"]


def _title(place: str, document: Any) -> str:
    tables = {report["name"]: report["tables"][0]["rows"] for report in document["reports"]}
    shown = {
        name: tables[report][0]["figures"].get(name) if tables[report] else None
        for report, name in (
            ("inflow", "received"),
            ("results", "closed"),
            ("deadlines", "met"),
            ("deadlines", "missed"),
        )
    }
    counts = ", ".join(f"{name} {_number(figure)}" for name, figure in shown.items())
    return f"{place}: {counts}"


def _number(figure: Any) -> str:
    if figure is None:
        return "0"
    return str(figure["count"]) if "count" in figure else f"{figure['numerator']}/{figure['denominator']}"


def _store(client: Client, organisation: DemoOrganisation, address: str, text: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.with_name(f"{path.name}.json").write_text(text, "utf-8")
    for language in ("zh", "en"):
        page = client.text(f"{address}/page", organisation.auth(OWNER), language)
        path.with_name(f"{path.name}.{language}.html").write_text(page, "utf-8")
