"""A silent complainant is reminded; then time closes the case with its reason, and a late answer reopens it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.clauses.offices import company, estate
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import reminders
from tests.clauses.walks import at_workshop, silent_company, test_estate
from tests.clauses.walks.noticing import Happens
from tests.clauses.walks.silence import Story
from tests.clauses.walks.working import Work, to_the_archive
from tests.clauses.world import World


class Unanswered(NamedTuple):
    """`reason`: a part of what time writes into the closing, read by `reader`. `late`: the fields of `reopen`."""

    preset: str
    until: Story
    reason: str
    reader: str
    work: Callable[[Organisation], Work]
    late: dict[str, str]

    def __str__(self) -> str:
        return f"{self.preset}-{self.until.__name__}"


def workshop_work(_workshop: Organisation) -> Work:
    return at_workshop.WORK


CASES = [
    Unanswered("auto-repair-forms", at_workshop.parked, "客户在期限内未来店", "customer_manager", workshop_work, {}),
    Unanswered(
        "corporate-standard",
        company.decided,
        "客户在期限内未对处理结果提出意见",
        "agent",
        silent_company.work_of,
        {"reason": "没有收到退款"},
    ),
    Unanswered(
        "property-management",
        estate.decided,
        "顾客在期限内未对回复提出意见",
        "service_centre",
        test_estate.work_of,
        {},
    ),
]


def is_reminded(organisation: Organisation, number: str) -> None:
    before = len(reminders(organisation, number))
    organisation.world.move_to(organisation.deadline(number, "reminder")["due"])
    asked = reminders(organisation, number)
    assert len(asked) == before + 1
    assert asked[-1]["actor"]["kind"] == "system"
    assert re.search("我们将(按期|予以)?结案", organisation.told("complainant", number)[0])


def is_closed(organisation: Organisation, number: str, unanswered: Unanswered) -> None:
    organisation.world.move_to(organisation.deadline(number, "silence")["due"])
    assert organisation.complaint(number)["stage"] == "closed"
    event = organisation.events(number, type_="closed")[-1]
    assert event["actor"]["kind"] == "system"
    values = organisation.get(f"/complaints/{number}/record", unanswered.reader)["values"][event["id"]]
    assert unanswered.reason in "".join(values.values())
    assert "结案" in organisation.told("complainant", number)[0]


def closing(unanswered: Unanswered) -> Happens:
    def is_closed_by_time(organisation: Organisation, number: str) -> None:
        is_closed(organisation, number, unanswered)

    return is_closed_by_time


@pytest.mark.parametrize("unanswered", CASES, ids=str)
def test_walk_in_which_a_silent_complainant_is_reminded_and_the_case_closed_with_its_reason(
    world: World, unanswered: Unanswered
) -> None:
    organisation = with_mails(sign_up(world, unanswered.preset))
    number = unanswered.until(organisation)

    is_reminded(organisation, number)
    is_closed(organisation, number, unanswered)

    to_the_archive(organisation, number, unanswered.work(organisation))
    organisation.act(number, "complainant", "reopen", **unanswered.late)
    to_the_archive(organisation, number, unanswered.work(organisation))
