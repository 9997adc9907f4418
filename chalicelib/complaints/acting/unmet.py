"""Why an act, or a value of its fields, is not possible: the conditions that fail, in words for the reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth, Place, Problem, Text, steps_of
from chalicelib.policy.language.conditions import Condition, condition_value
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording import condition_words, field_words

_NOT_SET = frozenset({"no", "none"})
"""The values of a flag that an act has not set, or has set back."""


def failing(when: Condition, case: Mapping[str, str], free: Collection[str] = ()) -> Condition:
    """The conditions that do not hold. `free`: the names that are not asked for."""
    return {name: values for name, values in when.items() if name not in free and case.get(name, "none") not in values}


def of_act(
    document: PolicyDocument, when: Condition, case: Mapping[str, str], missing: Collection[str], *, in_time: bool
) -> InBoth:
    """`missing`: the events that the act waits for. `in_time`: false if a due time is over that must not be."""
    waiting = [_after(condition_words.together(condition_words.event_names(document, missing)))] if missing else []
    said = [_words(document, name, values, case) for name, values in when.items()]
    return _joined([*waiting, *said, *([] if in_time else [_text("in_time")])])


def conditions(document: PolicyDocument, when: Condition, case: Mapping[str, str]) -> InBoth | None:
    """The conditions in words, whether they hold or not. None if the policy has no words for any of them."""
    said = [_words(document, name, values, case) for name, values in when.items()]
    return _joined(said) if any(one != _text("unnamed") for one in said) else None


def required(document: PolicyDocument, fact: Fact) -> str:
    """Says that a field is missing, and in which cases it is required."""
    if not isinstance(fact.required, RequiredWhen):
        return "is required"
    needed = conditions(document, fact.required.when, {})
    return "is required in this case" if needed is None else Text("is required with: {needed}", needed=needed)


def explained(
    problem: Problem,
    document: PolicyDocument,
    given: Mapping[str, Any],
    case: Mapping[str, str],
    free: Collection[str] = (),
) -> Problem:
    """The same problem. Faults of choices say why the case does not allow them. `free`: as in `failing`."""
    problem = in_words(problem, document)
    places = [Place(one.pointer, _reasoned(one, document, given, case, free), more=one.more) for one in problem.places]
    return Problem(problem.kind, problem.text, places=places, extra=problem.extra)


def in_words(problem: Problem, document: PolicyDocument) -> Problem:
    """The same problem, with the labels of the policy's values. For programs, `values` lists their names."""
    places = [_worded(one, document) for one in problem.places]
    return Problem(problem.kind, problem.text, places=places, extra=problem.extra)


def _worded(place: Place, document: PolicyDocument) -> Place:
    if not isinstance(place.text, Text):
        return place
    labels, clocks = field_words.of_values(document, steps_of(place.pointer)), field_words.of_clocks(document)
    given = place.text.values.items()
    named = {key: names for key, value in given if (names := _names(value, clocks if key == "clock" else labels))}
    if not named:
        return place
    said = {**place.text.values, **{key: _in_both(names, {**clocks, **labels}) for key, names in named.items()}}
    values = [name for names in named.values() for name in names]
    return Place(place.pointer, Text(place.text.template, **said), more={**place.more, "values": values})


def field_name(document: PolicyDocument, pointer: str) -> InBoth:
    """The label of the field at this place of an act; its own name without one."""
    name = pointer.removeprefix("/fields/")
    fact = document.definition(steps_of(pointer)[1]) if "/" in pointer[1:] else None
    label = None if fact is None else fact.name
    return InBoth(name, name) if label is None else InBoth(label.en, label.zh)


def _names(value: Any, labels: Mapping[str, Label]) -> list[str]:
    """The listed values; none if none of them has a label."""
    names = value.split(", ") if isinstance(value, str) and not isinstance(value, Text) else []
    return names if any(name in labels for name in names) else []


def _in_both(names: Sequence[str], labels: Mapping[str, Label]) -> InBoth:
    said = [labels.get(name) or Label(zh=name) for name in names]
    return InBoth(", ".join(one.en for one in said), "、".join(one.zh for one in said))


def _reasoned(
    place: Place, document: PolicyDocument, given: Mapping[str, Any], case: Mapping[str, str], free: Collection[str]
) -> str:
    _, name, *rest = steps_of(place.pointer)
    fact, value = document.definition(name), given.get(name)
    several = value if isinstance(value, list) else [value]
    named = [several[int(rest[0])]] if rest and isinstance(value, list) else several
    options = [fact.choices.get(condition_value(one)) for one in named] if fact else []
    reasons = (conditions(document, failing(one.when, case, free), case) for one in options if one is not None)
    needed = next(filter(None, reasons), None)
    if needed is None:
        return place.text
    return Text("{fault}; this value needs: {needed}", fault=place.text, needed=needed)


def _words(document: PolicyDocument, name: str, values: Collection[str], case: Mapping[str, str]) -> Label:
    """A flag without a name is said by the acts that set it. One that must not be set is said by those that set it,
    not by those that set it back."""
    said = condition_words.named(document, name, list(values))
    if said is not None:
        return said
    events = condition_words.setting_events(document, name, values)
    undone = condition_words.setting_events(document, name, [case.get(name, "none")])
    if undone and (not events or not _NOT_SET.isdisjoint(values)):
        return _said("not_done", condition_words.neither(undone))
    return _after(condition_words.alternatives(events)) if events else _text("unnamed")


def _after(events: Label) -> Label:
    return _said("done_before", events)


def _said(what: str, events: Label) -> Label:
    text = _text(what)
    return Label(zh=text.zh.format(events=events.zh), en=text.en.format(events=events.en))


def _text(what: str) -> Label:
    return catalogue.section("unmet", dict[str, Label])[what]


def _joined(parts: list[Label]) -> InBoth:
    found = condition_words.joined(list({(one.zh, one.en): one for one in parts or [_text("unnamed")]}.values()))
    return InBoth(found.en, found.zh)
