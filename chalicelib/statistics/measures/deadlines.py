"""Measures of deadlines."""

from __future__ import annotations

from msgspec import structs

from chalicelib.statistics.measures.measure import Measure, Pick, at_risk, count, indicator, pick, share, state, times

ENDED = ("met", "missed", "missed_open")
OFFICE = "office"
"""Whose duties are counted, unless a question names others."""
_NOT_DONE = ("overdue", "moved")
_PROMISED = ("kept", "extended", "late", "unanswered", *_NOT_DONE)


def _promised(name: str, *outcomes: str) -> Measure:
    """A share of the promises whose first due day is over."""
    return share(count(name, _promises(outcomes), "deadline"), _promises(_PROMISED))


def _promises(outcomes: tuple[str, ...]) -> Pick:
    once_due = tuple(one for one in outcomes if one == "moved")
    return structs.replace(pick("promise", outcome=outcomes), once_due=once_due)


_HEADLINE = (
    _promised("met_as_first_promised", "kept"),
    indicator(_promised("met_after_extension", "extended")),
    indicator(_promised("met_late", "late")),
    indicator(_promised("not_done_as_promised", *_NOT_DONE)),
    indicator(_promised("ended_without_answer", "unanswered")),
)
HEADLINE = tuple(one.name for one in _HEADLINE)
"""What became of the promises, in parts of one whole."""
DEADLINES: tuple[Measure, ...] = (
    *_HEADLINE,
    count("cancelled", _promises(("cancelled",)), "deadline"),
    share(count("met", pick("due", outcome="met"), "deadline"), pick("due", outcome=ENDED)),
    share(count("missed", pick("due", outcome=("missed", "missed_open")), "deadline"), pick("due", outcome=ENDED)),
    count("missed_and_open", pick("due", outcome="missed_open"), "deadline"),
    count("not_yet_due", pick("due", outcome="open"), "deadline"),
    times("lateness", pick("lateness")),
    times("lateness_of_escalations", pick("escalation")),
    count("escalated", pick("escalation")),
    share(count("extended", pick("begun", extended="yes")), pick("begun")),
    share(
        count("extended_on_last_day", pick("deadline", event="extended", last_day="yes")),
        pick("deadline", event="extended"),
    ),
    count("paused", pick("deadline", event="paused")),
    times("time_paused", pick("pause")),
    at_risk(1),
    at_risk(3),
    at_risk(5),
    share(count("demands_answered", pick("demand", received="yes")), pick("demand")),
    state("deadlines_open", pick("run")),
    share(state("deadlines_paused", pick("run", run_state="paused")), pick("run")),
    state("open", pick("open")),
)
