"""The offer or result that the complainant can answer, with what each answer means, and what silence means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.features.handling.pages.demands import silence
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.policy.language.derived.course import course
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENT_OF_ACT

RESULTS = frozenset(term.event for term in ACT_TERMS.values() if "result" in term.part)
ANSWERS = frozenset(name for name, term in ACT_TERMS.items() if "answer" in term.part)
_ANSWERED = frozenset(EVENT_OF_ACT[name] for name in ANSWERS)
_TAKEN_BACK = frozenset(ACT_TERMS[name].event for name in ANSWERS if "aside" in ACT_TERMS[name].part)
"""After these, an earlier offer or result counts no more, unless it can be answered again."""


class ShownResult(msgspec.Struct, frozen=True):
    """`id`: of the event. `message`: what the complainant was told with it. `values`: label and text of each."""

    id: str
    at: str
    name: str
    message: str
    values: list[tuple[str, str]]


class Answering(msgspec.Struct, frozen=True):
    """`answers`: the open acts. `silence`: a sentence for each time until which no answer has a consequence.

    `is_awaited`: the case waits for an answer; otherwise one was given, or the case has ended, and another is possible.
    """

    results: list[ShownResult]
    answers: list[str]
    silence: list[str]
    is_awaited: bool


def answering(case: CaseReading, deadlines: Sequence[DeadlineView], messages: Sequence[MessageView] = ()) -> Answering:
    """`messages`: of the complainant, for the texts that they got with a result."""
    answers = [name for name in case.acts if name in ANSWERS]
    texts = {one.about: one.text[case.reader.language] for one in messages}
    inside = case.steps_inside()
    told = [event for event in case.record.events if event.id not in inside]
    shown = [_result(case, event, texts) for event in _standing(told, answers)]
    unanswered = silence(case, deadlines, {EVENT_OF_ACT[name] for name in answers}, "answer") if answers else []
    is_awaited = bool(answers) and bool(shown) and (bool(unanswered) or _is_unanswered(case, answers, inside))
    return Answering(shown, answers if shown else [], unanswered, is_awaited)


def _is_unanswered(case: CaseReading, answers: Sequence[str], inside: Set[str]) -> bool:
    """Whether no answer followed the newest result, and the case goes on. One can contradict without being asked.

    `inside`: ids of events that are no steps for the complainant."""
    if all("aside" in ACT_TERMS[name].part for name in answers):
        return False
    known = (one.type for one in reversed(case.happened) if one.id not in inside)
    last = next((type_ for type_ in known if type_ in RESULTS or type_ in _ANSWERED), "")
    return last in RESULTS and bool(course(case.policy.document, case.complaint.stage, case.lasting_values()))


def _standing(events: Sequence[EnvelopeView], answers: Sequence[str]) -> list[EnvelopeView]:
    """The newest of each type since the last one that was taken back. The last ones, if they can be answered again."""
    groups: list[dict[str, EnvelopeView]] = [{}]
    for event in events:
        if event.type in _TAKEN_BACK:
            groups.append({})
        elif event.type in RESULTS:
            groups[-1].pop(event.type, None)
            groups[-1][event.type] = event
    if answers:
        groups = [one for one in groups if one] or [{}]
    return list(groups[-1].values())


def _result(case: CaseReading, event: EnvelopeView, texts: Mapping[str, str]) -> ShownResult:
    told = texts.get(event.id, "")
    return ShownResult(event.id, case.time(event.at), case.event_name(event.type), told, case.values(event))
