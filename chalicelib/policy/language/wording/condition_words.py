"""Conditions in words, such as 投诉类别：重大投诉, in both languages.

Names and values without a display text are words of the policy only, which have no place in a text for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from chalicelib.policy.language.conditions import CLOCK_PREFIX, FILED_BY, REPEAT
from chalicelib.policy.language.facts import Band, Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES, GROUND

_FIELD = "field."


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


STATES = {
    "none": _label("未开始", "not started"),
    "running": _label("进行中", "running"),
    "paused": _label("已暂停", "paused"),
    "met": _label("已按时完成", "met"),
    "missed": _label("已超期", "missed"),
    "cancelled": _label("已终止", "cancelled"),
}
"""The states of a clock."""
_ANSWERS = {"yes": _label("是", "yes"), "no": _label("否", "no"), "none": _label("未填写", "not given")}
_NO_CHOICE = _label("无", "none")
"""A value with choices of which none was made."""
_COMPLAINANT, _OWNER = _label("投诉人", "the complainant"), _label("机构管理员", "an owner")
_NAMES = {**BUILT_IN_VALUES, "ground": GROUND}
"""Of built-in values and fields."""
_FILING_NAMES = {
    FILED_BY: _label("登记人", "filed by"),
    REPEAT: _label("就同一事项的投诉次数", "complaint about the same matter"),
}
"""Of what the filing decides. A policy can take these names for values of its own."""
_ORDINALS = {
    "first": _label("首次", "first"),
    "second": _label("第二次", "second"),
    "third": _label("第三次及以后", "third and later"),
}
_SENTENCES: Mapping[str, Mapping[str, Label]] = {
    "hours": {
        "open": _label("工作时间内", "in working hours"),
        "closed": _label("工作时间外", "outside working hours"),
    },
    "demand": {
        "none": _label("未要求提供证据", "no evidence was asked for"),
        "open": _label("等待证据", "evidence is awaited"),
        "answered": _label("已收到证据", "the evidence has come"),
        "lapsed": _label("未按期提供证据", "the evidence did not come in time"),
    },
    "reachable": {
        "yes": _label("能联系到投诉人", "the complainant can be reached"),
        "no": _label("联系不到投诉人", "the complainant cannot be reached"),
    },
    "in_time": {
        "yes": _label("在时效之内", "filed within the limitation"),
        "no": _label("超过时效", "filed after the limitation"),
    },
    "unit": {
        "yes": _label("投诉已指明单位", "the complaint names a unit"),
        "no": _label("投诉未指明单位", "the complaint names no unit"),
    },
}
"""Values of the language that are said without their name, inside a sentence."""


def named(document: PolicyDocument, name: str, values: Sequence[str]) -> Label | None:
    """The condition with its name, such as 处理结果：支持. None if the policy has no words for it."""
    said, what = said_values(document, name, values), _name(document, name)
    if said is None or name in _SENTENCES:
        return said
    if what is None:  # a choice can speak for itself, but not a number or the state of a clock
        definition = _definition(document, name)
        return said if definition is not None and definition.choices else None
    return _label(f"{what.zh}：{said.zh}", f"{_en(what)}: {_en(said)}")


def said_values(document: PolicyDocument, name: str, values: Sequence[str]) -> Label | None:
    """The values without the name. None if none of them has a text."""
    labels = _labels(document, name)
    found = {(one.zh, one.en): one for value in values if (one := labels.get(value)) is not None}
    return alternatives(list(found.values())) if found else None


def setting_events(document: PolicyDocument, flag: str, values: Collection[str]) -> list[Label]:
    """The names of the events of the acts that can give the flag one of the values."""
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    events = dict.fromkeys(EVENT_OF_ACT[name] for name, act in acts if act.sets.get(flag) in values)
    return event_names(document, events)


def event_names(document: PolicyDocument, events: Iterable[str]) -> list[Label]:
    """Inside a sentence."""
    found = (event_label(document, event) for event in events)
    return [_label(one.zh, one.en[:1].lower() + one.en[1:]) for one in found]


def alternatives(parts: Sequence[Label]) -> Label:
    """Such as 甲、乙或丙 and `A, B or C`."""
    return _listed(parts, "或", " or ")


def together(parts: Sequence[Label]) -> Label:
    """Parts that are needed together, such as `A, B and C`."""
    return _listed(parts, "、", " and ")


def neither(parts: Sequence[Label]) -> Label:
    """Parts of which none may be."""
    return _listed(parts, "、", " or ")


def _listed(parts: Sequence[Label], zh: str, en: str) -> Label:
    *first, last = parts
    return _joined([_joined(first, "、", ", "), last], zh, en) if first else last


def joined(parts: Sequence[Label]) -> Label:
    return _joined(parts, "；", "; ")


def _joined(parts: Sequence[Label], zh: str, en: str) -> Label:
    return _label(zh.join(one.zh for one in parts), en.join(map(_en, parts)))


def _en(label: Label) -> str:
    return label.en


def _name(document: PolicyDocument, name: str) -> Label | None:
    if name.startswith(CLOCK_PREFIX):
        clock = name.removeprefix(CLOCK_PREFIX)
        known = document.clocks.get(clock) or document.tasks.get(clock)
        return known.name if known else None
    if name in document.intake.categories:
        return BUILT_IN_VALUES["category"]
    definition, source = _definition(document, name), _source(document, name)
    built_in = _FILING_NAMES[name] if name in document.filing_values() else _NAMES.get(source)
    return BUILT_IN_VALUES.get(name) or (definition.name if definition and definition.name else built_in)


def _labels(document: PolicyDocument, name: str) -> Mapping[str, Label]:
    if name in _SENTENCES:
        return _SENTENCES[name]
    if name.startswith(CLOCK_PREFIX):
        return STATES
    definition = _definition(document, name)
    known: dict[str, Mapping[str, Label]] = {
        **document.intake.categories,
        "channel": document.intake.channels,
        "severity": {} if document.severity is None else document.severity.classes,
        "ground": {key: one.name for key, one in document.intake.refusals.items()},
        "routed": document.people,
        "stage": {key: one.name for key, one in document.stages.items() if one.name is not None},
    }
    filing: dict[str, Mapping[str, Label]] = {
        FILED_BY: {"complainant": _COMPLAINANT, "owner": _OWNER, **document.people},
        REPEAT: _ORDINALS,
    }
    if name in document.filing_values():
        return filing[name]
    own = known.get(name, known.get(_source(document, name)))
    if own is None and definition is not None:
        answers = {} if definition.name is None else {key: _ANSWERS[key] for key in ("yes", "no")}
        own = {**definition.choices, **dict(_bands(definition.bands))} or answers
    none = _NO_CHOICE if definition is not None and definition.choices else _ANSWERS["none"]
    return {"none": none, **own} if own else {}


def _definition(document: PolicyDocument, name: str) -> Fact | None:
    return document.definition(name) or document.definition(_source(document, name))


def _source(document: PolicyDocument, name: str) -> str:
    """The field whose value an act gives the flag of this name; it can be a built-in one. Other names as they are."""
    acts = (act for stage in document.stages.values() for act in stage.acts.values())
    given = next((act.sets[name] for act in acts if act.sets.get(name, "").startswith(_FIELD)), name)
    return given.removeprefix(_FIELD)


def _bands(bands: Sequence[Band]) -> Iterator[tuple[str, Label]]:
    """Each band as the numbers that it holds, such as 超过500、不超过1000."""
    below: int | float | None = None
    for band in bands:
        ends = [] if below is None else [_label(f"超过{below:g}", f"above {below:g}")]
        ends += [] if band.most is None else [_label(f"不超过{band.most:g}", f"at most {band.most:g}")]
        yield band.name, _joined(ends, "且", " and ")
        below = band.most
