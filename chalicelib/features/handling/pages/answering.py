"""The offer or result that the complainant can answer, with what each answer means, and what silence means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import RUNNING
from chalicelib.features.handling.pages.meaning import stages_of
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.course import course
from chalicelib.policy.language.derived.duties import ending_roles
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENT_OF_ACT

RESULTS = frozenset(term.event for term in ACT_TERMS.values() if "result" in term.part)
ANSWERS = frozenset(name for name, term in ACT_TERMS.items() if "answer" in term.part)
_ANSWERED = frozenset(EVENT_OF_ACT[name] for name in ANSWERS)
_TAKEN_BACK = frozenset(ACT_TERMS[name].event for name in ANSWERS if "aside" in ACT_TERMS[name].part)
"""After these, an earlier offer or result counts no more, unless it can be answered again."""
_NOTHING = "notify"
"""By time, it only tells the complainant again."""


class ShownResult(msgspec.Struct, frozen=True):
    """`message`: what the complainant was told with it. `values`: label and text of each."""

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
    shown = [_result(case, event, texts) for event in _standing(case.record.events, answers)]
    silence = list(_silence(case, deadlines, {EVENT_OF_ACT[name] for name in answers})) if answers else []
    is_awaited = bool(answers) and bool(shown) and (bool(silence) or _is_unanswered(case))
    return Answering(shown, answers if shown else [], silence, is_awaited)


def _is_unanswered(case: CaseReading) -> bool:
    """Whether no answer followed the newest result, and the case goes on."""
    last = next((one.type for one in reversed(case.happened) if one.type in RESULTS or one.type in _ANSWERED), "")
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
    name = case.reader.label(ACT_TERMS[event.act].label.to_json()) if event.act in ACT_TERMS else event.type
    return ShownResult(case.time(event.at), name, texts.get(event.id, ""), case.values(event))


def _silence(case: CaseReading, deadlines: Sequence[DeadlineView], ends: set[str]) -> Iterator[str]:
    """Of the running clocks that only an answer ends: what the policy does when their time has passed."""
    waiting = sorted((one for one in deadlines if one.state == RUNNING and one.due), key=lambda one: one.due or "")
    for one in waiting:
        clock = case.policy.clocks.get(one.clock)
        if clock is None or ends.isdisjoint(each.event for each in clock.clock.until):
            continue
        missed = clock.clock.missed
        if isinstance(missed, MissedAct):
            yield _consequence(case, one.due or "", missed.act)
        elif ending_roles(case.policy.document, clock.clock) == [COMPLAINANT.kind]:
            yield case.reader.text("answer.silence_recorded", at=case.time(one.due or ""))


def _consequence(case: CaseReading, due: str, act: str) -> str:
    at, stages = case.time(due), stages_of(case, act)
    if stages:
        term = case.reader.label(ACT_TERMS[act].label.to_json())
        return case.reader.text("answer.silence_stage", at=at, act=term, stage=stages)
    if act == _NOTHING:
        return case.reader.text("answer.silence_reminder", at=at)
    return case.reader.text("answer.silence_act", at=at, act=case.reader.label(ACT_TERMS[act].label.to_json()))
