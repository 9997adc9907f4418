"""Reactions to events, and mails, that need a policy with words of a later release: they wait, and are done once when
these are known. The queue gives nothing up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chalicelib.casework.composing import committed_event
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.features.messages.delivery import KIND as DELIVERY
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.store import keys
from chalicelib.wiring import Wiring
from chalicelib.workers.reactions import JOB_KIND
from tests.across.stored.shop import Change, store_of, under_later_policy, world_of
from tests.clauses.giving import given
from tests.clauses.offices import estate as estates
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

START = "2026-11-27T09:00:00+08:00"
WORDING = {"zh": "投诉 {number} 已收到，请保存回执。", "en": "Complaint {number} was received."}


@contextmanager
def _not_yet_delivered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the later release recorded the events, and its process ended before the stream delivered them."""
    with monkeypatch.context() as patch:
        patch.setattr(InProcess, "_settle", lambda world: None)
        yield


def _publish(shop: Organisation, **changes: Any) -> None:
    policy = shop.get("/policy", "owner")["policy"]
    body = {"policy": {**policy, **changes}}
    answer = shop.world.call("POST", f"{shop.path}/policy/publish", body, auth=shop.auth("owner"))
    assert answer.status == 201, answer.text


def _hours(shop: Organisation, count: int = 1) -> None:
    for _ in range(count):
        world_of(shop).fakes.clock.advance(HOUR)
        world_of(shop).sweep()


def _waiting(shop: Organisation) -> list[str]:
    jobs = [json.loads(entry.body) for entry in store_of(shop).everything() if entry.kind == "background-job"]
    return [one["id"] for one in jobs if one["kind"] == JOB_KIND]


def _formal(policy: dict[str, Any]) -> None:
    policy["wording"]["screened_by"] = {"zh": {"formal": "…"}}


def _messages(shop: Organisation, number: str) -> list[str]:
    """What the complainant is told of the filing."""
    to = keys.message(shop.id, keys.complainant(number), "").pk
    rows = [json.loads(entry.row or "{}") for entry in store_of(shop).everything() if entry.key.pk == to]
    return [one["text"]["zh"] for one in rows if one["wording"] == "screened_by"]


def _mails(shop: Organisation) -> list[str]:
    return [
        mail.text for mail in world_of(shop).fakes.mailer.outbox if "请保存回执" in mail.text or "已登记" in mail.text
    ]


@pytest.fixture
def worded() -> Organisation:
    """An organisation with words of its own for filings, which the complainant gets by mail too."""
    shop = sign_up(InProcess(START), "platform")
    own = dict.fromkeys(("screened_by", "to_be_screened"), WORDING)
    _publish(shop, wording={**shop.get("/policy", "owner")["policy"]["wording"], **own})
    return shop


