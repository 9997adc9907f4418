"""Measures of what came in and what became of it."""

from __future__ import annotations

from chalicelib.statistics.counting.series import MONEY, RETURNING
from chalicelib.statistics.measures.measure import (
    Measure,
    amounts,
    answer_times,
    count,
    event,
    indicator,
    pick,
    rate,
    share,
    times,
    total,
)

RECEIVED = event("registered")
CLOSED = event("closed")

FLOW: tuple[Measure, ...] = (
    count("received", RECEIVED, "case"),
    rate("received_per_1000", RECEIVED),
    share(count("accepted", pick("first_acceptance", accepted="yes"), "case"), pick("first_acceptance")),
    share(count("refused", pick("first_refusal", refused="yes"), "case"), pick("first_refusal"), undivided=("ground",)),
    indicator(share(count("refusals_overturned", pick("refusal", overturned="yes")), pick("refusal"))),
    count("decided", event("decided")),
    count("closed", CLOSED),
    indicator(share(count("closed_without_decision", pick("ending", answered="no")), pick("ending"))),
    count("withdrawn", event("withdrawn")),
    count("transferred", event("transferred")),
    share(count("reopened", pick("ending", reopened="yes")), pick("ending")),
    share(count("disputed", pick("answer", disputed="yes")), pick("answer")),
    share(count("upheld_again", pick("ruling", again="yes", same="yes")), pick("ruling", again="yes")),
    share(count("appealed", pick("ruling", appealed="yes")), pick("ruling")),
    share(count("overturned", pick("ruling", again="yes", same="no")), pick("ruling", again="yes")),
    share(count("closed_on_silence", pick("ending", by_time="yes")), pick("ending")),
    share(count("demands_lapsed", pick("demand", lapsed="yes")), pick("demand")),
    count("linked", event("linked")),
    share(count("repeat_complainants", pick(RETURNING, returning="yes"), "case"), pick(RETURNING)),
    count("published", event("published")),
    count("tasks_done", pick("task_done")),
    count("answers", pick("said")),
    count("first_outcome", pick("said", place=("only", "first")), "case"),
    count("last_outcome", pick("said", place=("only", "last")), "case"),
    count("satisfaction", pick("said", event="rated", place=("only", "last")), "case"),
    count("acts", pick("event")),
    total("sum_of_money", pick("amount", sum="money")),
    total("sum_of_hours", pick("amount", sum="hours")),
    amounts("redress", pick("amount", sum=MONEY, given="acted"), pick("redress")),
    count("points", pick("score")),
    count("thresholds", pick("threshold")),
    times("time_to_first_answer", pick("first_reply")),
    *answer_times("time_to_first_substantive_answer", pick("first_substantive_reply")),
    *answer_times("time_to_decision", pick("first_decision")),
    times("time_to_closing", pick("first_closing")),
)
