"""P1.4: whatever is written around a particular of the complainant, no response to the respondent has it until a member
releases it. The responses are those of all GET routes of the organisation, from the OpenAPI document.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.across.isolation.test_parties import shown, successful
from tests.clauses.offices.marketplace import ASKED_FOR, accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.helpers.searches import searching

START = "2026-11-27T09:00:00+08:00"
PLANTED = {
    "name": st.from_regex(r"(欧阳|王|陈|诸葛)[晓建国明丽芳]{2}", fullmatch=True),
    "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    "mail": st.from_regex(r"[a-z]{6,9}[0-9]{0,2}@home\.example", fullmatch=True),
    "plate": st.from_regex(r"[京沪粤川][A-F][0-9]{5}", fullmatch=True),
    "address": st.from_regex(r"文[一二三]路[1-9][0-9]{0,2}号[1-9]幢[1-9]0[1-9]室", fullmatch=True),
}
"""Made for the test. Only the name needs a fact of the filing to be known: the others have a form."""
FRAGMENTS = ("货与描述不符", "订单 174208675", "Please call", "2026-11-26", "3件", "（见附件）", "\u200b", "e\u0301")
AROUND = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(st.characters(exclude_categories=["C"]), max_size=8), max_size=3
).map("".join)
BESIDE = st.sampled_from(" ，。：；、（）“”\n|/")
"""Letters of the same script beside a word would make it another word."""
TEXTS = ("reason", "findings", "opinion")


class Case(NamedTuple):
    planted: dict[str, str]
    contacts: dict[str, str]
    """Which of the values the filing has as facts, too."""
    texts: dict[str, str]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    planted = {name: draw(values) for name, values in PLANTED.items()}
    facts = {"complainant.contact": planted["phone"], "complainant.email": planted["mail"]}
    texts = {}
    for name in TEXTS:
        parts = [draw(AROUND)]
        for value in draw(st.permutations(sorted(planted.values()))):
            parts += [draw(BESIDE), value, draw(BESIDE), draw(AROUND)]
        texts[name] = normalize("NFC", "".join(["起", *parts, "止"]))  # as the service stores texts
    given = {name: value for name, value in facts.items() if draw(st.booleans())}
    return Case(planted, {"complainant.name": planted["name"], **given}, texts)


def decided(case: Case) -> tuple[Organisation, str]:
    """A complaint that was inspected, demanded, answered and decided with these texts."""
    at, _ = prepared("a marketplace", START, lambda world: (marketplace_in(world), ""))
    facts = {**case.contacts, "respondent.name": "示例店铺", "reason": case.texts["reason"]}
    number = accepted(at, facts=facts)
    at.world.move_to("2026-11-28T09:00:00+08:00")
    at.act(number, "handler", "inspect", findings=case.texts["findings"])
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    at.act(number, "handler", "receive_evidence", received="店铺寄来的发货单。")
    at.act(number, "seller", "object", objection="另有签收单。")
    at.act(number, "handler", "decide", opinion=case.texts["opinion"], outcome="upheld", sanctions="warning")
    settle(at)
    return at, number


def settle(at: Organisation) -> None:
    assert isinstance(at.world, InProcess)
    at.world.settle()


def named(at: Organisation, number: str, case: Case) -> dict[str, list[str]]:
    """The routes whose responses to the respondent have each value."""
    answers = shown(at, number, at.auth("seller"))
    assert successful(answers) >= 12, "the case is looked at from all sides"
    return {
        what: [path for path, answer in answers.items() if value in answer.text] for what, value in case.planted.items()
    }


def read(at: Organisation, number: str) -> dict[str, Any]:
    record = at.get(f"/complaints/{number}/record", "seller")
    return {name: text for values in record["values"].values() for name, text in values.items() if name in TEXTS}


@pytest.mark.slow
@searching(16)
@given(case=cases())
def test_no_response_has_a_particular_before_it_is_released_and_the_texts_are_whole_after(case: Case) -> None:
    at, number = decided(case)
    assert named(at, number, case) == {what: [] for what in PLANTED}

    pending = [one["mask"] for one in at.get(f"/complaints/{number}/record", "handler")["masks"]]
    at.act(number, "handler", "unmask", masks=pending)
    settle(at)

    assert read(at, number) == case.texts
    assert [what for what, paths in named(at, number, case).items() if not paths] == []
