"""The complainants of open complaints are told once that a draft is open for their comments, also after a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.features.policies import opening_step
from chalicelib.features.policies.opening_step import job_id
from chalicelib.workers.entries import JOBS
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.untouched import in_process
from tests.policies.drafts.shop import DRAFT, OPEN, PUBLISH, ask, saved

SAID = "草案现征求意见"


def told(shop: Organisation, *numbers: str) -> list[int]:
    """How often each complainant was told."""
    return [sum(SAID in text for text in shop.told("complainant", number)) for number in numbers]


def opened(shop: Organisation, *groups: str) -> str:
    """The id of the job that tells them."""
    answer = ask(shop, "POST", OPEN, {"to": list(groups)} if groups else {})
    assert answer.status == 200, answer.text
    return job_id(answer.headers["ETag"].strip('"'))


def test_those_of_open_complaints_are_told_with_what_they_can_do(shop: Organisation) -> None:
    numbers = [shop.file(), shop.file()]
    saved(shop)
    opened(shop)
    assert told(shop, *numbers) == [1, 1]
    [text] = [one for one in shop.told("complainant", numbers[0]) if SAID in one]
    assert text == (
        f"我们拟修改投诉处理制度，草案现征求意见。您可以凭投诉 {numbers[0]} 的回执查阅草案，并在发布之前提出意见。"
    )
    read = ask(shop, "GET", f"{DRAFT}?complaint={numbers[0]}", who="complainant", number=numbers[0])
    assert read.status == 200


@pytest.mark.parametrize("late", [{}, {"rate": {"by": "complainant", "takes": "solution"}}])
def test_those_of_complaints_that_have_ended_are_not_told(late: dict[str, Any]) -> None:
    closed = {"name": {"en": "Closed"}, "reopen": {"by": "agent", "to": "registered"}, **late}
    policy = {**added(read(SMALLEST), {}), "amendment": {"comments": "complainants"}}
    policy["stages"]["closed"] = closed
    policy["sample"] = {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}}
    shop = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(policy))
    numbers = [shop.file() for _ in range(2)]
    shop.act(numbers[0], "agent", "decide", solution="x")
    shop.act(numbers[0], "agent", "close")
    assert ask(shop, "PUT", DRAFT, {"policy": policy}).status == 200
    opened(shop)
    assert told(shop, *numbers) == [0, 1]


def test_no_one_is_told_of_an_opening_for_members(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    opened(shop, "departments")
    assert told(shop, number) == [0]


def test_another_opening_of_the_revision_is_not_told_again_and_one_of_the_next_is(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    opened(shop)
    opened(shop)
    assert told(shop, number) == [1]
    saved(shop, name={"zh": "另一个"})
    opened(shop)
    assert told(shop, number) == [2]


def test_the_message_is_on_the_record_and_verifies(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    opened(shop)
    shop.world.settle()
    [event] = [one for one in shop.events(number, "owner", "notified") if one["fields"]["wording"] == "draft_opened"]
    assert (event["fields"]["to"], event["fields"]["about"].partition("/")[0]) == (["complainant"], "ORG")
    assert shop.get(f"/complaints/{number}/record/verify", "owner")["intact"] is True


def lost(shop: Organisation, patch: pytest.MonkeyPatch) -> str:
    """An opening whose message to the queue was lost."""
    saved(shop)
    with patch.context() as lossy:
        lossy.setattr(in_process(shop).fakes.effects, "send", lambda messages: None)
        return opened(shop)


def state(shop: Organisation, job: str) -> str:
    found: str = ask(shop, "GET", f"/jobs/{job}").json["state"]
    return found


def test_a_draft_that_was_published_or_changed_meanwhile_is_told_of_no_more(
    shop: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shop.file()
    job = lost(shop, monkeypatch)
    assert ask(shop, "POST", PUBLISH, {}).status == 201
    in_process(shop).sweep()
    assert (state(shop, job), told(shop, number)) == ("stopped", [0])


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", every(11))
def test_a_job_that_crashes_at_any_call_tells_each_once(
    shop: Organisation, monkeypatch: pytest.MonkeyPatch, after: bool, step: int
) -> None:
    monkeypatch.setattr(opening_step, "NUMBERS", 2)
    numbers = [shop.file() for _ in range(3)]
    job = lost(shop, monkeypatch)
    world = in_process(shop)
    start = world.keep()
    counting = Breaker(at=0)
    sweep_and_work(world.fakes.breaking(counting), world.now(), JOBS)
    for at in range(1, counting.calls + 1, step):
        world.begin_at(start)
        with pytest.raises(Crash):
            sweep_and_work(world.fakes.breaking(Breaker(at, after=after)), world.now(), JOBS)
        world.sweep()
        assert (state(shop, job), told(shop, *numbers)) == ("done", [1, 1, 1]), at


def test_an_act_at_the_same_time_is_not_lost(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [shop.file(), shop.file()]
    job = lost(shop, monkeypatch)
    world = in_process(shop)

    def meanwhile(call: RecordedCall) -> None:
        if call.name == "commit":
            world.fakes.store.before = None
            for number in numbers:
                shop.act(number, "agent", "note", text="x")

    world.fakes.store.before = meanwhile
    world.sweep()
    assert (state(shop, job), told(shop, *numbers)) == ("done", [1, 1])
    assert [len(shop.events(number, "owner", "noted")) for number in numbers] == [1, 1]
