"""P9 `food-drug-administration`: scope, facts, the five conditions, refusal by its grounds, limitation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bureau import CONDITIONS, filed, recent
from tests.clauses.organisation import Organisation

GROUNDS = {
    "no_facts": "无具体的投诉事实",
    "sub_judice": "法院、仲裁机构正在进行审理、仲裁或者判决、仲裁已经发生法律效力",
    "elsewhere": "其他有关行政机关正在处理",
    "settled": "纠纷双方曾达成协议并已经执行，无新的投诉理由",
    "unlawful": "不符合国家法律、法规有关规定",
}
LATE = {"occurred_at": "2026-09-01", "knew_at": "2026-09-01"}


def accept(bureau: Organisation, number: str, **ticked: bool) -> Any:
    return bureau.try_act(number, "information_centre", "accept", conditions={**CONDITIONS, **ticked})


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("product", ["food", "drug", "health_food", "cosmetics"])
@pytest.mark.parametrize("link", ["production", "distribution", "consumption"])
def test_p9_1_four_kinds_of_goods_on_three_links_are_in_scope(bureau: Organisation, product: str, link: str) -> None:
    number = bureau.file(category={"product": product, "link": link})

    assert bureau.complaint(number)["category"] == {"product": product, "link": link}


@pytest.mark.parametrize(
    ("category", "pointer"),
    [({"product": "car", "link": "consumption"}, "/category/product"), ({"link": "export"}, "/category/link")],
)
def test_p9_1_other_goods_and_links_are_out_of_scope(
    bureau: Organisation, category: dict[str, str], pointer: str
) -> None:
    answer = bureau.try_file(category=category)

    assert (answer.status, pointers(answer)) == (422, [pointer])


@pytest.mark.parametrize("category", [None, {"product": "food"}, {"product": "drug", "link": "production"}])
def test_p9_1_the_information_centre_adds_what_the_complainant_left_out_or_mistook(
    bureau: Organisation, category: dict[str, str] | None
) -> None:
    number = filed_as(bureau, category)

    bureau.act(number, "information_centre", "classify", product="food", link="consumption")

    assert bureau.complaint(number)["category"] == {"product": "food", "link": "consumption"}
    assert accept(bureau, number).status == 200


@pytest.mark.parametrize("missing", ["product", "link"])
def test_p9_1_the_information_centre_names_goods_and_link(bureau: Organisation, missing: str) -> None:
    both = {"product": "food", "link": "consumption"}

    answer = bureau.try_act(filed_as(bureau, None), "information_centre", "classify", **{**both, missing: None})

    assert (answer.status, pointers(answer)) == (422, [f"/fields/{missing}"])


@pytest.mark.parametrize("who", ["complainant", "leader", "officer", "archivist"])
def test_p9_1_nobody_else_says_what_a_complaint_is_about(bureau: Organisation, who: str) -> None:
    answer = bureau.try_act(filed_as(bureau, None), who, "classify", product="food", link="consumption")

    assert answer.status == 403


def filed_as(bureau: Organisation, category: dict[str, str] | None) -> str:
    return bureau.file(category=category, facts=recent(bureau.world))


def test_p9_2_only_the_information_centre_screens(bureau: Organisation) -> None:
    number = filed(bureau)

    assert bureau.try_act(number, "officer", "accept", conditions=CONDITIONS).status == 403
    assert bureau.told("information_centre", number) == [f"投诉 {number} 已登记，请进行初审。"]


def test_p9_2_the_five_conditions_are_recorded(bureau: Organisation) -> None:
    number = filed(bureau)

    assert accept(bureau, number).status == 200

    [event] = bureau.events(number, type_="accepted")
    assert event["fields"]["conditions"] == {**CONDITIONS, "in_time": True}


def test_p9_2_every_condition_must_be_checked(bureau: Organisation) -> None:
    number = filed(bureau)

    answer = bureau.try_act(number, "information_centre", "accept", conditions={"definite": True})

    assert (answer.status, sorted(pointers(answer))) == (
        422,
        ["/fields/conditions/direct_interest", "/fields/conditions/proper_statement"],
    )


@pytest.mark.parametrize("condition", ["direct_interest", "definite", "proper_statement"])
def test_p9_2_a_condition_that_is_not_met_prevents_acceptance(bureau: Organisation, condition: str) -> None:
    number = filed(bureau)

    answer = accept(bureau, number, **{condition: False})

    assert (answer.status, pointers(answer)) == (422, [f"/fields/conditions/{condition}"])
    assert bureau.complaint(number)["stage"] == "registered"


def test_p9_2_a_complaint_out_of_scope_is_not_accepted(bureau: Organisation) -> None:
    number = filed_as(bureau, None)

    answer = accept(bureau, number, in_scope=False)

    assert (answer.status, pointers(answer)) == (422, ["/fields/conditions/in_scope"])


def test_p9_2_scope_follows_from_the_categories(bureau: Organisation) -> None:
    answer = accept(bureau, filed(bureau), in_scope=False)

    assert (answer.status, pointers(answer)) == (422, ["/fields/conditions/in_scope"])


@pytest.mark.parametrize("ground", GROUNDS)
def test_p9_3_a_refusal_has_a_ground_and_is_notified(bureau: Organisation, ground: str) -> None:
    number = filed(bureau)

    answer = bureau.act(number, "information_centre", "refuse", ground=ground)

    [event] = bureau.events(number, type_="refused")
    assert (answer["stage"], event["fields"]["ground"]) == ("refused", ground)
    assert bureau.told("complainant", number)[:1] == [f"您的投诉 {number} 不予受理，理由：{GROUNDS[ground]}。"]


@pytest.mark.parametrize("ground", [None, "", "we_are_busy"])
def test_p9_3_without_one_of_the_grounds_nothing_is_refused(bureau: Organisation, ground: str | None) -> None:
    number = filed(bureau)

    answer = bureau.try_act(number, "information_centre", "refuse", ground=ground)

    assert (answer.status, pointers(answer)) == (422, ["/fields/ground"])


def test_p9_3_ground_condition_not_met_names_the_condition(bureau: Organisation) -> None:
    number = filed(bureau)
    refuse = {"ground": "condition_not_met"}

    missing = bureau.try_act(number, "information_centre", "refuse", **refuse)
    all_met = bureau.try_act(number, "information_centre", "refuse", **refuse, conditions=CONDITIONS)

    assert (pointers(missing), pointers(all_met)) == (["/fields/conditions"], ["/fields/conditions"])
    bureau.act(number, "information_centre", "refuse", **refuse, conditions={**CONDITIONS, "definite": False})
    assert bureau.events(number, type_="refused")[0]["fields"]["conditions"]["definite"] is False


def test_p9_3_a_refused_complaint_is_closed(bureau: Organisation) -> None:
    number = filed(bureau)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    assert bureau.complaint(number, "information_centre")["acts"] == []
    assert accept(bureau, number).status == 409


@pytest.mark.parametrize(
    ("occurred", "knew", "in_time"),
    [("21", "21", "yes"), ("20", "20", "no"), ("01", "21", "yes"), ("21", "01", "yes"), ("01", "20", "no")],
)
def test_p9_4_two_days_run_from_the_later_of_event_and_knowledge(
    bureau: Organisation, occurred: str, knew: str, in_time: str
) -> None:
    number = bureau.file(facts={"occurred_at": f"2026-09-{occurred}", "knew_at": f"2026-09-{knew}"})

    assert bureau.complaint(number)["flags"] == {"in_time": in_time}


def test_p9_4_both_are_recorded_as_days(bureau: Organisation) -> None:
    number = bureau.file(facts={**LATE, "knew_at": "2026-09-22"})

    facts = bureau.events(number, type_="registered")[0]["fields"]["facts"]
    assert (facts["occurred_at"], facts["knew_at"]) == ("2026-09-01", "2026-09-22")


@pytest.mark.parametrize("fact", LATE)
def test_p9_4_a_time_of_day_is_no_day(bureau: Organisation, fact: str) -> None:
    answer = bureau.try_file(facts={**LATE, fact: "2026-09-22T09:00:00+08:00"})

    assert (answer.status, pointers(answer)) == (422, [f"/facts/{fact}"])


def test_p9_4_a_late_complaint_can_be_refused(bureau: Organisation) -> None:
    number = filed(bureau, **LATE)

    assert bureau.act(number, "information_centre", "refuse", ground="late")["stage"] == "refused"


def test_p9_4_the_complainant_is_told_that_the_time_is_the_reason(bureau: Organisation) -> None:
    number = filed(bureau, **LATE)

    bureau.act(number, "information_centre", "refuse", ground="late")

    assert "超过投诉时效" in bureau.told("complainant", number)[0]


@pytest.mark.parametrize("reason", ["", " "])
def test_p9_4_a_blank_is_no_special_circumstance(bureau: Organisation, reason: str) -> None:
    answer = bureau.try_act(filed(bureau, **LATE), "information_centre", "extend", reason=reason)

    assert (answer.status, pointers(answer)) == (422, ["/fields/reason"])


def test_p9_4_a_refused_complaint_is_not_extended_any_more(bureau: Organisation) -> None:
    number = filed(bureau, **LATE)
    bureau.act(number, "information_centre", "refuse", ground="late")

    assert bureau.try_act(number, "information_centre", "extend", reason="住院").problem == "act-not-open"


def test_p9_4_a_complaint_in_time_cannot_be_refused_as_late(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau), "information_centre", "refuse", ground="late")

    assert (answer.status, pointers(answer)) == (422, ["/fields/ground"])


def test_p9_4_a_late_complaint_can_be_accepted_and_its_lateness_is_recorded(bureau: Organisation) -> None:
    number = filed(bureau, **LATE)

    assert accept(bureau, number).status == 200

    assert bureau.events(number, type_="accepted")[0]["fields"]["conditions"]["in_time"] is False


def test_p9_4_a_late_complaint_cannot_be_declared_in_time(bureau: Organisation) -> None:
    answer = accept(bureau, filed(bureau, **LATE), in_time=True)

    assert (answer.status, pointers(answer)) == (422, ["/fields/conditions/in_time"])


def test_p9_4_the_authority_extends_the_limitation_with_its_reason(bureau: Organisation) -> None:
    number = filed(bureau, **LATE)

    answer = bureau.act(number, "information_centre", "extend", reason="投诉人住院")

    assert answer["flags"] == {"in_time": "yes"}
    assert bureau.events(number, type_="extended")[0]["fields"]["given"] == ["reason"]
    assert bureau.try_act(number, "information_centre", "refuse", ground="late").status == 422
    assert bureau.told("complainant", number)[:1] == [
        f"您的投诉 {number} 因有特殊情况，投诉时效已延长，视为在时效期限内提出。"
    ]


def test_p9_4_an_extension_needs_special_circumstances(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau, **LATE), "information_centre", "extend")

    assert (answer.status, pointers(answer)) == (422, ["/fields/reason"])


@pytest.mark.parametrize("who", ["complainant", "officer"])
def test_p9_4_no_other_role_extends_the_limitation(bureau: Organisation, who: str) -> None:
    assert bureau.try_act(filed(bureau, **LATE), who, "extend", reason="住院").status == 403


def test_p9_4_a_complaint_in_time_needs_no_extension(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau), "information_centre", "extend", reason="住院")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("who", ["officer", "leader", "archivist", "complainant"])
@pytest.mark.parametrize(("act", "fields"), [("refuse", {"ground": "no_facts"}), ("transfer", {"body": "市局"})])
def test_p9_2_nobody_else_refuses_or_transfers_a_new_complaint(
    bureau: Organisation, act: str, fields: dict[str, str], who: str
) -> None:
    assert bureau.try_act(filed(bureau), who, act, **fields).status == 403


def test_p9_2_the_complainant_is_told_of_the_acceptance(bureau: Organisation) -> None:
    number = filed(bureau)
    assert accept(bureau, number).status == 200

    assert bureau.told("complainant", number)[0].startswith(f"您的投诉 {number} 已受理")
