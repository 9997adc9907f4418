"""A reader's messages across complaints: newest first, and stable pages while new messages arrive."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import of_class
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance

HOUR_LATER = "2026-11-27T10:00:00+08:00"


def page(company: Organisation, who: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = company.get(f"/messages?{query}", who)
    return found


def told(company: Organisation, who: str) -> list[str]:
    """The complaint numbers of the messages, in order."""
    return [message["number"] for message in page(company, who)["messages"]]


def test_a_new_message_about_an_old_complaint_comes_first(company: Organisation) -> None:
    first, *others = (company.file(**of_class("major")) for _ in range(4))
    for number in (first, *others):
        company.act(number, "agent", "accept", agent_team="一班", agent_number="7")
    company.world.move_to(HOUR_LATER)

    company.act(first, "team_lead", "object", reason="不全")

    assert told(company, "agent") == [first, *reversed(others), first]


def test_of_simultaneous_messages_the_later_event_comes_first(company: Organisation) -> None:
    number = company.file()
    for _ in range(3):
        company.act(number, "agent", "accept", agent_team="一班", agent_number="7")
        company.act(number, "team_lead", "object", reason="不全")

    seqs = [int(message["id"].partition("/")[2]) for message in page(company, "agent")["messages"]]

    assert seqs == sorted(seqs, reverse=True)
    assert min(seqs) < 10 < max(seqs)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_are_complete_while_new_messages_arrive(company: Organisation, size: int) -> None:
    for _ in range(5):
        company.file()
        advance(company.world, "1 minutes")
    before = told(company, "agent")

    seen, cursor = [], ""
    while cursor is not None:
        found = page(company, "agent", f"limit={size}{cursor and '&cursor='}{cursor}")
        seen += [message["number"] for message in found["messages"]]
        cursor = found["cursor"]
        company.file()

    assert (seen, len(before)) == (before, 5)


def test_a_late_message_comes_first_too(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted by the time of its event, it would be on a page that was already read."""
    assert isinstance(company.world, InProcess)
    with monkeypatch.context() as held:
        held.setattr(company.world, "settle", lambda: None)
        lost = company.file()
        company.world.forget()
    advance(company.world, "2 hours")
    later = company.file()
    assert told(company, "agent") == [later]

    advance(company.world, "27 hours")

    messages = page(company, "agent")["messages"]
    assert [one["number"] for one in messages if one["wording"] == "to_be_recorded"] == [lost, later]
