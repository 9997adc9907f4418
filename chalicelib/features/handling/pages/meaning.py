"""What an act of the complainant means: in general, and under the policy: where it leads and what is owed next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.complaints.deadlines.clocks import limit_for
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import CompiledClock
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.derived.duties import actor_of, duty_of
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import accepted_thing, event_label
from chalicelib.policy.worktime import explaining
from chalicelib.web.pages.reader import Reader

_BETWEEN = "answer.or"


class ActText(msgspec.Struct, frozen=True):
    heading: str
    effect: str


def act_text(document: PolicyDocument, act: str, reader: Reader) -> ActText:
    """In the words of the procedure. Another act has the name of its event, and no sentence."""
    texts = catalogue.texts("pages")
    if (effect := texts.get(f"act_effect.{act}")) is None:
        return ActText(reader.label(event_label(document, EVENT_OF_ACT[act]).to_json()), "")
    thing = reader.label(accepted_thing(document).to_json())
    return ActText(reader.text(f"act.{act}", thing=thing), reader.say(effect).format(thing=thing))


def meaning(case: CaseReading, name: str) -> list[str]:
    """Sentences; none for an act that the stage does not list."""
    act = _act(case, name)
    return [] if act is None else [*_stage(case, name, act), *_owed(case, name, act), *_told(case, act)]


def stages_of(case: CaseReading, name: str) -> str:
    """The names of the stages to which the act of the present stage may lead now; empty if it stays."""
    act = _act(case, name)
    names = [] if act is None else [case.stage_name(one) for one in _targets(case, act)]
    return case.reader.text(_BETWEEN).join(case.reader.text("answer.quoted", stage=one) for one in names)


def _act(case: CaseReading, name: str) -> Act | None:
    stage = case.policy.document.stages.get(case.complaint.stage)
    return None if stage is None else stage.acts.get(name)


def _targets(case: CaseReading, act: Act) -> list[str]:
    """Without those that the case excludes. What the act itself states is not known before."""
    stated = {*act.needs, *act.takes, *act.sets}
    possible = [one.stage for one in act.targets if _may_hold(case, one.when, stated)]
    return [one for one in dict.fromkeys(possible) if one != case.complaint.stage]


def _may_hold(case: CaseReading, when: Condition, unknown: set[str], stage: str = "") -> bool:
    found = case.situation(list(when)) | ({"stage": stage} if stage else {})
    return all(name in unknown or found.get(name, "none") in values for name, values in when.items())


def _stage(case: CaseReading, name: str, act: Act) -> Iterator[str]:
    if stages := stages_of(case, name):
        yield case.reader.text("answer.leads_jointly" if act.all else "answer.leads", stage=stages)


def _told(case: CaseReading, act: Act) -> Iterator[str]:
    if roles := case.roles([role for rule in act.tells for role in rule.roles]):
        yield case.reader.text("answer.told", roles=roles)


def _owed(case: CaseReading, name: str, act: Act) -> Iterator[str]:
    """The deadlines of the office that the act starts, with their limits."""
    stated = {*act.needs, *act.takes, *act.sets}
    after = _targets(case, act) or [case.complaint.stage]
    for clock in case.policy.clocks.values():
        starts = any(one.event == EVENT_OF_ACT[name] and not one.fields for one in clock.clock.start)
        if starts and any(_may_hold(case, clock.clock.when, stated, stage) for stage in after):
            yield from _limit(case, clock, after[0])


def _limit(case: CaseReading, clock: CompiledClock, stage: str) -> Iterator[str]:
    document, reader = case.policy.document, case.reader
    limit = limit_for(clock, case.situation() | {"stage": stage, "hours": "open"})
    actor = actor_of(document, clock.name, clock.clock, public=True)
    named = clock.clock.public_name
    if limit is None or limit.kind == "none" or named is None or actor is None:
        return
    if duty_of(document, clock.clock) == "office":
        yield reader.text(
            "answer.owed",
            limit=explaining.limit_text(limit, reader.language),
            actor=reader.label(actor.to_json()),
            name=reader.label(named.to_json()),
        )
