"""`intake.filed_by`: a channel on which only members with certain roles file."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}, hotline: {en: Hotline}, archivist: {en: Archivist}}
intake:
  channels: {web: {en: Web}, call: {en: Hotline}, desk: {en: Desk}}
  filed_by: {call: hotline, desk: [clerk, hotline]}
  facts: {content: {en: What happened, required: true}}
stages:
  registered: {close: {by: clerk, to: closed}}
  closed: {name: {en: Closed}, archive: {by: archivist, to: archived}}
  archived: {name: {en: Archived}}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)


@pytest.mark.parametrize(
    ("who", "channel", "known"),
    [
        (None, "call", "web"),
        (None, "desk", "web"),
        ("archivist", "desk", "web"),
        ("clerk", "call", "web, desk"),
        ("owner", "call", "web"),
    ],
)
def test_others_are_refused_and_told_their_channels(
    council: Organisation, who: str | None, channel: str, known: str
) -> None:
    answer = council.try_file(channel=channel, auth=who and council.auth(who))

    assert (answer.status, answer.pointer) == (422, "/channel")
    assert answer.json["errors"][0]["values"] == known.split(", ")


@pytest.mark.parametrize(
    ("who", "channel"), [("hotline", "call"), ("clerk", "desk"), ("hotline", "desk"), ("archivist", "web")]
)
def test_those_with_the_role_file_on_the_complainant_s_behalf(council: Organisation, who: str, channel: str) -> None:
    number = council.file(channel=channel, auth=council.auth(who))

    [event] = council.events(number, type_="registered")
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == (who, "complainant")


def test_a_complainant_files_on_an_open_channel(council: Organisation) -> None:
    assert council.complaint(council.file())["stage"] == "registered"


def test_a_member_files_in_the_role_that_the_channel_asks_for(council: Organisation) -> None:
    hire(council, "clerk", name="both", also=["hotline"])

    [event] = council.events(council.file(channel="call", auth=council.auth("both")), type_="registered")

    assert event["actor"]["role"] == "hotline"


def test_an_unknown_channel_is_refused_as_before(council: Organisation) -> None:
    answer = council.try_file(channel="fax")

    assert (answer.status, answer.json["errors"][0]["values"]) == (422, ["web", "call", "desk"])
