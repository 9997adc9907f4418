"""Requests of an organisation that prepares its next policy version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.policy import presets
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.kernel.web.untouched import in_process


def plain(preset: str) -> dict[str, Any]:
    """A preset's document without its examples, which would fail after changes."""
    return {name: part for name, part in presets.document(preset).items() if name != "examples"}


DOCUMENT = plain("corporate-standard")


BOTH = {"amendment": {"comments": ["departments", "complainants"]}}


DRAFT, OPEN, COMMENTS, PUBLISH = "/policy/draft", "/policy/draft/open", "/policy/comments", "/policy/publish"


def ask(
    shop: Organisation,
    method: str,
    path: str,
    body: Any = None,
    *,
    who: str = "owner",
    number: str = "",
    **headers: str,
) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.world.call(method, shop.path + path, body, auth=shop.auth(who, number), headers=sent)


def saved(shop: Organisation, **changes: Any) -> Answer:
    answer = ask(shop, "PUT", DRAFT, {"policy": {**DOCUMENT, **changes}})
    assert answer.status == 200, answer.text
    return answer


def commented(shop: Organisation, who: str = "agent", number: str = "", **body: Any) -> Answer:
    named = {"complaint": number} if number else {}
    return ask(shop, "POST", COMMENTS, {"text": "期限太短。", **named, **body}, who=who, number=number)


def before_the_next_commit(shop: Organisation, happens: Callable[[], Answer]) -> None:
    """Another request comes between what the next one reads and what it writes."""
    store = in_process(shop).fakes.store

    def meanwhile(call: RecordedCall) -> None:
        if call.name == "commit":
            store.before = None
            assert happens().status < 300

    store.before = meanwhile
