"""One complaint's life: each step is asked for by the API and seen by it, as somebody outside sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from infra.rehearsal import hostile, parts, uploads
from infra.rehearsal.office import TENANT, Office, address
from infra.rehearsal.said import Wrong, expect, say, until

POLICY = Path(__file__).with_name("policy.yaml")
ROLES = ("clerk", "head")


def walk(office: Office) -> None:
    """Raises `Wrong` at the first step that is not as it should be."""
    found(office)
    number, receipt = file(office)
    uploads.walk(office, number, receipt)
    hostile.walk(office, number, receipt)
    hostile.gone(office, number, receipt)
    parts.walk(office, number, receipt)
    expect("accepted by the clerk; stage", office.act(number, "clerk", "accept"), "open")
    told(office, number, receipt)
    missed(office, number)
    decided = office.act(number, "clerk", "decide", outcome="upheld", text="The kettle is replaced.")
    expect("decided, late; stage", decided, "decided")
    expect("the clock stays missed", state_of(office, number), "missed")
    expect("closed; stage", office.act(number, "clerk", "close", summary="Replaced."), "closed")
    hostile.ended(office, number, receipt, "closed")
    expect("archived by the head; stage", office.act(number, "head", "archive"), "archived")
    hostile.ended(office, number, receipt, "archived")
    recorded(office, number)


def found(office: Office) -> None:
    body = {"id": TENANT, "name": "Rehearsal", "email": address("owner"), "language": "en"}
    status, answer = office.call("POST", "/v1/tenants", {**body, "policy": POLICY.read_text("utf-8")})
    if status != 201:
        raise Wrong(f"sign-up with a policy of one's own: {status} {answer}")
    say("sign-up with a policy of one's own", status)
    office.sign_in("owner")
    say(
        "first sign-in of the owner, by the password that was mailed",
        office.done("GET", *_me(office, "owner"))["grants"],
    )
    for role in ROLES:
        person = {"email": address(role), "name": role, "grants": [{"role": role}]}
        office.done("POST", "/people", person, office.tokens["owner"])
        office.sign_in(role)
        me = office.done("GET", *_me(office, role))
        expect(f"invitation and first sign-in of the {role}", me["grants"], [{"role": role}])
    status, _ = office.call("GET", f"/v1/t/{TENANT}/people/me", auth="Bearer forged")
    expect("a forged token, at the authorizer", status, 403)  # ministack's own; AWS sends our GatewayResponse, 401


def _me(office: Office, role: str) -> tuple[str, None, str]:
    return "/people/me", None, office.tokens[role]


def file(office: Office) -> tuple[str, str]:
    """Number and `Authorization` of the complainant."""
    facts = {"complainant.name": "Example Customer", "content": "The kettle leaks."}
    filing = {"channel": "web", "category": {"kind": "goods"}, "facts": facts}
    filed = office.done("POST", "/complaints", filing)
    say("filed without an account; number and stage", (filed["number"], filed["stage"]))
    return filed["number"], f"Receipt {filed['receipt']}"


def told(office: Office, number: str, receipt: str) -> None:
    """By the table's stream, the relay, the effects queue and its worker."""

    def look() -> list[str]:
        messages = office.done("GET", f"/messages?complaint={number}", None, receipt)["messages"]
        return [message["text"]["en"] for message in messages]

    texts = until("messages to the complainant", look, lambda seen: len(seen) >= 2)
    say("messages to the complainant, by stream and queue", texts)


def missed(office: Office, number: str) -> None:
    """By the schedule, the sweep, the due queue and its worker; nobody asks for anything meanwhile."""

    def look() -> list[str]:
        events = office.done("GET", f"/complaints/{number}/record", None, office.tokens["head"])["events"]
        return [event["type"] for event in events]

    types = until("the missed deadline", look, lambda seen: "escalated" in seen)
    say("the deadline was missed and escalated, by schedule and queue", types)
    expect("state of the clock", state_of(office, number), "missed")


def state_of(office: Office, number: str) -> Any:
    shown = office.done("GET", f"/complaints/{number}/deadlines", None, office.tokens["head"])["deadlines"]
    return next(run["state"] for run in shown if run["clock"] == "decision")


def recorded(office: Office, number: str) -> None:
    shown = office.done("GET", f"/complaints/{number}/record", None, office.tokens["head"])["events"]
    say("the record", [event["type"] for event in shown])
    expect("numbers of the record", [event["seq"] for event in shown], list(range(1, len(shown) + 1)))
