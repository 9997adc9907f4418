"""Effects of events on clocks, with a policy of one or two clocks."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT, ActRequest, Asker, Grant
from chalicelib.complaints.runs import Run, from_json
from chalicelib.kit.instants import HOUR, MINUTE, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

START = from_text("2026-11-26T10:00:00+08:00")
ANN = Asker("staff", "ann", (Grant("ann"),))
STAGES: dict[str, Any] = {
    "registered": {
        "accept": {"by": "ann"},
        "park": {"by": "ann", "to": "parked"},
        "classify": {"by": "ann", "needs": "severity"},
        "mark_unreachable": {"by": "ann"},
        "extend": {"by": "ann", "needs": "clock", "takes": "until"},
        "reply": {"by": "ann"},
        "decide": {"by": "ann"},
        "promise": {"by": "ann", "needs": "when"},
        "withdraw": {"by": "complainant", "to": "over"},
        "close": {"by": "ann", "to": "over"},
    },
    "parked": {"resume": {"by": "ann", "to": "registered"}, "classify": {"by": "ann", "needs": "severity"}},
    "over": {},
}


def policy(*, days: dict[str, str] | None = None, **clocks: Any) -> Policy:
    """`days` are further keys of the calendar."""
    hours = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": hours, **(days or {})},
        "people": {"ann": "安"},
        "tiers": [{"roles": "ann"}, {"roles": "ann"}],
        "intake": {"channels": ["a"]},
        "severity": {"classes": ["low", "high"]},
        "fields": {"when": {"zh": "何时", "kind": "time"}},
        "stages": STAGES,
        "clocks": {name: {"until": "decided", **clock} for name, clock in clocks.items()},
    }
    return compile_policy(publishing.prepare(document).document, "1")


def life(*, days: dict[str, str] | None = None, **clocks: Any) -> Life:
    return play.filed(policy(days=days, **clocks), Filing("a"), START)


def act(life: Life, after: int, name: str, **fields: Any) -> None:
    asker = COMPLAINANT if name == "withdraw" else ANN
    assert life.act(ActRequest(name, fields), asker, START + after) is None


def runs(life: Life, clock: str = "c") -> list[Run]:
    """The last state of each run in the record."""
    found: dict[int, Run] = {}
    for event in life.events:
        found.update({run.n: run for run in map(from_json, event.result.get("clocks", [])) if run.clock == clock})
    return list(found.values())


def types(life: Life, *wanted: str) -> list[str]:
    return [event.type for event in life.events if event.type in wanted]


PAUSED: dict[str, Any] = {"from": "registered", "within": "5 hours", "paused_in": ["parked"]}


def test_a_paused_clock_has_no_due_time_and_is_not_missed() -> None:
    case = life(c=PAUSED)
    act(case, HOUR, "park")
    case.wait(START + 20 * HOUR)
    assert [(run.state, run.due) for run in runs(case)] == [("paused", None)]


def test_a_resumed_clock_is_due_later_by_the_pause() -> None:
    case = life(c=PAUSED)
    act(case, HOUR, "park")
    act(case, 20 * HOUR, "resume")
    assert [(run.state, run.due) for run in runs(case)] == [("running", START + 24 * HOUR)]


def due_after_an_hours_pause(days: dict[str, str] | None) -> str:
    case = life(days=days, c={**PAUSED, "within": "1 working day"})
    act(case, 25 * HOUR, "park")
    act(case, 26 * HOUR, "resume")
    return to_text(runs(case)[0].due or 0)


def test_a_working_day_that_a_pause_touches_is_not_counted() -> None:
    assert due_after_an_hours_pause({"paused_days": "touched"}) == "2026-11-30T10:00:00.000Z"


def test_unless_the_policy_says_so_only_whole_days_are_not_counted() -> None:
    assert due_after_an_hours_pause(None) == "2026-11-27T10:00:00.000Z"


def test_a_clock_that_starts_in_a_paused_stage_is_paused_at_once() -> None:
    case = life(c={**PAUSED, "from": "parked"})
    act(case, HOUR, "park")
    assert [run.state for run in runs(case)] == ["paused"]


def test_a_warning_before_a_pause_is_not_repeated_after_it() -> None:
    case = life(c={**PAUSED, "warn": ["3 hours before", "50 %"]})
    act(case, 3 * HOUR, "park")
    act(case, 20 * HOUR, "resume")
    case.wait(START + 21 * HOUR)
    assert types(case, "warned", "parked", "resumed") == ["warned", "warned", "parked", "resumed"]


BY_CLASS = {
    "from": "registered",
    "within": [
        {"when": {"severity": "low"}, "limit": "24 hours"},
        {"when": {"severity": "high"}, "limit": "6 hours"},
    ],
}


def test_a_new_class_applies_its_limit_from_the_same_start() -> None:
    case = life(c=BY_CLASS)
    act(case, HOUR, "classify", severity="high")
    assert [(run.n, run.started, run.due) for run in runs(case)] == [(1, START, START + 6 * HOUR)]


def test_a_due_time_that_is_past_at_the_change_is_due_at_the_change() -> None:
    case = life(c=BY_CLASS)
    act(case, 8 * HOUR, "classify", severity="high")
    case.wait(START + 8 * HOUR)
    assert [run.due for run in runs(case)] == [START + 8 * HOUR]
    assert [event.due_at for event in case.events if event.type == "missed"] == [to_text(START + 8 * HOUR)]


def test_a_class_changed_during_a_pause_applies_after_it() -> None:
    case = life(c={**BY_CLASS, "paused_in": ["parked"]})
    act(case, HOUR, "park")
    act(case, 2 * HOUR, "classify", severity="high")
    act(case, 3 * HOUR, "resume")
    assert [(run.limit, run.due) for run in runs(case)] == [("6 hours", START + 8 * HOUR)]


def test_working_hours_are_determined_at_the_start() -> None:
    case = life(
        c={
            "from": "registered",
            "within": [
                {"when": {"hours": "open", "severity": "low"}, "limit": "24 hours"},
                {"when": {"hours": "open", "severity": "high"}, "limit": "20 hours"},
                {"when": {"hours": "closed"}, "limit": "1 hour"},
            ],
        }
    )
    act(case, 12 * HOUR, "classify", severity="high")
    assert [(run.hours, run.limit) for run in runs(case)] == [("open", "20 hours")]


def test_a_complainant_is_reachable_unless_marked_unreachable() -> None:
    limits = [
        {"when": {"reachable": "yes"}, "limit": "24 hours"},
        {"when": {"reachable": "no"}, "limit": "48 hours"},
    ]
    case = life(c={"from": "registered", "within": limits})
    assert runs(case)[0].due == START + 24 * HOUR

    act(case, HOUR, "mark_unreachable")

    assert runs(case)[0].due == START + 48 * HOUR


def test_a_closing_event_cancels_open_runs() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    act(case, HOUR, "withdraw")
    assert [run.state for run in runs(case)] == ["cancelled"]


def test_a_clock_survives_the_events_that_it_names() -> None:
    case = life(c={"from": "registered", "within": "5 hours", "survives": ["withdrawn"]})
    act(case, HOUR, "withdraw")
    case.wait(START + 5 * HOUR)
    assert [run.state for run in runs(case)] == ["missed"]


def test_a_new_start_event_replaces_the_run() -> None:
    case = life(c={"from": ["registered", "accepted"], "within": "5 hours"})
    act(case, HOUR, "accept")
    assert [(run.n, run.state, run.started) for run in runs(case)] == [
        (1, "cancelled", START),
        (2, "running", START + HOUR),
    ]


def test_an_event_can_meet_one_run_and_start_the_next() -> None:
    case = life(c={"from": ["registered", "replied"], "until": ["replied", "decided"], "within": "5 hours"})
    act(case, HOUR, "reply")
    assert [(run.n, run.state) for run in runs(case)] == [(1, "met"), (2, "running")]


def test_a_missed_run_stays_missed_after_late_completion() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    act(case, 6 * HOUR, "decide")
    assert [(run.state, run.ended) for run in runs(case)] == [("missed", START + 6 * HOUR)]


def test_a_missed_run_stays_missed_and_escalates_after_a_change_of_class() -> None:
    case = life(c=BY_CLASS)
    case.wait(START + 25 * HOUR)
    act(case, 26 * HOUR, "classify", severity="high")
    assert [run.state for run in runs(case)] == ["missed"]


def test_a_new_run_after_a_miss_can_be_missed_again() -> None:
    case = life(c={"from": ["registered", "accepted"], "within": "5 hours"})
    act(case, 6 * HOUR, "accept")
    case.wait(START + 11 * HOUR)
    missed = [event.id for event in case.events if event.type == "missed"]
    assert missed == [f"{play.NUMBER}/c/{run}/1" for run in (1, 2)]


def test_an_extension_is_a_new_run_until_the_time_that_it_states() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    act(case, HOUR, "extend", clock="c", until=to_text(START + 50 * HOUR))
    assert [(run.n, run.due) for run in runs(case)][-1] == (2, START + 50 * HOUR)


def test_an_extension_without_a_time_grants_the_limit_again() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    act(case, HOUR, "extend", clock="c")
    assert [(run.n, run.due) for run in runs(case)][-1] == (2, START + 6 * HOUR)


def test_a_clock_that_does_not_run_cannot_be_extended() -> None:
    case = life(c={"from": "accepted", "within": "5 hours"}, d={"from": "registered", "within": "5 hours"})
    assert case.act(ActRequest("extend", {"clock": "c"}), ANN, START + HOUR) == "invalid"


def test_an_extension_must_be_later_than_the_due_time() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    assert (
        case.act(ActRequest("extend", {"clock": "c", "until": to_text(START + 5 * HOUR)}), ANN, START + HOUR)
        == "invalid"
    )


def test_a_second_extension_keeps_the_first_due_time() -> None:
    case = life(c={"from": "registered", "within": "5 hours"})
    act(case, HOUR, "extend", clock="c", until=to_text(START + 50 * HOUR))
    act(case, 2 * HOUR, "extend", clock="c", until=to_text(START + 60 * HOUR))
    assert [run.before for run in runs(case)] == [None, START + 5 * HOUR, START + 5 * HOUR]


def test_without_a_limit_no_run_starts() -> None:
    assert runs(life(c={"from": "registered", "within": "none"})) == []


def test_a_stated_due_time_is_used_unchanged() -> None:
    case = life(c={"from": "promised", "stated": "when"})
    act(case, HOUR, "promise", when=to_text(START + 33 * HOUR))
    assert [run.due for run in runs(case)] == [START + 33 * HOUR]


def test_each_warning_is_given_once_in_order() -> None:
    case = life(c={"from": "registered", "within": "10 hours", "warn": ["1 hour before", "50 %", "5 hours before"]})
    case.wait(START + 11 * HOUR)
    warned = [from_text(event.at) - START for event in case.events if event.type == "warned"]
    assert warned == [5 * HOUR, 9 * HOUR]


def test_a_shorter_limit_warns_of_its_own_due_time() -> None:
    case = life(c={**BY_CLASS, "warn": ["1 hour before"]})
    act(case, HOUR, "classify", severity="high")
    case.wait(START + 5 * HOUR + MINUTE)
    assert [event.fields["due"] for event in case.events if event.type == "warned"] == [to_text(START + 6 * HOUR)]


def test_a_notice_of_a_miss_has_the_due_time_of_its_own_clock() -> None:
    case = life(early={"from": "registered", "within": "1 hour"}, late={"from": "registered", "within": "5 hours"})
    case.wait(START + 6 * HOUR)
    told = [event.fields for event in case.events if event.type == "notified" and event.fields.get("clock") == "late"]
    assert [fields["due"] for fields in told] == [to_text(START + 5 * HOUR)]


def test_a_notice_of_a_later_rung_has_the_missed_time() -> None:
    case = life(early={"from": "registered", "within": "1 hour"}, late={"from": "registered", "within": "5 hours"})
    case.wait(START + 11 * HOUR)
    told = [event.fields for event in case.events if event.fields.get("wording") == "missed"]
    assert {fields["clock"]: fields["due"] for fields in told} == {
        "early": to_text(START + HOUR),
        "late": to_text(START + 5 * HOUR),
    }
