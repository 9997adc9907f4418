"""A council whose clerks write with complainants, also about a unit whose respondents have accounts."""

from __future__ import annotations

from typing import Any

from tests.clauses.giving import given
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}, head: {en: Head}, archivist: {en: Archivist}}
tiers: [{roles: clerk}]
confidentiality: {complainant: [clerk, head]}
intake:
  unit: optional
  channels: {web: {en: Web}}
  facts:
    content: {en: What happened, required: true}
    complainant.contact: {en: Telephone or e-mail}
    complainant.email: {en: E-mail, kind: email}
    complainant.address: {en: Postal address}
  phone: complainant.contact
  email: [complainant.contact, complainant.email]
  evidence:
    photo: {en: Photo}
    bill: {en: Bill}
fields:
  wanted: {en: What is wanted}
  of: {en: Whose, kind: choice, choices: {complainant: {en: Complainant}, respondent: {en: Respondent}}}
stages:
  registered:
    demand_evidence: {by: clerk, needs: [wanted, of, kinds], within: 3 working days, tells: field.of}
    decide: {by: clerk, to: decided, when: {demand: [none, answered, lapsed]}, tells: complainant}
    withdraw: {by: complainant, to: closed, tells: clerk}
    close: {by: clerk, to: closed}
    inspect: {by: archivist, needs: wanted}
  decided:
    close: {by: clerk, to: closed}
  closed:
    reopen: {by: clerk, to: registered}
clocks:
  answer: {name: {en: Answer}, from: registered, until: decided, within: 20 working days}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""
START = "2026-11-27T09:00:00+00:00"
CUSTOMER, LATER = "customer@mail.example", "later@mail.example"
HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(2)) https://evil.example/login?q=1 {{7*7}} ‮gpj.exe "
    '<img src=x onerror=alert(3)> & "quotes" \'; DROP TABLE x; -- 你好 😀\u0000'.replace("\u0000", "")
)


def council(start: str = START) -> Organisation:
    found = sign_up_with(InProcess(start), POLICY)
    found.always = {"facts": {"complainant.email": CUSTOMER}}
    return found


def attached(office: Organisation, number: str, who: str = "clerk", **changes: Any) -> str:
    """A sealed file of a member, to be attached to a message."""
    found = given(office, number, "message_attachment", auth=office.auth(who), **changes)
    assert found["state"] == "sealed"
    return str(found["id"])


def recorded(office: Organisation, number: str, who: str, act: str, **fields: Any) -> Answer:
    """The act of the complainant that a member records."""
    body = {"fields": fields, "on_behalf_of": "complainant"}
    return office.world.call(
        "POST", f"{office.path}/complaints/{number}/acts/{act}", body, auth=office.auth(who, number)
    )


def with_unit(office: Organisation) -> tuple[str, str]:
    """A complaint about a unit, and the name of its respondent, who has an account."""
    office.world.call("POST", f"{office.path}/units", {"id": "lamps", "name": "Lamps"}, auth=office.auth("owner"))
    hire(office, "respondent", unit="lamps")
    return office.file(unit="lamps"), "respondent"


def shown(office: Organisation, number: str, who: str) -> dict[str, dict[str, Any]]:
    """The private values of the record that this reader sees, by type of event."""
    record = office.get(f"/complaints/{number}/record", who, number)
    types = {event["id"]: event["type"] for event in record["events"]}
    return {types[name]: values for name, values in record["values"].items()}
