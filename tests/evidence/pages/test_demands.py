"""The page of a demand for evidence: its link opens only this demand."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.across.leaks import planted
from tests.clauses.offices.marketplace import RECEIVED, RECORDED, asked_outside, demanded, marketplace_in
from tests.clauses.offices.regulator import WANTED, assigned, regulator_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import PDF
from tests.kernel.web.pages.browser import ADDRESS, Browser


@pytest.fixture
def market(world: InProcess) -> Organisation:
    return marketplace_in(world)


@pytest.fixture
def number(market: Organisation) -> str:
    """A complaint whose respondent was asked for evidence."""
    return demanded(market)


def link(market: Organisation, number: str, who: str = "handler") -> tuple[str, str]:
    """The path and the receipt of the demand's page."""
    demand = str(market.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    found = market.get(f"/complaints/{number}/demands/{demand}/link", who)
    parts = urlsplit(found["page"])
    assert (f"{parts.scheme}://{parts.netloc}", parts.fragment) == (ADDRESS, found["receipt"])
    planted.plant_secret("receipt", parts.fragment)
    return parts.path, parts.fragment


@pytest.fixture
def path(market: Organisation, number: str, browser: Browser) -> str:
    """The path of the demand, whose page is open."""
    path, receipt = link(market, number)
    browser.open(path)
    browser.submit(receipt=receipt)
    return path


def test_the_link_opens_the_demand(market: Organisation, number: str, browser: Browser, path: str) -> None:
    assert browser.page.headings[0] == "举证要求"
    assert f"投诉 {number}" in browser.page.text
    assert '<span class="whole">2026年12月1日（周二）</span>18:00' in browser.answer.text
    assert "还没有上传材料。" in browser.page.text
    assert not [seen for seen in browser.visited if "receipt" in seen]


def test_a_respondent_outside_can_still_answer_after_the_time(world: InProcess, browser: Browser) -> None:
    regulator = regulator_in(world)
    number = assigned(regulator)
    until = "2026-12-10T18:00:00+08:00"
    regulator.act(number, "inspector", "demand_evidence", of="respondent", kinds=["bill"], until=until, **WANTED)
    path, receipt = link(regulator, number, "inspector")
    world.move_to(until)

    browser.open(path)
    browser.submit(receipt=receipt)

    assert "时间已过，尚无您答复的记录。" in browser.page.text
    assert "不能再添加材料" not in browser.page.text
    assert "文件已收到" in browser.submit(text="账单如下：十元。").text


def test_the_page_says_what_staff_recorded_and_until_when_to_object(
    market: Organisation, number: str, browser: Browser
) -> None:
    path, receipt = link(market, number)
    market.act(number, "handler", "receive_evidence", **RECEIVED)

    browser.open(path)
    browser.submit(receipt=receipt)

    assert "工作人员已代为记录您的答复。如有异议或补充，请您于2026年12月1日（周二）18:00前" in browser.page.text
    assert "请在此时间之前提供" not in browser.page.text
    assert "时间已过" not in browser.page.text


def test_a_respondent_outside_objects_on_the_page_after_the_time_too(market: Organisation, browser: Browser) -> None:
    number = asked_outside(market)
    market.act(number, "handler", "receive_evidence", **RECORDED)
    path, receipt = link(market, number)
    market.world.move_to("2026-12-01T18:00:00+08:00")
    browser.open(path)
    browser.submit(receipt=receipt)
    assert "工作人员已代为记录您的答复。如有异议或补充，请您在此提供材料" in browser.page.text

    assert "文件已收到" in browser.submit(text="发货单不是本店的。", kind="other").text


def test_before_its_time_a_demand_is_not_late(browser: Browser, path: str) -> None:
    assert "时间已过" not in browser.page.text


def test_a_file_answers_the_demand(market: Organisation, number: str, browser: Browser, path: str) -> None:
    browser.follow("添加材料")
    page = browser.submit(kind="transaction")
    browser.world.upload({"fields": dict(page.forms[0].values())}, PDF)
    browser.open(f"{path}?told=uploaded")
    assert "这项要求已经答复" in browser.page.text
    assert "已检查并封存" in browser.page.text
    assert len(market.events(number, type_="evidence_received")) == 1


def test_words_answer_the_demand(market: Organisation, number: str, browser: Browser, path: str) -> None:
    page = browser.submit(kind="transaction", text="已于当日退款。")
    assert "文件已收到" in page.text
    objects, found = browser.world.fakes.objects, market.events(number, type_="evidence_declared")[-1]
    key = object_keys.quarantine(CaseRef(market.id, number), found["fields"]["evidence"])
    stored = objects.latest_version(key)
    assert stored is not None
    assert objects.content(key) == "已于当日退款。".encode()
    browser.world.announce(key, stored.version, stored.size)
    assert len(market.events(number, type_="evidence_received")) == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "文字答复.txt · 文字答复（对应“截图”）"), ("en", "answer.txt · Text in answer to: Screenshot")],
)
def test_words_are_not_called_by_what_was_asked_for(
    market: Organisation, number: str, browser: Browser, path: str, lang: str, said: str
) -> None:
    browser.open(f"{path}?lang={lang}")
    browser.submit(kind="screenshot", text="已于当日退款。")

    assert said in " ".join(browser.page.text.split())
    case_file = market.world.call(
        "GET",
        f"{market.path}/complaints/{number}/case-file",
        auth=market.auth("handler"),
        headers={"Accept-Language": lang},
    )
    assert said.partition(" · ")[2] in case_file.text


