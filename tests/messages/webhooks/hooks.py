"""An organisation with a webhook, and the requests its receiver got."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from unittest.mock import patch

from standardwebhooks import webhooks

from chalicelib.kit.instants import from_instant
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.poster import FakePoster, Posted
from tests.kernel.web.untouched import in_process

URL = "https://hooks.example/redress"


def poster(company: Organisation) -> FakePoster:
    assert isinstance(company.world, InProcess)
    return company.world.fakes.poster


def call(
    company: Organisation, method: str, path: str = "", body: Any = None, who: str = "owner", **more: Any
) -> Answer:
    return company.world.call(method, f"{company.path}/webhooks{path}", body, auth=company.auth(who), **more)


def added(company: Organisation, **asked: Any) -> dict[str, Any]:
    answer = call(company, "POST", body={"url": URL, **asked})
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def listed(company: Organisation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company.get("/webhooks", "owner")["webhooks"]
    return found


def verified(company: Organisation, secret: str, posted: Posted) -> dict[str, Any]:
    """The payload, verified by the reference implementation, including the time of the signature."""
    now = from_instant(in_process(company).fakes.real_clock())
    with patch.object(webhooks, "datetime", type("Then", (datetime,), {"now": lambda tz: now})):
        found: dict[str, Any] = webhooks.Webhook(secret).verify(posted.body, posted.headers)
    assert found == json.loads(posted.body)
    return found


def types(company: Organisation) -> list[str]:
    return [json.loads(posted.body)["type"] for posted in poster(company).posted]


def deliveries(company: Organisation, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company.get(f"/effects?way=webhook{query}", "owner")["effects"]
    return found
