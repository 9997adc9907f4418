"""A council with several people in each role, under a procedure that each test completes with its own parts."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
LATER = "2026-12-04T18:00:00+08:00"
DOCUMENT: dict[str, Any] = {
    "language": 1,
    "name": {"en": "Council"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"officer": {"en": "Officer"}, "reviewer": {"en": "Reviewer"}, "manager": {"en": "Manager"}},
    "intake": {
        "channels": {"phone": {"en": "Phone"}},
        "facts": {"content": {"en": "What happened", "required": True}},
        "first": "open",
    },
    "fields": {"handler": {"en": "Who handles it"}, "view": {"en": "View"}},
    "stages": {"done": {"name": {"en": "Done"}, "reopen": {"by": "manager", "to": "open"}}},
    "sample": {"channel": "phone", "facts": {"content": "The bin was not emptied."}},
}
OPEN = {"name": {"en": "Open"}, "inspect": {"by": ["officer", "reviewer"]}, "close": {"by": "manager", "to": "done"}}
PEOPLE = (("officer", "second"), ("reviewer", "third"))
"""The role and the name of each person besides those who are named after their role."""


def document(acts: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    """The procedure with these acts in stage `open`. `stages` and `fields` are merged into its own."""
    made = copy.deepcopy(DOCUMENT)
    made["stages"] = {"open": {**OPEN, **acts}, **made["stages"], **parts.pop("stages", {})}
    made["fields"] = {**made["fields"], **parts.pop("fields", {})}
    return {**made, **parts}


def council(acts: Mapping[str, Any], **parts: Any) -> Organisation:
    """On Friday 27 November 2026 at nine in Shanghai."""
    office = sign_up_with(InProcess(START), json.dumps(document(acts, **parts)))
    for role, name in PEOPLE:
        hire(office, role, name=name)
    return office


def status(office: Organisation, number: str, who: str, act: str, **fields: Any) -> int:
    return office.try_act(number, who, act, **fields).status


def refused_at(office: Organisation, number: str, who: str, act: str, **fields: Any) -> tuple[str | None, list[str]]:
    """The kind of problem, and its places."""
    answer = office.try_act(number, who, act, **fields)
    return answer.problem, [error["pointer"] for error in answer.json.get("errors", [])]


def stand_in(office: Organisation, absent: str, deputy: str, until: str = LATER) -> None:
    """`deputy` stands in for `absent` from now on."""
    body = {"sub": office.subs[deputy], "from": START, "until": until}
    answer = office.world.call("PUT", f"{office.path}/people/me/deputy", body, auth=office.auth(absent))
    assert answer.status == 200, answer.text


def remove(office: Organisation, who: str) -> None:
    path = f"{office.path}/people/{office.subs[who]}"
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 204


def publish(office: Organisation, policy: Mapping[str, Any]) -> None:
    answer = office.world.call("POST", f"{office.path}/policy/publish", {"policy": policy}, auth=office.auth("owner"))
    assert answer.status == 201, answer.text


def switch(office: Organisation, number: str) -> None:
    """Moves the complaint to the version in force."""
    assert office.try_act(number, "owner", "switch").status == 200
