"""A small shop whose policy has words for complainants, a ladder of two tiers, and a body outside."""

from __future__ import annotations

import json
from typing import Any

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser

FRIDAY = "2026-11-27T09:00:00+00:00"
POLICY: dict[str, Any] = {
    "contact": {"outside": {"name": {"en": "Consumer council"}, "url": "https://council.example/"}},
    "clocks": {
        "answer": {
            "within": "72 hours",
            "public_name": {"en": "Our answer to you", "zh": "我们的答复"},
            "public_actor": {"en": "Customer service", "zh": "客户服务"},
        },
    },
    "sample": {
        "channel": "email",
        "facts": {
            "complainant.name": "A Customer",
            "complainant.email": "customer@mail.example",
            "content": "It broke.",
        },
    },
}


def shop_with(**changes: Any) -> Organisation:
    return sign_up_with(InProcess(FRIDAY), json.dumps(added(added(read(SMALLEST), POLICY), changes)))


def page_of(office: Organisation, number: str, language: str = "en") -> Browser:
    """A browser that shows the complaint's page."""
    world = office.world
    assert isinstance(world, InProcess)
    world.settle()
    browser = Browser(world, language)
    browser.open(f"/t/{office.id}/case")
    browser.submit(number=number, receipt=office.filed[number].receipt)
    assert browser.answer.status == 200, browser.page.text
    return browser
