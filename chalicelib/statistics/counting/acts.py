"""Counts events, refusals, reversals, closings, decisions, tasks done, and the answers to choices and flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import ANSWERS, EVENT_OF_ACT, UNDONE_BY_REOPENING, event_term
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import THOUSAND
from chalicelib.statistics.counting.tally import Tally, yes


def count_events(tally: Tally, found: Sequence[Moment]) -> None:
    """The stage is that in which the act was done; of a filing, the first one. Messages by the system do not count."""
    seen: set[str] = set()
    for moment in found:
        event = moment.type
        if not event or not event_term(event).counted or (event == "notified" and moment.event.act is None):
            continue
        stage = moment.stage_before or moment.stage
        tally.on(moment, "event", event, moment.role, stage, str(moment.tier), yes(event in seen))
        seen.add(event)


def count_refusals(tally: Tally, found: Sequence[Moment]) -> None:
    """A refusal is overturned by an acceptance or a reopening after it."""
    ground: str | None = None
    for moment in found:
        if moment.type == "refused":
            ground = str(moment.fields.get("ground") or "")
            tally.on(moment, "refusal", "refused", ground)
        elif moment.type in ("accepted", "reopened") and ground is not None:
            tally.on(moment, "refusal", "overturned", ground)
            ground = None


def count_answers(tally: Tally, found: Sequence[Moment]) -> None:
    """What people chose in the fields of acts and tasks. Private values are not in events, so they are not counted.

    Of several ratings the last one counts (P4.8).
    """
    last = max((at for at, moment in enumerate(found) if moment.type == "rated" and moment.is_act), default=None)
    for at, moment in enumerate(found):
        task = str(moment.fields.get("task") or "") if moment.type == "task_done" else ""
        if task:
            tally.on(moment, "task_done", task, moment.role)
        if moment.is_act and (moment.type != "rated" or at == last):
            for name, value in answers(moment):
                tally.on(moment, "said", moment.type, task, f"{name}={value}")


def answers(moment: Moment) -> Iterator[tuple[str, str]]:
    """The policy's own choices and flags among the fields that it asks for.

    What the service writes into an event is no answer: a policy's field may have the same name, such as `to`.
    """
    asked = moment.policy.document.asked_of(moment.event.act) - BUILT_IN_FIELDS.keys()
    for name, value in moment.fields.items():
        field = moment.policy.document.fields.get(name) if name in asked else None
        if field is not None and fact_kinds.of(field.kind).is_counted:
            yield from ((name, one) for one in _texts(value))


def count_sums(tally: Tally, found: Sequence[Moment]) -> None:
    """The latest valid value of each number that the policy adds up, in thousandths, on the day on which it was given.

    A value is no longer valid if its event was undone, or ended by a reopening.
    """
    given: dict[str, list[tuple[Moment, str, int]]] = {}
    for moment in found:
        void = {*moment.event.result.get("undone", ()), *(UNDONE_BY_REOPENING if moment.type == "reopened" else ())}
        for name in given if void else ():
            given[name] = [one for one in given[name] if one[0].type not in void]
        for name, kind, value in _amounts(moment):
            given.setdefault(name, []).append((moment, kind, value))
    for name, values in given.items():
        for moment, kind, value in values[-1:]:
            tally.on(moment, "amount", kind, name, number=value)


def _amounts(moment: Moment) -> Iterator[tuple[str, str, int]]:
    """The numbers to add up that a filing or an act gives."""
    document, fields = moment.policy.document, moment.fields
    stated = fields.get("facts", {}) if moment.type == "registered" else fields if moment.is_act else {}
    for name, value in stated.items():
        fact = document.definition(name)
        if fact is not None and fact.sum is not None and isinstance(value, int | float):
            yield name, fact.sum, round(value * THOUSAND)


def _texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [yes(value)]
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def count_endings(tally: Tally, found: Sequence[Moment]) -> None:
    """`unheard`: the complainant did nothing since the decision or, without one, since the filing or the reopening.

    `reopened`: it was reopened before it was closed again. `answered`: no if no answer came before it, since the filing
    or the reopening.
    """
    for position, moment in enumerate(found):
        if moment.type == "closed":
            by_time, unheard = yes(moment.event.due_at is not None), yes(_unheard(found[:position]))
            has_answer = yes(not is_unanswered(moment))
            tally.on(moment, "ending", by_time, unheard, yes(_reopens(found[position:])), has_answer)


def is_unanswered(moment: Moment) -> bool:
    """Whether it closes a complaint that has no answer, under a policy that has acts to give one."""
    if moment.type != "closed" or moment.answered:
        return False
    stages = moment.policy.document.stages.values()
    return any(EVENT_OF_ACT.get(name) in ANSWERS for stage in stages for name in stage.acts)


def _unheard(before: Sequence[Moment]) -> bool:
    for moment in reversed(before):
        if moment.type in ("decided", "registered", "reopened"):
            return True
        if moment.role == "complainant" and moment.is_act:
            return False
    return True


def _reopens(closing: Sequence[Moment]) -> bool:
    after = (moment.type for moment in closing[1:] if moment.type in ("closed", "reopened"))
    return next(after, "") == "reopened"


def count_rulings(tally: Tally, found: Sequence[Moment]) -> None:
    """`again`: a dispute, an objection or a reopening came between two decisions. `same`: both chose the same."""
    previous: dict[str, str] | None = None
    questioned = False
    for moment in found:
        if moment.type == "decided":
            chosen, again = dict(answers(moment)), previous is not None and questioned
            tally.on(moment, "ruling", yes(again), yes(chosen == previous) if again else "")
            previous, questioned = chosen, False
        elif moment.type in ("disputed", "objected", "reopened"):
            questioned = True
