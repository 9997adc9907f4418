"""`needs` of `intake.refusals`: a ground for refusal that asks for further fields."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused, untouched

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
intake:
  channels: {web: {en: Web}}
  facts: {content: {en: What happened, required: true}}
  refusals:
    elsewhere: {en: Another body decides, needs: [why]}
    settled: {en: It is settled, needs: [seen]}
    idle: {en: Nothing is asked}
fields: {why: {en: Why}, seen: {en: When it was settled, kind: date}, ground: {en: Ground}}
stages:
  registered: {refuse: {by: clerk, to: refused, needs: [ground], takes: [why, seen]}}
  refused: {name: {en: Refused}}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)


@pytest.mark.parametrize(
    ("ground", "given"), [("elsewhere", {"why": "The court."}), ("settled", {"seen": "2026-11-01"}), ("idle", {})]
)
def test_a_ground_with_what_it_needs_is_accepted(council: Organisation, ground: str, given: dict[str, str]) -> None:
    """A text is private, a date is public."""
    assert council.act(council.file(), "clerk", "refuse", ground=ground, **given)["stage"] == "refused"


@pytest.mark.parametrize(("ground", "pointer"), [("elsewhere", "/fields/why"), ("settled", "/fields/seen")])
def test_a_ground_without_what_it_needs_is_refused(council: Organisation, ground: str, pointer: str) -> None:
    number = council.file()

    with untouched(council):
        answer = council.try_act(number, "clerk", "refuse", ground=ground)

    refused(answer, 422, "invalid", pointer)


def test_another_field_does_not_count(council: Organisation) -> None:
    answer = council.try_act(council.file(), "clerk", "refuse", ground="settled", why="The court.")

    refused(answer, 422, "invalid", "/fields/seen")