@pytest.mark.parametrize("given", [{"text": ""}, {"text": "长" * 10_001}])
def test_a_wrong_answer_is_named_and_kept(browser: Browser, path: str, given: dict[str, str]) -> None:
    page = browser.submit(kind="transaction", **given)
    assert browser.answer.status == 422
    assert [href for href, _ in page.links if href == "#text"]
    assert {one.name: one.value for one in page.forms[0].controls}["text"] == given["text"]


def test_a_wrong_receipt_opens_nothing(market: Organisation, number: str, browser: Browser) -> None:
    path, receipt = link(market, number)
    browser.open(path)
    page = browser.submit(receipt=receipt[:-4] + "0000")
    assert browser.answer.status == 422
    assert "这不是这项举证要求的回执" in page.text


def test_the_receipt_of_the_complaint_is_not_that_of_a_demand(
    market: Organisation, number: str, browser: Browser
) -> None:
    path, _ = link(market, number)
    browser.open(path)
    browser.submit(receipt=market.filed[number].receipt)
    assert browser.answer.status == 422


def test_the_cookie_of_a_demand_does_not_open_the_complaint(
    market: Organisation, number: str, browser: Browser, path: str
) -> None:
    (key, (value, _)), *_ = browser.cookies.items()
    browser.cookies = {key: (value, f"/t/{market.id}/case/{number}")}
    assert browser.open(f"/t/{market.id}/case/{number}").headings == ["查询投诉"]


def test_the_cookie_of_a_demand_opens_no_other_demand(
    market: Organisation, number: str, browser: Browser, path: str
) -> None:
    (key, (value, _)), *_ = browser.cookies.items()
    browser.cookies = {key: (value, "/t")}
    page = browser.open(path.rpartition("/")[0] + "/1")
    assert [one.name for one in page.forms[0].controls] == ["receipt", ""]


def test_another_site_sends_no_answer(market: Organisation, number: str, browser: Browser, path: str) -> None:
    browser.submit(kind="transaction", text="已退款。", origin="https://evil.example")
    assert browser.answer.status == 403
    assert market.events(number, type_="evidence_declared") == []


def test_leaving_ends_the_session(browser: Browser, path: str) -> None:
    browser.submit(form=1)
    assert [one.name for one in browser.open(path).forms[0].controls] == ["receipt", ""]


def test_an_answer_is_kept_when_the_session_ends(
    market: Organisation, number: str, browser: Browser, path: str
) -> None:
    _, receipt = link(market, number)
    answering = browser.answer
    browser.cookies.clear()
    page = browser.submit(kind="transaction", text="已退款。")
    assert "您填写的内容没有丢失" in page.text
    page = browser.submit(receipt=receipt)
    assert {one.name: one.value for one in page.forms[0].controls}["text"] == "已退款。"
    assert answering.status == 200


def test_the_other_side_is_not_told_where_complainants_can_turn(market: Organisation, browser: Browser) -> None:
    start = link(market, demanded(market))
    entry = browser.open(start[0]).text
    page = browser.submit(receipt=start[1]).text

    assert ["电话" in one and "可进一步投诉的机构" not in one for one in (entry, page)] == [True, True]
    assert "可进一步投诉的机构" in browser.open(f"/t/{market.id}").text
