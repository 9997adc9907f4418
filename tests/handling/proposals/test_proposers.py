"""Approving a proposal: the proposer must still be allowed to do the proposed act."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"


@pytest.fixture
def estate() -> Organisation:
    """An organisation with a second handler, who can be removed, and a leader."""
    found = estate_in(InProcess(START))
    hire(found, "management_office", name="proposer")
    return found


def proposed(estate: Organisation, who: str = "proposer") -> str:
    number = handled(estate, by="proposer", channel="email")
    estate.act(number, who, "reply", text="灯已换好。")
    return number


def manage(estate: Organisation, method: str, who: str, body: Any = None) -> None:
    path = f"{estate.path}/people/{estate.subs[who]}"
    answer = estate.world.call(method, path, body, auth=estate.auth("owner"))
    assert answer.status < 300, answer.text


def remove(estate: Organisation, who: str) -> None:
    manage(estate, "DELETE", who)


def refused(answer: Answer) -> None:
    assert (answer.status, answer.problem) == (409, "proposer-gone"), answer.text


def test_a_members_proposal_can_be_approved(estate: Organisation) -> None:
    assert estate.act(proposed(estate), "service_centre", "approve")["stage"] == "replied"


def test_a_removed_persons_proposal_cannot_be_approved(estate: Organisation) -> None:
    number = proposed(estate)
    remove(estate, "proposer")
    refused(estate.try_act(number, "service_centre", "approve"))
    assert estate.events(number, "service_centre", "approved") == []
    assert estate.complaint(number, "service_centre")["stage"] == "handling"


def test_a_removed_persons_proposal_can_be_rejected_and_made_again(estate: Organisation) -> None:
    number = proposed(estate)
    remove(estate, "proposer")
    assert estate.act(number, "service_centre", "reject", reason="请重新提交")["proposals"] == []
    estate.act(number, "office_head", "assign", responsible=estate.subs["management_office"])
    estate.act(number, "management_office", "reply", text="灯已换好。")
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"


def test_a_proposal_of_a_person_who_lost_the_grant_is_not_approved(estate: Organisation) -> None:
    number = proposed(estate)
    manage(estate, "PUT", "proposer", {"grants": [{"role": "leader"}]})
    refused(estate.try_act(number, "service_centre", "approve"))
    manage(estate, "PUT", "proposer", {"grants": [{"role": "management_office"}]})
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"


def test_a_person_who_may_not_approve_does_not_learn_of_the_missing_proposer(estate: Organisation) -> None:
    number = proposed(estate)
    remove(estate, "proposer")
    assert estate.try_act(number, "management_office", "approve").problem == "forbidden"


def by_deputy(estate: Organisation) -> str:
    """`leader` proposes for the absent `proposer`."""
    body = {"sub": estate.subs["leader"], "from": START, "until": "2026-11-27T12:00:00+08:00"}
    answer = estate.world.call("PUT", f"{estate.path}/people/me/deputy", body, auth=estate.auth("proposer"))
    assert answer.status == 200, answer.text
    return proposed(estate, "leader")


def test_a_deputys_proposal_holds_after_the_absence(estate: Organisation) -> None:
    number = by_deputy(estate)
    estate.world.move_to("2026-11-27T14:00:00+08:00")
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"


@pytest.mark.parametrize("who", ["leader", "proposer"])
def test_a_deputys_proposal_falls_with_either_of_the_two(estate: Organisation, who: str) -> None:
    number = by_deputy(estate)
    remove(estate, who)
    refused(estate.try_act(number, "service_centre", "approve"))
