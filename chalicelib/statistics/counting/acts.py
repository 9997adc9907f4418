"""Counts events, refusals, answers to the complainant, closings, tasks done, and the answers to choices and flags.

What came of something counts on the day on which that happened: a share then has one group of complaints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import ANSWERS, EVENT_OF_ACT, TAKING_UP, UNDONE_BY_REOPENING, event_term
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import MONEY, THOUSAND
from chalicelib.statistics.counting.tally import Tally, yes

_DIGITS = 3
_APPEALS = ("disputed", "objected", "reopened")
"""What questions a decision."""


def count_events(tally: Tally, found: Sequence[Moment]) -> None:
    """The stage is that in which the act was done; of a filing, the first one. Messages by the system do not count."""
    for moment in found:
        event = moment.type
        if not event or not event_term(event).counted or (event == "notified" and moment.event.act is None):
            continue
        stage = moment.stage_before or moment.stage
        tally.on(moment, "event", event, moment.role, stage, str(moment.tier))


def count_admission(tally: Tally, found: Sequence[Moment]) -> None:
    """Once, on the day of the filing, what came of it."""
    types = {moment.type for moment in found}
    refused = next((moment for moment in found if moment.type == "refused"), None)
    ground = "" if refused is None else str(refused.fields.get("ground") or "")
    tally.on(found[0], "first_acceptance", yes("accepted" in types))
    tally.on(found[0], "first_refusal", yes(refused is not None), ground)


def count_refusals(tally: Tally, found: Sequence[Moment]) -> None:
    """A refusal is overturned by an acceptance or a reopening after it, before another refusal."""
    turns = [moment for moment in found if moment.type in ("refused", "accepted", "reopened")]
    for moment, following in zip_longest(turns, turns[1:]):
        if moment.type == "refused":
            overturned = following is not None and following.type != "refused"
            tally.on(moment, "refusal", str(moment.fields.get("ground") or ""), yes(overturned))


def count_answers_given(tally: Tally, found: Sequence[Moment]) -> None:
    """`disputed`: by the complainant, before another answer was given."""
    turns = [moment for moment in found if moment.type in ANSWERS or moment.type == "disputed"]
    for moment, following in zip_longest(turns, turns[1:]):
        if moment.type in ANSWERS:
            tally.on(moment, "answer", moment.type, yes(following is not None and following.type == "disputed"))


def count_demands(tally: Tally, found: Sequence[Moment]) -> None:
    """Each demand for evidence, with what became of it. One that lapsed can still be answered."""
    ends = {(moment.type, moment.fields.get("demand")) for moment in found if "demand" in moment.fields}
    for moment in found:
        if moment.type == "evidence_demanded":
            lapsed, received = (("demand_lapsed", moment.event.id), ("evidence_received", moment.event.id))
            tally.on(moment, "demand", yes(lapsed in ends), yes(received in ends))


def count_answers(tally: Tally, found: Sequence[Moment]) -> None:
    """What people chose in the fields of acts and tasks. Private values are not in events, so they are not counted.

    Of several ratings the last one counts (P4.8). `place`: whether it was the complaint's first or last value of the
    field, or `only` one; several values that were given at once are in the same place.
    """
    last = max((at for at, moment in enumerate(found) if moment.type == "rated" and moment.is_act), default=None)
    given: dict[str, list[tuple[Moment, str, list[str]]]] = {}
    for at, moment in enumerate(found):
        task = str(moment.fields.get("task") or "") if moment.type == "task_done" else ""
        if task:
            tally.on(moment, "task_done", task, moment.role)
        if moment.is_act and (moment.type != "rated" or at == last):
            for name, group in groupby(answers(moment), key=itemgetter(0)):
                given.setdefault(name, []).append((moment, task, [value for _, value in group]))
    for name, times in given.items():
        for number, (moment, task, values) in enumerate(times):
            for value in values:
                tally.on(moment, "said", moment.type, task, f"{name}={value}", _place(number, len(times)))


def _place(number: int, count: int) -> str:
    """Of one of several. Empty between the first and the last."""
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(number, "")


def answers(moment: Moment) -> Iterator[tuple[str, str]]:
    """The policy's own choices and flags among the fields that it asks for."""
    for name, value in moment.given.items():
        field = moment.policy.document.fields.get(name) if name not in BUILT_IN_FIELDS else None
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
            tally.on(moment, "amount", kind, name, "acted" if moment.is_act else "filed", number=value)
            if kind == MONEY and moment.is_act:
                tally.on(moment, "redress", name, rounded(value))


def rounded(value: int) -> str:
    """To three significant digits, so that few different amounts are kept. An amount of so few digits is exact."""
    least = 10 ** max(len(str(abs(value))) - _DIGITS, 0)
    return str((value + least // 2) // least * least)


def _amounts(moment: Moment) -> Iterator[tuple[str, str, int]]:
    """The numbers to add up that a filing or an act gives."""
    document, filed = moment.policy.document, moment.type == "registered"
    stated = moment.fields.get("facts", {}) if filed else moment.given if moment.is_act else {}
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

    `reopened`: it was taken up again before the next closing. `answered`: no if no answer came since the filing
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
    after = (moment.type for moment in closing[1:] if moment.type == "closed" or moment.type in TAKING_UP)
    return next(after, "") in TAKING_UP


def count_rulings(tally: Tally, found: Sequence[Moment]) -> None:
    """`again`: an appeal (a dispute, an objection or a reopening) came between two decisions. `same`: both chose the
    same. `appealed`: an appeal came after it, before the next decision."""
    turns = [moment for moment in found if moment.type == "decided" or moment.type in _APPEALS]
    previous: dict[str, str] | None = None
    questioned = False
    for moment, following in zip_longest(turns, turns[1:]):
        if moment.type == "decided":
            chosen, again = dict(answers(moment)), previous is not None and questioned
            same, appealed = yes(chosen == previous) if again else "", following is not None
            tally.on(moment, "ruling", yes(again), same, yes(appealed and following.type in _APPEALS))
            previous = chosen
        questioned = moment.type != "decided"
