"""A small procedure and newer versions of it, for the tests of switching."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from chalicelib.complaints import filing
from chalicelib.complaints.acting import acts, advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, Event, RecordPosition, chain_event
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchPlan, SwitchTerms
from chalicelib.kit.instants import HOUR, Instant, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy

START = from_text("2026-11-27T09:00:00+08:00")
NUMBER = "202611-000001"
OWNER = Actor("owner", "sub-owner", "owner")
HANDLER = Asker("staff", "sub-handler", (Grant("handler"),))
DOCUMENT: dict[str, Any] = {
    "language": 1,
    "name": {"zh": "示例"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"handler": "经办", "leader": "主任"},
    "tiers": [{"roles": "handler"}, {"roles": "leader"}],
    "intake": {"channels": {"phone": "电话", "letter": "信函"}, "first": "open"},
    "severity": {"classes": {"general": "一般", "major": "重大"}},
    "fields": {"people": {"zh": "经办人"}},
    "stages": {
        "open": {
            "assign": {"by": "handler", "needs": "people", "assigns": {"handler": "people"}},
            "park": {"by": "handler", "to": "parked"},
            "inspect": {"by": "handler", "sets": {"checked": "yes"}},
            "decide": {"by": "handler", "to": "done"},
        },
        "parked": {"resume": {"by": "handler", "to": "open"}},
        "done": {"archive": {"by": "handler", "to": "archived"}},
        "archived": {"name": "已归档", "shelf": "archived"},
    },
    "clocks": {
        "decision": {"from": "registered", "until": "decided", "within": "24 hours", "paused_in": "parked"},
    },
}

Amend = Callable[[dict[str, Any]], object]


def version(number: int, amend: Amend = lambda document: None) -> Policy:
    document = copy.deepcopy(DOCUMENT)
    amend(document)
    return compile_policy(publishing.prepare(document).document, str(number))


def limit(text: str) -> Amend:
    return lambda document: document["clocks"]["decision"].update(within=text)


V1 = version(1)


class Life:
    """A complaint under the first version, or another one, and its record."""

    def __init__(self, under: Policy = V1, **filed: Any) -> None:
        self.policy = under
        accepted = filing.check(under, Filing(channel="phone", **filed), START)
        actor = Actor("complainant", "complainant")
        self.events: list[Event] = []
        self.complaint = self._keep(
            filing.register(under, accepted, number=NUMBER, receipt="", actor=actor, now=START), START
        )

    def act(self, name: str, after: int = 0, *, by: Asker = HANDLER, **fields: Any) -> Complaint:
        """`after`: hours since the filing."""
        flow = self._advanced(at(after))
        acts.decide(flow, ActRequest(name, fields), by, at(after))
        self.complaint = self._keep(flow, at(after))
        return self.complaint

    def wait(self, hours: int) -> Complaint:
        self.complaint = self._keep(self._advanced(at(hours)), at(hours))
        return self.complaint

    def plan(self, new: Policy, hours: int = 1, **terms: Any) -> SwitchPlan:
        return switching.plan(self.policy, new, self.complaint, SwitchTerms(**terms), self.events, at(hours))

    def switch(self, new: Policy, hours: int = 1, **terms: Any) -> Complaint:
        """Switches the complaint and returns it. Later acts use the new version."""
        flow = Flow(new, self.complaint)
        switching.perform(flow, self.plan(new, hours, **terms), SwitchTerms(**terms), OWNER, at(hours))
        return self._keep(flow, at(hours))

    def _advanced(self, now: Instant) -> Flow:
        flow = Flow(self.policy, self.complaint)
        assert advance.advance(flow, now)
        return flow

    def _keep(self, flow: Flow, now: Instant) -> Complaint:
        for position, draft in enumerate(flow.drafts):
            made = chain_event(
                draft,
                RecordPosition(
                    NUMBER,
                    flow.before.seq + 1 + position,
                    self.events[-1].hash if self.events else "0" * 64,
                    flow.policy.version,
                    calendar="",
                ),
                recorded_at=now,
            )
            self.events.append(made.event)
        return flow.complaint


def at(hours: int) -> Instant:
    return START + hours * HOUR


def dues(plan: SwitchPlan) -> dict[str, tuple[str | None, str]]:
    """The due time after the switch and the effect, by clock."""
    return {
        change.run.clock: (None if change.after is None else to_text(change.after), change.effect)
        for change in plan.changes
    }
