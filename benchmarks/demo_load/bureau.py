"""P9 `food-drug-administration`: screening with refusals, investigation, agreement or dispute, or no action."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.demo_load.stories import Move, Office, Story
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text

_GOOD = {"direct_interest": True, "definite": True, "in_scope": True, "proper_statement": True}
_ACCEPT = Move("information_centre", "accept", {"conditions": _GOOD})
_ASSIGN = Move("leader", "assign", {"officers": "@officer"})
_INSPECT = Move("officer", "inspect", {"findings": "现场核查，询问双方并取证。"}, gap=(200, 900))
_MEDIATION = {"participants": "投诉人与被投诉者", "mediated_at": "@now", "agreement": "not_agreed"}
_MEDIATE = Move("officer", "mediate", _MEDIATION, gap=(60, 400))
_OPINION = {"opinion": "责令改正并退还货款。", "outcome": "upheld", "legal_basis": "示例条例第十条"}
_DECIDE = Move("officer", "decide", _OPINION, gap=(60, 400))
_AFTER_WEEKS = Move("officer", "inspect", {"findings": "逾期后核查，属实。"}, gap=(5_200, 6_600))
_AGREE = Move("complainant", "agree", gap=(60, 400))
_DISPUTE = Move("complainant", "dispute", {"reason": "处理太轻。"}, gap=(60, 400))
_EXECUTE = Move("officer", "execute")
_CLOSE = Move("officer", "close", {"handling_record": "已记入举报投诉记录。"})
_ARCHIVE = Move("archivist", "archive", gap=(60, 900))
_EXTEND = Move("information_centre", "extend", {"reason": "不可抗力致逾期。"})
_TRANSFER = Move("information_centre", "transfer", {"body": "示例市市场监管部门"})

_DECIDED = (_ACCEPT, _ASSIGN, _INSPECT, _MEDIATE, _DECIDE)
_SETTLED = (_AGREE, _EXECUTE, _CLOSE)


def _refused(ground: str, out_of_time: bool = False, **fields: Any) -> Story:
    move = Move("information_centre", "refuse", {"ground": ground, **fields})
    return Story(f"refused: {ground}", 3, (move,), "refused", out_of_time)


def facts(text: str, at: Instant, out_of_time: bool, chance: random.Random) -> dict[str, Any]:
    """Return facts with an invented complainant and respondent. The limitation period is two calendar days (P9.4)."""
    house = chance.randrange(1, 1000)
    knew = to_text(at - (14 * DAY if out_of_time else chance.randrange(1, 24) * HOUR))[:10]
    return {
        "complainant.name": f"示例投诉人{house}",
        "complainant.sex": chance.choice(("male", "female", "other")),
        "complainant.phone": f"000{chance.randrange(10**8):08d}",
        "respondent.name": f"示例商家{house}",
        "respondent.address": f"示例县示例路{house}号",
        "request": "退还货款并依法处理",
        "reasons": text,
        "occurred_at": knew,
        "knew_at": knew,
    }


OFFICE = Office(
    preset="food-drug-administration",
    roles=("information_centre", "leader", "officer", "archivist"),
    tiers={2: "information_centre", 3: "leader"},
    channels=("oral", "written", "petition"),
    severities={},
    categories={
        "product": ("food", "drug", "health_food", "cosmetics"),
        "link": ("production", "distribution", "consumption"),
    },
    facts=facts,
    stories=(
        Story("settled", 30, (*_DECIDED, *_SETTLED, _ARCHIVE), "archived"),
        Story("settled, not archived", 10, (*_DECIDED, *_SETTLED), "closed"),
        Story("disputed", 10, (*_DECIDED, _DISPUTE, _CLOSE), "closed"),
        _refused("no_facts"),
        _refused("sub_judice"),
        _refused("elsewhere"),
        _refused("settled"),
        _refused("unlawful"),
        _refused("condition_not_met", conditions={**_GOOD, "direct_interest": False}),
        _refused("late", out_of_time=True),
        Story("out of time, extended", 5, (_EXTEND, *_DECIDED, *_SETTLED), "closed", out_of_time=True),
        Story("transferred", 5, (_TRANSFER,), "transferred"),
        Story("worked after the miss", 8, (_ACCEPT, _ASSIGN, _AFTER_WEEKS, _MEDIATE, _DECIDE, *_SETTLED), "closed"),
        Story("left with the officer", 8, (_ACCEPT, _ASSIGN), "investigating"),
    ),
)
