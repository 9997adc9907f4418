"""The reactions to an event are independent: if one fails, the others are still done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.worklists import work_list_rows
from chalicelib.ports import QueueMessage
from chalicelib.store.port import Entry, Key, Page, Unavailable, Write
from chalicelib.wiring import Wiring
from chalicelib.workers import entries
from tests.clauses.giving import given
from tests.clauses.offices.company import company_in, decided
from tests.clauses.organisation import Organisation
from tests.clauses.waiting import Waiting
from tests.messages.webhooks.hooks import added

MESSAGES, EFFECTS, WORK = "#M#", "#F#", f"#X#{work_list_rows.LOOKUP}#"
"""Partitions of readers' messages, effects, and work lists."""


class AwayFor:
    """A `Store` in which one kind of partition is unavailable."""

    def __init__(self, store: Any, part: str) -> None:
        self._store = store
        self._part = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def get(self, wanted: Sequence[Key]) -> dict[Key, Entry]:
        self._check([key.pk for key in wanted])
        found: dict[Key, Entry] = self._store.get(wanted)
        return found

    def query(self, pk: str, **how: Any) -> Page:
        self._check([pk])
        page: Page = self._store.query(pk, **how)
        return page

    def commit(self, writes: Sequence[Write]) -> None:
        self._check([(write.entry if hasattr(write, "entry") else write).key.pk for write in writes])
        self._store.commit(writes)

    def _check(self, partitions: Sequence[str]) -> None:
        if any(self._part in pk for pk in partitions):
            raise Unavailable


def world_of(organisation: Organisation) -> Waiting:
    assert isinstance(organisation.world, Waiting)
    return organisation.world


def without(organisation: Organisation, part: str) -> Wiring:
    wiring = world_of(organisation).fakes.wiring
    return replace(wiring, store=AwayFor(wiring.store, part))


def deliver(wiring: Wiring, messages: Sequence[QueueMessage]) -> int:
    """The number of messages that failed or return after a delay."""
    queue: Any = wiring.effects
    before = len(queue.pauses)
    records = [
        {
            "messageId": str(place),
            "body": json.dumps({"tenant": one.tenant, "body": one.body}),
            "eventSource": "aws:sqs",
        }
        for place, one in enumerate(messages)
    ]
    return len(entries.effects(wiring, {"Records": records}, None)["batchItemFailures"]) + len(queue.pauses) - before


@pytest.fixture
def company() -> Organisation:
    return company_in(Waiting("2026-11-27T09:00:00+08:00"))


def caused(organisation: Organisation, of_type: str) -> QueueMessage:
    """The queue message of the newest event of this type, not delivered yet."""
    fakes = world_of(organisation).fakes
    new = [one for one in fakes.store.stream_after(0) if one.event_name == "INSERT" and "#C#" in one.key.pk]
    found = [one.key for one in new if one.key.sk[:2] == "E#" and f'"type":"{of_type}"' in body(organisation, one.key)]
    _, tenant, _, number = found[-1].pk.split("#")
    relayed = RelayedEvent(tenant, number, int(found[-1].sk[2:]))
    return QueueMessage(tenant=tenant, body=msgspec.json.encode(relayed).decode())


def body(organisation: Organisation, key: Key) -> str:
    return next(one.body for one in world_of(organisation).fakes.store.everything() if one.key == key)


def kinds(organisation: Organisation, kind: str) -> list[str]:
    return [one.body for one in world_of(organisation).fakes.store.everything() if one.kind == kind]


def to_webhooks(organisation: Organisation) -> list[str]:
    return [one for one in kinds(organisation, "effect") if '"way":"webhook"' in one]


def test_a_message_that_cannot_be_written_does_not_stop_webhooks(company: Organisation) -> None:
    added(company)
    world_of(company).held = True
    company.file()
    message = caused(company, "notified")

    assert deliver(without(company, MESSAGES), [message]) == 1

    assert (kinds(company, "message"), len(to_webhooks(company))) == ([], 1)
    assert deliver(world_of(company).fakes.wiring, [message]) == 0
    assert (len(kinds(company, "message")), len(to_webhooks(company))) == (1, 1)


def test_a_webhook_that_cannot_be_written_does_not_stop_legal_holds(company: Organisation) -> None:
    added(company)
    number = company.file()
    given(company, number, "document")
    world_of(company).held = True
    company.act(number, "owner", "hold", reason="诉讼")
    message = caused(company, "held")

    assert deliver(without(company, EFFECTS), [message]) == 1

    stored = world_of(company).fakes.objects.stored
    assert {one.hold for key, versions in stored.items() if "/sealed/" in key for one in versions.values()} == {True}


def test_a_work_list_that_cannot_be_written_does_not_stop_closing_duplicates(company: Organisation) -> None:
    first, second = decided(company), company.file()
    company.act(second, "agent", "link", to=first)
    world_of(company).held = True
    company.act(first, "complainant", "agree")
    company.act(first, "agent", "close", summary="已结案。")

    assert deliver(without(company, WORK), [caused(company, "closed")]) == 1

    assert company.complaint(second)["stage"] == "closed"


def test_each_failed_reaction_is_logged(company: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    added(company)
    world_of(company).held = True
    company.file()
    caplog.set_level("INFO")

    assert deliver(without(company, EFFECTS), [caused(company, "notified")]) == 1

    said = [record.getMessage() for record in caplog.records if hasattr(record, "error")]
    assert said == ["Another reaction to the event failed", "A message is retried later"]
