"""Notices at the desk: those who decide find what waits, see it as the public will, and act on it."""

from __future__ import annotations

import re

import pytest

from chalicelib.features.register.pages import waiting as pages
from tests.clauses.offices.marketplace import answers, demanded, unit
from tests.clauses.organisation import Organisation, hire
from tests.kernel.web.pages.browser import Browser
from tests.register import notices
from tests.register.notices import DUE, allowed, closed_major, on, prepared, published
from tests.sign_in.door import at_the_desk, desk

PATH = "/oversight/notices"
NAMED = "消费者张三称商家发错货，电话00000000000。"
CLEAN = "商家发错货，已退款。"


def opened(at: Organisation, path: str = "", who: str = "director", language: str = "en") -> Browser:
    browser = at_the_desk(at, who, language=language)
    browser.open(f"{desk(at)}{PATH}{path}")
    return browser


def waiting(at: Organisation, summary: str | None = CLEAN) -> tuple[str, Browser]:
    """A notice that waits for the director: its number, and its page."""
    number = closed_major(at, summary)
    notice = prepared(at, number)["id"]
    return number, opened(at, f"/{number}/{notice}")


def send(browser: Browser, act: str, **given: str) -> None:
    [at] = [at for at, one in enumerate(browser.page.forms) if one.action.endswith(f"/acts/{act}")]
    browser.submit(form=at, **given)


def listed(browser: Browser) -> list[str]:
    return [href for href, _ in browser.page.links if f"{PATH}/2" in href]


def test_who_approves_finds_what_waits_from_the_menu(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    notice = prepared(marketplace, number)["id"]
    browser = at_the_desk(marketplace, "director")
    for text in ("Oversight", "Notices to approve"):
        browser.follow(text)
    assert listed(browser) == [f"{desk(marketplace)}{PATH}/{number}/{notice}"]
    assert "Yours to decide" in browser.page.text
    assert "the complainant's consent" in browser.page.text


def test_what_is_published_rejected_or_not_theirs_is_not_listed(marketplace: Organisation) -> None:
    published(marketplace)
    number = closed_major(marketplace)
    on(marketplace, number, "director", "reject", reason="重复。")
    assert listed(opened(marketplace)) == []
    closed_major(marketplace)
    marketplace.world.settle()
    assert [len(listed(opened(marketplace, who=who))) for who in ("director", "screener")] == [1, 0]


def test_what_waits_for_others_leaves_no_page_empty(marketplace: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A director of one unit finds its notice behind those of another unit."""
    for _ in range(2):
        closed_major(marketplace)
    hire(marketplace, "director", name="local", unit=unit(marketplace, "market"))
    hire(marketplace, "respondent", name="dealer", unit="market")
    marketplace.tokens["seller"] = marketplace.tokens["dealer"]
    monkeypatch.setattr(notices, "answered", _of_the_market)
    number = closed_major(marketplace)
    marketplace.world.settle()
    monkeypatch.setattr(pages, "_PAGE", 1)

    browser = opened(marketplace, who="local")

    assert [number in href for href in listed(browser)] == [True]


def _of_the_market(marketplace: Organisation) -> str:
    number = demanded(marketplace, unit="market")
    answers(marketplace, number)
    return number


def test_the_preview_is_what_the_public_reads(marketplace: Organisation) -> None:
    number = allowed(marketplace)
    notice = prepared(marketplace, number)["id"]
    before = _fields(opened(marketplace, f"/{number}/{notice}"))
    marketplace.world.move_to(DUE)
    public = Browser(marketplace.world, "en")  # type: ignore[arg-type]
    public.open(f"/t/{marketplace.id}/register/{notice}")
    assert before
    assert _fields(public) == before


def _fields(browser: Browser) -> list[tuple[str, str]]:
    """Labels and values, without what only the desk says about them."""
    return re.findall('<dt>(.*?)</dt><dd class="text">(.*?)(?:<span class="hint|</dd>)', browser.answer.text)


def test_places_that_name_somebody_are_marked_and_stop_the_approval(marketplace: Organisation) -> None:
    number, browser = waiting(marketplace, NAMED)
    assert 'class="certain">00000000000' in browser.answer.text
    send(browser, "approve")
    assert "names a particular of the case" in browser.page.text
    send(browser, "edit", **{"text.summary_for_public": CLEAN})
    assert browser.path.endswith("?told=edit")
    assert 'class="certain"' not in browser.answer.text
    send(browser, "approve")
    assert browser.path.endswith("?told=approve")
    assert [step["act"] for step in prepared(marketplace, number)["steps"]] == ["edit", "approve"]


def test_a_doubtful_place_is_approved_once_it_is_checked(marketplace: Organisation) -> None:
    _, browser = waiting(marketplace, "李女士反映商家发错货。")
    assert 'class="maybe"' in browser.answer.text
    send(browser, "approve")
    assert "may name a particular" in browser.page.text
    send(browser, "approve", checked="yes")
    assert browser.path.endswith("?told=approve")


def test_a_refused_text_is_kept(marketplace: Organisation) -> None:
    _, browser = waiting(marketplace)
    send(browser, "edit", **{"text.summary_for_public": NAMED})
    assert NAMED in browser.answer.text
    send(browser, "reject", reason="")
    assert browser.page.text.count("Error") >= 1


def test_a_notice_that_changed_meanwhile_is_not_approved(marketplace: Organisation) -> None:
    number, browser = waiting(marketplace)
    on(marketplace, number, "director", "edit", texts={"summary_for_public": "商家已退款。"})
    send(browser, "approve")
    assert browser.path.endswith("?told=overtaken")
    assert "商家已退款。" in browser.answer.text
    assert "approval" in prepared(marketplace, number)["waits_for"]


def test_an_objection_is_decided(marketplace: Organisation) -> None:
    number, browser = waiting(marketplace)
    on(marketplace, number, "seller", "object", reason="并非事实。")
    browser.open(browser.path)
    assert "并非事实。" in browser.page.text
    send(browser, "settle_objection", upheld="yes", reason="异议成立。")
    assert browser.path.endswith("?told=settle_objection")
    assert prepared(marketplace, number)["state"] == "rejected"


def test_a_published_notice_is_corrected_and_withdrawn(marketplace: Organisation) -> None:
    number = published(marketplace)
    notice = prepared(marketplace, number)["id"]
    browser = opened(marketplace, f"/{number}/{notice}")
    send(browser, "correct", **{"text.summary_for_public": "商家已退款并道歉。"})
    assert browser.path.endswith("?told=correct")
    send(browser, "withdraw", reason="公布有误。")
    assert browser.path.endswith("?told=withdraw")
    assert prepared(marketplace, number)["state"] == "withdrawn"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_may_not_decide_sees_no_act(marketplace: Organisation, language: str) -> None:
    number = closed_major(marketplace)
    notice = prepared(marketplace, number)["id"]
    browser = opened(marketplace, f"/{number}/{notice}", "screener", language)
    assert browser.answer.status == 200
    assert not any("/acts/" in one.action for one in browser.page.forms)
    path = f"{desk(marketplace)}{PATH}/{number}/{notice}/acts/reject"
    assert browser.ask(path, [("reason", "x"), ("key", "k" * 32)]).status == 403
    assert browser.ask(f"{desk(marketplace)}{PATH}/{number}/none").status == 404
