"""Messages name what they are about: the act that waits and its proposer, the person who withdraws, what was recorded.

They say what the complainant accepts by the procedure's own word, and show them no code.
"""

from __future__ import annotations

import re

import pytest

from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.wording.own_terms import accepted_thing, event_label
from tests.clauses.offices import bureau, estate, hall
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import moved
from tests.clauses.world import InProcess
from tests.helpers.fakes.mailer import Mail
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.nonempty import nonempty

START = "2026-11-27T09:00:00+08:00"
CODE = re.compile("[A-Za-z_]{2,}|—")


def test_what_waits_for_approval_is_named_with_its_proposer() -> None:
    office = estate.estate_in(InProcess(START))
    number = estate.handled(office, channel="email")

    office.act(number, "management_office", "reply", text="灯已换好。")

    told = office.told_in_full("service_centre", number)[0]
    assert told == f"投诉 {number} 有事项待审批：答复，由管理处提交，请审批。"
    english = office.told_in_full("service_centre", number, "en")[0]
    assert english == (
        f"A step in complaint {number} is waiting for your approval: replied, proposed by: management office."
    )


def test_the_proposer_is_told_what_was_approved_and_by_whom() -> None:
    office = estate.estate_in(InProcess(START))
    number = estate.handled(office, channel="email")
    office.act(number, "management_office", "reply", text="灯已换好。")

    office.act(number, "service_centre", "approve")

    told = office.told_in_full("management_office", number)
    assert f"投诉 {number}：所提议的事项已获批准：答复，审批人：客服中心。" in told


def test_the_person_who_withdraws_is_named_to_members_only() -> None:
    office = bureau.bureau_in(InProcess("2026-09-23T09:00:00+08:00"))
    number = bureau.assigned(office)

    office.act(number, "officer", "recuse", reason="亲属。")

    assert office.told_in_full("leader", number)[0].startswith(f"投诉 {number} 有人员回避：officer")
    assert [text for text in office.told_in_full("complainant", number) if "officer" in text] == []


def test_a_recorded_rating_says_what_it_is_and_that_the_own_one_replaces_it() -> None:
    office = hall.hall_in(InProcess(START))
    number = hall.decided(office)
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    path = f"{office.path}/complaints/{number}/acts/rate"
    answer = office.world.call("POST", path, body, auth=office.auth("reception"))
    assert answer.status == 200, answer.text

    told = office.told_in_full("complainant", number)[0]

    assert told == (
        f"您的投诉 {number}：我们已代您登记评价：满意。如与您的意见不符，请您凭回执自行评价，以您本人的评价为准。"
    )
    assert office.act(number, "complainant", "rate", rating="dissatisfied")["stage"]


@pytest.mark.parametrize(
    ("preset", "word"),
    [
        ("auto-repair", "处理意见"),
        ("corporate-standard", "处理结果"),
        ("property-management", "答复"),
        ("customer-service", "解决方案"),
        ("food-drug-administration", "处理意见"),
    ],
)
def test_a_procedure_has_one_word_for_what_the_complainant_accepts(preset: str, word: str) -> None:
    document = compile_policy(prepared(preset).document, "1").document

    assert accepted_thing(document).zh == word
    assert [event_label(document, one).zh for one in ("offered", "agreed", "disputed")] == [
        f"提出{word}",
        f"接受{word}",
        f"不接受{word}",
    ]


@pytest.mark.parametrize("preset", presets.names())
def test_no_message_to_a_complainant_has_a_code_or_a_gap(preset: str) -> None:
    office = with_mails(sign_up(InProcess(START), preset))
    number = office.file()
    moved(office, number, 7, 8)

    texts = nonempty(office.told_in_full("complainant", number))

    assert [text for text in texts if CODE.search(text)] == []
    assert [mail.subject for mail in mails(office) if CODE.search(mail.subject)] == []


def mails(office: Organisation) -> list[Mail]:
    assert isinstance(office.world, InProcess)
    return [mail for mail in office.world.fakes.mailer.outbox if mail.to.startswith("customer-")]
