"""The subject of a mail: the complaint, and what has happened or is asked of the reader.

Parties read no word of the organisation's in it. Its members can read the name of a unit, and a topic of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import due_text, subject_name
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENT_OF_ACT, event_term
from chalicelib.policy.language.wording.default_wording import ReaderKind, default_wording
from chalicelib.store import keys

TASK_DONE = "task_done"


def subject_line(notice: MessageSource, reader: ReaderKind, language: str) -> str:
    document, wording = notice.policy.document, notice.event.fields["wording"]
    own = document.wording[wording].topic if reader == "staff" and wording in document.wording else None
    label = own or _topic(notice, wording, reader)
    topic = _unnamed(notice, reader, language) if label is None else getattr(label, language) or label.zh
    between = "：" if language == "zh" else ": "
    return f"{_about(notice, reader, language)}{between}{topic}"


def topic(document: PolicyDocument, wording: str, language: str) -> str:
    """What a notice to staff is about, by its wording alone: the policy's topic, or that of the event of which it
    tells."""
    own = document.wording[wording].topic if wording in document.wording else None
    told = {wording} if wording in default_wording() else _events_told(document, wording)
    found = default_wording().get(next(iter(told))) if len(told) == 1 else None
    label = own or (None if found is None else found.topic)
    return catalogue.words("subjects", language)["news"] if label is None else getattr(label, language) or label.zh


def needs_subject(policy: Policy, event: Event) -> bool:
    """True if only the event that the notice is about says what has happened."""
    wording = event.fields["wording"]
    return wording in policy.document.wording and len(_events_told(policy.document, wording)) != 1


def _about(notice: MessageSource, reader: ReaderKind, language: str) -> str:
    words = catalogue.words("subjects", language)
    if "webhook" in notice.event.fields:
        return words["webhook"].format(number=notice.number)
    name = subject_name(notice, language)
    if keys.is_unit(notice.number):
        return name[:1].upper() + name[1:]
    return words[reader].format(number=name)


def _topic(notice: MessageSource, wording: str, reader: ReaderKind) -> Label | None:
    """That of the built-in wording; for a wording of the policy, that of the event of which it tells.

    None if the event is no step for the reader, such as a notice that time sends: its topic would say nothing.
    """
    document = notice.policy.document
    told = {wording} if wording in default_wording() else _events_told(document, wording)
    if len(told) != 1:
        told = set() if notice.subject is None else {notice.subject.type}
    found = default_wording().get(next(iter(told), ""))
    is_step = wording in default_wording() or not any(event_term(event).internal for event in told)
    if found is None or not is_step:
        return None
    return found.own_topic or found.topic if reader == COMPLAINANT.kind else found.topic


def _unnamed(notice: MessageSource, reader: ReaderKind, language: str) -> str:
    """Of a notice that tells of no step: what the complainant is asked for, by when, or what it is."""
    words = catalogue.words("subjects", language)
    if asked := _asked(notice, reader):
        return words[asked]
    if reader == "staff":
        return words["news"]
    if (due := due_text(notice, language)) is not None:
        return words["act_by"].format(due=due)
    if TASK_DONE in _events_told(notice.policy.document, notice.event.fields["wording"]):
        return words["feedback"]
    return words["enclosed" if notice.event.fields.get("encloses") else "information"]


def _asked(notice: MessageSource, reader: ReaderKind) -> str | None:
    """What the complainant is asked for in the present stage, by its key in `subjects`."""
    stage = notice.policy.document.stages.get(notice.event.result["stage"])
    acts = {} if stage is None or reader != COMPLAINANT.kind else stage.acts
    own = {name for name, act in acts.items() if any(doer.role == COMPLAINANT.kind for doer in act.by)}
    asked = (term.asks for name, term in ACT_TERMS.items() if name in own and term.asks)
    return next(asked, None)


def _events_told(document: PolicyDocument, wording: str) -> set[str]:
    return set(_telling(document, wording))


def _telling(document: PolicyDocument, wording: str) -> Iterator[str]:
    used = [("registered", document.intake.tells)]
    used += [(TASK_DONE, task.tells) for task in document.tasks.values()]
    used += [(EVENT_OF_ACT[name], act.tells) for stage in document.stages.values() for name, act in stage.acts.items()]
    return (event for event, rules in used if any(rule.wording == wording for rule in rules))
