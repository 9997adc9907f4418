"""The reports and the measures of each."""

from __future__ import annotations

from chalicelib.statistics.measures.table import GAMING, MEASURES

REPORTS: dict[str, tuple[str, ...]] = {
    "inflow": (
        *("received", "accepted", "refused", "refusals_overturned", "withdrawn", "transferred"),
        *("linked", "repeat_complainants"),
    ),
    "results": (
        *("decided", "closed", "disputed", "reopened", "upheld_again"),
        *("closed_on_silence", "published", "answers"),
    ),
    "deadlines": (
        *("met", "missed", "missed_and_open", "not_yet_due", "lateness", "lateness_of_escalations"),
        *("escalated", "extended", "extended_on_last_day", "paused", "time_to_first_answer", "time_to_closing"),
    ),
    "workload": (
        *("open", "deadlines_open", "deadlines_paused", "at_risk_1", "at_risk_3", "at_risk_5"),
        *("tasks_done", "acts"),
    ),
    "indicators": tuple(sorted(GAMING)),
    "all": tuple(MEASURES),
}
"""By name. A request can choose any of a report's measures."""
