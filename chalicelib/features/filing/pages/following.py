"""What follows a filing, as its confirmation says it: who acts next, every open time, and what the complainant owes.

It is read from the complaint with its receipt, like the page of the complaint, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.casework import due_events
from chalicelib.casework.authorization import Credential
from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.casework.views.deadline_views import DeadlineView, for_complainants
from chalicelib.complaints.applying.contact import PHONE
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import RUNNING
from chalicelib.complaints.state import Complaint
from chalicelib.features.evidence.pages.listing import kind_name
from chalicelib.features.filing.drafts import FilingAnswers
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.derived.duties import duty_of
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime import parse_limit
from chalicelib.store import event_log
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.deadlines import ShownDeadline, shown
from chalicelib.web.pages.inputs import is_other
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text

_REMINDER = "notify"
"""By time, it only tells the complainant once more."""


class AskedEvidence(msgspec.Struct, frozen=True):
    """A demand to the complainant. `every`: all kinds are needed. `until`: empty without a time."""

    kinds: list[str]
    every: bool
    until: str


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """`next`: who acts next, until when. `demands`: what the complainant owes. `silence`: what happens at which time
    without it. `later`: the times that the complainant will have for answers. `told`: the name of the text that says
    how news reach them. `tells_missed`: whether the office says by itself that it is late.
    """

    next: str
    deadlines: list[ShownDeadline]
    demands: list[AskedEvidence]
    silence: list[str]
    later: list[str]
    told: str
    tells_missed: bool


class _Reading(msgspec.Struct, frozen=True):
    policy: Policy
    complaint: Complaint
    open: Sequence[DeadlineView]
    """The deadlines for complainants that run, by time."""
    reader: Reader

    def time(self, text: str) -> str:
        return time_text(self.policy.calendar, self.reader, text)

    def clock(self, name: str) -> Clock:
        return self.policy.clocks[name].clock


def following(call: Call, content: FilingAnswers, reader: Reader) -> Following | None:
    """None if the receipt is not valid any more: another one was issued."""
    filed = content.filed or {}
    request = ComplaintRequest(
        tenant=tenant_of(call),
        number=filed["number"],
        credential=Credential(receipt=filed["receipt"]),
        now=call.now,
        route=f"page {call.route_id}",
    )
    try:
        visible = complaint_queries.load_visible_complaint(call.wiring, request)
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        return None
    events = event_log.read(call.wiring.store, request.ref.pk)
    found = complaint_queries.deadlines_of(call.wiring.compiled, request, visible, events).deadlines
    flow = due_events.preview(visible.case, call.now)
    own = for_complainants(flow.policy, found)
    ahead = sorted((one for one in own if one.ended is msgspec.UNSET), key=_by_time)
    return _following(_Reading(flow.policy, flow.complaint, ahead, reader), content.mail)


def _by_time(one: DeadlineView) -> tuple[bool, str, str]:
    return one.due is None, one.due or "", one.clock


def _following(case: _Reading, mail: str) -> Following:
    demands = list(_demands(case))
    running = {one.clock for one in case.open}
    return Following(
        next=_next(case, demands),
        deadlines=shown(msgspec.to_builtins(case.open), case.policy.calendar, case.reader),
        demands=demands,
        silence=list(_silence(case)),
        later=[text for name in case.policy.clocks if name not in running for text in _later(case, name)],
        told=_told(case, mail),
        tells_missed=any(case.clock(one.clock).tells_missed for one in case.open if one.duty == "office"),
    )


def _next(case: _Reading, demands: Sequence[AskedEvidence]) -> str:
    owed = next((one for one in case.open if one.duty == "office" and one.due), None)
    if owed is not None:
        name, actor = case.reader.label(owed.label or None, owed.clock), case.reader.label(owed.actor or None)
        said = "follows.next" if actor else "follows.next_without"
        return case.reader.text(said, name=name, actor=actor, at=case.time(owed.due or ""))
    if demands:
        return case.reader.text("follows.next_yours")
    roles = _acting(case)
    return case.reader.text("follows.next_roles", roles=roles) if roles else case.reader.text("follows.next_none")


def _acting(case: _Reading) -> str:
    """The members who can act in the present stage."""
    people, stage = case.policy.document.people, case.policy.document.stages[case.complaint.stage]
    roles = dict.fromkeys(one.role for act in stage.acts.values() for one in act.by if one.role in people)
    return case.reader.text("file.listed").join(case.reader.label(people[role].to_json()) for role in roles)


def _demands(case: _Reading) -> Iterator[AskedEvidence]:
    for one in case.complaint.demands.values():
        if one.of == COMPLAINANT.kind and not one.recorded:
            kinds = sorted((kind_name(case.policy, kind, case.reader) for kind in one.kinds), key=is_other)
            yield AskedEvidence(kinds, one.every, "" if one.due is None else case.time(to_text(one.due)))


def _silence(case: _Reading) -> Iterator[str]:
    """Of the running times of the complainant: what the policy does at their end."""
    for one in case.open:
        if one.duty == "complainant" and one.state == RUNNING and one.due:
            missed, at = case.clock(one.clock).missed, case.time(one.due)
            if not isinstance(missed, MissedAct):
                yield case.reader.text("follows.recorded", at=at, name=case.reader.label(one.label or None, one.clock))
            elif missed.act == _REMINDER:
                yield case.reader.text("follows.reminded", at=at)
            elif stage := _next_stage(case, missed.act):
                yield case.reader.text("follows.by_time_stage", at=at, stage=stage)
            else:
                yield case.reader.text("follows.by_time", at=at, act=_act(case, missed.act))


def _next_stage(case: _Reading, name: str) -> str:
    """To which the act of the present stage leads; empty if it stays, or may lead to several."""
    stages = case.policy.document.stages
    act = stages[case.complaint.stage].acts.get(name)
    targets = {one.stage for one in act.targets} - {case.complaint.stage} if act else set()
    label = stages[targets.pop()].name if len(targets) == 1 else None
    return "" if label is None else case.reader.label(label.to_json())


def _later(case: _Reading, name: str) -> Iterator[str]:
    """Of a time that the complainant may get: what the policy does at its end, if that leads on."""
    clock = case.clock(name)
    if duty_of(case.policy.document, clock) != "complainant" or not isinstance(clock.missed, MissedAct):
        return
    from chalicelib.policy.worktime import explaining  # few requests draw this page

    if _leads_on(case.policy, clock.missed.act):
        label = clock.public_name or clock.name
        shown_as = case.reader.label(None if label is None else label.to_json(), name)
        for rule in clock.within[:1]:
            limit = explaining.limit_text(parse_limit(rule.limit), case.reader.language)
            said = "follows.later_reminded" if clock.missed.act == _REMINDER else "follows.later_one"
            yield case.reader.text(said, name=shown_as, limit=limit, act=_act(case, clock.missed.act))


def _leads_on(policy: Policy, act: str) -> bool:
    stages = policy.document.stages.items()
    return any(stage.acts[act].stages_after(name) != {name} for name, stage in stages if act in stage.acts)


def _act(case: _Reading, act: str) -> str:
    return case.reader.label(event_label(case.policy.document, EVENT_OF_ACT[act]).to_json())


def _told(case: _Reading, mail: str) -> str:
    if mail:
        return "follows.by_mail"
    if not case.policy.reach:
        return "follows.on_page"
    return "follows.by_phone" if PHONE in case.complaint.contact else "filed.unreachable"
