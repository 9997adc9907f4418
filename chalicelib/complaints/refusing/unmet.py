"""Why an act, or a value of its fields, is not possible: the conditions that fail, in words for the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from chalicelib.policy.language import condition_words
from chalicelib.policy.language.conditions import Condition, condition_value
from chalicelib.policy.language.fact_kinds import InvalidFieldValue
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.printing import EVENT_NAMES
from chalicelib.problem import InBoth, Text

_OTHER = Label(zh="制度规定的其他条件", en="another condition of the procedure")
_IN_TIME = Label(zh="可变更的期限尚未到期", en="a due time that is not over")
Why = Callable[[Fact, Any, InvalidFieldValue], str]
"""What is wrong with a value of the field, and why the case does not allow it."""


def unknown(_fact: Fact, _value: Any, wrong: InvalidFieldValue) -> str:
    """A `Why` without reasons."""
    return wrong.sentence


def failing(when: Condition, case: Mapping[str, str], free: Collection[str] = ()) -> Condition:
    """The conditions that do not hold. `free`: the names that are not asked for."""
    return {name: values for name, values in when.items() if name not in free and case.get(name, "none") not in values}


def of_act(
    document: PolicyDocument, when: Condition, case: Mapping[str, str], missing: Collection[str], *, in_time: bool
) -> InBoth:
    """`missing`: the events that the act waits for. `in_time`: false if a due time is over that must not be."""
    waiting = [_after([EVENT_NAMES[event] for event in missing])] if missing else []
    said = [_words(document, name, values, case) for name, values in when.items()]
    return _joined([*waiting, *said, *([] if in_time else [_IN_TIME])])


def conditions(document: PolicyDocument, when: Condition, case: Mapping[str, str]) -> InBoth | None:
    """The conditions in words, whether they hold or not. None if the policy has no words for any of them."""
    said = [_words(document, name, values, case) for name, values in when.items()]
    return _joined(said) if any(one != _OTHER for one in said) else None


def required(document: PolicyDocument, fact: Fact) -> str:
    """Says that a field is missing, and in which cases it is required."""
    if not isinstance(fact.required, RequiredWhen):
        return "is required"
    needed = conditions(document, fact.required.when, {})
    return "is required in this case" if needed is None else Text("is required with: {needed}", needed=needed)


def of_choices(document: PolicyDocument, case: Mapping[str, str], free: Collection[str] = ()) -> Why:
    """For the choices that the case does not allow."""

    def why(fact: Fact, value: Any, wrong: InvalidFieldValue) -> str:
        part = value[int(wrong.path[0])] if isinstance(value, list) and wrong.path else value
        option = fact.choices.get(condition_value(part))
        unmet = {} if option is None else failing(option.when, case, free)
        needed = conditions(document, unmet, case)
        fault = wrong.sentence
        return fault if needed is None else Text("{fault}; this value needs: {needed}", fault=fault, needed=needed)

    return why


def _words(document: PolicyDocument, name: str, values: Collection[str], case: Mapping[str, str]) -> Label:
    """A flag without a name is said by the acts that set it."""
    said = condition_words.named(document, name, list(values))
    if said is not None:
        return said
    if events := condition_words.setting_events(document, name, values):
        return _after(events)
    undone = condition_words.setting_events(document, name, [case.get(name, "none")])
    return _listed(undone, "未发生", "not done") if undone else _OTHER


def _after(events: list[Label]) -> Label:
    return _listed(events, "已发生", "done before")


def _listed(events: list[Label], zh: str, en: str) -> Label:
    named = condition_words.alternatives(events)
    return Label(zh=f"{zh}：{named.zh}", en=f"{en}: {named.en}")


def _joined(parts: list[Label]) -> InBoth:
    found = condition_words.joined(list(dict.fromkeys(parts or [_OTHER])))
    return InBoth(found.en, found.zh)
