"""What a procedure itself calls the thing that the complainant accepts: an offer, a decision or an answer.

Events and messages of the language say it by this word, so that a procedure has one word for one thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import ACT_TERMS, event_term

_OPINION = Label(zh="处理意见", en="outcome")
_ACCEPTING = frozenset(name for name, act in ACT_TERMS.items() if act.accepts)
_PUT = {name: act.puts for name, act in ACT_TERMS.items() if act.puts is not None}
_OWN = {act.event: act.own_zh for act in ACT_TERMS.values() if act.own_zh}


def accepted_thing(document: PolicyDocument) -> Label:
    """Such as 处理意见, 解决方案 or 答复.

    It has its own word, or that of the first field of the act that puts it to the complainant.
    """
    found = {name: acts for name in _PUT if (acts := list(_putting(document, name)))}
    for name in sorted(found, key=lambda one: _PUT[one].zh == ""):
        named = (
            fact.name for act in found[name] for key in act.needs if (fact := document.fields.get(key)) is not None
        )
        word = _PUT[name].zh or next((one.zh for one in named if one is not None), _OPINION.zh)
        return Label(zh=word, en=_PUT[name].en)
    return _OPINION


def _putting(document: PolicyDocument, name: str) -> Iterator[Act]:
    """The acts of this name after which the complainant can accept."""
    for own, stage in document.stages.items():
        act = stage.acts.get(name)
        after = set() if act is None else act.stages_after(own) - {own}
        if act is not None and any(_ACCEPTING & document.stages[one].acts.keys() for one in after):
            yield act


def event_label(document: PolicyDocument, type_: str) -> Label:
    """The name of the event in this procedure, as `EventTerm.label`."""
    label = event_term(type_).label
    template = _OWN.get(type_)
    return label if template is None else Label(zh=template.format(accepted_thing(document).zh), en=label.en)
