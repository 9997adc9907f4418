"""The first page of an organisation."""

from __future__ import annotations

import re

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser


@pytest.mark.parametrize(
    ("preset", "named"),
    [("property-management", ["紧急程度"]), ("corporate-standard", ["投诉事项", "您的要求", "消费卡"])],
)
def test_kinds_of_complaints_stand_under_their_names(
    world: InProcess, browser: Browser, preset: str, named: list[str]
) -> None:
    page = browser.open(f"/t/{sign_up(world, preset).id}")

    first, end = page.headings.index("投诉的分类") + 1, page.headings.index("您可以通过哪些方式投诉")
    assert page.headings[first:end] == named


def test_a_step_stands_before_the_one_that_follows_it(world: InProcess) -> None:
    browser = Browser(world, "en")
    text = browser.open(f"/t/{sign_up(world, 'government-service-centre').id}").text

    steps = ("Our decision on your complaint", "We follow up on the result\n", "We follow up on the result again")
    places = [text.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("preset", presets.names())
def test_limits_name_a_case_in_words_of_customers(world: InProcess, browser: Browser, preset: str) -> None:
    """Not with two names of one stage, nor with a list of roles without what they do, nor as a form not filled in."""
    text = browser.open(f"/t/{sign_up(world, preset).id}").text.partition("我们的办理期限")[2]

    assert text
    assert not re.search("([^；\n]{4,})或\\1（|未填写|当个工作日", text)
    assert not re.search("(?:^|；)投诉人、", text, re.MULTILINE)
