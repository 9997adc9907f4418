"""P1.7 `platform`: chosen major complaints, and only these, are published without the parties."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import DECISION, answers_by_link, asked_outside, closed, decided
from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, values
from tests.register.notices import DUE, OBJECTIONS_END, SUMMARY, allowed, closed_major, on, prepared, published, try_on


def kinds(marketplace: Organisation, number: str) -> list[str]:
    return [one["kind"] for one in marketplace.get(f"/complaints/{number}/notices", "director", number)["notices"]]


def test_p1_7_a_major_complaint_is_published_five_working_days_after_the_closing(marketplace: Organisation) -> None:
    allowed(marketplace)
    marketplace.world.move_to("2026-12-04T17:59:00+08:00")
    before = listed(marketplace)

    marketplace.world.move_to(DUE)

    [notice] = listed(marketplace)
    assert before == []
    assert values(notice) == {
        "matter": "goods",
        "severity": "major",
        "outcome": "upheld",
        "sanctions": "warning",
        "decided_on": "2026-W48",
        "summary_for_public": SUMMARY,
    }


def test_p1_7_readers_can_follow_the_notices_of_one_category(marketplace: Organisation) -> None:
    number = published(marketplace)

    own, other = (asked(marketplace, f".atom?category={code}").text for code in ("goods", "trade"))

    assert (own.count("<entry>"), other.count("<entry>")) == (1, 0)
    assert number not in own


def test_p1_7_a_general_complaint_is_not_published(marketplace: Organisation) -> None:
    assert kinds(marketplace, closed(marketplace)) == ["result"]


def test_p1_7_a_decision_that_is_not_closed_is_not_published(marketplace: Organisation) -> None:
    number = closed_major(marketplace)

    assert kinds(marketplace, number) == ["result", "notice"]
    [decision] = marketplace.events(number, type_="decided")
    [closing] = marketplace.events(number, type_="closed")
    sources = {one["name"]: one["event"] for one in prepared(marketplace, number)["sources"]}
    assert (sources["outcome"], sources["summary_for_public"]) == (decision["id"], closing["id"])


def test_p1_7_the_director_chooses_what_is_published(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "complainant", "consent")
    refused = {who: try_on(marketplace, number, who, "approve").status for who in ("screener", "handler", "archivist")}

    on(marketplace, number, "director", "reject", reason="不宜公示。")
    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert set(refused.values()) == {403}
    assert listed(marketplace) == []


def test_p1_7_nothing_is_published_without_the_complainants_consent(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "director", "approve")

    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert (listed(marketplace), prepared(marketplace, number)["waits_for"]) == ([], ["consent"])


def test_p1_7_the_summary_has_a_consent_of_its_own(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "complainant", "consent", fields=[])
    on(marketplace, number, "director", "approve")

    marketplace.world.move_to(DUE)

    assert "summary_for_public" not in values(listed(marketplace)[0])


def test_p1_7_the_respondent_may_object_for_three_working_days(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    until = prepared(marketplace, number)["objection_until"]
    assert until is not None
    assert marketplace.local(until) == OBJECTIONS_END
    assert try_on(marketplace, number, "complainant", "object", reason="不同意。").status == 403

    on(marketplace, number, "seller", "object", reason="内容不实。")
    on(marketplace, number, "complainant", "consent")
    on(marketplace, number, "director", "approve")
    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert listed(marketplace) == []


def test_p1_7_the_public_reads_a_notice(marketplace: Organisation) -> None:
    number = published(marketplace)

    [notice] = listed(marketplace)

    assert notice["audience"] == "public"
    assert SUMMARY in asked(marketplace, ".atom").text
    assert number not in asked(marketplace).text + asked(marketplace, ".atom").text


def test_p1_7_users_are_told_on_the_register_and_the_parties_by_a_message(marketplace: Organisation) -> None:
    number = published(marketplace)

    assert [one["kind"] for one in listed(marketplace, "?kind=notice", "screener")] == ["notice"]
    assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 的办理情况已公示。"
    assert marketplace.told("seller", number)[0] == f"针对您的投诉 {number} 的办理情况已公示。"


@pytest.mark.parametrize("particular", ["示例用户", "示例店铺", "user@example.com", "seller"])
def test_p1_7_the_parties_are_not_named(marketplace: Organisation, particular: str) -> None:
    text = f"{particular} 一事已处理。"

    answer = try_on(marketplace, closed_major(marketplace), "director", "edit", texts={"summary_for_public": text})

    assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")


TELL_THEM = (
    "投诉 {} 的办理情况拟公示。被投诉方不在系统内，请另行告知其拟公示的内容；"
    "如有异议，应于2026年12月2日（周三）18:00前（北京时间）提出。"
)
WITH_A_SUMMARY = {"summary": "已退款。", "summary_for_public": "商家发错货，已退款。"}


def of_a_respondent_outside(marketplace: Organisation) -> str:
    number = asked_outside(marketplace)
    answers_by_link(marketplace, number)
    marketplace.act(number, "handler", "classify", severity="major")
    marketplace.act(number, "handler", "decide", **DECISION)
    return number


def test_p1_7_the_handler_is_asked_to_tell_a_respondent_outside_the_system(marketplace: Organisation) -> None:
    number = of_a_respondent_outside(marketplace)

    marketplace.act(number, "handler", "close", told_how="挂号信。", **WITH_A_SUMMARY)

    assert marketplace.told_in_full("handler", number)[:1] == [TELL_THEM.format(number)]


def test_p1_7_a_respondent_in_the_system_is_told_itself(marketplace: Organisation) -> None:
    number = decided(marketplace)
    marketplace.act(number, "handler", "close", **WITH_A_SUMMARY)

    assert [text for text in marketplace.told("handler", number) if "拟公示" in text] == []


@pytest.mark.parametrize("summary", ["商家已更换。"])
def test_p1_7_the_handler_tells_it_of_another_text_too(marketplace: Organisation, summary: str) -> None:
    number = of_a_respondent_outside(marketplace)
    marketplace.act(number, "handler", "close", told_how="挂号信。", **WITH_A_SUMMARY)

    on(marketplace, number, "director", "edit", texts={"summary_for_public": summary})

    assert len([text for text in marketplace.told("handler", number) if "拟公示" in text]) == 2
