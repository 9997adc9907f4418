"""Explains a due time (X.2): the rule, clause and start event, then the calculation by the calendar."""

from __future__ import annotations

import msgspec

from chalicelib.complaints.deadlines import counting
from chalicelib.complaints.deadlines.because_view import BecauseView, ClockRule
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.worktime import Calendar, explaining, parse_limit


def explain(policy: Policy, run: Run, number: str) -> BecauseView:
    """The rule and the start event and, unless the due time was stated, the whole calculation.

    A reader can repeat the calculation by hand. `features.service.because_schema` describes it exactly.
    """
    rule = _rule(policy, policy.clocks[run.clock], run)
    started_by = f"{number}/{run.seq}"
    if run.stated is not None or not run.limit:
        return _stated(policy, run, rule, started_by)
    calendar = policy.calendar_of(run.calendar)
    calculation = explaining.explain_term(counting.term_of(policy, run, parse_limit(run.limit)))
    if run.begins is not None:
        calculation["event_at"] = to_text(run.started)
        calculation["text"] = _with_sentence(calculation["text"], calendar, _COUNTS_LATER, run.begins, run.started)
    if rule.calendar:
        sentence = _ON_OWN_CALENDAR if rule.calendar == _OWN else _ON_CALENDAR
        calculation["text"] = _appended(calculation["text"], sentence, calendar=rule.calendar)
    if run.due is not None and calculation["end"] != to_text(run.due):
        # A changed limit can end before the change. The run is then due at the change.
        calculation["due_at_the_change"] = to_text(run.due)
        calculation["text"] = _with_sentence(calculation["text"], calendar, _AT_THE_CHANGE, run.due)
    own = {"rule": rule, "policy": policy.version, "started_by": started_by}
    return msgspec.convert(calculation | own, BecauseView)


def _rule(policy: Policy, clock: CompiledClock, run: Run) -> ClockRule:
    name = run.calendar if run.calendar in policy.calendars else _OWN
    return ClockRule(
        clock=clock.name,
        limit=run.limit or "stated",
        when=_condition(clock, run),
        hours=run.hours,
        calendar=name if policy.calendars else msgspec.UNSET,
        clause=msgspec.UNSET if clock.clock.clause is None else clock.clock.clause,
    )


def _condition(clock: CompiledClock, run: Run) -> Condition:
    """The condition of the rule that gave the limit. A run knows its limit and its hours: where several rules fit, what
    all of them ask for, with the values of any of them."""
    same = [rule.when for rule in clock.rules if str(rule.limit) == run.limit]
    fitting = [when for when in same if run.hours in when.get("hours", [run.hours])] or same
    if not fitting:
        return {}
    names = [name for name in fitting[0] if all(name in when for when in fitting)]
    return {name: list(dict.fromkeys(value for when in fitting for value in when[name])) for name in names}


def _stated(policy: Policy, run: Run, rule: ClockRule, started_by: str) -> BecauseView:
    text = {"zh": "", "en": ""}
    if run.due is not None:
        sentence = _STATED if run.before is None else _EXTENDED
        text = _with_sentence(text, policy.calendar_of(run.calendar), sentence, run.due, run.before)
    return BecauseView(
        rule=rule,
        policy=policy.version,
        started_by=started_by,
        limit="stated",
        start=to_text(run.started),
        end=None if run.due is None else to_text(run.due),
        due_before=msgspec.UNSET if run.before is None else to_text(run.before),
        provisional=False,
        stretches=[],
        text=text,
    )


_OWN = counting.OWN_CALENDAR
_ON_CALENDAR = {"zh": "按日历“{calendar}”计算。", "en": "Counted on the calendar “{calendar}”."}
_ON_OWN_CALENDAR = {"zh": "按制度自身的日历计算。", "en": "Counted on the policy's own calendar."}
_STATED = {
    "zh": "按照当时明确的时间，到期时间为 {due}（{zone}）。",
    "en": "Due at the time that was stated then: {due} ({zone}).",
}
_EXTENDED = {
    "zh": "原定到期时间为 {before}，延长后为 {due}（{zone}）；理由见延期的记录。",
    "en": "It was due {before}. It was extended and is now due {due} ({zone}); "
    "the reason stands in the extension's record.",
}
_COUNTS_LATER = {
    "zh": "起算事件发生于 {before}，不在工作时间内，因此自下一个工作日开始办公时（{due}）起算。",
    "en": "The event was at {before}, outside working time. It counts from the next working day's opening: {due}.",
}
_AT_THE_CHANGE = {
    "zh": "改用这一期限时该时间已过，因此以变更之时 {due} 为到期时间。",
    "en": "That time was past already when this limit came to apply, so it is due at the change: {due}.",
}


def _with_sentence(
    text: dict[str, str], calendar: Calendar, sentence: dict[str, str], due: Instant, before: Instant | None = None
) -> dict[str, str]:
    """Appends a sentence in each language, with times in the calendar's time zone."""
    filled = {
        language: sentence[language].format(
            zone=explaining.zone_text(calendar, language),
            due=explaining.due_text(calendar, due, language),
            before="" if before is None else explaining.due_text(calendar, before, language),
        )
        for language in sentence
    }
    return _appended(text, filled)


def _appended(text: dict[str, str], sentence: dict[str, str], **values: str) -> dict[str, str]:
    """The text with a further sentence in each language."""
    more = {language: one.format(**values) for language, one in sentence.items()} if values else sentence
    return {language: " ".join(part for part in (text[language], more[language]) if part) for language in ("zh", "en")}
