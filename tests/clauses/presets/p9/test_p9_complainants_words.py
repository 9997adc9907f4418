"""P9 `food-drug-administration`: what the complainant reads of each step, and what staff are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.behaviour.mails import subjects_to
from tests.clauses.offices.bureau import CONDITIONS, accepted, closed, decided, executed, filed, mediated, settled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p9.steps import ASKED_AGAIN
from tests.clauses.presets.p9.test_p9_silence import SILENCE
from tests.clauses.presets.silence import silent
from tests.kernel.web.pages.case_page import case_page

Story = Callable[[Organisation], str]
SUPERIOR = "市食品药品监督管理局相关部门"


def handled_again(bureau: Organisation) -> str:
    """By another officer. The leader had put a person in charge of the screening."""
    hire(bureau, "officer", name="second")
    number = filed(bureau)
    bureau.act(number, "leader", "assign", in_charge=[bureau.subs["information_centre"]])
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"]])
    bureau.act(number, "officer", "inspect", findings="属实。")
    bureau.act(
        number, "officer", "mediate", participants="双方", mediated_at="2026-09-23T09:00:00+08:00", agreement="agreed"
    )
    bureau.act(number, "officer", "decide", opinion="退款。", outcome="upheld", legal_basis="食品安全法")
    bureau.act(number, "officer", "recuse", reason="亲属。")
    bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])
    return number


DEADLINES: dict[str, tuple[Story, str, str, str]] = {
    "P9.2: first_review": (filed, "first_review", "对您的投诉进行初审", "信息中心"),
    "P9.9: reminder": (decided, "reminder", "等待您的答复，届时提醒您", "您"),
    "P9.9: silence": (decided, "silence", "等待您的答复，逾期结案", "您"),
    "P9.10: conclusion": (closed, "conclusion", "办结并归档", "食品药品监督管理局"),
}


@pytest.mark.parametrize("case", DEADLINES)
def test_p9_deadlines_as_the_complainant_reads_them(bureau: Organisation, case: str) -> None:
    story, clock, label, actor = DEADLINES[case]

    assert read_by_complainant(bureau, story(bureau), clock) == {clock: f"{actor}：{label}"}


def test_p9_9_the_opinion_says_what_silence_leads_to(bureau: Organisation) -> None:
    number = decided(bureau)

    days = bureau.deadline(number, "silence")["because"]["limit"]
    text = bureau.told("complainant", number)[0]
    assert (days, "15 天内未收到您的答复的，本局将结案" in text) == ("15 calendar days", True)


def test_p9_11_the_mail_about_the_opinion_names_result_and_legal_basis(bureau: Organisation) -> None:
    number = mediated(bureau)

    bureau.act(
        number, "officer", "decide", opinion="责令退款。", outcome="upheld", legal_basis="食品安全法第一百四十八条"
    )

    mail = bureau.world.mail(f"customer-1@{bureau.id}.example")
    parts = ("处理结果：投诉属实", "处理意见：责令退款。", "处理依据：食品安全法第一百四十八条")
    assert [part for part in parts if part not in mail] == []


@pytest.mark.parametrize("story", [filed, decided, closed])
def test_p9_9_the_pages_name_the_superior_body(bureau: Organisation, story: Story) -> None:
    assert SUPERIOR in case_page(bureau, story(bureau), html=True)


@pytest.mark.parametrize("story", [settled, executed])
def test_p9_9_the_state_of_an_accepted_opinion_holds_before_and_after_it_is_carried_out(
    bureau: Organisation, story: Story
) -> None:
    assert "当前状态 已接受处理意见 提交时间" in case_page(bureau, story(bureau))


def test_p9_9_who_answers_late_is_asked_for_the_answer(bureau: Organisation) -> None:
    number = silent(bureau, SILENCE)

    bureau.act(number, "complainant", "reopen")

    assert bureau.told("complainant", number)[0] == ASKED_AGAIN.format(number)


def test_p9_12_only_the_new_officers_are_asked_for_the_opinion_again(bureau: Organisation) -> None:
    number = handled_again(bureau)

    asked = {who: "请重新提出处理意见" in bureau.told(who, number)[0] for who in ("second", "information_centre")}

    assert asked == {"second": True, "information_centre": False}


def late(bureau: Organisation) -> str:
    number = silent(bureau, SILENCE)
    bureau.act(number, "complainant", "reopen")
    return number


def not_carried_out(bureau: Organisation) -> str:
    return executed(bureau, not_carried_out=True)


def closed_after_an_exclusion(bureau: Organisation) -> str:
    number = executed(bureau)
    bureau.act(number, "archivist", "recuse", reason="亲属。")
    bureau.act(number, "officer", "close", handling_record="已退款。")
    return number


def named_to_file(bureau: Organisation) -> str:
    number = closed_after_an_exclusion(bureau)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])
    return number


SUBJECTS: dict[str, tuple[Story, str, str]] = {
    "P9.6: accepted": (accepted, "leader", "已受理，请指派执法人员"),
    "P9.10: closed": (closed, "archivist", "已结案，请归档"),
    "P9.9: late answer": (late, "officer", "投诉人在结案后答复"),
    "P9.12: again": (handled_again, "second", "请重新提出处理意见"),
    "P9.10: excluded": (closed_after_an_exclusion, "leader", "已结案，请确认归档人员"),
    "P9.10: named": (named_to_file, "information_centre", "已结案，请归档"),
    "P9.9: not carried out": (not_carried_out, "leader", "处理意见未能执行"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_p9_subjects_of_mails_to_staff(bureau: Organisation, case: str) -> None:
    story, who, subject = SUBJECTS[case]

    number = story(bureau)

    assert subjects_to(bureau, who)[-1] == f"投诉 {number}：{subject}"


def test_p9_2_what_is_registered_after_the_time_of_its_screening_promises_none(bureau: Organisation) -> None:
    bureau.world.move_to("2026-11-02T10:00:00+08:00")
    received = {"at": "2026-10-23T11:00:00+08:00", "fields": {"received_why": "信件误投。"}}
    facts = {"occurred_at": "2026-10-22", "knew_at": "2026-10-22"}

    number = bureau.file(auth=bureau.auth("information_centre"), channel="written", received=received, facts=facts)

    assert f"您的投诉 {number} 已登记。您可以凭编号和回执查询办理情况。" in bureau.told("complainant", number)
