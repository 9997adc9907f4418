"""An office in Berlin whose policy has tasks of the calendar, and what a test sees and does there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import yaml

from chalicelib.kit.instants import HOUR, Instant, from_instant, from_text, to_instant, to_text
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

POLICY = """
language: 1
name: {en: Office}
calendar: {timezone: Europe/Berlin, hours: {mon-fri: ["09:00-17:00"]}}
calendars:
  plant: {timezone: Asia/Shanghai, hours: {mon-sun: ["00:00-24:00"]}}
people: {head: {en: Head}, director: {en: Director}, board: {en: Board}}
intake: {channels: [phone], unit: optional}
fields: {report: {kind: text, en: Report}}
stages: {registered: {close: {by: head, to: over}}, over: {}}
tiers: [{roles: director, within: 1 working day}, {roles: board, again: 5 working days}]
tasks:
  quarter_report:
    {en: Report of the quarter, of: unit, for: head, needs: report, clause: "1",
     quarterly: {day: 1, due: 5 working days}}
  plant_check: {en: Check, of: unit, for: head, calendar: unit, quarterly: {day: 2, due: 1 working day}}
  year_report:
    en: Report of the year
    of: organisation
    for: director
    yearly: {month: 1, day: 1, due: 10 working days}
    needs: report
sample: {channel: phone, facts: {}}
"""
START = "2026-11-26T10:00:00+01:00"
REPORT = {"task": "quarter_report", "report": "All is well."}
YEAR_REPORT = {"task": "year_report", "report": "All was well."}


def policy(**tasks: Any) -> dict[str, Any]:
    """The policy as a document, with these tasks in addition. None removes one."""
    document: dict[str, Any] = yaml.load(POLICY, yaml.CSafeLoader)
    changed = {**document["tasks"], **tasks}
    return {**document, "tasks": {name: task for name, task in changed.items() if task is not None}}


def office(start: str = START, units: tuple[str, ...] = ("north", "south")) -> Organisation:
    """The office with units, and with a head of each unit who is named after it."""
    found = sign_up_with(InProcess(start), POLICY)
    for unit in units:
        add(found, unit)
        hire(found, "head", name=f"of_{unit}", unit=unit)
    return found


def add(at: Organisation, unit: str) -> None:
    assert ask(at, "POST", "/units", {"id": unit, "name": unit}).status == 201


def ask(at: Organisation, method: str, path: str, body: Any = None, who: str = "owner") -> Answer:
    return at.world.call(method, at.path + path, body, auth=at.auth(who))


def publish(at: Organisation, document: dict[str, Any], **when: str) -> None:
    answer = ask(at, "POST", "/policy/publish", {"policy": document, **when})
    assert answer.status == 201, answer.text


def wait(at: Organisation, when: str) -> None:
    """Moves the clock, with the hourly job in the last hour of each day near the beginning of a month.

    What falls due before the last hour is handled then. Handling each alarm in its minute would take seconds.
    """
    world, target = world_of(at), from_text(when)
    while (evening := _next_evening(world.now())) < target - HOUR:
        world.jump_to(to_text(evening))
        world.sweep()
    hour(at, to_text(target - HOUR))
    hour(at, when)


def hour(at: Organisation, when: str) -> None:
    """Moves the clock, and runs the hourly job if an hour has passed since it ran."""
    at.world.move_to(when)
    world_of(at).sweep()


def world_of(at: Organisation) -> InProcess:
    assert isinstance(at.world, InProcess)
    return at.world


def _next_evening(now: Instant) -> Instant:
    """The next 22:30 UTC of a month's last or first day."""
    day = from_instant(now).replace(hour=22, minute=30, second=0, microsecond=0)
    evenings = (day + timedelta(days=count) for count in range(40))
    return next(
        to_instant(one) for one in evenings if to_instant(one) > now and 1 in (one.day, (one + timedelta(days=1)).day)
    )


def of_unit(at: Organisation, unit: str = "north") -> list[dict[str, Any]]:
    """The events of the unit, or of the organisation (`unit`: empty)."""
    path = f"/units/{unit}/record" if unit else "/organisation/record"
    events: list[dict[str, Any]] = at.get(path, "owner")["events"]
    return events


def opened(at: Organisation, unit: str = "north") -> list[tuple[str, str]]:
    """Every task that was opened, with its period."""
    events = [event for event in of_unit(at, unit) if event["type"] == "task_opened"]
    return [(event["fields"]["task"], event["fields"]["period"]) for event in events]


def listed(at: Organisation, who: str, query: str = "") -> list[tuple[str, str | None]]:
    """The tasks in a person's work list, each with its unit."""
    return [(task["task"], task["unit"]) for task in at.get(f"/tasks{query}", who)["tasks"]]


def do(at: Organisation, who: str, fields: dict[str, str], unit: str = "north") -> Answer:
    place = f"/units/{unit}" if unit else "/organisation"
    return ask(at, "POST", f"{place}/acts/do_task", {"fields": fields}, who)
