"""The subject of a notice's mail: which complaint, and what has happened.

Parties read no word of the organisation's in it. Its members can read the name of a unit, and a topic of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.messages.inbox.rendering import Notice, subject_name
from chalicelib.kit import catalogue
from chalicelib.policy.language.default_wording import ReaderKind, default_wording
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.store import keys


def subject_line(notice: Notice, reader: ReaderKind, language: str) -> str:
    document, wording = notice.policy.document, notice.event.fields["wording"]
    own = document.wording[wording].topic if reader == "staff" and wording in document.wording else None
    label = own or _topic(document, wording)
    topic = catalogue.words("subjects", language)["news"] if label is None else _in(label, language)
    between = "：" if language == "zh" else ": "
    return f"{_about(notice, reader, language)}{between}{topic}"


def _about(notice: Notice, reader: ReaderKind, language: str) -> str:
    words = catalogue.words("subjects", language)
    if "webhook" in notice.event.fields:
        return words["webhook"].format(number=notice.number)
    name = subject_name(notice, language)
    if keys.is_unit(notice.number):
        return name[:1].upper() + name[1:]
    return words[reader].format(number=name)


def _topic(document: PolicyDocument, wording: str) -> Label | None:
    """That of the built-in wording; for a wording of the policy, that of the only event whose messages use it. None if
    several do."""
    told = {wording} if wording in default_wording() else set(_events_told(document, wording))
    built_in = default_wording().get(told.pop()) if len(told) == 1 else None
    return None if built_in is None else built_in.topic


def _events_told(document: PolicyDocument, wording: str) -> Iterator[str]:
    used = [("registered", document.intake.tells)]
    used += [("task_done", task.tells) for task in document.tasks.values()]
    used += [(EVENT_OF_ACT[name], act.tells) for stage in document.stages.values() for name, act in stage.acts.items()]
    return (event for event, rules in used if any(rule.wording == wording for rule in rules))


def _in(label: Label, language: str) -> str:
    text: str = getattr(label, language) or label.zh
    return text
