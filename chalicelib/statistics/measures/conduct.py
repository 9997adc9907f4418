"""Measures of how people act near a due time: indicators of gaming, each with what it is compared with."""

from __future__ import annotations

from chalicelib.statistics.measures.measure import Measure, count, indicator, pick, share

_SIGNS: tuple[Measure, ...] = (
    share(
        count("downgraded_after_warning", pick("severity_change", direction="down", cause="act", warned="yes")),
        pick("severity_change", cause="act"),
    ),
    share(
        count("downgrades_near_due", pick("severity_change", direction="down", cause="act", near="yes")),
        pick("severity_change", cause="act"),
    ),
    share(count("recategorised", pick("first_category", changed="yes"), "case"), pick("first_category")),
    share(count("pauses_near_due", pick("deadline", event="paused", near="yes")), pick("deadline", event="paused")),
    share(
        count("extensions_near_due", pick("deadline", event="extended", near="yes")), pick("deadline", event="extended")
    ),
    share(count("passed_on_near_due", pick("handed_on", near="yes")), pick("handed_on")),
    share(count("closed_unheard_and_reopened", pick("ending", unheard="yes", reopened="yes")), pick("ending")),
    share(count("acts_entered_later", pick("staff_act", earlier="yes")), pick("staff_act")),
)
CONDUCT = (count("reclassified", pick("severity_change")), *map(indicator, _SIGNS))
