"""A slow count of the records, written without the program's statistics: it looks at every event for every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.duties import duty_of

Event = dict[str, Any]
Record = Sequence[Event]
PolicyOf = Callable[[str], Policy]
ENDS = ("refused", "closed", "withdrawn", "archived")


@dataclass(frozen=True)
class Hit:
    """One occurrence. `minutes`, `days`: of durations. `weight`: of points."""

    day: date
    case: Mapping[str, str]
    minutes: float = 0.0
    weight: int = 1
    days: int = 0
    """Working days; 0 if they are not compared."""


@cache
def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Slow:
    """One record as it can be asked about."""

    def __init__(self, record: Record, policy_of: PolicyOf, returning: str = "", today: date = date.max) -> None:
        """`returning`: whether the complainant had filed another complaint, `yes` or `no`; empty if unknown."""
        self.today = today
        self.record = record
        self.policy_of = policy_of
        self.returning = returning
        self._runs: dict[int, dict[tuple[str, int], dict[str, Any]]] = {}
        self._days: dict[int, date] = {}

    @property
    def own_unit(self) -> str:
        """Of the record of a unit's tasks: the unit, `*` for the organisation as a whole. Empty for a complaint."""
        number = self.record[0]["id"].rsplit("/", 1)[0]
        return number.removeprefix("U#") if number.startswith("U#") else ""

    def policy(self, at: int) -> Policy:
        return self.policy_of(self.record[at]["policy"])

    def zone(self, at: int) -> ZoneInfo:
        return self.policy(at).calendar.zone

    def day(self, at: int) -> date:
        """Kept, as every count asks for it."""
        if at not in self._days:
            self._days[at] = moment(self.record[at]["at"]).astimezone(self.zone(at)).date()
        return self._days[at]

    def whole(self, at: int) -> bool:
        """False for an act that another role has yet to do."""
        return not self.record[at]["result"].get("partial", False)

    def case(self, at: int, **own: str) -> dict[str, str]:
        event, filed = self.record[at], self.record[0]["fields"]
        chosen = dict(filed.get("category", {}))
        for earlier in self.record[: at + 1]:
            if earlier["type"] == "switched":
                chosen.update(earlier["fields"].get("category", {}))
        for one in self.record:
            if one["type"] == "classified":
                chosen.update(one["fields"].get("category", {}))
        return {
            "policy": event["policy"],
            "channel": filed.get("channel", ""),
            "category": "&".join(f"{key}={chosen[key]}" for key in sorted(chosen)),
            **{f"category.{key}": value for key, value in chosen.items()},
            "severity": event["result"]["severity"] or "",
            "unit": self.own_unit or self.unit(at),
            **own,
        }

    def unit(self, at: int) -> str:
        """The unit after the event: that of the filing, or the one that a member named last."""
        named = [one["result"]["unit"] for one in self.record[: at + 1] if "unit" in one["result"]]
        return str((named or [self.record[0]["fields"].get("unit")])[-1] or "")

    def of_type(self, *types: str) -> Iterator[int]:
        yield from (at for at, event in enumerate(self.record) if event["type"] in types and self.whole(at))

    def who(self, at: int) -> str:
        actor = self.record[at]["actor"]
        if actor.get("on_behalf_of") in ("complainant", "respondent"):
            return str(actor["on_behalf_of"])
        return actor.get("role") or str(actor["kind"])

    def by_member(self, at: int) -> bool:
        return self.record[at]["actor"]["kind"] in ("staff", "owner") and self.who(at) not in (
            "complainant",
            "respondent",
        )

    def runs(self, number: int) -> dict[tuple[str, int], dict[str, Any]]:
        """All runs, open or ended, as the first events leave them. They are read once: every count asks for them."""
        if number not in self._runs:
            changed = [run for event in self.record[:number] for run in event["result"].get("clocks", [])]
            self._runs[number] = {(run["clock"], run["n"]): run for run in changed}
        return self._runs[number]

    def open_runs(self, number: int) -> list[dict[str, Any]]:
        return [run for run in self.runs(number).values() if run.get("ended") is None]

    def named(self, at: int, clock: str) -> dict[str, str]:
        """A deadline with its clause and whose duty it is."""
        policy = self.policy(at)
        known = policy.clocks[clock].clock if clock in policy.clocks else None
        duty = "" if known is None else duty_of(policy.document, known)
        return {"clock": clock, "clause": (known.clause if known else None) or "", "duty": duty}

    def calendar(self, at: int, run: Mapping[str, Any]) -> Any:
        policy = self.policy(at)
        return policy.calendars.get(run.get("calendar", ""), policy.calendar)

    def is_near(self, at: int, run: Mapping[str, Any]) -> bool:
        """Due within 24 hours from the event, and neither paused nor missed."""
        if run.get("state", "running") != "running" or run.get("due") is None:
            return False
        left = moment(run["due"]) - moment(self.record[at]["at"])
        return timedelta(0) <= left <= timedelta(days=1)

    def near(self, at: int) -> bool:
        return any(self.is_near(at, run) for run in self.open_runs(at))

    def choices(self, at: int) -> dict[str, list[str]]:
        """The values of the policy's own choices and flags. `to` of a link is the other complaint."""
        if self.record[at]["type"] == "linked" or self.record[at].get("act") == "link":
            return {}
        known = self.policy(at).document.fields
        found: dict[str, list[str]] = {}
        for name, value in self.record[at]["fields"].items():
            if name in ("ground", "severity", "clock", "conditions", "sign", "kinds", "demand", "item", "person"):
                continue
            if name in known and known[name].kind in ("choice", "choices", "flag"):
                texts = [{True: "yes", False: "no"}[value]] if isinstance(value, bool) else value
                found[name] = [texts] if isinstance(texts, str) else list(texts)
        return found


def open_minutes(calendar: Any, begin: datetime, end: datetime) -> float:
    """Working minutes, day by day from the plans of the days."""
    zone, total, day = calendar.zone, 0.0, begin.astimezone(calendar.zone).date()
    while day <= end.astimezone(zone).date():
        for opens, closes in calendar.source.plan(day.toordinal()).hours:
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            first, last = midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
            total += max((min(last, end) - max(first, begin)).total_seconds(), 0.0) / 60
        day += timedelta(days=1)
    return total


def due_day(calendar: Any, due: str) -> date:
    """24:00 belongs to the day that ends."""
    local: datetime = moment(due).astimezone(calendar.zone)
    at_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date() - timedelta(days=1) if at_midnight else local.date()
