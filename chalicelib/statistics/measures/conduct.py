"""Measures of how people act near a due time: indicators of gaming, each with what it is compared with."""

from __future__ import annotations

from chalicelib.statistics.measures.measure import Measure, count, pick, share

CONDUCT: tuple[Measure, ...] = (
    count("reclassified", "重新定级", "Reclassified", "Changes of the severity class.", pick("severity_change")),
    share(
        count(
            "downgraded_after_warning",
            "预警后降级",
            "Downgraded after a warning",
            "Changes to a lower class by an act after a warning or a miss of a deadline still open, of all by acts.",
            pick("severity_change", direction="down", cause="act", warned="yes"),
        ),
        pick("severity_change", cause="act"),
    ),
    share(
        count(
            "downgrades_near_due",
            "临期降级",
            "Downgrades near a due time",
            "Changes to a lower class by an act within a day before a due time, of all changes by acts.",
            pick("severity_change", direction="down", cause="act", near="yes"),
        ),
        pick("severity_change", cause="act"),
    ),
    share(
        count(
            "pauses_near_due",
            "临期暂停",
            "Pauses near the due time",
            "Pauses within a day before the deadline's due time, of all pauses.",
            pick("deadline", event="paused", near="yes"),
        ),
        pick("deadline", event="paused"),
    ),
    share(
        count(
            "extensions_near_due",
            "临期延期",
            "Extensions near the due time",
            "Extensions within a day before the deadline's due time, of all extensions.",
            pick("deadline", event="extended", near="yes"),
        ),
        pick("deadline", event="extended"),
    ),
    share(
        count(
            "passed_on_near_due",
            "临期转办",
            "Passed on near a due time",
            "Complaints forwarded or transferred within a day before a due time, of all forwarded or transferred.",
            pick("handed_on", near="yes"),
        ),
        pick("handed_on"),
    ),
    share(
        count(
            "closed_unheard_and_reopened",
            "未经投诉人表态结案后又重新处理",
            "Closed unheard, then reopened",
            "Closings without an act of the complainant since the decision (without one, since the filing or the "
            "reopening) that were reopened later, of all closings. It counts on the day of the closing.",
            pick("ending", unheard="yes", reopened="yes"),
        ),
        pick("ending"),
    ),
    share(
        count(
            "acts_entered_later",
            "事后补录",
            "Acts entered on a later day",
            "Acts of the organisation's people that state an earlier day as the time at which they were done, of all "
            "their acts.",
            pick("staff_act", earlier="yes"),
        ),
        pick("staff_act"),
    ),
)
