"""A hanging webhook receiver delays no other delivery: webhooks have their own queue and workers."""

from __future__ import annotations

import pytest

from chalicelib.ports import QueueMessage
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.wiring import Fakes
from tests.kernel.web.untouched import in_process
from tests.messages.webhooks.hooks import added, deliveries, poster

MANY = 3
"""The plan's maximum."""


@pytest.fixture
def company() -> Organisation:
    company = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    for _ in range(MANY):
        added(company, events=["registered"])
    return company


@pytest.fixture
def fakes(company: Organisation) -> Fakes:
    return in_process(company).fakes


@pytest.fixture
def stuck(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> list[QueueMessage]:
    """The webhook queue while every worker hangs at a receiver: no message is taken out."""
    waiting: list[QueueMessage] = []
    monkeypatch.setattr(fakes.hooks, "send", waiting.extend)
    return waiting


def test_readers_get_their_message_and_mail(company: Organisation, stuck: list[QueueMessage]) -> None:
    number = company.file()

    assert (len(stuck), poster(company).tried) == (MANY, 0)
    assert company.told("agent", number) == [f"投诉 {number} 已登记，请记录详细信息并提交《客户投诉处理工单》。"]
    assert company.world.mail(company.emails["agent"]).startswith(
        f"投诉 {number} 已登记，请记录详细信息并提交《客户投诉处理工单》。"
    )


def test_the_effects_queue_is_empty(company: Organisation, stuck: list[QueueMessage], fakes: Fakes) -> None:
    company.file()

    assert (list(fakes.effects.waiting), fakes.effects.dead) == ([], [])


def test_retries_wait_in_the_webhook_queue_too(company: Organisation, stuck: list[QueueMessage], fakes: Fakes) -> None:
    company.file()
    before = fakes.effects.sent

    advance(company.world, "6 minutes")

    assert len(stuck) == 2 * MANY  # a lease is five minutes
    assert fakes.effects.sent == before


def test_once_the_workers_are_free_each_is_tried_once(
    company: Organisation, stuck: list[QueueMessage], fakes: Fakes
) -> None:
    company.file()

    fakes.hooks.waiting.extend([*stuck, *stuck])
    company.world.settle()

    assert poster(company).tried == MANY
    assert {one["state"] for one in deliveries(company)} == {"sent"}
