"""P1.4: a respondent receives no detected particular of the complainant by any route, page, mail or export.

The complainant's name, number and address are in each text that the respondent reads: the reason, findings, an opinion.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.across.isolation.test_parties import shown, successful
from tests.clauses.offices.marketplace import ASKED_FOR, accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process

NAME, PHONE, MAIL = "欧阳小明", "13900000000", "ouyang.xm@home.example"
PARTICULARS = (NAME, PHONE, MAIL, "139 0000 0000", "Ouyang Xiaoming")
FACTS = {
    "complainant.name": NAME,
    "complainant.contact": PHONE,
    "complainant.email": MAIL,
    "respondent.name": "示例店铺",
    "reason": f"我是{NAME}，电话 139 0000 0000，收到的货与描述不符。",
}
FINDINGS = f"经核实，{NAME}（{MAIL}）所述属实。"
OPINION = f"商家向 Ouyang Xiaoming 退款，电话 {PHONE}。"
MASK = "▇▇▇"


@pytest.fixture
def at() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(at: Organisation) -> str:
    """Inspected, demanded, answered and decided."""
    number = accepted(at, facts=FACTS)
    at.world.move_to("2026-11-28T09:00:00+08:00")
    at.act(number, "handler", "inspect", findings=FINDINGS)
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    at.act(number, "handler", "receive_evidence", received="店铺寄来的发货单。")
    at.act(number, "seller", "object", objection="另有签收单。")
    at.act(number, "handler", "decide", opinion=OPINION, outcome="upheld", sanctions="warning")
    at.world.settle()
    return number


def record_values(at: Organisation, number: str, who: str) -> dict[str, Any]:
    values: dict[str, dict[str, Any]] = at.get(f"/complaints/{number}/record", who, number)["values"]
    return {name: text for of_event in values.values() for name, text in of_event.items()}


def found(at: Organisation, words: str, who: str = "seller") -> list[str]:
    body = {"words": words}
    answer = at.world.call("POST", f"{at.path}/complaints/search", body, auth=at.auth(who))
    assert answer.status == 200, answer.text
    return [one["number"] for one in answer.json["complaints"]]


def test_no_response_to_the_respondent_has_a_particular(at: Organisation, number: str) -> None:
    answers = shown(at, number, at.auth("seller"))

    assert successful(answers) >= 12, "the case is looked at from all sides"
    naming = [(path, one) for path, answer in answers.items() for one in PARTICULARS if one in answer.text]
    assert naming == []


def test_the_respondent_reads_the_rest_of_each_text(at: Organisation, number: str) -> None:
    values = record_values(at, number, "seller")

    assert values["reason"] == f"我是{MASK}，电话 {MASK}，收到的货与描述不符。"
    assert values["findings"] == f"经核实，{MASK}（{MASK}）所述属实。"
    assert values["opinion"] == f"商家向 {MASK} 退款，电话 {MASK}。"
    assert values["respondent.name"] == "示例店铺"


def test_each_mask_is_marked(at: Organisation, number: str) -> None:
    seen = at.complaint(number, "seller")

    assert seen["masked"] == [{"pointer": "/facts/reason", "at": 2}, {"pointer": "/facts/reason", "at": 9}]
    record = at.get(f"/complaints/{number}/record", "seller")
    assert {"pointer": f"/values/{number}~11/reason", "at": 2} in record["masked"]
    for one in record["masked"]:
        _, _, event, name = one["pointer"].split("/")
        assert record["values"][event.replace("~1", "/")][name][one["at"] :].startswith(MASK)


def test_other_readers_read_the_texts_as_they_were_written(at: Organisation, number: str) -> None:
    for who in ("handler", "complainant"):
        assert record_values(at, number, who)["reason"] == FACTS["reason"]
        assert "masked" not in at.complaint(number, who)


@pytest.mark.parametrize("words", [NAME, "139 0000 0000"])
def test_a_search_does_not_tell_the_respondent_what_is_masked(at: Organisation, number: str, words: str) -> None:
    assert (found(at, words), found(at, words, "handler")) == ([], [number])


def test_the_respondent_searches_the_rest(at: Organisation, number: str) -> None:
    assert found(at, "描述不符") == [number]


def test_no_mail_to_the_respondent_has_a_particular(at: Organisation, number: str) -> None:
    mails = [mail.text for mail in in_process(at).fakes.mailer.to(at.emails["seller"])]

    assert len(mails) >= 2
    assert [one for one in PARTICULARS if one in str(mails)] == []


def test_what_is_released_reaches_the_respondent(at: Organisation, number: str) -> None:
    pending = [one["mask"] for one in at.get(f"/complaints/{number}/record", "handler")["masks"]]
    at.act(number, "handler", "unmask", masks=pending)
    at.world.settle()

    assert "masked" not in at.get(f"/complaints/{number}/record", "seller")
    values = record_values(at, number, "seller")
    assert [values[name] for name in ("reason", "findings", "opinion")] == [FACTS["reason"], FINDINGS, OPINION]
    assert found(at, NAME) == [number]
    assert "complainant.name" not in values


ENGLISH = {
    "complainant.name": "Sarah O'Brien",
    "complainant.contact": "Flat 2, 14 Elm Grove, Leeds LS6 2AB",
    "respondent.name": "Example Shop",
    "reason": "I am Ms OBrien of Flat 2, 14 Elm Grove. My phone number is 07700 900123, my mobile is 07700 900123. "
    "US mobile (212) 555-0123. Postcode LS6 2AB. Mr Johnson of the shop knows me. Insta: sarah_w",
}


def test_an_english_reason_has_no_particular_for_the_respondent(at: Organisation) -> None:
    read = at.complaint(accepted(at, facts=ENGLISH), "seller")["facts"]["reason"]

    assert read == (
        f"I am Ms {MASK} of {MASK}. My phone number is {MASK}, my mobile is {MASK}. US mobile "
        f"{MASK}. Postcode {MASK}. {MASK} of the shop knows me. Insta: {MASK}"
    )
