"""Pages of oversight in a real browser: each is usable in both languages, narrow and wide, and notices are approved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.served import served
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.world import InProcess
from tests.figures.office import published_council
from tests.figures.wrong import tripled
from tests.improvements.acting import founded, opened
from tests.register.notices import closed_major, prepared
from tests.sign_in.door import desk
from tests.supervision.reporting import about, report

pytestmark = ALL_PAGES
WAYS = [("zh-CN", 390, True), ("en-GB", 1280, True), ("en-GB", 390, False), ("zh-CN", 1920, True)]
NAMED = "李女士反映商家发错货，电话00000000000，商家已退款。"
CLEAN = "商家发错货，已退款。"


def test_figures_are_corrected(chromium: Browser) -> None:
    office = published_council()
    tripled(office, "2026-09")
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        for language, width, scripts in WAYS:
            reader = at_desk(chromium, address, office, "owner", language=language, width=width, scripts=scripts)
            for path in ("", "/next", "/2026-09"):
                reader.open(f"{desk(office)}/oversight/figures{path}")
            assert reader.page.locator(".counted td sup").count() == 10
        reader.page.fill("#reason", "每件投诉计了三次。")
        reader.press("form button.button")
        assert reader.page.url.endswith("?told=corrected")


@pytest.mark.parametrize(("language", "width", "scripts"), WAYS)
def test_a_notice_is_changed_and_approved(chromium: Browser, language: str, width: int, scripts: bool) -> None:
    office = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = closed_major(office, NAMED)
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        reader = at_desk(chromium, address, office, "director", language=language, width=width, scripts=scripts)
        reader.press(f".desk-top nav a[href^='{desk(office)}/oversight']")
        reader.press("main a[href*='/oversight/notices']")
        reader.press(f"main a[href*='/notices/{number}']")
        assert reader.page.locator(".public-view mark").count() == 2
        reader.page.fill("form[action$='/acts/edit'] textarea", CLEAN)
        reader.press("form[action$='/acts/edit'] button")
        reader.press("form[action$='/acts/approve'] button")
        assert "told=approve" in reader.page.url
    assert [step["act"] for step in prepared(office, number)["steps"]] == ["edit", "approve"]


def test_improvement_actions_are_opened_and_done(chromium: Browser) -> None:
    office = founded()
    first = opened(office)
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        for language, width, scripts in WAYS:
            reader = at_desk(chromium, address, office, "owner", language=language, width=width, scripts=scripts)
            for path in ("", f"/{first}", "/new"):
                reader.open(f"{desk(office)}/oversight/improvements{path}")
            reader.page.fill("#title", "<b>来料全检</b>")
            reader.page.select_option("#cause", "category.kind product_quality")
            reader.page.select_option("#owner", office.subs["agent"])
            reader.page.fill("#due", "2026-12-31")
            reader.press("main form button.button")
            assert reader.page.inner_text("h1") == "<b>来料全检</b>"
            reader.press("form[action$='/acts/done'] button")
            assert "told=done" in reader.page.url


def test_a_report_about_the_office_is_answered_and_closed(chromium: Browser) -> None:
    office = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    filed = report(
        office,
        about(office, "handler"),
        complaint=office.file(),
        text="<b>处理人员</b>收受商家好处",
        contact="a@b.example",
    )
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        for language, width, scripts in WAYS:
            reader = at_desk(chromium, address, office, "supervisor", language=language, width=width, scripts=scripts)
            for path in ("", f"/{filed.id}"):
                reader.open(f"{desk(office)}/oversight/reports{path}")
            reader.page.click("details:has(#reply-text) summary")
            reader.page.fill("#reply-text", "<b>我们正在核实。</b>")
            reader.press("form[action$='/acts/reply'] button")
            assert "told=reply" in reader.page.url
        reader.page.click("details:has(#close-text) summary")
        reader.press("form[action$='/acts/close'] button")
        assert reader.page.locator("#close-finding-fault").count() == 1
        reader.page.check("input[value=upheld]")
        reader.page.fill("#close-text", "情况属实。")
        reader.press("form[action$='/acts/close'] button")
        assert "told=close" in reader.page.url
