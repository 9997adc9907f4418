"""What time does to a case without any act."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation

LATE = "投诉 {} 已逾期，现升级至本层级，请处理。"
"""What the next tier is told of a missed deadline, by the number of the complaint."""
OWED = "投诉 {} 已逾期，请尽快处理。"
"""What the people who can act are told of it."""
_BY_TIME = ("warned", "missed", "escalated", "demand_lapsed", "reclassified", "task_opened")


def timeline(organisation: Organisation, number: str, until: str) -> list[str]:
    """What happens until this time, such as `11-28 05:00 warned screening`, including the acts of the system."""
    before = len(organisation.events(number))
    organisation.world.move_to(until)
    return [_line(organisation, event) for event in organisation.events(number)[before:] if _is_by_time(event)]


def owed(organisation: Organisation, number: str, clock: str, who: str) -> list[int]:
    """The rungs of the clock's escalation that also reached this person, who can act. The first is the miss itself."""
    names = {who, f"@{organisation.subs[who]}"}
    notices = [one["fields"] for one in organisation.events(number, type_="notified")]
    late = [one for one in notices if one["wording"] == "overdue" and one["clock"] == clock]
    return [int(one["about"].rpartition("/")[2]) for one in late if names & {*one["to"]}]


def _is_by_time(event: dict[str, Any]) -> bool:
    return event["type"] in _BY_TIME or event.get("act") in ("notify", "close", "transfer")


def _line(organisation: Organisation, event: dict[str, Any]) -> str:
    fields = event["fields"]
    about = fields.get("roles") or [fields.get("task") or fields.get("clock") or fields.get("severity") or ""]
    return f"{_at(organisation, event)} {event['type']} {', '.join(about)}".rstrip()


def missed(organisation: Organisation, number: str, clock: str) -> list[str]:
    """The times at which this clock was missed, such as `12-04 18:00`."""
    events = organisation.events(number, type_="missed")
    return [_at(organisation, event) for event in events if event["fields"]["clock"] == clock]


def _at(organisation: Organisation, event: dict[str, Any]) -> str:
    return organisation.local(event["at"])[5:16].replace("T", " ")
