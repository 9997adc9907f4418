"""Measures of what came in and what became of it."""

from __future__ import annotations

from chalicelib.statistics.counting.series import RETURNING
from chalicelib.statistics.measures.measure import Measure, count, event, pick, share, times, total

RECEIVED = event("registered")
CLOSED = event("closed")

FLOW: tuple[Measure, ...] = (
    count("received", RECEIVED, "case"),
    share(count("accepted", event("accepted", again="no"), "case"), RECEIVED),
    share(count("refused", pick("refusal", event="refused")), RECEIVED),
    share(count("refusals_overturned", pick("refusal", event="overturned")), pick("refusal", event="refused")),
    count("decided", event("decided")),
    count("closed", CLOSED),
    share(count("closed_without_decision", pick("ending", answered="no")), pick("ending")),
    count("withdrawn", event("withdrawn")),
    count("transferred", event("transferred")),
    share(count("reopened", event("reopened")), CLOSED),
    share(count("disputed", event("disputed")), event("decided")),
    share(count("upheld_again", pick("ruling", again="yes", same="yes")), pick("ruling", again="yes")),
    share(count("closed_on_silence", pick("ending", by_time="yes")), pick("ending")),
    share(count("demands_lapsed", event("demand_lapsed")), event("evidence_demanded")),
    count("linked", event("linked")),
    share(count("repeat_complainants", pick(RETURNING, returning="yes"), "case"), pick(RETURNING)),
    count("published", event("published")),
    count("tasks_done", pick("task_done")),
    count("answers", pick("said")),
    count("acts", pick("event")),
    total("sum_of_money", pick("amount", sum="money")),
    total("sum_of_hours", pick("amount", sum="hours")),
    count("points", pick("score")),
    count("thresholds", pick("threshold")),
    times("time_to_first_answer", pick("first_reply")),
    times("time_to_closing", pick("first_closing")),
)
