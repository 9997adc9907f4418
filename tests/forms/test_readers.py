"""X.8: a form shows nothing that its reader may not see, only those whom it names print it, and reads are logged."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses import printed_page
from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.printed_page import ask, printed
from tests.clauses.world import InProcess

WITHHELD, NAME = "不予显示", "标记甲"


GIVEN = "2026年11月27日 09:00 坐席"


def names(shop: Organisation, number: str, who: str) -> list[str]:
    return [one["form"] for one in shop.get(f"/complaints/{number}/forms", who, number)["forms"]]


def answered(shop: Organisation) -> str:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "assign", officer=[shop.subs["agent"]])
    shop.act(number, "agent", "reply", answer="换一把。", remark="同款有缺陷。")
    return number


def reads(shop: Organisation, number: str) -> list[dict[str, Any]]:
    found = shop.get(f"/complaints/{number}/reads", "owner")["reads"]
    return [one for one in found if "form" in one]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("agent", ["copy", "personal", "sheet"]),
        ("other", ["copy", "sheet"]),
        ("clerk", ["sheet"]),
        ("owner", ["sheet"]),
        ("complainant", ["copy"]),
        ("hall", ["copy"]),
    ],
)
def test_x8_each_reader_is_offered_the_forms_that_they_may_print(
    shop: Organisation, who: str, expected: list[str]
) -> None:
    number = answered(shop)

    assert names(shop, number, who) == expected
    for form in ("sheet", "copy", "personal"):
        answer = ask(shop, number, form, who)
        assert (answer.status == 200) == (form in expected)
        assert answer.status == 200 or (answer.status, answer.problem) == (403, "forbidden")


def test_x8_the_list_names_the_forms_in_two_languages(shop: Organisation) -> None:
    number = shop.file()

    found = shop.get(f"/complaints/{number}/forms", "clerk")

    assert found == {"forms": [{"form": "sheet", "name": {"zh": "处理表", "en": "Handling sheet"}}]}


def test_x8_a_policy_without_forms_offers_none() -> None:
    platform = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")
    number = platform.file()

    assert platform.get(f"/complaints/{number}/forms", "screener") == {"forms": []}


def test_x8_who_sees_everything_prints_everything(shop: Organisation) -> None:
    values = printed(shop, answered(shop), "sheet", "agent").values

    assert (values["姓名"], values["内容"], values["内部意见"]) == ([NAME], ["壶漏水。"], [f"同款有缺陷。 {GIVEN}"])


def test_x8_what_a_role_may_not_see_is_withheld_and_not_in_the_page(shop: Organisation) -> None:
    answer = ask(shop, answered(shop), "sheet", "clerk")

    values = printed_page.read(answer.text).values
    assert (values["姓名"], values["内容"], values["内部意见"]) == ([WITHHELD], ["壶漏水。"], [f"同款有缺陷。 {GIVEN}"])
    assert NAME not in answer.text


def test_x8_an_owner_without_a_role_sees_no_texts(shop: Organisation) -> None:
    answer = ask(shop, answered(shop), "sheet", "owner")

    values = printed_page.read(answer.text).values
    assert (values["姓名"], values["内容"], values["内部意见"]) == ([WITHHELD], [WITHHELD], [f"{WITHHELD} {GIVEN}"])
    assert not [text for text in (NAME, "壶漏水", "换一把", "缺陷") if text in answer.text]


def test_x8_the_complainant_prints_their_copy_without_internal_remarks_and_names(shop: Organisation) -> None:
    answer = ask(shop, answered(shop), "copy", "complainant")

    values = printed_page.read(answer.text).values
    assert (values["姓名"], values["内容"], values["答复"]) == ([NAME], ["壶漏水。"], [f"换一把。 {GIVEN}"])
    assert (values["经办人"], values["内部意见"]) == ([f"工作人员 {GIVEN}"], [f"{WITHHELD} {GIVEN}"])
    assert "缺陷" not in answer.text


def test_x8_the_respondent_prints_a_copy_without_the_complainant(shop: Organisation) -> None:
    answer = ask(shop, answered(shop), "copy", "hall")

    values = printed_page.read(answer.text).values
    assert (values["姓名"], values["内容"], values["内部意见"]) == ([WITHHELD], ["壶漏水。"], [f"{WITHHELD} {GIVEN}"])
    assert NAME not in answer.text


def test_x8_what_was_not_given_is_empty_and_not_withheld(shop: Organisation) -> None:
    number = shop.file(facts={"complainant.name": None})

    assert printed(shop, number, "sheet", "clerk").values["姓名"] == []


def test_x8_a_proposal_is_not_printed_before_it_takes_effect() -> None:
    workshop = at_workshop.workshop_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = at_workshop.reported(workshop)
    workshop.act(number, "customer_manager", "park", reason="parts_delay", asked="done")

    assert printed(workshop, number, "feedback_form", "customer_manager").values["未了原因"] == []


def test_x8_a_printed_form_is_in_the_read_log_with_its_name(shop: Organisation) -> None:
    number = answered(shop)

    printed(shop, number, "sheet", "agent")
    printed(shop, number, "sheet", "clerk")
    printed(shop, number, "copy", "hall")

    found = [(one["by"], one["role"], one["form"], one["classes"]) for one in reversed(reads(shop, number))]
    assert sorted(found) == sorted(
        [
            (shop.subs["agent"], "agent", "sheet", ["complainant", "content", "internal"]),
            (shop.subs["clerk"], "clerk", "sheet", ["content", "internal"]),
            (shop.subs["hall"], "respondent", "copy", ["content"]),
        ]
    )
    assert {one["route"] for one in reads(shop, number)} == {"GET /v1/t/{tenant}/complaints/{number}/forms/{form}"}


def test_x8_what_shows_no_private_value_is_not_logged(shop: Organisation) -> None:
    number = answered(shop)

    printed(shop, number, "sheet", "owner")
    printed(shop, number, "copy", "complainant")
    shop.get(f"/complaints/{number}/forms", "agent")

    assert reads(shop, number) == []


@pytest.mark.parametrize("who", ["agent", "complainant"])
def test_x8_a_form_that_the_policy_does_not_have_is_not_found(shop: Organisation, who: str) -> None:
    answer = ask(shop, shop.file(), "ledger", who)

    assert (answer.status, answer.problem) == (404, "not-found")


def test_x8_only_who_may_see_the_complaint_prints_it(shop: Organisation) -> None:
    number, other = shop.file(unit="hall"), shop.file(unit="hall")
    path = f"{shop.path}/complaints/{number}/forms"

    for place in (path, f"{path}/copy"):
        nobody = shop.world.call("GET", place)
        wrong = shop.world.call("GET", place, auth=shop.auth("complainant", other))
        unknown = shop.world.call("GET", place.replace(number, "202611-000099"), auth=shop.auth("agent"))
        assert [(one.status, one.problem) for one in (nobody, wrong, unknown)] == [
            (401, "unauthenticated"),
            (404, "complaint-unknown"),
            (404, "complaint-unknown"),
        ]


def test_x8_another_organisation_prints_nothing(shop: Organisation) -> None:
    number = shop.file()
    stranger = sign_up(shop.world, "corporate-standard")

    answer = shop.world.call("GET", f"{shop.path}/complaints/{number}/forms/sheet", auth=stranger.auth("agent"))

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert NAME not in answer.text
