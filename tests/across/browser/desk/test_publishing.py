"""Consulting and publishing in a real browser: from an opened draft to a version, in both languages and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.backtests.test_desk_report import save_draft
from tests.clauses.organisation import Organisation
from tests.policies.drafts.shop import ask
from tests.policies.studio.consulting.offices import TWO, WEEK, deliberating
from tests.sign_in.door import desk
from tests.switching.shop import publish, world_of

pytestmark = ALL_PAGES
CONSULT, PUBLISH = "/procedure/draft/consultation", "/procedure/draft/publication"
OPEN, COMPARE, BACKTESTS = "/procedure/open-complaints", "/procedure/comparison", "/procedure/backtests"


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Organisation:
    return deliberating(**getattr(request, "param", {**WEEK, **TWO}))


def at_page(chromium: Browser, url: str, office: Organisation, who: str, below: str, **view: object) -> Reader:
    reader = at_desk(chromium, url, office, who, **view)
    return look(reader, office, below)


def look(reader: Reader, office: Organisation, below: str) -> Reader:
    reader.open(desk(office) + below)
    width = reader.page.viewport_size["width"] if reader.page.viewport_size else 0
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, below
    return reader


def press(reader: Reader, form: str) -> str:
    """Sends the form, and answers with what the page says about it."""
    reader.press(f"main form[action*='{form}'] button >> nth=-1")
    return reader.page.inner_text("main")


@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("zh-CN", 390, False), ("en-GB", 1280, False), ("zh-CN", 1280, True)]
)
def test_a_draft_is_opened_commented_answered_and_published_by_a_second_person(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    # given a draft that is opened
    view = {"language": language, "width": width, "scripts": scripts}
    owner = at_page(chromium, url, office, "owner", PUBLISH, **view)
    assert owner.has("main .notice.stale")
    press(look(owner, office, CONSULT), "/consultation")
    assert owner.has(DONE_NOTICE)

    # when a member comments, and the owner answers
    member = at_page(chromium, url, office, "member", CONSULT, **view)
    member.page.fill("#text", "期限太短。")
    press(member, "/consultation/comments")
    look(owner, office, CONSULT).page.click("[aria-labelledby=comments] summary")
    owner.page.fill("[aria-labelledby=comments] textarea", "已延长。")
    press(owner, "/consultation/answers")
    assert "已延长。" in look(member, office, CONSULT).page.inner_text("main")

    # and the week is over
    office.world.move_to("2026-12-05T00:00:00+08:00")
    owner = at_page(chromium, url, office, "owner", PUBLISH, **view)
    owner.page.fill("#from", "2026-12-24T08:00")
    press(owner, "/publication")
    assert not owner.has("main form button.button")
    lead = at_page(chromium, url, office, "lead", PUBLISH, **view)
    press(lead, "/publication")

    # then
    assert lead.has(DONE_NOTICE)
    assert ask(office, "GET", "/policy/versions").json["versions"][0]["effective_at"] == "2026-12-24T00:00:00.000Z"
    assert [owner.faults, member.faults, lead.faults] == [[], [], []]


@pytest.mark.parametrize("office", [{}], indirect=True)
@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("zh-CN", 390, False), ("en-GB", 390, True), ("en-GB", 1280, False)]
)
def test_open_complaints_move_as_the_dry_run_has_shown(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    numbers = [office.file(severity="general") for _ in range(2)]
    publish(office)
    owner = at_page(chromium, url, office, "owner", OPEN, language=language, width=width, scripts=scripts)
    press(owner, OPEN)
    world_of(office).sweep()
    trial = owner.page.url
    owner.open(trial.removeprefix(url))
    press(owner, OPEN)
    world_of(office).sweep()
    owner.open(owner.page.url.removeprefix(url))
    assert owner.has("main div.notice[role=status]")
    assert [office.complaint(one)["policy"] for one in numbers] == ["3", "3"]
    assert owner.faults == []


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_the_draft_is_compared_with_the_version_in_force(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    owner = at_page(chromium, url, office, "owner", COMPARE, language=language, width=width, scripts=False)
    assert owner.has("main section code")
    assert owner.has("main .changed-lines .new")
    assert owner.faults == []


@pytest.mark.parametrize("office", [{}], indirect=True)
@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_a_back_test_is_started_and_read(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    for _ in range(2):
        office.file(severity="general")
    office.world.move_to("2026-12-16T09:00:00+08:00")
    save_draft(office)
    owner = at_page(chromium, url, office, "owner", BACKTESTS, language=language, width=width, scripts=False)
    owner.page.fill("#from", "2026-11-01")
    owner.page.fill("#to", "2026-12-16")
    press(owner, BACKTESTS)
    world_of(office).sweep()
    look(owner, office, owner.page.url.partition("/desk")[2])
    assert owner.has("main section .guide a")
    assert owner.faults == []
