"""An office in London that publishes figures, and the complaints of its September."""

from __future__ import annotations

from typing import Any

import yaml

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
intake:
  channels: {phone: {en: Phone}, desk: {en: Desk}, web: {en: Web}}
  categories: {matter: {damage: {en: Damage}, delay: {en: Delay}}}
  required: matter
  facts: {content: {en: What happened}}
clocks: {answer: {name: {en: Answer}, from: registered, until: closed, within: 24 hours}}
tiers: [{roles: clerk, within: 5 days}]
stages:
  registered: {close: {by: clerk, to: closed}}
  closed: {}
publicity: {figures: {every: month, shows: [received, met, missed]}}
sample: {channel: web, category: {matter: damage}, facts: {content: The lamp is broken.}}
"""
START = "2026-09-07T10:00:00+01:00"
BEFORE = "2026-10-09T23:30:00+01:00"
DAY = "2026-10-10T00:30:00+01:00"
"""The figures of September are published on this day."""
WEEKS = (("2026-09-07", {"damage": (10, 5), "delay": (5, 5)}), ("2026-09-14", {"damage": (10, 5), "delay": (8, 5)}))
"""The days of filings, and by matter how many complaints are closed in time and how many never."""
CHANNELS = ["phone"] * 12 + ["desk"] * 3


def policy(**figures: Any) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(POLICY)
    document["publicity"]["figures"] |= figures
    return document


def council(**figures: Any) -> Organisation:
    """Without complaints."""
    return _council(InProcess(START), **figures)


def _council(world: InProcess, **figures: Any) -> Organisation:
    found = sign_up_with(world, yaml.safe_dump(policy(**figures), sort_keys=False))
    answer = found.world.operate("PUT", f"/tenants/{found.id}/plan", {"plan": "large"})
    assert answer.status == 200, answer.text
    return found


def busy_council() -> Organisation:
    """53 complaints in two weeks of September: 33 were closed in time. It is the day before the publication."""
    return _busy_council(InProcess(START))


def published_council() -> Organisation:
    """The same after the publication, in a world of its own."""
    return prepared("published council", START, lambda world: (_published(world), ""))[0]


def _published(world: InProcess) -> Organisation:
    found = _busy_council(world)
    assert editions(found) == []
    sweep(found, DAY)
    return found


def _busy_council(world: InProcess) -> Organisation:
    found, channels = _council(world), [*CHANNELS]
    for day, matters in WEEKS:
        found.world.move_to(f"{day}T10:00:00+01:00")
        for matter, (closed, left) in matters.items():
            for at in range(closed + left):
                channel = channels.pop() if channels else "web"
                number = found.file(channel=channel, category={"matter": matter}, auth=found.auth("clerk"))
                if at < closed:
                    found.act(number, "clerk", "close")
    found.world.move_to(BEFORE)
    sweep(found)
    return found


def sweep(at: Organisation, when: str | None = None) -> None:
    """The hourly job runs, at this time."""
    assert isinstance(at.world, InProcess)
    if when is not None:
        at.world.move_to(when)
    at.world.sweep()


def asked(at: Organisation, path: str = "", who: str = "", number: str = "", **headers: str) -> Answer:
    """`who`: without one, no sign-in. `path` follows `/figures`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    auth = at.auth(who, number) if who else None
    return at.world.call("GET", f"{at.path}/figures{path}", auth=auth, headers=sent)


def editions(at: Organisation, who: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(at, "", who).json["editions"]
    return found


def table(edition: dict[str, Any], by: str, measure: str) -> dict[str, int | None]:
    rows = next(one["rows"] for one in edition["tables"] if one["by"] == by)
    return {row["key"]: row["values"][measure] for row in rows}
