"""P9 `food-drug-administration`: the complaint record that is printed, section by section (P9.10)."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.bureau import CONDITIONS, DECISION, decided, executed, filed, mediated, mediation
from tests.clauses.organisation import Organisation, hire

Values = dict[str, list[str]]
THEN = "2026年9月23日 09:00"


SECTIONS = {"登记": 12, "初审": 5, "调查核实": 13, "投诉者意见": 3, "相关处理": 5}
"""The number of lines of each section."""


def printed(bureau: Organisation, number: str) -> Values:
    answer = printed_page.ask(bureau, number, "complaint_record", "officer")
    assert answer.status == 200
    return printed_page.read(answer.text).values


def archived(bureau: Organisation, answer: str = "agree") -> str:
    """With two inspections and two mediations."""
    number = filed(bureau)
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"]])
    for findings, participants in (("有问题。", "投诉人"), ("已整改。", "投诉人、店主")):
        bureau.act(number, "officer", "inspect", findings=findings)
        held = mediation(bureau, participants=participants, mediation=f"{participants}到场。")
        bureau.act(number, "officer", "mediate", **held)
    bureau.act(number, "officer", "decide", **DECISION)
    bureau.act(number, "complainant", answer, **({"reason": "太轻。"} if answer == "dispute" else {}))
    if answer == "agree":
        bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已登记。")
    bureau.act(number, "archivist", "archive")
    return number


def part(values: Values, labels: list[str]) -> Values:
    return {label: found for label, found in values.items() if label in labels}


def test_p9_10_the_record_has_the_sections_of_the_procedure(bureau: Organisation) -> None:
    answer = printed_page.ask(bureau, filed(bureau), "complaint_record", "officer")

    assert answer.status == 200
    assert {name: len(lines) for name, lines in printed_page.read(answer.text).sections.items()} == SECTIONS


def test_p9_5_the_record_shows_the_registration(bureau: Organisation) -> None:
    shown = {
        "登记时间": [THEN],
        "投诉方式": ["口头"],
        "受理范围": ["食品、消费"],
        "投诉者姓名": ["示例投诉人"],
        "性别": ["女"],
        "联系电话": ["00000000000"],
        "被投诉者名称": ["示例食品店"],
        "通讯地址": ["示例县示例路1号"],
        "投诉的诉求": ["退还货款并依法查处"],
        "事实与理由": ["购买的糕点在保质期内发霉，商家拒绝退货。"],
        "事件发生时间": ["2026年9月22日"],
        "知道或应知道的时间": ["2026年9月23日"],
    }

    values = printed(bureau, filed(bureau, knew_at="2026-09-23"))

    assert part(values, list(shown)) == shown


@pytest.mark.parametrize(
    ("act", "fields", "label", "shown"),
    [
        ("accept", {"conditions": CONDITIONS}, "受理", f"{THEN} 信息中心"),
        ("refuse", {"ground": "no_facts"}, "不予受理的理由", f"无具体的投诉事实 {THEN} 信息中心"),
        ("transfer", {"body": "市局"}, "转送机构", f"市局 {THEN} 信息中心"),
    ],
    ids=["P9.2 accepted", "P9.3 refused", "P9.7 transferred"],
)
def test_p9_10_the_record_shows_the_screening(
    bureau: Organisation, act: str, fields: dict[str, object], label: str, shown: str
) -> None:
    number = filed(bureau)
    before = part(printed(bureau, number), ["受理", "不予受理的理由", "转送机构", "受理条件"])

    bureau.act(number, "information_centre", act, **fields)

    after = part(printed(bureau, number), list(before))
    assert before == {"受理条件": [], "受理": [], "不予受理的理由": [], "转送机构": []}
    conditions = after["受理条件"]
    assert (len(conditions), after) == (act == "accept", {**before, "受理条件": conditions, label: [shown]})


def test_p9_6_the_record_shows_the_investigation(bureau: Organisation) -> None:
    shown = {
        "指派的执法人员": [f"officer {THEN} 局领导"],
        "处理决定时限": [f"{THEN} 执法人员 （期限：2026年10月8日 18:00，已按时完成）"],
        "调查结果": [f"有问题。 {THEN} 执法人员", f"已整改。 {THEN} 执法人员"],
        "处理意见": [f"责令退款。 {THEN} 执法人员"],
        "处理依据": [f"食品安全法第一百四十八条 {THEN} 执法人员"],
        "处理结果": [f"投诉属实 {THEN} 执法人员"],
    }

    assert part(printed(bureau, archived(bureau)), list(shown)) == shown


def test_p9_6_the_record_shows_each_assignment(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = filed(bureau)
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    for officer in ("officer", "second"):
        bureau.act(number, "leader", "assign", officers=[bureau.subs[officer]])

    shown = printed(bureau, number)["指派的执法人员"]

    assert shown == [f"officer {THEN} 局领导 （此后已被替代）", f"second {THEN} 局领导"]


def test_p9_12_the_record_shows_the_mediations(bureau: Organisation) -> None:
    shown = {
        "参加调解的人员": [f"投诉人 {THEN} 执法人员", f"投诉人、店主 {THEN} 执法人员"],
        "调解时间": [f"{THEN} {THEN} 执法人员"] * 2,
        "调解结果": [f"双方未达成一致 {THEN} 执法人员"] * 2,
        "调解情况": [f"投诉人到场。 {THEN} 执法人员", f"投诉人、店主到场。 {THEN} 执法人员"],
    }

    assert part(printed(bureau, archived(bureau)), list(shown)) == shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("agree", {"接受处理意见": [f"{THEN} 投诉人"], "不接受处理意见": [], "不接受的理由": []}),
        (
            "dispute",
            {"接受处理意见": [], "不接受处理意见": [f"{THEN} 投诉人"], "不接受的理由": [f"太轻。 {THEN} 投诉人"]},
        ),
    ],
)
def test_p9_9_the_record_shows_the_answer(bureau: Organisation, answer: str, shown: Values) -> None:
    assert part(printed(bureau, archived(bureau, answer)), list(shown)) == shown


def test_p9_9_the_record_gives_no_other_reason_as_that_of_a_dispute(bureau: Organisation) -> None:
    early = "2026-09-19"
    number = bureau.file(facts={"occurred_at": early, "knew_at": early})
    bureau.act(number, "information_centre", "extend", reason="住院。")

    assert part(printed(bureau, number), ["不接受的理由", "延长时效的理由", "回避的理由"]) == {
        "不接受的理由": [],
        "回避的理由": [],
        "延长时效的理由": [f"住院。 {THEN} 信息中心"],
    }


def test_p9_4_the_record_gives_no_other_reason_as_that_of_an_extension(bureau: Organisation) -> None:
    assert printed(bureau, archived(bureau, "dispute"))["延长时效的理由"] == []


def test_p9_10_the_record_shows_handling_closing_and_archive(bureau: Organisation) -> None:
    shown = {
        "相关处理": [f"已登记。 {THEN} 执法人员"],
        "执行": [f"{THEN} 执法人员"],
        "结案": [f"{THEN} 执法人员"],
        "结案登记、归入档案": [f"{THEN} 档案管理员"],
    }

    assert part(printed(bureau, archived(bureau)), list(shown)) == shown


@pytest.mark.parametrize(("who", "named"), [("officer", False), ("leader", True)], ids=["declared", "named"])
def test_p9_12_the_record_names_who_is_excluded_with_the_reason(bureau: Organisation, who: str, named: bool) -> None:
    number = filed(bureau)
    role = "局领导" if who == "leader" else "执法人员"

    bureau.act(number, who, "recuse", reason="亲属。", **({"person": [bureau.subs["officer"]]} if named else {}))

    shown = printed_page.printed(bureau, number, "complaint_record", "leader").values
    assert shown["回避人员"] == [f"officer {THEN} {role}"]
    assert shown["回避的理由"] == [f"亲属。 {THEN} {role}"]


def test_p9_10_the_record_marks_the_work_of_a_person_who_is_excluded_later(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = mediated(bureau, mediation="到场。")
    bureau.act(number, "officer", "recuse", reason="亲属。")
    bureau.act(number, "leader", "assign", officers=[bureau.subs["second"]])
    bureau.act(number, "second", "inspect", findings="已整改。")

    page = printed_page.printed(bureau, number, "complaint_record", "leader")
    english = printed_page.printed(bureau, number, "complaint_record", "leader", "en").values

    assert page.values["调查结果"] == [
        f"现场核实，食品已过保质期。 {THEN} 执法人员 （此后不再有效）",
        f"已整改。 {THEN} 执法人员",
    ]
    assert page.values["调解情况"] == [f"到场。 {THEN} 执法人员 （此后不再有效）"]
    assert english["Findings"][0].endswith("Enforcement officer (no longer counts)")


def test_p9_10_the_record_shows_that_an_opinion_was_asked_for_again(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = decided(bureau)
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], reason="亲属。")
    before = printed_page.printed(bureau, number, "complaint_record", "leader").values["重新办理"]

    bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])

    after = printed_page.printed(bureau, number, "complaint_record", "leader").values["重新办理"]
    assert (before, after) == ([], [f"{THEN} 局领导"])


def test_p9_10_the_record_marks_a_closing_before_the_answer_that_came_late(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to("2026-10-09T09:00:00+08:00")
    closed = printed(bureau, number)["结案"]

    bureau.act(number, "complainant", "reopen")

    assert closed == ["2026年10月9日 00:00 系统（期限届满自动办理）"]
    assert printed(bureau, number)["结案"] == [f"{closed[0]} （重新处理前）"]


def test_p9_9_the_record_says_for_whom_a_member_recorded_the_answer(bureau: Organisation) -> None:
    number = decided(bureau)
    path = f"{bureau.path}/complaints/{number}/acts/agree"
    body = {"fields": {}, "on_behalf_of": "complainant"}

    assert bureau.world.call("POST", path, body, auth=bureau.auth("information_centre")).status == 200

    assert printed(bureau, number)["接受处理意见"] == [f"{THEN} 信息中心（代投诉人）"]


def test_p9_9_the_record_shows_an_opinion_that_was_not_carried_out(bureau: Organisation) -> None:
    values = printed(bureau, executed(bureau, not_carried_out=True))

    assert (values["未能执行"], values["执行"]) == ([f"是 {THEN} 执法人员"], [])
