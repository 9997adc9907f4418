"""The case file: deadlines with reasons, files, all events, and the check of the record, for each reader."""

from __future__ import annotations

from typing import Any, cast

import pytest
from msgspec import structs

from chalicelib.access import binding
from chalicelib.kit import catalogue
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.store import keys
from chalicelib.store.port import Put
from tests.clauses import printed_page
from tests.clauses.giving import given
from tests.clauses.organisation import Organisation
from tests.clauses.printed_page import PrintedPage
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import image, sha256

HEADINGS = {
    "zh": ["案件", "期限与依据", "证据材料", "事件", "记录核验"],
    "en": ["The case", "Deadlines, with their reasons", "Files", "Events", "Check of the record"],
}


def ask(shop: Organisation, number: str, who: str, language: str = "zh") -> Answer:
    path = f"{shop.path}/complaints/{number}/case-file"
    return shop.world.call("GET", path, auth=shop.auth(who, number), headers={"Accept-Language": language})


def printed(shop: Organisation, number: str, who: str, language: str = "zh") -> PrintedPage:
    answer = ask(shop, number, who, language)
    assert answer.status == 200, answer.text
    return printed_page.read(answer.text)


@pytest.fixture
def handled(shop: Organisation) -> tuple[Organisation, str]:
    """A complaint with a photo and an answer."""
    number = shop.file(unit="hall")
    given(shop, number, "photo", image(), "image/jpeg", name="照片.jpg")
    shop.act(number, "agent", "assign", officer=[shop.subs["agent"]])
    shop.act(number, "agent", "reply", answer="换一把。", remark="同款有缺陷。")
    return shop, number


@pytest.mark.parametrize("language", HEADINGS)
def test_a_case_file_has_its_sections_in_the_readers_language(handled: tuple[Organisation, str], language: str) -> None:
    shop, number = handled

    page = printed(shop, number, "agent", language)

    assert list(page.sections) == HEADINGS[language]
    assert page.title == {"zh": "投诉案卷", "en": "Case file"}[language]


def test_each_event_is_there_with_its_role_its_values_and_its_hash(handled: tuple[Organisation, str]) -> None:
    shop, number = handled

    page = printed(shop, number, "agent")

    events = shop.events(number)
    assert page.sections["事件"] == [str(event["seq"]) for event in events]
    for event in events:
        assert page.values[str(event["seq"])][-1] == f"事件哈希：{event['hash']}"
    replied = next(str(event["seq"]) for event in events if event["type"] == "replied")
    assert "坐席" in page.values[replied][0]
    assert {"答复：换一把。", "内部意见：同款有缺陷。"} <= set(page.values[replied])


@pytest.mark.parametrize(("language", "expected"), {"zh": "进入阶段：", "en": "Stage from then on: "}.items())
def test_the_first_event_of_each_stage_names_it(
    handled: tuple[Organisation, str], language: str, expected: str
) -> None:
    shop, number = handled
    shop.act(number, "agent", "close", answer="已换。")
    stages = shop.get("/policy", "owner")["policy"]["stages"]
    entered, before = {}, ""
    for event in shop.events(number):
        if event["result"]["stage"] != before:
            before = event["result"]["stage"]
            entered[str(event["seq"])] = [expected + stages[before]["name"].get(language, stages[before]["name"]["zh"])]

    page = printed(shop, number, "agent", language)

    named = {seq: [text for text in page.values[seq] if text.startswith(expected)] for seq in page.values}
    assert len(entered) > 1
    assert {seq: texts for seq, texts in named.items() if texts} == entered


def test_each_field_of_the_language_has_a_label_in_both_languages() -> None:
    labels = {name.removeprefix("field.") for name in catalogue.texts("forms") if name.startswith("field.")}

    assert labels == set(BUILT_IN_FIELDS)


def test_a_deadline_has_its_state_and_the_reason_of_its_due_time(handled: tuple[Organisation, str]) -> None:
    shop, number = handled
    deadline = shop.deadline(number, "answering")

    zh, en = (printed(shop, number, "agent", language) for language in ("zh", "en"))

    assert "已按时完成" in zh.values["答复期限"][0]
    assert zh.values["答复期限"][1] == deadline["because"]["text"]["zh"]
    assert en.values["Answering"][1] == deadline["because"]["text"]["en"]


