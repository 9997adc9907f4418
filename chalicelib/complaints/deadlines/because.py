"""Explains a due time (X.2): the rule, clause and start event, then the calculation by the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from chalicelib.complaints.deadlines import counting
from chalicelib.complaints.deadlines.because_view import BecauseView, ClockRule
from chalicelib.complaints.runs import Run
from chalicelib.kit import catalogue
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
        calculation["text"] = _with_sentence(calculation["text"], calendar, "counts_later", run.begins, run.started)
    if name := rule.calendar or "":
        sentence = "on_own_calendar" if name == _OWN else "on_calendar"
        calculation["text"] = _appended(calculation["text"], sentence, lambda _: {"calendar": name})
    if run.due is not None and calculation["end"] != to_text(run.due):
        # A changed limit can end before the change. The run is then due at the change.
        calculation["due_at_the_change"] = to_text(run.due)
        calculation["text"] = _with_sentence(calculation["text"], calendar, "at_the_change", run.due)
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
        sentence = "stated" if run.before is None else "extended"
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


def _with_sentence(
    text: dict[str, str], calendar: Calendar, sentence: str, due: Instant, before: Instant | None = None
) -> dict[str, str]:
    """Appends a sentence in each language, with times in the calendar's time zone."""

    def values(language: str) -> Mapping[str, str]:
        times = {"due": due} if before is None else {"due": due, "before": before}
        said = {name: explaining.due_text(calendar, at, language) for name, at in times.items()}
        return {"zone": explaining.zone_text(calendar, language), **said}

    return _appended(text, sentence, values)


def _appended(text: dict[str, str], sentence: str, values: Callable[[str], Mapping[str, str]]) -> dict[str, str]:
    """The text with a further sentence in each language. `values`: of its placeholders, by language."""
    added = catalogue.texts("because")[sentence]
    more = {language: added.of(language).format(**values(language)) for language in text}
    return {language: " ".join(part for part in (text[language], more[language]) if part) for language in text}
