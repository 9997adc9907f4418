"""Measures of deadlines."""

from __future__ import annotations

from chalicelib.statistics.measures.measure import Measure, at_risk, count, event, pick, share, state, times

ENDED = ("met", "missed", "missed_open")
STARTED = pick("deadline", event="started")

DEADLINES: tuple[Measure, ...] = (
    share(
        count(
            "met",
            "按时完成",
            "Met",
            "Deadlines met, by the day on which they were due, of those that were met or missed. A deadline that was "
            "cancelled, or still runs, counts in neither.",
            pick("due", outcome="met"),
            "deadline",
        ),
        pick("due", outcome=ENDED),
    ),
    share(
        count(
            "missed",
            "超期",
            "Missed",
            "Deadlines missed, by the day on which they were due, whether they have ended since or not.",
            pick("due", outcome=("missed", "missed_open")),
            "deadline",
        ),
        pick("due", outcome=ENDED),
    ),
    count(
        "missed_and_open",
        "超期未完成",
        "Missed and still open",
        "Deadlines missed that have not ended since, by the day on which they were due.",
        pick("due", outcome="missed_open"),
        "deadline",
    ),
    count(
        "not_yet_due",
        "尚未到期",
        "Still running",
        "Running deadlines, by the day on which they are due.",
        pick("due", outcome="open"),
        "deadline",
    ),
    times(
        "lateness",
        "超期时长",
        "Lateness",
        "Working time from the due time to the end of missed deadlines that have ended, by the due day.",
        pick("lateness"),
    ),
    times(
        "lateness_of_escalations",
        "升级时已超期时长",
        "Lateness at escalation",
        "Working time from the due time to each escalation, by the tier that it reached.",
        pick("escalation"),
    ),
    count("escalated", "升级", "Escalated", "Escalations, by deadline and tier.", pick("escalation")),
    share(
        count(
            "extended",
            "延期",
            "Extended",
            "Extensions, of the deadlines that started.",
            pick("deadline", event="extended"),
        ),
        STARTED,
    ),
    share(
        count(
            "extended_on_last_day",
            "最后一天延期",
            "Extended on the last day",
            "Extensions on the day on which the deadline was due, of all extensions.",
            pick("deadline", event="extended", last_day="yes"),
        ),
        pick("deadline", event="extended"),
    ),
    count(
        "paused",
        "暂停次数",
        "Pauses",
        "Pauses of deadlines. The stage is the reason.",
        pick("deadline", event="paused"),
    ),
    at_risk(1),
    at_risk(3),
    at_risk(5),
    share(
        count(
            "demands_answered",
            "按要求举证",
            "Demands answered",
            "Demands for evidence that were answered.",
            event("evidence_received"),
        ),
        event("evidence_demanded"),
    ),
    state(
        "deadlines_open",
        "进行中的期限",
        "Open deadlines",
        "Deadlines open at the end of the day, by their state.",
        pick("run"),
    ),
    share(
        state(
            "deadlines_paused",
            "暂停中的期限",
            "Paused deadlines",
            "Deadlines paused at the end of the day, of those open. The stage is the reason.",
            pick("run", run_state="paused"),
        ),
        pick("run"),
    ),
    state(
        "open",
        "未结投诉",
        "Open complaints",
        "Complaints open at the end of the day, by age since the week of the filing, stage and tier. None is "
        "open from its refusal, closing or withdrawal until an act leads elsewhere, nor in a stage without acts.",
        pick("open"),
    ),
)
