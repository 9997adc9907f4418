"""Measures of deadlines."""

from __future__ import annotations

from chalicelib.statistics.measures.measure import Measure, at_risk, count, event, pick, share, state, times

ENDED = ("met", "missed", "missed_open")
STARTED = pick("deadline", event="started")

DEADLINES: tuple[Measure, ...] = (
    share(count("met", pick("due", outcome="met"), "deadline"), pick("due", outcome=ENDED)),
    share(count("missed", pick("due", outcome=("missed", "missed_open")), "deadline"), pick("due", outcome=ENDED)),
    count("missed_and_open", pick("due", outcome="missed_open"), "deadline"),
    count("not_yet_due", pick("due", outcome="open"), "deadline"),
    times("lateness", pick("lateness")),
    times("lateness_of_escalations", pick("escalation")),
    count("escalated", pick("escalation")),
    share(count("extended", pick("deadline", event="extended")), STARTED),
    share(
        count("extended_on_last_day", pick("deadline", event="extended", last_day="yes")),
        pick("deadline", event="extended"),
    ),
    count("paused", pick("deadline", event="paused")),
    at_risk(1),
    at_risk(3),
    at_risk(5),
    share(count("demands_answered", event("evidence_received")), event("evidence_demanded")),
    state("deadlines_open", pick("run")),
    share(state("deadlines_paused", pick("run", run_state="paused")), pick("run")),
    state("open", pick("open")),
)
