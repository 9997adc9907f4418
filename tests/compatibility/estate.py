"""What happens at property managers on `property-management`: units, their points and tasks, promises."""

from __future__ import annotations

from typing import Any

from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire
from tests.compatibility.asking import asked
from tests.compatibility.world import FixedWorld


def forwarded(estate: Organisation, **filing: Any) -> str:
    """With the name of the person as a text, as the policy had it."""
    number = estate.file(**filing)
    estate.act(number, "service_centre", "forward", to="service_supervisor", person="王主任")
    return number


def handled(estate: Organisation, **filing: Any) -> str:
    number = forwarded(estate, **filing)
    estate.act(number, "service_supervisor", "assign", responsible=estate.subs["management_office"])
    return number


def decided(estate: Organisation, **filing: Any) -> str:
    number = handled(estate, **filing)
    estate.act(number, "management_office", "reply", text="灯已换好。")
    estate.act(number, "service_centre", "decide", opinion="已修复并回访。", outcome="valid")
    return number


def units(estate: Organisation) -> None:
    """Five points of the north: a report that was done, and a survey that is owed. One of the south."""
    for name in ("north", "south"):
        asked(estate, "POST", "/units", {"id": name, "name": f"{name}区"})
        hire(estate, "management_office", name=f"of_{name}", unit=name)
    for severity in ("major", "important"):
        decided(estate, unit="north", severity=severity)
    decided(estate, unit="south")
    report = {"fields": {"task": "written_report", "report": "已整改。"}}
    asked(estate, "POST", "/units/north/acts/do_task", report, who="of_north")


def play(world: FixedWorld) -> Organisation:
    estate = estate_in(world)
    units(estate)
    promised = handled(estate, unit="south")
    estate.act(promised, "management_office", "promise", feedback_at="2026-11-28T15:00:00+08:00")
    mailed = handled(estate, channel="email", facts={"complainant.email": "ben@customer.example"})
    estate.act(mailed, "management_office", "reply", text="灯已换好。")
    disputed = handled(estate)
    estate.act(disputed, "management_office", "reply", text="灯已换好。")
    estate.act(disputed, "complainant", "dispute", reason="仍然不亮。")
    forwarded(estate, category={"urgency": "urgent"})
    estate.file(facts={"complainant.address": None})
    return estate
