"""A small procedure, and a complaint under it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import filing
from chalicelib.complaints.acting import acts, open_acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT, ActRequest, Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import HOUR, from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy

START = from_text("2026-11-27T09:00:00+08:00")
NUMBER = "202611-000001"
DOCUMENT: dict[str, Any] = {
    "language": 1,
    "name": {"en": "Example"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"agent": {"en": "Agent"}, "manager": {"en": "Manager"}},
    "intake": {"channels": {"phone": {"en": "Phone"}}, "first": "open"},
    "stages": {
        "open": {"decide": {"by": "agent", "to": "done"}},
        "done": {"name": {"en": "Done"}},
    },
}


def policy(changes: Mapping[str, Any]) -> Policy:
    """The example with these parts. `stages` and `intake` are merged into those of the example."""
    document = copy.deepcopy(DOCUMENT)
    for name, part in changes.items():
        document[name] = {**document[name], **part} if name in ("stages", "intake", "people") else part
    return compile_policy(publishing.prepare(document).document, "1")


def staff(sub: str, *roles: str, **further: Any) -> Asker:
    return Asker("staff", sub, tuple(Grant(role) for role in roles), **further)


AGENT, MANAGER = staff("sub-agent", "agent"), staff("sub-manager", "manager")


class Case:
    """A complaint whose acts are an hour apart. `drafts`: all events so far."""

    def __init__(self, under: Policy, **filed: Any) -> None:
        self.policy, self.now = under, START
        accepted = filing.check(under, Filing(channel="phone", **filed), START)
        flow = filing.register(under, accepted, number=NUMBER, receipt="", actor=COMPLAINANT.actor(), now=START)
        self.complaint, self.drafts = flow.complaint, list(flow.drafts)

    def act(self, name: str, by: Asker = AGENT, proposed: Mapping[str, Any] | None = None, **fields: Any) -> Complaint:
        self.now += HOUR
        flow = Flow(self.policy, self.complaint)
        acts.decide(flow, ActRequest(name, fields, proposed), by, self.now)
        self.complaint = flow.complaint
        self.drafts.extend(flow.drafts)
        return self.complaint

    def refusal(self, name: str, by: Asker = AGENT, **fields: Any) -> str | None:
        """The kind of problem with which the act is refused; None if it is done."""
        try:
            self.act(name, by, **fields)
        except Problem as problem:
            return problem.kind
        return None

    def open_to(self, by: Asker = AGENT) -> list[str]:
        return open_acts.open_to(self.policy, self.complaint, by)

    @property
    def types(self) -> list[str]:
        return [draft.type for draft in self.drafts]
