"""What makes a deadline look kept does not raise the share met as first promised, and leaves a trace in a figure."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.kit.instants import DAY, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import Increments, add
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio, Value
from tests.kernel.complaints.amended import START, Life

DOCUMENT: dict[str, Any] = publishing.to_source(Path(__file__).with_name("office.yaml").read_text("utf-8")).values
FIRST, LAST = date(2026, 11, 1), date(2027, 6, 30)
HEADLINE = "met_as_first_promised"
A_DAY = 24
LIMIT, LIMIT_OF_MAJOR = 20 * A_DAY + 23, 5 * A_DAY + 23
"""From the filing to the due time of the decision, which is the end of a day, in hours."""


def policy(number: int = 1, limit: str = "") -> Policy:
    document = copy.deepcopy(DOCUMENT)
    if limit:
        document["clocks"]["decision"]["within"] = limit
    return compile_policy(publishing.prepare(document).document, str(number))


VERSIONS = {"1": policy(), "2": policy(2, "60 calendar days")}


def filed(severity: str = "minor") -> Life:
    return Life(VERSIONS["1"], facts={"content": "It is loud."}, category="noise", severity=severity)


def day(hours: int) -> str:
    return to_text(START + hours // A_DAY * DAY)


def decided(life: Life, hours: int = LIMIT + 10 * A_DAY) -> Life:
    life.act("decide", hours, outcome="It is quiet now.")
    return life


def nothing_done(severity: str = "minor") -> Life:
    life = filed(severity)
    life.wait(LIMIT + 20 * A_DAY)
    return life


def extended_at_the_last_minute() -> Life:
    life = filed()
    life.act("extend", LIMIT - 1, clock="decision", until=day(LIMIT + 12 * A_DAY), reason="busy")
    return decided(life)


def promised_after_the_miss() -> Life:
    life = filed()
    life.act("promise", LIMIT + 1, promised=day(LIMIT + 12 * A_DAY))
    return decided(life)


def closed_undecided_and_reopened() -> Life:
    life = filed()
    life.act("close", LIMIT - A_DAY, reason="done")
    life.act("reopen", LIMIT - A_DAY + 1)
    return decided(life)


def closed_undecided() -> Life:
    life = filed()
    life.act("close", LIMIT - A_DAY, reason="done")
    return life


def refused_and_reopened() -> Life:
    life = filed()
    life.act("refuse", LIMIT - A_DAY, ground="unclear")
    life.act("reopen", LIMIT - A_DAY + 1)
    return decided(life)


def downgraded(before_due: int) -> Callable[[], Life]:
    def played() -> Life:
        life = filed("major")
        life.act("classify", LIMIT_OF_MAJOR - before_due, severity="minor")
        return decided(life, 10 * A_DAY)

    return played


def parked() -> Life:
    life = filed()
    life.act("park", LIMIT - 1, reason="waiting")
    life.act("resume", LIMIT + 9 * A_DAY)
    return decided(life, LIMIT + 9 * A_DAY + 1)


def parked_for_ever() -> Life:
    life = filed()
    life.act("park", LIMIT - 1, reason="waiting")
    return life


def linked_to_another() -> Life:
    """Closed with another complaint, as the service records it."""
    life = closed_undecided()
    [at] = [at for at, one in enumerate(life.events) if one.type == "closed"]
    fields = {**life.events[at].fields, "follows": "202611-000002"}
    life.events[at] = msgspec.structs.replace(life.events[at], fields=fields)
    return life


def switched_to_a_longer_version() -> Life:
    life = filed()
    life.complaint = life.switch(VERSIONS["2"], LIMIT - 1)
    life.policy = VERSIONS["2"]
    return decided(life)


def promised_late() -> Life:
    life = filed()
    life.act("promise", LIMIT - 1, promised=day(LIMIT + 12 * A_DAY))
    life.act("promise", LIMIT, promised=day(LIMIT + 14 * A_DAY))
    return decided(life, LIMIT + 13 * A_DAY)


TRICKS: dict[str, tuple[Callable[[], Life], str]] = {
    "extend at the last minute": (extended_at_the_last_minute, "extensions_near_due"),
    "promise after the miss": (promised_after_the_miss, "met_late"),
    "close undecided": (closed_undecided, "closed_without_decision"),
    "close undecided and reopen": (closed_undecided_and_reopened, "closed_unheard_and_reopened"),
    "refuse and reopen": (refused_and_reopened, "refusals_overturned"),
    "downgrade near the due time": (downgraded(1), "downgrades_near_due"),
    "downgrade early": (downgraded(4 * A_DAY), "met_after_extension"),
    "park near the due time": (parked, "pauses_near_due"),
    "park for ever": (parked_for_ever, "not_done_as_promised"),
    "link to another complaint": (linked_to_another, "ended_without_answer"),
    "switch to a longer version": (switched_to_a_longer_version, "met_after_extension"),
    "promise late": (promised_late, "met_after_extension"),
}
"""Each with the figure in which it is seen."""


class Horizon:
    today = LAST


def figures(played: Callable[[], Life], *measures: str) -> dict[str, Value]:
    """Of three complaints."""
    total: Increments = {}
    for _ in range(3):
        add(total, contribution(played().events, VERSIONS.__getitem__))
    question, horizon = Question(measures=measures, first=FIRST, last=LAST), Horizon()
    needed = needs_of(question, horizon).within(total)  # type: ignore[arg-type]
    return values.tabulate(question, needed, horizon).get((), {})  # type: ignore[arg-type]


def share(played: Callable[[], Life], measure: str) -> float:
    value = figures(played, measure)[measure]
    assert isinstance(value, Ratio)
    assert value.denominator >= 3
    return value.numerator / value.denominator


@pytest.mark.parametrize("severity", ["minor", "major"])
def test_nothing_done_meets_no_promise(severity: str) -> None:
    assert share(lambda: nothing_done(severity), HEADLINE) == 0


def test_a_decision_in_time_meets_the_promise() -> None:
    assert share(lambda: decided(filed(), LIMIT - 1), HEADLINE) == 1


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_does_not_raise_the_headline(name: str) -> None:
    assert share(TRICKS[name][0], HEADLINE) <= share(nothing_done, HEADLINE)


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_seen_in_a_figure_of_its_complaints(name: str) -> None:
    played, trace = TRICKS[name]
    counted = figures(played, trace)[trace]
    assert isinstance(counted, Ratio)
    assert counted.numerator == 3


def test_an_extension_after_the_miss_is_refused() -> None:
    life = filed()
    with pytest.raises(Problem, match="a due time that is not over"):
        life.act("extend", LIMIT + 1, clock="decision", until=day(LIMIT + 12 * A_DAY), reason="busy")


def test_what_the_complainant_withdraws_leaves_the_share() -> None:
    def played() -> Life:
        life = filed()
        life.act("withdraw", LIMIT - A_DAY, by=COMPLAINANT)
        return life

    assert figures(played, HEADLINE, "cancelled") == {"cancelled": 3}
