"""Mails that enclose what an act wrote to the complainant, also if time performed the act."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

TEXTS = {"zh": "逾期未补充材料", "en": "Nothing came in time"}
STEPS = {"refund": {"zh": "退款", "en": "Refund"}, "repair": {"zh": "维修", "en": "Repair"}}
POLICY: dict[str, Any] = {
    "language": 1,
    "name": {"zh": "示例", "en": "Example"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"agent": {"zh": "坐席", "en": "Agent"}},
    "tiers": [{"roles": "agent"}],
    "intake": {
        "channels": {"phone": {"zh": "电话", "en": "Phone"}},
        "facts": {"complainant.email": {"zh": "邮箱", "en": "E-mail", "kind": "email", "required": True}},
        "email": "complainant.email",
        "first": "open",
    },
    "fields": {
        "summary": {"zh": "摘要", "en": "Summary"},
        "steps": {"zh": "措施", "en": "Steps", "kind": "choices", "holder": "content", "choices": STEPS},
    },
    "stages": {
        "open": {
            "close": {
                "by": "agent",
                "to": "done",
                "needs": "summary",
                "takes": "steps",
                "tells": {"to": ["complainant", "agent"], "encloses": ["summary", "steps"]},
            }
        },
        "done": {"name": {"zh": "完成", "en": "Done"}},
    },
    "clocks": {
        "answer": {
            "name": {"zh": "答复", "en": "Answer"},
            "from": "registered",
            "until": "closed",
            "within": "5 hours",
            "missed": {"act": "close", "fields": {"summary": TEXTS}},
        }
    },
    "sample": {"channel": "phone", "facts": {"complainant.email": "ann@example.org"}},
}


@pytest.fixture(scope="module")
def office() -> Organisation:
    return sign_up_with(InProcess("2026-11-26T10:00:00+08:00"), json.dumps(POLICY))


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_a_text_of_an_act_by_time_is_enclosed_in_the_readers_language(
    office: Organisation, language: str, other: str
) -> None:
    email = f"{language}@example.org"
    number = office.file(language=language, facts={"complainant.email": email})
    office.world.move_to(f"2026-11-{26 if language == 'zh' else 27}T16:00:00+08:00")
    mail = office.world.mail(email)
    assert TEXTS[language] in mail
    assert TEXTS[other] not in mail
    values = office.get(f"/complaints/{number}/record", "complainant", number)["values"]
    [summary] = [one["summary"] for one in values.values() if "summary" in one]
    assert sorted(summary.split("\n")) == sorted(TEXTS.values())


def test_a_text_of_a_person_is_enclosed_as_it_was_written(office: Organisation) -> None:
    number = office.file(language="zh", facts={"complainant.email": "eve@example.org"})
    office.act(number, "agent", "close", summary="Nothing came in time")
    assert "Nothing came in time" in office.world.mail("eve@example.org")


@pytest.mark.parametrize(("language", "line"), [("zh", "措施：退款、维修"), ("en", "Steps: Refund, Repair")])
def test_a_choice_is_enclosed_by_its_label(office: Organisation, language: str, line: str) -> None:
    email = f"choice.{language}@example.org"
    number = office.file(language=language, facts={"complainant.email": email})
    office.act(number, "agent", "close", summary="完成", steps=["refund", "repair"])
    assert f"\n\n{line}\n\n" in office.world.mail(email)


def test_a_text_to_the_complainant_is_in_no_mail_to_a_member(office: Organisation) -> None:
    number = office.file(facts={"complainant.email": "alone@example.org"})
    office.act(number, "agent", "close", summary="A goodwill payment.")

    mails = [office.world.mail(to) for to in ("alone@example.org", office.emails["agent"])]

    assert [number in mail for mail in mails] == [True, True]
    assert ["A goodwill payment." in mail for mail in mails] == [True, False]