def test_a_file_has_its_state_and_its_hash(handled: tuple[Organisation, str]) -> None:
    shop, number = handled

    page = printed(shop, number, "agent")

    [label] = page.sections["证据材料"]
    assert {"状态：已封存", f"SHA-256：{sha256(image())}"} <= set(page.values[label])


def test_a_case_without_files_says_so(shop: Organisation) -> None:
    assert printed(shop, shop.file(), "agent").sections["证据材料"] == ["无"]


def test_the_record_is_checked_against_its_anchor(handled: tuple[Organisation, str]) -> None:
    shop, number = handled
    before = printed(shop, number, "agent").values["存证"]
    advance(shop.world, "2 hours")
    cast(InProcess, shop.world).sweep()

    page = printed(shop, number, "agent")

    report: dict[str, Any] = shop.get(f"/complaints/{number}/record/verify", "agent")
    assert before == ["尚无存证（每小时一次）"]
    assert page.values["核验结果"][0].startswith("记录完整")
    assert page.values["事件数"] == [str(report["events"])]
    anchor = report["anchor"]
    assert {f"默克尔根：{anchor['root']}", f"覆盖至事件：{anchor['seq']}"} <= set(page.values["存证"])


def test_a_changed_event_is_reported(handled: tuple[Organisation, str]) -> None:
    shop, number = handled
    store = cast(InProcess, shop.world).fakes.store
    key = keys.event(keys.complaint(shop.id, number), 1)
    with binding.tenant(shop.id):
        entry = store.get([key])[key]
        store.commit([Put(structs.replace(entry, body=entry.body.replace("desk", "disk")), if_absent=False)])

    assert printed(shop, number, "agent").values["核验结果"] == [f"哈希链在此事件处断开：{number}/1"]


def test_a_changed_private_value_is_reported(handled: tuple[Organisation, str]) -> None:
    shop, number = handled
    store = cast(InProcess, shop.world).fakes.store
    key = keys.private(keys.complaint(shop.id, number), 1, 0)
    with binding.tenant(shop.id):
        entry = store.get([key])[key]
        store.commit([Put(structs.replace(entry, body=entry.body[:-9] + "x" + entry.body[-8:]), if_absent=False)])

    results = printed(shop, number, "agent", "en").values["Result"]
    assert [one for one in results if one.endswith(f": {number}/1")]


@pytest.mark.parametrize(("who", "shown"), [("agent", True), ("complainant", False), ("clerk", True)])
def test_each_reader_sees_what_they_may_see(handled: tuple[Organisation, str], who: str, shown: bool) -> None:
    shop, number = handled

    text = ask(shop, number, who).text

    assert ("同款有缺陷。" in text) is shown
    assert (shop.example()["facts"]["complainant.name"] in text) is (who != "clerk")
    assert ("不予显示" in text) is (who != "agent")


def test_parties_see_no_names_of_people(handled: tuple[Organisation, str]) -> None:
    shop, number = handled

    names = {who: ask(shop, number, who).text for who in ("agent", "complainant")}

    assert ("经办人：agent" in names["agent"], "经办人：agent" in names["complainant"]) == (True, False)
    assert "经办人：工作人员" in names["complainant"]
    assert [sub for sub in shop.subs.values() if sub in names["agent"] + names["complainant"]] == []


def test_strangers_get_no_case_file(handled: tuple[Organisation, str]) -> None:
    shop, number = handled
    other = shop.file()
    path = f"{shop.path}/complaints/{number}/case-file"

    assert shop.world.call("GET", path).status == 401
    assert shop.world.call("GET", path, auth=shop.auth("complainant", other)).status == 404


def test_a_members_read_is_logged_with_the_classes_that_it_showed(handled: tuple[Organisation, str]) -> None:
    shop, number = handled

    ask(shop, number, "agent")

    reads = shop.get(f"/complaints/{number}/reads", "owner")["reads"]
    [read] = [one for one in reads if one["route"].endswith("/case-file")]
    assert set(read["classes"]) >= {"complainant", "content", "internal"}


def test_the_page_runs_and_loads_nothing(handled: tuple[Organisation, str]) -> None:
    shop, number = handled

    answer = ask(shop, number, "agent")

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not printed_page.read(answer.text).tags & {"script", "img", "link", "iframe", "form"}


def test_a_text_that_is_html_is_escaped(shop: Organisation) -> None:
    number = shop.file(facts={"content": "<script>alert(1)</script>"})

    text = ask(shop, number, "agent").text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text
