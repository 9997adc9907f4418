"""Each event that a policy can notify people of has a built-in text, in both languages."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, LISTABLE_ACTS
from chalicelib.policy.language.wording.default_wording import ReaderKind
from tests.kernel.complaints import play

PLACEHOLDER = re.compile(r"\{(\w*)\}")
SENT = {
    "id": "202611-000001/2",
    "seq": 2,
    "type": "notified",
    "v": 1,
    "at": "2026-11-27T01:00:00.000Z",
    "recorded_at": "2026-11-27T01:00:00.000Z",
    "actor": {},
    "result": {"stage": "open", "tier": 1},
    "policy": "1",
    "calendar": "c",
    "private": [],
    "prev": "",
    "hash": "",
}


@pytest.mark.parametrize("reader", get_args(ReaderKind))
@pytest.mark.parametrize("act", sorted(LISTABLE_ACTS))
def test_a_message_about_an_act_without_a_wording_of_its_own_has_a_text(act: str, reader: ReaderKind) -> None:
    """`tells` of the act in a policy that gives no `wording`."""
    fields = {"to": [reader], "about": "202611-000001/1", "wording": EVENT_OF_ACT[act]}
    event = msgspec.convert({**SENT, "fields": fields}, Event)

    text = render(MessageSource(play.policy(play.HOSTILE), event, "202611-000001"), reader)

    assert [language for language, said in text.items() if "202611-000001" not in said] == []
    assert text["zh"] != text["en"]
