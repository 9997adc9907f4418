"""Measures of what came in and what became of it."""

from __future__ import annotations

from chalicelib.statistics.counting.series import RETURNING
from chalicelib.statistics.measures.measure import Measure, count, event, pick, share, times

RECEIVED = event("registered")
CLOSED = event("closed")

FLOW: tuple[Measure, ...] = (
    count("received", "收到", "Received", "Complaints filed on the day.", RECEIVED, "case"),
    share(
        count(
            "accepted",
            "受理",
            "Accepted",
            "Complaints accepted for the first time.",
            event("accepted", again="no"),
            "case",
        ),
        RECEIVED,
    ),
    share(count("refused", "不予受理", "Refused", "Refusals, by ground.", pick("refusal", event="refused")), RECEIVED),
    share(
        count(
            "refusals_overturned",
            "不予受理后又受理",
            "Refusals overturned",
            "Acceptances and reopenings after a refusal, by the ground of that refusal, of the refusals of the period.",
            pick("refusal", event="overturned"),
        ),
        pick("refusal", event="refused"),
    ),
    count("decided", "作出处理决定", "Decided", "Decisions.", event("decided")),
    count("closed", "结案", "Closed", "Closings. A complaint that was reopened can be closed again.", CLOSED),
    count("withdrawn", "撤回", "Withdrawn", "Withdrawals by the complainant.", event("withdrawn")),
    count("transferred", "移送", "Transferred", "Transfers to another body.", event("transferred")),
    share(count("reopened", "重新处理", "Reopened", "Reopenings.", event("reopened")), CLOSED),
    share(
        count("disputed", "提出异议", "Disputed", "Disputes by the complainant.", event("disputed")), event("decided")
    ),
    share(
        count(
            "upheld_again",
            "复议维持",
            "Upheld at a second stage",
            "Decisions after a dispute, an objection or a reopening that chose the same as the decision before: every "
            "public choice and flag is equal. Of all decisions of that kind.",
            pick("ruling", again="yes", same="yes"),
        ),
        pick("ruling", again="yes"),
    ),
    share(
        count(
            "closed_on_silence",
            "逾期未答复结案",
            "Closed on silence",
            "Closings that the passing of time caused, because a party did not answer.",
            pick("ending", by_time="yes"),
        ),
        pick("ending"),
    ),
    share(
        count(
            "demands_lapsed",
            "举证逾期",
            "Demands lapsed",
            "Demands for evidence that ended without an answer.",
            event("demand_lapsed"),
        ),
        event("evidence_demanded"),
    ),
    count(
        "linked",
        "重复投诉",
        "Linked as a repeat",
        "Complaints that a member linked to an earlier one.",
        event("linked"),
    ),
    share(
        count(
            "repeat_complainants",
            "再次投诉的投诉人",
            "By repeat complainants",
            "Complaints by a person who had filed another one here before, with the same phone number or e-mail "
            "address. Of the complaints that state one of them. Decided when a complaint is first counted.",
            pick(RETURNING, returning="yes"),
            "case",
        ),
        pick(RETURNING),
    ),
    count("published", "公开", "Published", "Notices published.", event("published")),
    count("tasks_done", "完成的任务", "Tasks done", "Tasks that were done, by task and role.", pick("task_done")),
    count(
        "answers",
        "各选项的填写次数",
        "Choices and flags",
        "How often each value of a choice or a flag was given in an act or a task, as `<field>=<value>`. Filtered "
        "by the task of a return visit: visits in which the complainant was reached or satisfied.",
        pick("said"),
    ),
    count(
        "acts", "办理行为", "Acts", "Events of acts and of the passing of time, by type, role and stage.", pick("event")
    ),
    count("points", "扣分", "Points", "Points counted against units, less those taken back.", pick("score")),
    count(
        "thresholds",
        "达到扣分标准",
        "Thresholds reached",
        "Times a unit's points reached a threshold.",
        pick("threshold"),
    ),
    times(
        "time_to_first_answer",
        "首次答复用时",
        "Time to the first answer",
        "Working time from the receipt to the first act of a member of which the complainant was told.",
        pick("first_reply"),
    ),
    times(
        "time_to_closing",
        "结案用时",
        "Time to closing",
        "Working time from the receipt to the first closing, of the complaints closed for the first time.",
        pick("first_closing"),
    ),
)
