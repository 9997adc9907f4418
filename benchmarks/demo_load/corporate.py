"""P6 `corporate-standard`: agent, team lead and business unit; closed, disputed, late, or no action."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.demo_load.stories import NOT_OPEN, Move, Office, Story
from chalicelib.kit.instants import DAY, Instant, to_text

_ACCEPT = Move("agent", "accept", {"agent_team": "一班", "agent_number": "1007"})
_CLASSIFY = Move("team_lead", "classify", {"severity": "important", "sign": "strong_dissatisfaction"})
_CONFIRM = Move("team_lead", "confirm")
_OBJECT = Move("team_lead", "object", {"reason": "工单缺少联系时间，请补充。"})
_FORWARD = Move("team_lead", "forward", {"to": "business_unit"})
_ASSIGN = Move("business_unit", "assign", {"responsible": "@business_unit"})
_INSPECT = Move("business_unit", "inspect", {"findings": "已与客户及经办人核对，情况属实。", "truthful": True})
_DECIDED = {"solution": "已致歉并按承诺办理退换。", "outcome": "resolved"}
_DECIDE = Move("business_unit", "decide", _DECIDED)
_TOO_EARLY = Move("business_unit", "decide", _DECIDED, expect=NOT_OPEN)
_AFTER_DAYS = Move("business_unit", "inspect", {"findings": "逾期后核查，属实。", "truthful": True}, gap=(1_900, 3_800))
_AGREE = Move("complainant", "agree", gap=(60, 400))
_DISPUTE = Move("complainant", "dispute", {"reason": "处理结果与承诺不符。"}, gap=(60, 400))
_REOPEN = Move("team_lead", "reopen", {"reason": "客户不接受，重新处理。"})
_CLOSE = Move("agent", "close", {"summary": "客户已知悉处理结果。"})
_ARCHIVE = Move("agent", "archive", gap=(60, 900))

_HANDED_ON = (_ACCEPT, _CONFIRM, _FORWARD, _ASSIGN)
_RESOLVED = (_INSPECT, _DECIDE)


def facts(text: str, at: Instant, out_of_time: bool, chance: random.Random) -> dict[str, Any]:
    """Return facts with an invented customer. One in five names a time for the reply."""
    house = chance.randrange(1, 1000)
    wanted = {"reply_wanted_at": to_text(at + 3 * DAY)} if chance.random() < 0.2 else {}
    return {
        "complainant.salutation": f"示例客户{house}",
        "complainant.phone": f"000{chance.randrange(10**8):08d}",
        "complainant.address": f"示例市示例路{house}号",
        "content": text,
        **wanted,
    }


OFFICE = Office(
    preset="corporate-standard",
    roles=("agent", "team_lead", "business_unit"),
    tiers={2: "team_lead", 3: "business_unit"},
    channels=("phone", "letter"),
    severities={"general": 75, "important": 15, "major": 10},
    categories={
        "matter": ("service_quality", "service_process", "complaint_handling"),
        "wanted": ("objection", "protest", "claim", "solution"),
    },
    facts=facts,
    facts_of_class={"important": {"important_sign": "wide_effect"}, "major": {"major_sign": "public_attention"}},
    stories=(
        Story("resolved", 30, (*_HANDED_ON, *_RESOLVED, _AGREE, _CLOSE, _ARCHIVE), "archived"),
        Story("resolved, not archived", 20, (*_HANDED_ON, *_RESOLVED, _AGREE, _CLOSE), "closed"),
        Story(
            "made important",
            7,
            (_ACCEPT, _CLASSIFY, *_HANDED_ON[1:], *_RESOLVED, _AGREE, _CLOSE),
            "closed",
            severity="general",
        ),
        Story("sent back by the lead", 5, (_ACCEPT, _OBJECT, *_HANDED_ON, *_RESOLVED, _AGREE, _CLOSE), "closed"),
        Story("decided too early", 5, (*_HANDED_ON, _TOO_EARLY, *_RESOLVED, _AGREE, _CLOSE), "closed"),
        Story(
            "disputed, handled again",
            6,
            (*_HANDED_ON, *_RESOLVED, _DISPUTE, _REOPEN, *_RESOLVED, _AGREE, _CLOSE),
            "closed",
        ),
        Story("worked after the miss", 10, (*_HANDED_ON, _AFTER_DAYS, _DECIDE, _AGREE, _CLOSE), "closed"),
        Story("left with the business unit", 9, _HANDED_ON, "handling"),
        Story("never touched", 8, (), "registered"),
    ),
)
