"""Built-in texts about acts that time performed name the ground, the outcome or the due time, as for acts by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

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
        "refusals": {"silent": {"zh": "未补充材料", "en": "Nothing came in"}},
        "first": "open",
    },
    "stages": {
        "open": {
            "refuse": {"by": "agent", "to": "refused", "needs": "ground", "tells": ["agent", "complainant"]},
            "close": {"by": "agent", "to": "done"},
        },
        "refused": {
            "name": {"zh": "不予受理", "en": "Refused"},
            "reopen": {"by": "agent", "to": "open", "tells": "agent"},
        },
        "done": {"name": {"zh": "完成", "en": "Done"}},
    },
    "clocks": {
        "answer": {
            "name": {"zh": "答复", "en": "Answer"},
            "from": "registered",
            "until": ["closed", "refused"],
            "within": "5 hours",
            "missed": {"act": "refuse", "fields": {"ground": "silent"}},
        },
        "again": {
            "name": {"zh": "重新处理", "en": "Again"},
            "from": "refused",
            "until": "reopened",
            "within": "1 hour",
            "missed": {"act": "reopen"},
        },
        "work": {
            "name": {"zh": "处理", "en": "Work"},
            "from": "reopened",
            "until": "closed",
            "within": "2 hours",
            "missed": "record",
        },
    },
    "sample": {"channel": "phone", "facts": {"complainant.email": "ann@example.org"}},
}


@pytest.fixture(scope="module")
def refused() -> tuple[Organisation, str]:
    """A complaint that time refused at three, and reopened at four."""
    office = sign_up_with(InProcess("2026-11-26T10:00:00+08:00"), json.dumps(POLICY))
    number = office.file()
    office.world.move_to("2026-11-26T16:00:00+08:00")
    return office, number


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("agent", "投诉 {} 不予受理，理由：未补充材料。"),
        ("complainant", "您的投诉 {} 不予受理，理由：未补充材料。"),
    ],
)
def test_a_refusal_by_time_has_its_reason(refused: tuple[Organisation, str], reader: str, text: str) -> None:
    office, number = refused
    assert text.format(number) in office.told(reader, number)


def test_the_mail_about_a_refusal_by_time_has_its_reason(refused: tuple[Organisation, str]) -> None:
    office, number = refused
    mail = office.world.mail("ann@example.org")
    assert mail.startswith(f"Your complaint {number} has been refused on this ground: Nothing came in.\n")


def test_what_time_reopened_has_the_next_due_time(refused: tuple[Organisation, str]) -> None:
    office, number = refused
    [text, *_] = office.told("agent", number)
    assert text == f"投诉 {number} 现重新处理，请于2026年11月26日（周四）18:00前（北京时间）完成。"
