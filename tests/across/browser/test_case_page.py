"""The page of a case in a real browser: in each state, at both widths, in both languages, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.clauses.local_stack import LocalStack, local_stack
from tests.handling.pages import cases
from tests.handling.pages.cases import Case

pytestmark = ALL_PAGES
NOW = "2026-11-27T09:00:00+08:00"
STATES = ("new", "offered", "demanded", "decided", "rated_and_closed", "contradicted", "late_on_the_first_rung")
"""The last one moves the clock of the stack, which makes others late too."""
VIEWS = (("zh-CN", 320, True), ("en-GB", 1280, True), ("en-GB", 320, False), ("zh-CN", 1280, False))
"""Language, width in CSS pixels, and whether scripts run."""
REASON = "全额退款。"


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with local_stack(tmp_path_factory.mktemp("case-page"), NOW) as running:
        yield running


@pytest.fixture(scope="module")
def made(own_stack: LocalStack) -> dict[str, Case]:
    return {name: cases.CASES[name](own_stack) for name in STATES}


def opened(reader: Reader, case: Case) -> str:
    """The path of the case, whose page is open."""
    office, number = case
    path = f"/t/{office.id}/case/{number}"
    reader.open(path)
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    return path


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
@pytest.mark.parametrize("state", STATES)
def test_each_state_keeps_the_rules_of_accessibility_and_fits(
    own_stack: LocalStack, chromium: Browser, made: dict[str, Case], state: str, view: tuple[str, int, bool]
) -> None:
    language, width, scripts = view
    reader = Reader(chromium, own_stack.url, language=language, width=width, scripts=scripts)

    opened(reader, made[state])

    assert reader.has(".stages")
    assert reader.has("#late") or state != "late_on_the_first_rung"


@pytest.mark.parametrize("scripts", [True, False])
def test_back_and_forward_keep_what_was_typed_for_an_act(
    own_stack: LocalStack, chromium: Browser, made: dict[str, Case], scripts: bool
) -> None:
    reader = Reader(chromium, own_stack.url, language="zh-CN", width=390, scripts=scripts)
    path = opened(reader, made["offered"])
    reader.press('a[href$="/acts/dispute"]')
    reader.page.fill("textarea", REASON)

    reader.page.go_back()
    before = reader.page.url
    reader.page.go_forward()

    assert before.endswith(path)
    assert reader.page.input_value("textarea") == REASON


def test_a_double_click_acts_once_and_back_leads_to_the_present_state(own_stack: LocalStack, chromium: Browser) -> None:
    office, number = cases.offered(own_stack)
    reader = Reader(chromium, own_stack.url, language="zh-CN", width=390, scripts=True)
    path = opened(reader, (office, number))
    reader.press('a[href$="/acts/dispute"]')
    reader.page.fill("textarea", REASON)

    reader.press_twice("main form button.button", DONE_NOTICE)
    reader.page.go_back()

    assert len(office.events(number, type_="disputed")) == 1
    assert reader.page.url.endswith("/acts/dispute") or path in reader.page.url


def test_a_reminder_is_sent_from_the_warning(own_stack: LocalStack, chromium: Browser, made: dict[str, Case]) -> None:
    reader = Reader(chromium, own_stack.url, language="zh-CN", width=320, scripts=False)
    opened(reader, made["late_on_the_first_rung"])

    reader.press('.push a[href$="/acts/remind"]')
    reader.press("main form button.button")

    assert "您今天已经催办" in (reader.page.text_content(".push") or "")
