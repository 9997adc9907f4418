"""What somebody was told: the newest first, whichever complaint it is of, page by page while more comes in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance

HOUR_LATER = "2026-11-27T10:00:00+08:00"


def page(company: Organisation, who: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = company.get(f"/messages?{query}", who)
    return found


def told(company: Organisation, who: str) -> list[str]:
    """Numbers of the complaints that the messages are of."""
    return [message["number"] for message in page(company, who)["messages"]]


def test_what_happens_to_an_old_complaint_comes_before_newer_complaints(company: Organisation) -> None:
    first, *others = (company.file(severity="major") for _ in range(4))
    for number in (first, *others):
        company.act(number, "agent", "accept", agent_team="一班", agent_number="7")
    company.world.move_to(HOUR_LATER)

    company.act(first, "team_lead", "object", reason="不全")

    assert told(company, "agent") == [first, *reversed(others), first]


def test_of_what_was_told_at_once_the_later_event_comes_first(company: Organisation) -> None:
    number = company.file()
    for _ in range(3):
        company.act(number, "agent", "accept", agent_team="一班", agent_number="7")
        company.act(number, "team_lead", "object", reason="不全")

    seqs = [int(message["id"].partition("/")[2]) for message in page(company, "agent")["messages"]]

    assert seqs == sorted(seqs, reverse=True)
    assert min(seqs) < 10 < max(seqs)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_join_while_more_comes_in(company: Organisation, size: int) -> None:
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


def test_what_reaches_somebody_late_is_on_top_all_the_same(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under its event's own time it would stand where they have read already."""
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
    assert [one["number"] for one in messages if one["wording"] == "registered"] == [lost, later]
