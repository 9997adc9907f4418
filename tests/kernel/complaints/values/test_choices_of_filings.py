"""The choices of a fact: a filing gives only those whose `when` holds for it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints.small_procedure import START, policy


def choice(**conditions: Any) -> dict[str, Any]:
    """A fact with the choices `free` and `bound`. The second is possible in the case of the conditions only."""
    return {"kind": "choice", "choices": {"free": {"en": "Free"}, "bound": {"en": "Bound", "when": conditions}}}


def under(sign: dict[str, Any], **facts: Any) -> Policy:
    intake = {
        "channels": {"phone": {"en": "Phone"}, "letter": {"en": "Letter"}},
        "categories": {"matter": {"goods": {"en": "Goods"}, "service": {"en": "Service"}}},
        "unit": "optional",
        "facts": {"sign": sign, **facts},
    }
    stages = {"open": {"decide": {"by": ["agent", "manager"], "to": "done"}}}
    return policy({"intake": intake, "severity": {"classes": ["low", "high"]}, "stages": stages})


def refused(given: Policy, *, complete: bool = True, value: Any = "bound", **filed: Any) -> dict[str, str]:
    """The places at which the filing is refused, with the texts."""
    facts = {"sign": value, **filed.pop("facts", {})}
    try:
        filing.check(given, Filing(**{"channel": "phone", **filed}, facts=facts), START, complete=complete)
    except Problem as problem:
        return {place.pointer: place.detail.partition("; this value needs: ")[0] for place in problem.places}
    return {}


ONLY = {"/facts/sign": "must be one of: Free"}


@pytest.mark.parametrize(
    ("when", "fitting", "other"),
    [
        ({"severity": "high"}, {"severity": "high"}, {"severity": "low"}),
        ({"severity": "low"}, {}, {"severity": "high"}),
        ({"channel": "letter"}, {"channel": "letter"}, {}),
        ({"matter": "goods"}, {"category": "goods"}, {"category": "service"}),
        ({"matter": "none"}, {}, {"category": "goods"}),
        ({"unit": "yes"}, {"unit": "north"}, {}),
    ],
)
def test_a_choice_belongs_to_the_case(when: dict[str, str], fitting: dict[str, Any], other: dict[str, Any]) -> None:
    given = under(choice(**when))
    assert (refused(given, **fitting), refused(given, **other)) == ({}, ONLY)


@pytest.mark.parametrize(
    ("kind", "when", "fitting", "other"),
    [
        ({"kind": "choice", "choices": ["s", "l"]}, "l", "l", "s"),
        ({"kind": "number", "bands": {"small": {"most": 5}, "large": {}}}, "large", 6, 5),
        ({"kind": "flag"}, "yes", True, False),
    ],
)
def test_a_choice_depends_on_another_fact(kind: dict[str, Any], when: str, fitting: object, other: object) -> None:
    given = under(choice(size=when), size=kind)
    assert refused(given, facts={"size": fitting}) == {}
    assert refused(given, facts={"size": other}) == refused(given) == ONLY


def test_each_choice_of_several_belongs_to_the_case() -> None:
    given = under({**choice(severity="high"), "kind": "choices"})
    assert refused(given, value=["free", "bound"], severity="high") == {}
    assert refused(given, value=["bound"]) == {"/facts/sign/0": "must be one of: Free"}


def test_a_flag_is_true_in_some_cases_only() -> None:
    flag = {"kind": "flag", "choices": {"yes": {"en": "Yes", "when": {"severity": "high"}}, "no": {"en": "No"}}}
    assert refused(under(flag), value=True, severity="high") == {}
    assert list(refused(under(flag), value=True)) == ["/facts/sign"]
    assert refused(under(flag), value=False) == {}


def test_a_fact_without_a_choice_in_this_case_cannot_be_given() -> None:
    alone = {"kind": "choice", "choices": {"bound": {"en": "Bound", "when": {"severity": "high"}}}}
    yes = {"kind": "flag", "choices": {"yes": {"en": "Yes", "when": {"severity": "high"}}}}
    assert refused(under(alone)) == refused(under(yes), value=True) == {"/facts/sign": "is not possible in this case"}
    assert refused(under(alone), severity="high") == refused(under(yes), value=True, severity="high") == {}
    assert refused(under(alone), value=None) == {}


def test_each_fact_is_judged() -> None:
    given = under(
        {"kind": "choice", "choices": ["free"]}, left_out=choice(severity="high"), last=choice(severity="high")
    )
    assert refused(given, value="free", facts={"last": "bound"}) == {"/facts/last": "must be one of: Free"}


def test_each_fact_that_is_not_possible_is_named_once() -> None:
    alone = {"kind": "choice", "choices": {"bound": {"en": "Bound", "when": {"severity": "high"}}}}
    filed = Filing(channel="phone", facts={"sign": "bound", "last": "bound"})
    with pytest.raises(Problem) as caught:
        filing.check(under(alone, last=choice(severity="high")), filed, START)
    assert [place.pointer for place in caught.value.places] == ["/facts/sign", "/facts/last"]


def test_what_is_missing_and_what_is_not_allowed_are_named_together() -> None:
    given = under(choice(severity="high"), name={"kind": "text", "required": {"when": {"severity": "low"}}})
    assert list(refused(given)) == ["/facts/name", "/facts/sign"]


def test_a_preview_does_not_judge_by_what_it_leaves_out() -> None:
    given = under(choice(size="l", matter="goods"), size={"kind": "choice", "choices": ["s", "l"]})
    assert refused(given, complete=False) == {}
    assert refused(given, complete=False, facts={"size": "l"}, category="goods") == {}
    assert refused(given, complete=False, facts={"size": "s"}) == ONLY
    assert refused(given, complete=False, category="service") == ONLY
    assert refused(under(choice(severity="high")), complete=False) == ONLY


def test_the_condition_of_a_choice_is_named() -> None:
    with pytest.raises(Problem) as wrong:
        filing.check(under(choice(channel="letter")), Filing(channel="phone", facts={"sign": "bound"}), START)

    assert [place.detail for place in wrong.value.places] == ["must be one of: Free; this value needs: Channel: Letter"]
