"""One complaint's life: each step is asked for by the API and seen by it, as somebody outside sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from infra.rehearsal import form_uploads, hostile_files, multipart_upload
from infra.rehearsal.organisation import TENANT, Organisation, address
from infra.rehearsal.steps import RehearsalFailed, expect, report, wait_until

POLICY = Path(__file__).with_name("policy.yaml")
ROLES = ("clerk", "head")


def run(office: Organisation) -> None:
    """Raises `Wrong` at the first step that is not as it should be."""
    sign_up(office)
    number, receipt = file_complaint(office)
    form_uploads.run(office, number, receipt)
    hostile_files.run(office, number, receipt)
    hostile_files.check_missing_objects(office, number, receipt)
    multipart_upload.run(office, number, receipt)
    expect("accepted by the clerk; stage", office.act(number, "clerk", "accept"), "open")
    check_messages(office, number, receipt)
    check_missed_deadline(office, number)
    decided = office.act(number, "clerk", "decide", outcome="upheld", text="The kettle is replaced.")
    expect("decided, late; stage", decided, "decided")
    expect("the clock stays missed", clock_state(office, number), "missed")
    expect("closed; stage", office.act(number, "clerk", "close", summary="Replaced."), "closed")
    hostile_files.check_closed_complaint(office, number, receipt, "closed")
    expect("archived by the head; stage", office.act(number, "head", "archive"), "archived")
    hostile_files.check_closed_complaint(office, number, receipt, "archived")
    check_record(office, number)


def sign_up(office: Organisation) -> None:
    body = {"id": TENANT, "name": "Rehearsal", "email": address("owner"), "language": "en"}
    status, answer = office.call("POST", "/v1/tenants", {**body, "policy": POLICY.read_text("utf-8")})
    if status != 201:
        raise RehearsalFailed(f"sign-up with a policy of one's own: {status} {answer}")
    report("sign-up with a policy of one's own", status)
    office.sign_in("owner")
    report(
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


def _me(office: Organisation, role: str) -> tuple[str, None, str]:
    return "/people/me", None, office.tokens[role]


def file_complaint(office: Organisation) -> tuple[str, str]:
    """Number and `Authorization` of the complainant."""
    facts = {"complainant.name": "Example Customer", "content": "The kettle leaks."}
    filing = {"channel": "web", "category": {"kind": "goods"}, "facts": facts}
    filed = office.done("POST", "/complaints", filing)
    report("filed without an account; number and stage", (filed["number"], filed["stage"]))
    return filed["number"], f"Receipt {filed['receipt']}"


def check_messages(office: Organisation, number: str, receipt: str) -> None:
    """By the table's stream, the relay, the effects queue and its worker."""

    def look() -> list[str]:
        messages = office.done("GET", f"/messages?complaint={number}", None, receipt)["messages"]
        return [message["text"]["en"] for message in messages]

    texts = wait_until("messages to the complainant", look, lambda seen: len(seen) >= 2)
    report("messages to the complainant, by stream and queue", texts)


def check_missed_deadline(office: Organisation, number: str) -> None:
    """By the schedule, the sweep, the due queue and its worker; nobody asks for anything meanwhile."""

    def look() -> list[str]:
        events = office.done("GET", f"/complaints/{number}/record", None, office.tokens["head"])["events"]
        return [event["type"] for event in events]

    types = wait_until("the missed deadline", look, lambda seen: "escalated" in seen)
    report("the deadline was missed and escalated, by schedule and queue", types)
    expect("state of the clock", clock_state(office, number), "missed")


def clock_state(office: Organisation, number: str) -> Any:
    shown = office.done("GET", f"/complaints/{number}/deadlines", None, office.tokens["head"])["deadlines"]
    return next(each["state"] for each in shown if each["clock"] == "decision")


def check_record(office: Organisation, number: str) -> None:
    shown = office.done("GET", f"/complaints/{number}/record", None, office.tokens["head"])["events"]
    report("the record", [event["type"] for event in shown])
    expect("numbers of the record", [event["seq"] for event in shown], list(range(1, len(shown) + 1)))
