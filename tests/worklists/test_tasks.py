"""`GET /v1/t/{tenant}/tasks`: the caller's work list in its current state."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.worklists import work_list_rows
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Remove
from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.repair.repairing import repair


@pytest.fixture
def estate() -> Organisation:
    return estate_in(InProcess("2026-11-27T09:00:00+08:00"))


def listed(estate: Organisation, who: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = estate.get(f"/tasks{query}", who)["tasks"]
    return found


def numbers(estate: Organisation, who: str, query: str = "") -> list[str]:
    return [task["number"] for task in listed(estate, who, query)]


def proposed(estate: Organisation, **filing: Any) -> str:
    """A reply by e-mail awaits the centre's approval."""
    number = handled(estate, channel="email", **filing)
    estate.act(number, "management_office", "reply", text="灯已换好。")
    return number


def unit(estate: Organisation, name: str) -> None:
    answer = estate.world.call("POST", f"{estate.path}/units", {"id": name, "name": name}, auth=estate.auth("owner"))
    assert answer.status == 201, answer.text


def test_a_task_is_listed_for_the_role_that_owes_it(estate: Organisation) -> None:
    number = estate.file(severity="major")

    [task] = listed(estate, "management_office")

    assert (task["number"], task["kind"], task["task"]) == (number, "task", "written_report")
    assert estate.local(task["due"]) == "2026-12-02T18:00:00+08:00"
    assert task["label"] == {"zh": "书面报告", "en": "Written report"}


def test_a_task_is_not_listed_for_others(estate: Organisation) -> None:
    estate.file(severity="major")

    assert listed(estate, "service_centre") == []


def test_a_done_task_is_not_listed(estate: Organisation) -> None:
    number = estate.file(severity="major")

    estate.act(number, "management_office", "do_task", task="written_report", report="见附件")

    assert listed(estate, "management_office") == []


def test_do_task_accepts_the_listed_id(estate: Organisation) -> None:
    estate.file(severity="major")
    [task] = listed(estate, "management_office")

    done = estate.try_act(task["number"], "management_office", "do_task", task=task["id"], report="见附件")

    assert done.status == 200, done.text


def test_the_earliest_deadline_comes_first(estate: Organisation) -> None:
    first = estate.file(severity="major")
    estate.world.move_to("2026-11-30T09:00:00+08:00")
    second = estate.file(severity="major")

    assert numbers(estate, "management_office") == [first, second]


def test_proposals_that_await_my_approval_are_listed(estate: Organisation) -> None:
    number = proposed(estate)

    [approval] = listed(estate, "service_centre")

    assert (approval["number"], approval["kind"], approval["act"]) == (number, "approval", "reply")
    assert approval["by"] == estate.subs["management_office"]
    assert estate.act(number, "service_centre", "approve", proposal=approval["id"])["stage"] == "replied"
    assert listed(estate, "service_centre") == []


def test_a_rejected_proposal_is_not_listed(estate: Organisation) -> None:
    number = proposed(estate)

    estate.act(number, "service_centre", "reject")

    assert listed(estate, "service_centre") == []


def test_own_proposals_are_not_listed_for_approval(estate: Organisation) -> None:
    hire(estate, "management_office", name="both", also=["service_centre"])
    number = handled(estate, by="both", channel="email")

    estate.act(number, "both", "reply", text="灯已换好。")

    assert numbers(estate, "both") == []
    assert numbers(estate, "service_centre") == [number]


def test_tasks_and_approvals_can_be_filtered(estate: Organisation) -> None:
    hire(estate, "management_office", name="both", also=["service_centre"])
    owed, waiting = estate.file(severity="major"), proposed(estate)

    assert numbers(estate, "both", "?kind=task") == [owed]
    assert numbers(estate, "both", "?kind=approval") == [waiting]


def test_another_units_tasks_are_not_mine(estate: Organisation) -> None:
    unit(estate, "north")
    unit(estate, "south")
    hire(estate, "management_office", name="northern", unit="north")
    hire(estate, "management_office", name="southern", unit="south")

    number = estate.file(severity="major", unit="north")

    assert numbers(estate, "northern") == [number]
    assert numbers(estate, "southern") == []


def test_my_units_tasks_are_listed_for_all_roles(estate: Organisation) -> None:
    unit(estate, "north")
    hire(estate, "office_head", name="head", unit="north")

    number = estate.file(severity="major", unit="north")

    assert (numbers(estate, "head"), numbers(estate, "head", "?of=unit")) == ([], [number])


@pytest.fixture
def seller(estate: Organisation) -> str:
    """A member of unit `north` who also answers for it, and so is only the respondent in its complaints."""
    unit(estate, "north")
    hire(estate, "management_office", name="seller", unit="north", also=["service_centre", "respondent"])
    return "seller"


def test_a_task_that_its_respondent_cannot_do_is_not_listed_for_them(estate: Organisation, seller: str) -> None:
    number = estate.file(severity="major", unit="north")

    assert estate.try_act(number, seller, "do_task", task="written_report", report="见附件").status == 403
    assert numbers(estate, "management_office") == [number]
    assert numbers(estate, seller) == []


def test_a_units_respondent_does_not_see_the_tasks_of_staff_about_their_unit(estate: Organisation, seller: str) -> None:
    hire(estate, "office_head", name="head", unit="north")
    number = estate.file(severity="major", unit="north")

    assert numbers(estate, "head", "?of=unit") == [number]
    assert numbers(estate, seller, "?of=unit") == []


def test_a_proposal_that_its_respondent_cannot_approve_is_not_listed_for_them(
    estate: Organisation, seller: str
) -> None:
    number = proposed(estate, unit="north")

    assert estate.try_act(number, seller, "approve").status == 403
    assert numbers(estate, "service_centre") == [number]
    assert numbers(estate, seller) == []


def test_the_pages_show_each_task_once(estate: Organisation) -> None:
    filed = [estate.file(severity="major") for _ in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = estate.get(f"/tasks?limit=2{cursor}", "management_office")
        seen.extend(task["number"] for task in page["tasks"])
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"

    assert seen == filed


def test_a_non_member_has_no_tasks(estate: Organisation) -> None:
    other = estate_in(estate.world)

    answer = estate.world.call("GET", f"{estate.path}/tasks", auth=other.auth("owner"))

    assert (answer.status, answer.problem) == (403, "forbidden")


def work(estate: Organisation) -> list[Any]:
    world = estate.world
    assert isinstance(world, InProcess)
    return sorted(entry.key for entry in world.fakes.store.everything() if "#W#" in entry.key.pk)


def test_repeated_and_reordered_events_give_the_same_lists(estate: Organisation) -> None:
    world = estate.world
    assert isinstance(world, InProcess)
    done = estate.file(severity="major")
    estate.act(done, "management_office", "do_task", task="written_report", report="见附件")
    estate.file(severity="major")
    proposed(estate)
    before = work(estate)

    for number in (done, *numbers(estate, "management_office"), done):
        with binding.tenant(estate.id):
            work_list_rows.refresh(world.fakes.wiring.store, world.fakes.wiring.compiled, CaseRef(estate.id, number))
    world._relayed = 0
    world.settle()

    assert work(estate) == before


def test_lost_lists_can_be_rebuilt(estate: Organisation) -> None:
    world = estate.world
    assert isinstance(world, InProcess)
    estate.file(severity="major")
    proposed(estate)
    before = work(estate)
    with binding.tenant(estate.id):
        world.fakes.store.commit([Remove(key) for key in before])

    repair(world.fakes, estate.id)

    assert before
    assert work(estate) == before
