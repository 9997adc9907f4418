"""Each message that asks for an act reaches a person who has it in the stage where it arrives: cases of all presets.

Alarms about deadlines have their own test (`test_alarms`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.silent_parties import until_the_end
from tests.clauses.told.test_alarms import NO_PROGRESS
from tests.clauses.world import InProcess
from tests.helpers.searches import at_night_unless

START = "2026-11-27T09:00:00+08:00"
ENDINGS = frozenset({"refuse", "transfer"})
SEEDS = 12
BY_DAY = {
    "auto-repair": (8,),
    "auto-repair-forms": (0, 1),
    "corporate-standard": (6,),
    "customer-service": (6,),
    "food-drug-administration": (6,),
    "government-service-centre": (6,),
    "platform": (4,),
    "telecom-regulator": (0, 4),
}
"""The seeds that an ordinary run tries, if not the first: those whose short cases have most requests of the twelve."""


def is_by_day(preset: str, seed: int) -> bool:
    return seed in BY_DAY.get(preset, (0,))


CASES = [
    pytest.param(preset, seed, marks=at_night_unless(is_by_day(preset, seed)))
    for preset in presets.names()
    for seed in range(SEEDS)
]
"""Some cases of the night have no request."""
ALARM = re.compile("即将到期|已逾期|期限已过|已超过期限")
REQUEST = re.compile("(?:收到后|(?<![申已]))请[^，。；：]*")
ANSWER, HANDLE, NOTHING = frozenset({"agree", "dispute"}), frozenset({"any"}), frozenset[str]()
TICKS = frozenset({"auto-repair"})
"""The person responsible may be one who speaks to the customer and records each line that was done (P2.4)."""
ASKED: dict[str, frozenset[str]] = {
    "另行告知其拟": NOTHING,
    "^请您?(查看|查阅|知悉)": NOTHING,
    "审批": frozenset({"approve"}),
    "协同被反馈部门完成责任认定": frozenset({"find_liability"}),
    "参加协商并签署": frozenset({"sign"}),
    "给出处理意见": frozenset({"decide"}),
    "确认已向客户道歉": frozenset({"forward"}),
    "复核处理意见": frozenset({"confirm", "object"}),
    "上报主管总经理": frozenset({"notify"}),
    "实施责任追究": frozenset({"execute"}),
    "当日完成返修": frozenset({"execute"}),
    "归档|归入档案": frozenset({"archive"}),
    "予登记": frozenset({"park", "receive_evidence"}),
    "登记": frozenset({"receive_evidence"}),
    "对接相关负责人": frozenset({"reply", "execute"}),
    "跟进": frozenset({"reopen"}),
    "重新提出处理意见": frozenset({"inspect", "mediate", "decide", "offer"}),
    "提出处理意见": frozenset({"offer"}),
    "指派责任人": frozenset({"assign"}),
    "补正后重新提交": frozenset({"accept"}),
    "初步审核": frozenset({"accept", "refuse"}),
    "重新提出": frozenset({"offer"}),
    "再次处理": frozenset({"reply", "decide"}),
    "执行": frozenset({"execute"}),
    "指派(执法|调查)人员": frozenset({"assign"}),
    "审核": frozenset({"confirm", "object"}),
    "落实责任人": frozenset({"assign"}),
    "要求其举证": frozenset({"demand_evidence"}),
    "举证链接": frozenset({"demand_evidence", "notify", "receive_evidence"}),
    "换一种方式": frozenset({"demand_evidence"}),
    "(予核实|继续办理)": frozenset({"inspect", "decide", "demand_evidence", "find_liability"}),
    "您?(于.*|在.*)?(提出|陈述申辩)|贵单位在告知": frozenset({"object"}),
    "决定重新处理或结案": frozenset({"reopen", "close"}),
    "^收到后请决定是否受理": frozenset({"accept", "receive_evidence"}),  # what comes is put on record first
    "(决定|审查)是否受理|进行初审": frozenset({"accept"}),
    "告知顾客最快反馈时间": frozenset({"promise"}),
    "办理结案": frozenset({"close"}),
    "评定": frozenset({"decide"}),
    "(于.*)?完成": HANDLE,  # what the message names
    "(迅速|立即|到场)?处理": HANDLE,
    "承办": HANDLE,
    "重新提议": HANDLE,
    "您(于.*)?(答复|告知是否满意)": ANSWER,
    "您于.*(另约|到店)": frozenset({"agree"}),
    "您(对处理结果作出)?评价": frozenset({"rate"}),
    "您告知我们(异议所在)?": frozenset({"dispute", "reopen"}),
    "您另约": frozenset({"agree"}),
    "或作出答复": frozenset({"agree"}),
    # Requests outside the acts, or for another time than now.
    "提供.*证据|于.*提交": NOTHING,
    "您(按约定.*|按时)?到店|方便时": NOTHING,
    "尽快与我们联系|尽快取得": NOTHING,
}
"""What a text asks for, and the acts that answer it. The first entry that fits counts."""


def asked(text: str) -> list[frozenset[str]]:
    """For each request of the text, the acts that answer it."""
    return [next(acts for asks, acts in ASKED.items() if re.search(asks, one)) for one in REQUEST.findall(text)]


@dataclass(slots=True)
class Readers:
    """Looks after each move who was told what. `unanswerable`: the stage, and the text that no reader can answer."""

    organisation: Organisation
    number: str
    known: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    unanswerable: list[tuple[str, str]] = field(default_factory=list)

    def look(self) -> None:
        for text, readers in self._told().items():
            for acts in asked(text):
                self.requests += 1
                if acts and not any(self._has(who, acts) for who in readers):
                    self.unanswerable.append((self.organisation.complaint(self.number)["stage"], text))

    def _told(self) -> dict[str, list[str]]:
        """The readers of each new text."""
        found = defaultdict(list)
        for who in sorted({*self.organisation.tokens, "complainant"} - {"owner"}):
            texts = self.organisation.told(who, self.number)
            for text in texts[: len(texts) - self.known.get(who, 0)]:
                if not ALARM.search(text):
                    found[text].append(who)
            self.known[who] = len(texts)
        return found

    def _has(self, who: str, acts: frozenset[str]) -> bool:
        offered = {*self.organisation.complaint(self.number, who)["acts"]}
        idle = NO_PROGRESS - {"tick"} if self.organisation.preset in TICKS else NO_PROGRESS
        return bool(offered - idle if acts == HANDLE else offered & acts)


@pytest.mark.parametrize(("preset", "seed"), CASES)
def test_each_request_reaches_a_person_who_can_answer_it(preset: str, seed: int) -> None:
    organisation = sign_up(InProcess(START), preset)
    number = organisation.file()
    readers = Readers(organisation, number)

    until_the_end(organisation, number, seed, answering=True, never=ENDINGS, watch=readers.look)

    assert readers.requests or not is_by_day(preset, seed)
    assert readers.unanswerable == []