def test_a_message_is_written_once_in_the_words_of_the_organisation(
    worded: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _not_yet_delivered(monkeypatch):
        number = worded.file()
    with under_later_policy(worded, _formal, "2"):
        worded.world.settle()
        _hours(worded, 3)
        assert _messages(worded, number) == []
        assert _waiting(worded)
    _hours(worded, 3)
    assert _messages(worded, number) == [f"投诉 {number} 已收到，请保存回执。"]
    assert _waiting(worded) == []


def test_an_event_that_is_delivered_twice_waits_once(worded: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    with _not_yet_delivered(monkeypatch):
        worded.file()
    world_of(worded).fakes.effects.redeliver = 1
    with under_later_policy(worded, _formal, "2"):
        worded.world.settle()
        found = _waiting(worded)
        assert found
        assert len(found) == len(set(found))


def test_an_event_can_wait_again(worded: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    with _not_yet_delivered(monkeypatch):
        number = worded.file()
    for _ in range(2):
        with under_later_policy(worded, _formal, "2"):
            worded.world.settle()
            _hours(worded)
        assert _messages(worded, number) == []
    _hours(worded, 2)
    assert _messages(worded, number) == [f"投诉 {number} 已收到，请保存回执。"]


class _FailsOnce:
    """A reaction to filings. It fails when it is first run with a policy of which all words are known."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, _wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
        assert not committed.policy.unknown_words
        self.runs += 1
        if self.runs == 1:
            raise RuntimeError


def test_what_fails_when_it_has_waited_is_left_to_the_queue(
    worded: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = _FailsOnce()
    row = Reaction("fails once", lambda committed: committed.event.type == "registered", fails.run)
    rows = (*committed_event.composed(), row)
    monkeypatch.setattr(committed_event, "composed", lambda: rows)
    with _not_yet_delivered(monkeypatch):
        worded.file()
    with under_later_policy(worded, _formal, "2"):
        worded.world.settle()
        assert fails.runs == 0
    _hours(worded)
    assert (fails.runs, _waiting(worded)) == (2, [])


def test_a_mail_that_is_tried_again_waits_and_its_tries_do_not_count(worded: Organisation) -> None:
    fakes = world_of(worded).fakes
    fakes.mailer.down = True
    worded.file(facts={"complainant.email": "lin@mail.example"})
    fakes.mailer.down = False

    def tries() -> list[tuple[str, int]]:
        found = [json.loads(entry.body) for entry in store_of(worded).everything() if entry.kind == DELIVERY]
        return [(one.get("state", "pending"), one.get("tries", 0)) for one in found if one["way"] == "email"]

    before = tries()
    with under_later_policy(worded, _formal, "2"):
        _hours(worded, 80)  # longer than a delivery is tried
        assert (_mails(worded), tries()) == ([], before)
    _hours(worded, 2)
    assert {state for state, _ in tries()} == {"sent"}
    assert all("请保存回执" in text for text in nonempty(_mails(worded)))


def test_a_follower_is_not_closed_because_an_act_of_its_target_is_unknown() -> None:
    shop = sign_up(InProcess(START), "platform")
    follower = shop.file()
    _publish(shop)
    shop.world.move_to("2026-11-27T10:00:00+08:00")
    target = shop.file()
    stage = shop.complaint(target, "owner")["stage"]

    def levitates(policy: dict[str, Any]) -> None:
        policy["stages"][stage]["acts"] = {"levitate": {"by": [{"role": "handler"}]}}

    with under_later_policy(shop, levitates, "2"):
        shop.act(follower, "owner", "link", to=target, reason="同一订单。")
        shop.act(follower, "director", "approve")
        _hours(shop)
        assert [one["type"] for one in shop.events(follower)][-2:] == ["linked", "notified"]
        assert _waiting(shop)
    _hours(shop, 2)
    assert _waiting(shop) == []
    assert "closed" not in [event["type"] for event in shop.events(follower)]


POINTS: dict[str, Change] = {
    "a condition": lambda policy: policy["points"].update(when=[{"weather": ["rain"]}]),
    "an exception": lambda policy: policy["points"].update(unless=[{"channel": ["phone"]}]),
    "a value": lambda policy: policy["points"]["values"].update(general={"first": 0, "again": 1}),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", POINTS.values(), ids=POINTS)
def test_a_unit_is_scored_later(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version in force knows all words; that of the complaint does not."""
    estate = estates.estate_in(InProcess(START))
    estates.add_offices(estate)
    number = estates.replied(estate, unit=estates.UNIT)
    with _not_yet_delivered(monkeypatch):
        estate.act(number, "service_centre", "decide", opinion="已修复并回访。", outcome="valid")
        _publish(estate)

    def scored() -> list[str]:
        events = [json.loads(entry.body) for entry in store_of(estate).everything() if "#U#" in entry.key.pk]
        return [one["type"] for one in events if one.get("type") == "scored"]

    with under_later_policy(estate, change):
        estate.world.settle()
        _hours(estate)
        assert scored() == []
    _hours(estate, 2)
    assert scored() == ["scored"]


def test_a_legal_hold_does_not_wait(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """It depends on no word of the policy."""
    number = shop.file()
    given(shop, number, "other")
    with _not_yet_delivered(monkeypatch):
        shop.act(number, "owner", "hold", reason="诉讼")
    with under_later_policy(shop, lambda policy: policy.update(mediation={"by": "office"})):
        shop.world.settle()
        versions = [one for found in world_of(shop).fakes.objects.stored.values() for one in found.values()]
        assert any(one.hold for one in versions)
