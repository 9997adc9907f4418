"""A wording names only times that the events have about which it is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.policy.refused.test_cannot_work import kinds, opened

TIME = {"en": "A time", "kind": "time"}
INTAKE = {"channels": {"phone": {"en": "Phone"}}, "first": "open", "facts": {"wanted_at": TIME}}


def faults(text: str, *, to: str, **fact: Any) -> list[tuple[str, str]]:
    """`to`: whether the filing or the decision tells it."""
    told = {"to": "agent", "wording": "own"}
    intake = {**INTAKE, "facts": {"wanted_at": {**TIME, **fact}}} | ({"tells": told} if to == "intake" else {})
    decide = {"by": "agent", "to": "done", "takes": "done_at"} | ({"tells": told} if to == "decide" else {})
    return kinds(intake=intake, stages=opened(decide=decide), fields={"done_at": TIME}, wording={"own": {"en": text}})


@pytest.mark.parametrize(
    ("to", "text"), [("intake", "{wanted_at}"), ("intake", "a[, b {wanted_at}]"), ("decide", "{done_at}")]
)
def test_a_wording_names_a_time_of_the_filing_or_of_the_act(to: str, text: str) -> None:
    assert faults(text, to=to) == []


@pytest.mark.parametrize(
    ("to", "text", "place"),
    [
        ("intake", "a[, b {done_at}]", "/intake/tells/wording"),
        ("decide", "{wanted_at}", "/stages/open/decide/tells/wording"),
    ],
)
def test_a_time_that_the_event_never_has_is_refused_at_the_message(to: str, text: str, place: str) -> None:
    assert faults(text, to=to) == [("time-not-given", place)]


def test_a_private_time_is_no_placeholder() -> None:
    assert {kind for kind, _ in faults("{wanted_at}", to="intake", holder="internal")} == {"no-placeholder"}


def test_a_date_is_one() -> None:
    assert faults("{wanted_at}", to="intake", kind="date") == []
