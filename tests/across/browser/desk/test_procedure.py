"""The pages of a procedure in a real browser: the graph and the sentences in both languages and sizes, printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.policies.drafts.shop import DRAFT, ask
from tests.sign_in.door import START, desk

BELOW = ("", "/versions", "/versions/1", "/draft")
VIEWS = pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("zh-CN", 390, True), ("en-GB", 390, False), ("zh-CN", 1280, False), ("en-GB", 1280, True), ("zh-CN", 1920, True)],
)
BEYOND = """
() => [...document.querySelectorAll('#drawing text')].filter((text) => {
  const end = text.getBBox().x + text.getBBox().width;
  const y = text.getBBox().y + text.getBBox().height / 2;
  return [...document.querySelectorAll('#drawing path')].some((path) => {
    const begin = path.getPointAtLength(0);
    return Math.abs(begin.y - y) < 8 && begin.x < end;
  });
}).length
"""


@pytest.fixture(scope="module")
def office() -> Organisation:
    found = sign_up(InProcess(START), "platform")
    assert ask(found, "PUT", DRAFT, {"policy": presets.text("telecom-regulator")}).status == 200
    return found


@ALL_PAGES
@VIEWS
def test_each_page_keeps_the_rules_and_its_width(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    for below in BELOW:
        reader.open(f"{desk(office)}/procedure{below}")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, below
    assert reader.faults == []


@ALL_PAGES
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_texts_of_the_graph_are_as_wide_as_the_server_takes_them_to_be_at_most(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=1280, scripts=True)
    reader.open(f"{desk(office)}/procedure")
    assert reader.page.evaluate(BEYOND) == 0
