"""What else a procedure says: tasks, forms, ledgers, what is published, what is kept, how it is changed."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.studio.telling.intake import Element
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.deadlines import Task
from chalicelib.policy.language.model import Ledger, PrintedForm


def tasks(words: ProcedureWords) -> list[Element]:
    return [
        Element(words.label(one.name, name), list(task(words, name, one))) for name, one in words.document.tasks.items()
    ]


def task(words: ProcedureWords, name: str, one: Task) -> Iterator[str]:
    yield words.say("task_for", who=words.role(one.role))
    if one.on:
        yield words.say("task_on", events=words.either([words.trigger(each) for each in one.on]))
    if case := words.any_condition(one.when):
        yield words.say("act_if", case=case)
    if one.every is not None:
        yield words.say("task_every", limit=words.limit(one.every))
    yield from _scheduled(words, one)
    if points := _points(words, name):
        yield points
    if one.approval:
        yield words.say("approved", people=words.either([*map(words.role, one.approval)]))


def _scheduled(words: ProcedureWords, one: Task) -> Iterator[str]:
    if one.monthly is not None:
        yield words.say("task_monthly", day=one.monthly.day, due=one.monthly.due_day)
    elif one.yearly is not None:
        yield words.say("task_yearly", day=one.yearly.day, month=one.yearly.month)
    elif one.quarterly is not None:
        yield words.say("task_quarterly")


def _points(words: ProcedureWords, name: str) -> str:
    points = words.document.points
    reached = [str(one.reached) for one in (points.at if points is not None else []) if one.task == name]
    if points is None or not reached:
        return ""
    return words.say("task_points", points=words.either(reached), window=words.limit(points.window))


def forms(words: ProcedureWords) -> list[Element]:
    return [form(words, name, one) for name, one in words.document.forms.items()]


def form(words: ProcedureWords, name: str, one: PrintedForm) -> Element:
    sections = [words.label(each.name) for each in one.sections if each.name is not None]
    who = words.say("every_member") if one.by is None else words.people(one.by)
    said = [words.say("form_by", who=who)]
    return Element(
        words.label(one.name, name), said + ([words.say("form_has", parts=words.listed(sections))] if sections else [])
    )


def ledgers(words: ProcedureWords) -> list[Element]:
    return [ledger(words, one) for one in words.document.ledgers.values()]


def ledger(words: ProcedureWords, one: Ledger) -> Element:
    said = words.say("ledger", roles=words.people(one.roles), stages=words.listed(map(words.stage, one.stages)))
    return Element(words.label(one.name), [said])


def rules(words: ProcedureWords) -> list[str]:
    """Further rules, each as a sentence."""
    return [*_published(words), *_supervised(words), *_kept(words), *_amended(words)]


def _published(words: ProcedureWords) -> Iterator[str]:
    publicity = words.document.publicity
    notices = None if publicity is None else publicity.notices
    if notices is not None:
        yield words.say("notices", events=_events(words, notices.on))
        if notices.approval is not None:
            yield words.say("approved", people=words.either([words.person(one) for one in notices.approval.by]))
    if publicity is not None and publicity.results is not None:
        yield words.say("results", events=_events(words, publicity.results.on))
    if publicity is not None and publicity.figures is not None:
        yield words.say(f"figures_{publicity.figures.every}")


def _events(words: ProcedureWords, on: list[Trigger]) -> str:
    return words.either([words.trigger(one) for one in on])


def _supervised(words: ProcedureWords) -> Iterator[str]:
    supervision = words.document.supervision
    if supervision is None:
        return
    yield words.say("supervised", who=words.people(supervision.by))
    if supervision.inspection is not None:
        yield words.say(f"inspected_{supervision.inspection.every}", who=words.role(supervision.inspection.role))


def _kept(words: ProcedureWords) -> Iterator[str]:
    document = words.document
    if document.retention is not None:
        yield words.say("kept", limit=words.limit(document.retention.closed))
    if document.intake.evidence_kept is not None:
        yield words.say("evidence_kept", limit=words.limit(document.intake.evidence_kept))
    if document.holds:
        yield words.say("holds", who=words.people(document.holds))


def _amended(words: ProcedureWords) -> Iterator[str]:
    amendment = words.document.amendment
    if amendment is None:
        return
    if amendment.comments:
        groups = words.listed(words.say(f"group_{one}") for one in amendment.comments)
        yield words.say("comments", groups=groups)
    if amendment.lasting is not None:
        yield words.say("comments_last", limit=words.limit(amendment.lasting))
    if amendment.approval is not None:
        yield words.say("amended_by", who=words.either([*map(words.role, amendment.approval.by)]))
