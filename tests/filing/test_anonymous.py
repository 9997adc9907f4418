"""An anonymous complainant follows the case to its end with only the receipt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Filed, Organisation, hire, sign_up
from tests.clauses.world import InProcess, sha256

RATING = {"zh": "评价", "kind": "choice", "choices": {"satisfied": "满意", "dissatisfied": "不满意"}}
POLICY: dict[str, Any] = {
    "language": 1,
    "name": "匿名投诉",
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-12:00", "13:30-18:00"]}},
    "people": {"clerk": "办事员"},
    "intake": {
        "channels": ["online"],
        "facts": {"complainant.name": "optional", "complainant.phone": "optional", "content": "required"},
        "evidence": {"photo": {"zh": "照片"}},
        "tells": ["clerk", "complainant"],
    },
    "fields": {"statement": {"zh": "补充"}, "remedy": {"zh": "方案"}, "reason": {"zh": "理由"}, "rating": RATING},
    "stages": {
        "registered": {
            "accept": {"by": "clerk", "to": "open", "tells": "complainant"},
            "supplement": {"by": "complainant", "needs": "statement"},
            "withdraw": {"by": "complainant", "to": "gone", "takes": "reason"},
        },
        "open": {
            "offer": {"by": "clerk", "to": "offered", "needs": "remedy", "tells": "complainant"},
            "supplement": {"by": "complainant", "needs": "statement"},
        },
        "offered": {
            "agree": {"by": "complainant", "to": "settled"},
            "dispute": {"by": "complainant", "to": "open", "takes": "reason"},
            "withdraw": {"by": "clerk", "to": "gone"},
        },
        "settled": {
            "rate": {"by": "complainant", "to": "end", "needs": "rating"},
            "archive": {"by": "clerk", "to": "end"},
        },
        "end": {},
        "gone": {},
    },
    "clocks": {"screening": {"from": "registered", "until": "accepted", "within": "1 working day", "missed": "record"}},
}
PHOTO = {"kind": "photo", "name": "现场.jpg", "size": 3, "media_type": "image/jpeg", "sha256": sha256(b"abc")}


@pytest.fixture
def office() -> Organisation:
    office = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")
    published = office.world.call(
        "POST", f"{office.path}/policy/publish", {"policy": POLICY}, auth=office.auth("owner")
    )
    assert published.status == 201, published.text
    hire(office, "clerk")
    return office


@pytest.fixture
def number(office: Organisation) -> str:
    body = {"channel": "online", "facts": {"content": "夜间施工噪声。"}}
    answer = office.world.call("POST", f"{office.path}/complaints", body)
    assert answer.status == 201, answer.text
    filed = Filed(answer.json["number"], answer.json["receipt"], answer.json)
    office.filed[filed.number] = filed
    return filed.number


def test_the_case_is_followed_and_answered_to_its_end(office: Organisation, number: str) -> None:
    assert office.deadline(number, "screening")["because"]["text"]["zh"]
    answer = office.act(number, "complainant", "supplement", statement="昨夜又有。")
    assert answer["acts"] == ["supplement", "withdraw"]
    path = f"{office.path}/complaints/{number}/evidence"
    declared = office.world.call("POST", path, PHOTO, auth=office.auth("complainant", number))
    office.world.upload(declared.json["ticket"], b"abc")
    assert office.get(f"/complaints/{number}/evidence/{declared.json['id']}", "complainant", number)["state"]

    office.act(number, "clerk", "accept")
    office.act(number, "clerk", "offer", remedy="夜间停工。")
    assert office.act(number, "complainant", "dispute", reason="没有期限。")["stage"] == "open"
    office.act(number, "clerk", "offer", remedy="即日起夜间停工。")
    assert office.act(number, "complainant", "agree")["stage"] == "settled"
    assert office.act(number, "complainant", "rate", rating="satisfied")["stage"] == "end"

    assert len(office.told("complainant", number)) == 4
    said = office.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert {text for values in said.values() for text in values.values()} >= {"昨夜又有。", "即日起夜间停工。"}


def test_the_case_can_be_withdrawn(office: Organisation, number: str) -> None:
    answer = office.act(number, "complainant", "withdraw", reason="已解决。")
    assert (answer["stage"], answer["acts"]) == ("gone", [])


def test_no_response_identifies_the_complainant(office: Organisation, number: str) -> None:
    shown = office.complaint(number, "clerk")
    assert shown["facts"].keys() == {"content"}
    first = office.events(number, "clerk")[0]
    assert first["actor"] == {"kind": "complainant", "id": "complainant"}


def test_each_of_their_acts_is_recorded_as_the_complainants(office: Organisation, number: str) -> None:
    office.act(number, "complainant", "supplement", statement="昨夜又有。")
    assert office.events(number, type_="supplemented")[-1]["actor"]["kind"] == "complainant"
