"""Explains a due time (X.2): the rule, clause and start event, then the calculation by the calendar."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.runs import Run
from chalicelib.instants import Instant, to_text
from chalicelib.policy import worktime
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.worktime import parse_limit


def explain(policy: Policy, run: Run, number: str) -> dict[str, Any]:
    """Returns `rule`, `policy` and `started_by` and, unless the due time was stated, the whole calculation.

    A reader can repeat the calculation by hand. The form is `because_schema`.
    """
    clock = policy.clocks[run.clock]
    because: dict[str, Any] = {
        "rule": _rule(clock, run),
        "policy": policy.version,
        "started_by": f"{number}/{run.seq}",
    }
    if run.stated is not None or not run.limit:
        return {**because, **_stated(policy, run)}
    pauses = [(first, last) for first, last in run.pauses if first is not None]
    calculation = worktime.explain(policy.calendar, parse_limit(run.limit), run.started, pauses)
    if run.due is not None and calculation["end"] != to_text(run.due):
        # A changed limit can end before the change. The run is then due at the change.
        because["due_at_the_change"] = to_text(run.due)
        calculation["text"] = _with_sentence(calculation["text"], policy, _AT_THE_CHANGE, run.due)
    return {**because, **calculation}


def _rule(clock: CompiledClock, run: Run) -> dict[str, Any]:
    when = next((rule.when for rule in clock.rules if str(rule.limit) == run.limit), {})
    rule: dict[str, Any] = {"clock": clock.name, "limit": run.limit or "stated", "when": when, "hours": run.hours}
    if clock.clock.clause is not None:
        rule["clause"] = clock.clock.clause
    return rule


def _stated(policy: Policy, run: Run) -> dict[str, Any]:
    text = {"zh": "", "en": ""}
    if run.due is not None:
        text = _with_sentence(text, policy, _STATED if run.before is None else _EXTENDED, run.due, run.before)
    return {
        "limit": "stated",
        "start": to_text(run.started),
        "end": None if run.due is None else to_text(run.due),
        **({} if run.before is None else {"due_before": to_text(run.before)}),
        "provisional": False,
        "stretches": [],
        "text": text,
    }


_STATED = {
    "zh": "按照当时明确的时间，到期时间为 {due}（{zone}）。",
    "en": "Due at the time that was stated then: {due} ({zone}).",
}
_EXTENDED = {
    "zh": "原定 {before} 到期，期限延长至 {due}（{zone}）；理由见延期的记录。",
    "en": "It was due {before} and was extended to {due} ({zone}); the reason stands in the extension's record.",
}
_AT_THE_CHANGE = {
    "zh": "改用这一期限时该时间已过，因此以变更之时 {due} 为到期时间。",
    "en": "That time was past already when this limit came to apply, so it is due at the change: {due}.",
}


def _with_sentence(
    text: dict[str, str], policy: Policy, sentence: dict[str, str], due: Instant, before: Instant | None = None
) -> dict[str, str]:
    """Appends a sentence in each language, with times in the calendar's time zone."""
    extended: dict[str, str] = {}
    for language in ("zh", "en"):
        times = {
            "due": worktime.local_time_text(policy.calendar, due, language),
            "before": "" if before is None else worktime.local_time_text(policy.calendar, before, language),
        }
        more = sentence[language].format(zone=policy.calendar.document.timezone, **times)
        extended[language] = " ".join(part for part in (text[language], more) if part)
    return extended
