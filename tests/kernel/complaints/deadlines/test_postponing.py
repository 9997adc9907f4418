"""`extend` and `promise`: before the due time only, unless `late`; and not further than `most`."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting.open_acts import open_to_anybody
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

START = from_text("2026-11-26T10:00:00+08:00")
ANN = Asker("staff", "ann", (Grant("ann"),))
DAY_FIELD = {"zh": "日期", "kind": "date"}


def policy(
    extend: dict[str, Any] | None = None, promise: dict[str, Any] | None = None, dated: bool = False, **clocks: Any
) -> Policy:
    """`dated`: the times that the acts give are dates."""
    kind = "date" if dated else "time"
    acts: dict[str, Any] = {
        "extend": {"by": "ann", "needs": ["clock", "until"], **(extend or {})},
        "promise": {"by": "ann", "needs": "when", **(promise or {})},
        "close": {"by": "ann", "to": "over"},
    }
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "people": {"ann": "安"},
        "tiers": [{"roles": "ann"}, {"roles": "ann"}],
        "intake": {"channels": ["a"]},
        "calendars": {
            "plant": {"timezone": "Pacific/Auckland", "hours": {"mon-fri": ["09:00-18:00"]}},
            "york": {"timezone": "America/New_York", "hours": {"mon-fri": ["09:00-17:00"]}},
        },
        "fields": {"when": {"zh": "何时", "kind": kind}, "until": {"zh": "到何时", "kind": kind}, "day": DAY_FIELD},
        "stages": {
            "registered": {**acts, "park": {"by": "ann", "to": "waiting"}},
            "waiting": {"extend": acts["extend"], "resume": {"by": "ann", "to": "registered"}},
            "over": {},
        },
        "clocks": clocks or {"c": {"from": "registered", "until": "closed", "within": "5 hours"}},
    }
    return compile_policy(publishing.prepare(document).document, "1")


PROMISED = {"from": ["registered", "promised"], "until": "closed", "within": "5 hours"}


def extend(life: Life, at: int) -> str | None:
    until = to_text(at + 30 * DAY)
    return life.act(ActRequest("extend", {"clock": "c", "until": until}), ANN, at)


def promise(life: Life, at: int, when: int) -> str | None:
    return life.act(ActRequest("promise", {"when": to_text(when)}), ANN, at)


def test_an_extension_is_possible_before_the_due_time_only() -> None:
    life = play.filed(policy(), Filing("a"), START)
    assert extend(life, START + 4 * HOUR) is None
    late = play.filed(policy(), Filing("a"), START)
    assert extend(late, START + 5 * HOUR) == "act-not-open"
    assert "extend" not in open_to_anybody(late.policy, late.complaint)


def test_a_late_extension_is_possible_if_the_act_says_so() -> None:
    life = play.filed(policy(extend={"late": True}), Filing("a"), START)
    assert extend(life, START + 6 * HOUR) is None


def test_a_missed_clock_cannot_be_extended_while_another_one_can() -> None:
    clocks = {
        name: {"from": "registered", "until": "closed", "within": within}
        for name, within in (("c", "5 hours"), ("d", "9 hours"))
    }
    life = play.filed(policy(**clocks), Filing("a"), START)
    assert extend(life, START + 6 * HOUR) == "invalid"


def test_a_promise_does_not_stop_a_clock_that_was_missed() -> None:
    life = play.filed(policy(c=PROMISED), Filing("a"), START)
    assert promise(life, START + 6 * HOUR, from_text("2036-01-01T00:00:00Z")) == "act-not-open"
    assert life.complaint.runs[0].state == "missed"


@pytest.mark.parametrize("late", [False, True])
def test_a_promise_that_changes_no_clock_is_always_open(late: bool) -> None:
    life = play.filed(policy(promise={"late": True} if late else {}, c=PROMISED), Filing("a"), START)
    first = policy(
        c={"from": "registered", "until": "closed", "within": "5 hours"},
        p={"from": "promised", "until": "closed", "stated": "when"},
    )
    assert promise(life, START + 6 * HOUR, START + DAY) == (None if late else "act-not-open")
    assert promise(play.filed(first, Filing("a"), START), START + 6 * HOUR, START + DAY) is None


def test_a_promise_is_at_most_as_late_as_the_act_says() -> None:
    stated = {"from": "promised", "until": "closed", "stated": "when"}
    life = play.filed(policy(promise={"most": "2 days"}, p=stated), Filing("a"), START)
    assert promise(life, START + HOUR, START + 2 * DAY + 2 * HOUR) == "invalid"
    assert promise(life, START + HOUR, START + 2 * DAY + HOUR) is None


@pytest.mark.parametrize(("calendar", "kind"), [({}, None), ({"calendar": "york"}, "invalid")])
def test_a_promised_date_ends_in_the_zone_of_its_clock(calendar: dict[str, str], kind: str | None) -> None:
    """`most` ends on 1 December at 24:00 in Shanghai; in New York that day ends 13 hours later."""
    stated = {"from": "promised", "until": "closed", "stated": "day", **calendar}
    life = play.filed(policy(promise={"needs": "day", "most": "5 calendar days"}, p=stated), Filing("a"), START)
    assert life.act(ActRequest("promise", {"day": "2026-12-01"}), ANN, START + HOUR) == kind


def test_an_extension_without_a_clock_that_runs_is_not_open() -> None:
    life = play.filed(policy(c={"from": "promised", "until": "closed", "within": "5 hours"}), Filing("a"), START)
    assert extend(life, START + HOUR) == "act-not-open"


@pytest.mark.parametrize(
    ("until", "problem"),
    [("2026-11-25", "invalid"), ("2026-11-26", None), ("2026-11-28", None), ("2026-11-29", "invalid")],
)
def test_an_extension_to_a_date_ends_with_that_day_in_the_zone_of_its_clock(until: str, problem: str | None) -> None:
    """It is due at 15:00 in Shanghai on 26 November. 52 hours later, 28 November ends in Auckland."""
    clock = {"from": "registered", "until": "closed", "within": "5 hours", "calendar": "plant"}
    life = play.filed(policy(extend={"most": "52 hours"}, dated=True, c=clock), Filing("a"), START)

    assert life.act(ActRequest("extend", {"clock": "c", "until": until}), ANN, START + HOUR) == problem

    if problem is None:
        assert to_text(life.complaint.runs[0].due or 0) == f"{until}T11:00:00.000Z"


@pytest.mark.parametrize(("when", "problem"), [("2026-11-28", None), ("2026-11-29", "invalid")])
def test_a_promised_date_is_counted_in_the_zone_of_its_clock(when: str, problem: str | None) -> None:
    """The latest time is 10:00 on 29 November in Shanghai. The 28th ends sooner in Auckland, the 29th does not."""
    clock = {"from": "promised", "until": "closed", "stated": "when", "calendar": "plant"}
    life = play.filed(policy(promise={"most": "3 days"}, dated=True, c=clock), Filing("a"), START)

    assert life.act(ActRequest("promise", {"when": when}), ANN, START) == problem


PAUSED = {"from": "registered", "until": "closed", "within": "5 hours", "paused_in": "waiting"}


def parked() -> Life:
    """Paused two hours after the start, so that three hours are left."""
    life = play.filed(policy(extend={"most": "10 hours"}, c=PAUSED), Filing("a"), START)
    assert life.act(ActRequest("park"), ANN, START + 2 * HOUR) is None
    return life


@pytest.mark.parametrize(
    ("until", "kind"),
    [
        (START + 30 * DAY, "invalid"),
        (START + 17 * HOUR + 1, "invalid"),
        (START + 17 * HOUR, None),
        (START + 7 * HOUR + 1, None),
        (START + 7 * HOUR, "invalid"),
    ],
)
def test_an_extension_of_a_paused_clock_counts_from_its_due_time_if_it_resumed(until: int, kind: str | None) -> None:
    """At four hours it would be due at seven: `most` ends ten hours later."""
    life = parked()
    request = ActRequest("extend", {"clock": "c", "until": to_text(until)})
    assert life.act(request, ANN, START + 4 * HOUR) == kind
    if kind is None:
        assert life.act(ActRequest("resume"), ANN, START + 6 * HOUR) is None
        assert [run.due for run in life.complaint.runs] == [until]


def test_the_maximum_of_a_paused_clock_holds_for_all_extensions_together() -> None:
    life = parked()
    for until, kind in ((16, None), (18, "invalid"), (17, None)):
        request = ActRequest("extend", {"clock": "c", "until": to_text(START + until * HOUR)})
        assert life.act(request, ANN, START + 4 * HOUR) == kind


@pytest.mark.parametrize(
    ("day", "kind", "due"),
    [
        ("2026-11-25", "invalid", None),
        ("2026-11-28", None, "2026-11-29T00:00:00+08:00"),
        ("2026-11-29", "invalid", None),
    ],
)
def test_an_extension_to_a_date_ends_with_that_day(day: str, kind: str | None, due: str | None) -> None:
    """Due on Thursday 26 November at 15:00; two calendar days later at the most."""
    extend = {"needs": ["clock", "until"], "most": "2 calendar days"}
    life = play.filed(policy(extend, dated=True), Filing("a"), START)
    assert life.act(ActRequest("extend", {"clock": "c", "until": day}), ANN, START + HOUR) == kind
    if due is not None:
        assert [run.due for run in life.complaint.runs] == [from_text(due)]
