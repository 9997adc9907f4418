"""The rungs of a clock whose due time was stated: each tier gets as much time as the run had."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.acting.advance import wake_at
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import HOUR, SECOND, Instant, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play

START = from_text("2026-11-26T10:00:00+08:00")
ANN = Asker("staff", "ann", (Grant("ann"),))


def policy(*tiers: dict[str, Any]) -> Policy:
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-sun": ["00:00-24:00"]}},
        "people": {"ann": "安"},
        "tiers": [{"roles": "ann"}, *({"roles": "ann", **tier} for tier in tiers)],
        "intake": {"channels": ["a"]},
        "fields": {"when": {"zh": "何时", "kind": "time"}},
        "stages": {
            "registered": {"promise": {"by": "ann", "needs": "when"}, "decide": {"by": "ann", "to": "over"}},
            "over": {},
        },
        "clocks": {"c": {"from": "promised", "until": "decided", "stated": "when"}},
    }
    return compile_policy(publishing.prepare(document).document, "1")


def misses(under: Policy, stated: Instant, until: Instant) -> list[Instant]:
    """The times of the misses of a due time that is stated an hour after the filing, from the filing."""
    life = play.filed(under, Filing("a"), START)
    assert life.act(ActRequest("promise", {"when": to_text(START + stated)}), ANN, START + HOUR) is None
    life.wait(START + until)
    return [from_text(event.at) - START for event in life.events if event.type == "missed"]


def test_each_tier_without_a_limit_has_as_much_time_as_the_run_had() -> None:
    assert misses(policy({}, {}), 33 * HOUR, 200 * HOUR) == [33 * HOUR, 65 * HOUR, 97 * HOUR]


def test_a_tiers_own_limit_comes_first() -> None:
    under = policy({"within": "4 hours"}, {})
    assert misses(under, 33 * HOUR, 200 * HOUR) == [33 * HOUR, 37 * HOUR, 69 * HOUR]


def test_a_due_time_that_was_over_gives_a_tier_one_second() -> None:
    assert misses(policy({}), HOUR, HOUR + 2 * SECOND) == [HOUR, HOUR + SECOND]


def test_a_rung_is_not_missed_before_its_time() -> None:
    assert misses(policy({}), 33 * HOUR, 65 * HOUR - 1) == [33 * HOUR]


def test_a_rung_that_would_end_after_2099_is_never_missed() -> None:
    due = from_text("2080-01-01T00:00:00Z")
    life = play.filed(policy({}), Filing("a"), START)
    assert life.act(ActRequest("promise", {"when": to_text(due)}), ANN, START + HOUR) is None
    life.wait(due)
    assert [run.rung for run in life.complaint.runs] == [1]
    assert wake_at(life.policy, life.complaint) is None
