"""`GET /v1/t/{tenant}/subjects/{subject}`: whose complaints are listed, and which of them count as read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {en: Office}
calendar: {timezone: Europe/Berlin, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
confidentiality: {auditors: clerk}
intake: {channels: [phone], unit: optional, facts: {content: required}}
fields: {why: {kind: text, en: Reason}}
stages:
  registered: {park: {by: clerk, to: waiting, needs: why}, close: {by: clerk, to: over}}
  waiting: {shelf: pending, resume: {by: clerk, to: registered}}
  over: {}
sample: {channel: phone, facts: {content: Rats in the yard.}}
"""
SUBJECT = "Mill Lane"
LISTED = 50


@pytest.fixture
def office() -> Organisation:
    made = sign_up_with(InProcess("2026-11-27T10:00:00+01:00"), POLICY)
    for unit in ("north", "south"):
        body = {"id": unit, "name": unit}
        assert made.world.call("POST", f"{made.path}/units", body, auth=made.auth("owner")).status == 201
    return made


def filed(office: Organisation, **changes: Any) -> str:
    return office.file(auth=office.auth("clerk"), subject=SUBJECT, **changes)


def looked_up(office: Organisation, who: str = "clerk") -> dict[str, Any]:
    found: dict[str, Any] = office.get(f"/subjects/{SUBJECT.replace(' ', '%20')}", who)
    return found


def lookups(office: Organisation, number: str) -> int:
    """How often the complaint was read by a look-up of its subject."""
    reads = office.get(f"/complaints/{number}/reads?limit=100", "clerk")["reads"]
    return sum("/subjects/" in read["route"] for read in reads)


def test_a_member_does_not_see_the_complaints_in_which_they_are_the_respondent(office: Organisation) -> None:
    """They work for `south` and answer for `north`."""
    body = {"grants": [{"role": "clerk"}, {"role": "respondent", "unit": "north"}]}
    hire(office, "clerk", name="seller")
    path = f"{office.path}/people/{office.subs['seller']}"
    assert office.world.call("PUT", path, body, auth=office.auth("owner")).status == 200
    against_them, other = filed(office, unit="north"), filed(office, unit="south")

    def listed(who: str) -> list[str]:
        return [row["number"] for row in looked_up(office, who)["complaints"]]

    assert listed("clerk") == [other, against_them]
    assert listed("seller") == [other]


def test_a_pending_matter_older_than_the_listed_complaints_is_named_and_counts_as_read(office: Organisation) -> None:
    first, pending = filed(office), filed(office)
    office.act(pending, "clerk", "park", why="The customer is abroad.")
    newer = [filed(office) for _ in range(LISTED)]

    found = looked_up(office)

    assert found["pending_matters"] == [pending]
    assert [row["number"] for row in found["complaints"]] == newer[::-1]
    assert [lookups(office, number) for number in (first, pending, newer[0])] == [0, 1, 1]
