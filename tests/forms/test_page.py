"""X.8: the page of a form: HTML for A4 without scripts, in Chinese or English, and its headers."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.printed_page import ask, printed

NINE = "2026年11月27日 09:00"


def test_x8_the_page_is_html_that_runs_and_loads_nothing(shop: Organisation) -> None:
    answer = ask(shop, shop.file(), "sheet", "agent")

    style = re.search(r"<style>(.*?)</style>", answer.text, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert not re.search(r"<script|<link|<img|url\(|@import|javascript:", answer.text)
    assert "size: A4" in style[1]


def test_x8_it_begins_with_the_organisation_the_form_and_the_number(shop: Organisation) -> None:
    number = shop.file()

    text = ask(shop, number, "sheet", "agent").text

    assert text.startswith('<!doctype html>\n<html lang="zh">')
    assert f"<title>处理表 {number}</title>" in text
    assert '<p class="organisation"><bdi>示例机构</bdi></p>\n<h1>处理表</h1>' in text
    assert f"<span>编号：{number}</span><span>打印时间：2026年11月27日 09:00</span>" in text
    assert "时间均为北京时间。" in text


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "zh"),
        ("fr", "zh"),
        ("*", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.2", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
    ],
)
def test_x8_the_page_is_in_chinese_unless_english_is_preferred(
    shop: Organisation, accept: str | None, language: str
) -> None:
    answer = ask(shop, shop.file(), "sheet", "agent", accept)

    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (language, "Accept-Language")
    assert f'<html lang="{language}">' in answer.text
    assert ("Handling sheet" in answer.text) == (language == "en")


def test_x8_all_words_of_the_english_page_are_english(shop: Organisation) -> None:
    number = shop.file(facts={"complainant.name": "Ann", "content": "It leaks.", "parts": ["lid", "handle"]})

    text = re.sub(r"<style>.*?</style>", "", ask(shop, number, "sheet", "clerk", "en").text, flags=re.S)

    assert "Not shown to you" in text
    assert text.replace("示例机构", "").replace("大厅", "").isascii()


def test_x8_values_are_printed_by_their_kinds(shop: Organisation) -> None:
    facts = {"bought_on": "2026-11-01", "price": 12.5, "parts": ["handle", "lid"]}
    number = shop.file(unit="hall", category="goods", facts=facts)
    shop.act(number, "agent", "assign", officer=[shop.subs["agent"], shop.subs["other"]])

    page = printed(shop, number, "sheet", "agent")

    assert {label: page.values[label] for label in page.sections["登记"]} == {
        "编号": [number],
        "投诉渠道": ["柜台"],
        "topic": ["商品"],
        "相关单位": ["大厅"],
        "当前阶段": ["已登记"],
        "登记时间": ["2026年11月27日 09:00"],
        "姓名": ["标记甲"],
        "内容": ["壶漏水。"],
        "购买日期": ["2026年11月1日"],
        "价格": ["12.5"],
        "部件": ["柄、盖"],
    }
    assert sorted(page.values["经办人"][0].removesuffix(f" {NINE} 坐席").split("、")) == ["agent", "other"]


def test_x8_a_line_shows_the_latest_value_or_all_or_those_of_an_event(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "reply", answer="一。", remark="甲")
    shop.act(number, "other", "reply", answer="二。", remark="乙")
    shop.act(number, "complainant", "dispute", reason="不够。")
    before = printed(shop, number, "sheet", "agent").values
    shop.act(number, "agent", "close", answer="三。")

    after = printed(shop, number, "sheet", "agent").values

    assert (before["内部意见"], before["结案答复"], after["结案答复"]) == (
        [f"乙 {NINE} 坐席"],
        [],
        [f"三。 {NINE} 坐席"],
    )
    assert [text.partition(" ")[0] for text in after["全部答复"]] == ["一。", "二。", "三。"]
    assert after["理由"] == [f"不够。 {NINE} 投诉人"]


def test_x8_clocks_and_events_are_printed_with_their_states_times_and_roles(shop: Organisation) -> None:
    number = shop.file()
    first = printed(shop, number, "sheet", "agent").values
    path = f"{shop.path}/complaints/{number}/acts/dispute"
    body = {"fields": {"reason": "没有答复。"}, "on_behalf_of": "complainant"}
    assert shop.world.call("POST", path, body, auth=shop.auth("agent")).status == 200
    shop.act(number, "agent", "close", answer="换。")

    last = printed(shop, number, "sheet", "agent").values

    assert first["答复期限"] == ["期限：2026年12月1日 24:00，进行中"]
    assert last["答复期限"] == ["期限：2026年12月1日 24:00，已终止"]
    assert (first["结案"], last["结案"]) == ([], ["2026年11月27日 09:00 坐席"])
    assert last["events"] == [
        "登记 2026年11月27日 09:00 投诉人",
        "不接受处理意见 2026年11月27日 09:00 坐席（代投诉人）",
        "结案 2026年11月27日 09:00 坐席",
    ]


def test_x8_a_miss_that_no_sweep_has_recorded_is_printed(shop: Organisation) -> None:
    number = shop.file()
    shop.world.fakes.clock.move_to(shop.world.now() + 7 * 24 * 3600 * 1000)

    assert printed(shop, number, "sheet", "agent").values["答复期限"] == ["期限：2026年12月1日 24:00，已超期"]


def test_x8_a_head_request_gets_the_headers_and_another_method_is_refused(shop: Organisation) -> None:
    path = f"{shop.path}/complaints/{shop.file()}/forms/sheet"

    head = shop.world.call("HEAD", path, auth=shop.auth("agent"))
    post = shop.world.call("POST", path, {}, auth=shop.auth("agent"))
    query = shop.world.call("GET", f"{path}?all=1", auth=shop.auth("agent"))

    assert (head.status, head.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (post.status, post.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert (query.status, query.problem) == (400, "bad-request")


def test_x8_only_a_row_of_many_lines_may_break_across_pages(shop: Organisation) -> None:
    short = ask(shop, shop.file(facts={"content": "一。\n" * 12}), "sheet", "agent").text
    long = ask(shop, shop.file(facts={"content": "一。\n" * 13}), "sheet", "agent").text

    assert (short.count('<tr class="long">'), long.count('<tr class="long">')) == (0, 1)


def test_x8_on_a_narrow_screen_labels_and_values_stand_below_each_other(shop: Organisation) -> None:
    text = ask(shop, shop.file(), "sheet", "agent").text

    assert '<meta name="viewport" content="width=device-width">' in text
    assert re.search(r"@media screen and \(max-width: 150mm\) \{[^@]*tr, th, td \{ display: block; \}", text)
