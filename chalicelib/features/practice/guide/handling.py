"""The steps of a handler: file a complaint, and take it through the course of the procedure to its end.

They follow from the policy. What is done follows from the record of the newest complaint that the reader may see, or of
one just before it if more has happened to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.casework import numbers
from chalicelib.casework.authorization import is_excluded
from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.features.handling.forms_of_acts import act_label
from chalicelib.features.practice.guide.step import GuideStep
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.course import CourseStep, course
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.store import event_log
from chalicelib.web.call_context import credential_of
from chalicelib.web.pages.desk import Desk, read_route
from chalicelib.web.pages.labels import labels_of

_NEWEST = 3
"""Complaints of which the guide looks at the record with most events: as many as a practice files at once."""


class GuidedCase(NamedTuple):
    """The complaint that the guide follows. `events`: the types of what has happened to it."""

    number: str
    policy: Policy
    events: frozenset[str]


def steps(desk: Desk) -> list[GuideStep]:
    found = numbers.months(desk.call.wiring.store, desk.member.org.id)
    case = _case(desk, found)
    policy = desk.member.policy if case is None else case.policy
    document = policy.document
    ahead = course(document, document.intake.first, {})
    stages = [document.intake.first, *(one.stage for one in ahead)]
    return [
        GuideStep(
            text=desk.reader.text("guide.file"),
            done=bool(found),
            path=f"{desk.path}/file" if desk.has_page("/file") else "",
        ),
        *(_step(desk, policy, case, stage, one) for stage, one in zip(stages, ahead, strict=False)),
    ]


def _case(desk: Desk, found: Sequence[numbers.Month]) -> GuidedCase | None:
    seen = list(_visible(desk, found))
    if not seen:
        return None
    case = max(seen, key=lambda one: one.case.version).case
    store, ref = desk.call.wiring.store, _request(desk, case.complaint.number).ref
    types = frozenset(one["type"] for one in event_log.read_envelopes(store, ref.pk))
    return GuidedCase(case.complaint.number, case.policy, types)


def _visible(desk: Desk, found: Sequence[numbers.Month]) -> Iterator[VisibleComplaint]:
    """A number that is a gap, or a complaint of others, is left out."""
    if not found:
        return
    last = found[-1]
    for number in range(last.count, max(last.count - _NEWEST, 0), -1):
        request = _request(desk, f"{last.name}-{number:06d}")
        try:
            visible = complaint_queries.load_caller(desk.call.wiring, request)
        except Problem as problem:
            if problem.kind != "complaint-unknown":
                raise
            continue
        if not is_excluded(visible.case.complaint, visible.asker):
            yield visible


def _request(desk: Desk, number: str) -> ComplaintRequest:
    call = desk.call
    return ComplaintRequest(
        tenant=desk.member.org.id,
        number=number,
        credential=credential_of(call),
        now=call.now,
        route=read_route(call),
    )


def _step(desk: Desk, policy: Policy, case: GuidedCase | None, stage: str, step: CourseStep) -> GuideStep:
    reader, labels = desk.reader, labels_of(desk, policy)
    act = policy.document.stages[stage].acts[step.act]
    event = EVENT_OF_ACT[step.act]
    who = reader.text("guide.by", roles=reader.text("found.listed").join(labels.role(one.role) for one in act.by))
    said = [who, reader.text("guide.clause", clause=act.clause)] if act.clause else [who]
    return GuideStep(
        text=reader.label(act_label(policy.document, step.act)),
        done=case is not None and event in case.events,
        path="" if case is None else f"{desk.path}/complaints/{case.number}",
        detail=" ".join(said) if reader.language == "en" else "".join(said),
    )
