"""The life of one complaint. Each step uses the API, and its result is checked through the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from infra.rehearsal import form_uploads, hostile_files, multipart_upload
from infra.rehearsal.organisation import TENANT, RehearsedOrganisation, address
from infra.rehearsal.steps import RehearsalFailed, expect, report, wait_until

POLICY = Path(__file__).with_name("policy.yaml")
ROLES = ("clerk", "head")


def run(org: RehearsedOrganisation) -> None:
    """Raises `RehearsalFailed` at the first wrong result."""
    sign_up(org)
    number, receipt = file_complaint(org)
    form_uploads.run(org, number, receipt)
    hostile_files.run(org, number, receipt)
    hostile_files.check_missing_objects(org, number, receipt)
    multipart_upload.run(org, number, receipt)
    expect("accepted by the clerk; stage", org.act(number, "clerk", "accept"), "open")
    check_messages(org, number, receipt)
    check_missed_deadline(org, number)
    decided = org.act(number, "clerk", "decide", outcome="upheld", text="The kettle is replaced.")
    expect("decided late; stage", decided, "decided")
    expect("the clock stays missed", clock_state(org, number), "missed")
    expect("closed; stage", org.act(number, "clerk", "close", summary="Replaced."), "closed")
    hostile_files.check_closed_complaint(org, number, receipt, "closed")
    expect("archived by the head; stage", org.act(number, "head", "archive"), "archived")
    hostile_files.check_closed_complaint(org, number, receipt, "archived")
    check_record(org, number)


def sign_up(org: RehearsedOrganisation) -> None:
    body = {"id": TENANT, "name": "Rehearsal", "email": address("owner"), "language": "en"}
    status, answer = org.call("POST", "/v1/tenants", {**body, "policy": POLICY.read_text("utf-8")})
    if status != 201:
        raise RehearsalFailed(f"sign-up with an own policy: {status} {answer}")
    report("sign-up with an own policy", status)
    org.sign_in("owner")
    report(
        "first sign-in of the owner, with the emailed password",
        org.succeed("GET", *_me(org, "owner"))["grants"],
    )
    for role in ROLES:
        person = {"email": address(role), "name": role, "grants": [{"role": role}]}
        org.succeed("POST", "/people", person, org.tokens["owner"])
        org.sign_in(role)
        me = org.succeed("GET", *_me(org, role))
        expect(f"invitation and first sign-in of the {role}", me["grants"], [{"role": role}])
    status, _ = org.call("GET", f"/v1/t/{TENANT}/people/me", auth="Bearer forged")
    expect(
        "a forged token at the authorizer", status, 403
    )  # from ministack; AWS sends the template's gateway response, 401


def _me(org: RehearsedOrganisation, role: str) -> tuple[str, None, str]:
    return "/people/me", None, org.tokens[role]


def file_complaint(org: RehearsedOrganisation) -> tuple[str, str]:
    """Files the complaint. Returns its number and the complainant's `Authorization` header."""
    facts = {"complainant.name": "Example Customer", "content": "The kettle leaks."}
    filing = {"channel": "web", "category": {"kind": "goods"}, "facts": facts}
    filed = org.succeed("POST", "/complaints", filing)
    report("filed without an account; number and stage", (filed["number"], filed["stage"]))
    return filed["number"], f"Receipt {filed['receipt']}"


def check_messages(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    """The messages pass through the table's stream, the relay, the effects queue and its worker."""

    def read() -> list[str]:
        messages = org.succeed("GET", f"/messages?complaint={number}", None, receipt)["messages"]
        return [message["text"]["en"] for message in messages]

    texts = wait_until("messages to the complainant", read, lambda seen: len(seen) >= 2)
    report("messages to the complainant, through stream and queue", texts)


def check_missed_deadline(org: RehearsedOrganisation, number: str) -> None:
    """The deadline passes through the schedule, the sweep, the due queue and its worker, without any API call."""

    def read() -> list[str]:
        events = org.succeed("GET", f"/complaints/{number}/record", None, org.tokens["head"])["events"]
        return [event["type"] for event in events]

    types = wait_until("the missed deadline", read, lambda seen: "escalated" in seen)
    report("the deadline was missed and escalated, through schedule and queue", types)
    expect("state of the clock", clock_state(org, number), "missed")


def clock_state(org: RehearsedOrganisation, number: str) -> Any:
    shown = org.succeed("GET", f"/complaints/{number}/deadlines", None, org.tokens["head"])["deadlines"]
    return next(each["state"] for each in shown if each["clock"] == "decision")


def check_record(org: RehearsedOrganisation, number: str) -> None:
    shown = org.succeed("GET", f"/complaints/{number}/record", None, org.tokens["head"])["events"]
    report("the record", [event["type"] for event in shown])
    expect("sequence numbers of the record", [event["seq"] for event in shown], list(range(1, len(shown) + 1)))
