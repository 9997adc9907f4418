"""The pages of a complaint, as the holder of its receipt sees them."""

from __future__ import annotations

import re

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser


def case_page(organisation: Organisation, number: str, page: str = "", *, html: bool = False) -> str:
    """The text of the complaint's page, or of `page` below it, such as `/acts/agree`; or its HTML."""
    world = organisation.world
    assert isinstance(world, InProcess)
    world.settle()
    browser = Browser(world)
    browser.open(f"/t/{organisation.id}/case")
    browser.submit(number=number, receipt=organisation.filed[number].receipt)
    found = browser.open(f"/t/{organisation.id}/case/{number}{page}")
    assert browser.answer.status == 200, found.text
    return browser.answer.text if html else re.sub(r"\s+", " ", found.text)
