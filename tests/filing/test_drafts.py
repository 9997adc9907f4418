"""A filing keeps its answers in a draft: back and forward, two tabs, a shared device, and the end of the day."""

from __future__ import annotations

import json

import pytest

from chalicelib.features.filing.drafts import KIND, LASTS, MAX_BYTES, SHOWN
from chalicelib.limits.wrong_receipts import DRAFTS
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import filed, send, to_check
from tests.leaving.test_leaving import later, leave

WRITTEN = "排队三小时无人受理。"


def begin(browser: Browser, organisation: Organisation) -> Document:
    return browser.open(f"/t/{organisation.id}/file")


def to_content(browser: Browser, organisation: Organisation) -> Document:
    """To the page on which the complaint is told."""
    begin(browser, organisation)
    return browser.submit(category__class="service_quality")


def told(page: Document) -> str:
    """What the page holds of the complaint."""
    return dict(page.forms[0].values())["fact.content"]


def stored(world: InProcess) -> list[str]:
    return [entry.body for entry in world.fakes.store.everything() if entry.kind == KIND]


def other_tab(browser: Browser) -> Browser:
    tab = Browser(browser.world)
    tab.cookies = browser.cookies
    return tab


def test_each_step_has_its_address_and_shows_its_answers_again(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    step = browser.path
    browser.submit(fact__content=WRITTEN)
    later = browser.path

    assert step != later
    assert told(browser.open(step)) == WRITTEN
    assert "fact.complainant.name" in dict(browser.open(later).forms[0].values())


def test_back_keeps_what_was_typed_on_the_page(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    step = browser.path
    browser.submit(button="back", fact__content=WRITTEN)

    assert told(browser.open(step)) == WRITTEN


def test_reading_a_page_stores_nothing(hall: Organisation, browser: Browser, world: InProcess) -> None:
    begin(browser, hall)

    assert stored(world) == []


def test_what_is_stored_can_be_read_by_no_other_browser(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    step = browser.path
    [body] = stored(world)
    stranger = Browser(world)

    assert sorted(json.loads(body)) == ["owner", "sealed", "until"]
    assert (stranger.open(step).headings, stranger.answer.status) == (["找不到填写过的内容"], 404)


def test_a_secret_of_another_draft_opens_nothing(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    step, stranger = browser.path, Browser(world)
    to_content(stranger, hall)
    [(_, (value, path))] = stranger.cookies.items()
    draft = step.split("/")[4]
    stranger.cookies[f"draft-{draft} {path}"] = value, path

    assert stranger.open(step.rpartition("/")[0] + "/content-1").headings == ["找不到填写过的内容"]


def test_a_draft_of_another_organisation_opens_nothing(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    other = sign_up(world, "government-service-centre")
    for name, (value, path) in list(browser.cookies.items()):
        browser.cookies[name.replace(hall.id, other.id)] = value, path.replace(hall.id, other.id)

    page = browser.open(browser.path.replace(hall.id, other.id).rpartition("/")[0] + "/content-1")

    assert told(page) == ""


def test_a_device_asks_whose_the_draft_is(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)

    assert begin(browser, hall).headings == ["这台设备上有一份还没有提交的投诉"]
    assert "fact.complainant.name" in dict(browser.follow("是我的，继续填写").forms[0].values())
    assert told(browser.open(browser.path.rpartition("/")[0] + "/content-1")) == WRITTEN


def test_a_draft_of_somebody_else_is_deleted(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    begin(browser, hall)

    browser.submit(button="forget")

    assert stored(world) == []
    assert told(browser.submit(category__class="service_quality")) == ""


def test_a_second_complaint_leaves_the_first_draft(hall: Organisation, browser: Browser, world: InProcess) -> None:
    first = to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    begin(browser, hall)

    browser.submit(button="another")
    browser.submit(category__class="service_quality")

    assert first.forms[0].action != browser.page.forms[0].action
    assert len(stored(world)) == 2


def test_forgetting_deletes_the_answers(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)

    browser.submit(form=1, button="forget")

    assert (stored(world), browser.path, browser.cookies) == ([], f"/t/{hall.id}", {})


def test_the_answers_are_gone_when_the_complaint_is_filed(
    hall: Organisation, browser: Browser, world: InProcess
) -> None:
    filed(browser, hall)
    receipt = browser.path

    assert browser.open(receipt).headings[0] == "投诉已提交"
    world.fakes.real_clock.now += SHOWN
    assert browser.open(receipt).headings != ["投诉已提交"]


def test_a_draft_ends_after_a_day_and_what_is_typed_then_begins_another(
    hall: Organisation, browser: Browser, world: InProcess
) -> None:
    to_content(browser, hall)
    step = browser.path
    world.fakes.real_clock.now += LASTS

    browser.submit(fact__content=WRITTEN)
    browser.open(step)

    assert told(browser.page) == WRITTEN
    assert "category.class" not in dict(browser.open(step.rpartition("/")[0] + "/category").forms[0].values())


def test_without_a_cookie_what_was_typed_begins_another_draft(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    browser.cookies.clear()

    browser.submit(fact__content=WRITTEN)
    browser.open(browser.path.rpartition("/")[0] + "/content-1")

    assert told(browser.page) == WRITTEN


def test_another_tab_with_the_same_page_is_not_overwritten_unseen(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    browser.submit(fact__content="第一次。")
    browser.open(browser.path.rpartition("/")[0] + "/content-1")
    tab = other_tab(browser)
    tab.open(browser.path)
    tab.submit(fact__content="另一个窗口。")

    page = browser.submit(fact__content="这个窗口。")

    assert (browser.answer.status, told(page)) == (409, "这个窗口。")
    assert "您在另一个窗口中改动了这一页" in page.text
    browser.submit()
    assert told(browser.open(tab.path.rpartition("/")[0] + "/content-1")) == "这个窗口。"


def test_what_was_typed_against_another_tab_has_an_address_until_it_is_kept(
    hall: Organisation, browser: Browser
) -> None:
    to_content(browser, hall)
    browser.submit(fact__content="第一次。")
    browser.open(browser.path.rpartition("/")[0] + "/content-1")
    tab = other_tab(browser)
    tab.open(browser.path)
    tab.submit(fact__content="另一个窗口。")
    browser.submit(fact__content="这个窗口。")
    address = browser.path

    assert told(browser.open(address)) == "这个窗口。"
    browser.submit()
    browser.open(address)

    assert (browser.answer.status, told(browser.page)) == (200, "这个窗口。")


def test_two_tabs_with_different_pages_keep_both_answers(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    tab = other_tab(browser)
    tab.open(browser.path.rpartition("/")[0] + "/category")
    tab.submit(category__class="mishandling")
    browser.submit(fact__content=WRITTEN)

    browser.open(browser.path.rpartition("/")[0] + "/category")

    assert dict(browser.page.forms[0].values())["category.class"] == "mishandling"


def test_answers_that_are_too_long_to_be_kept_are_still_on_the_page(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)
    text = "长" * (MAX_BYTES // 2)

    page = browser.submit(fact__content=text)

    assert (browser.answer.status, told(page)) == (422, text)


def test_a_copy_of_the_device_is_put_back(hall: Organisation, browser: Browser) -> None:
    begin(browser, hall)
    browser.resend([("category.class", "mishandling"), ("fact.content", WRITTEN), ("unknown", "x"), ("go", "restore")])

    assert dict(browser.page.forms[0].values())["category.class"] == "mishandling"
    assert told(browser.submit()) == WRITTEN


def test_a_draft_is_erased_with_its_organisation(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_content(browser, hall)
    assert leave(hall).status == 202

    later(hall, 32)

    assert stored(world) == []


@pytest.mark.slow
def test_drafts_of_an_address_are_counted(hall: Organisation, world: InProcess) -> None:
    statuses = set()
    for _ in range(DRAFTS + 1):
        browser = Browser(world)
        to_content(browser, hall)
        statuses.add(browser.answer.status)

    assert statuses == {200, 429}


def test_the_module_for_copies_keeps_them_by_organisation_and_knows_when_it_is_filed(
    hall: Organisation, world: InProcess, browser: Browser
) -> None:
    def places() -> list[str]:
        return [given["data-draft"] for _, given in browser.page.tags if "data-draft" in given]

    to_check(browser, hall)
    assert (places(), browser.page.forms[0].id) == ([f"/t/{hall.id}/file"], "filing")
    send(browser, world)
    assert places() == [f"/t/{hall.id}/file"]
    assert "filing" not in {form.id for form in browser.page.forms}


@pytest.mark.parametrize("step", ["nothing", "filed", "a%2Fb"])
def test_an_unknown_step_is_the_first(hall: Organisation, browser: Browser, step: str) -> None:
    begin(browser, hall)
    first = browser.path

    browser.open(first.rpartition("/")[0] + f"/{step}")

    assert browser.path == first
