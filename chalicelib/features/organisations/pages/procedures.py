"""The ready-made procedures as pages show them: the stages in order, the acts that lead on, and the deadlines."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from chalicelib.features.organisations.pages.promises import Promise, promises
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import ACT_TERMS
from chalicelib.policy.reading import parsing
from chalicelib.web.pages.reader import Reader


class Step(msgspec.Struct, frozen=True):
    """An act that leads to another stage. `by`: who does it."""

    act: str
    by: str
    to: str


class StageOfFlow(msgspec.Struct, frozen=True):
    name: str
    steps: list[Step]


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    stages: list[StageOfFlow]
    promises: list[Promise]


def procedure(name: str, reader: Reader) -> Procedure:
    """Raises `Problem("not-found")` if there is no such preset."""
    policy = _compiled(name)
    document = policy.document
    return Procedure(
        name=name,
        title=reader.label(document.name.to_json()),
        stages=[
            StageOfFlow(_stage(document, stage, reader), list(_steps(document, stage, reader)))
            for stage in _in_order(document)
        ],
        promises=promises(policy, reader),
    )


@functools.cache
def _compiled(name: str) -> Policy:
    try:
        raw = presets.document(name)
    except KeyError:
        raise Problem("not-found", "No preset has this name.") from None
    return compile_policy(parsing.parse(raw), name)


def _in_order(document: PolicyDocument) -> list[str]:
    """The stages as a complaint reaches them, breadth first."""
    found = [document.intake.first]
    for stage in found:
        for act in document.stages[stage].acts.values():
            found += [target.stage for target in act.targets if target.stage not in (*found, "stage")]
    return [stage for stage in dict.fromkeys(found) if stage in document.stages]


def _steps(document: PolicyDocument, stage: str, reader: Reader) -> Iterator[Step]:
    for name, act in document.stages[stage].acts.items():
        targets = dict.fromkeys(target.stage for target in act.targets if target.stage in document.stages)
        for target in targets:
            if target != stage:
                by = "、" if reader.language == "zh" else ", "
                yield Step(
                    act=reader.label(ACT_TERMS[name].label.to_json(), name),
                    by=by.join(dict.fromkeys(_role(document, one.role, reader) for one in act.by)),
                    to=_stage(document, target, reader),
                )


def _role(document: PolicyDocument, role: str, reader: Reader) -> str:
    if role in document.people:
        return reader.label(document.people[role].to_json(), role)
    return reader.text(f"role.{role}") if role in ("complainant", "respondent", "owner", "routed") else role


def _stage(document: PolicyDocument, stage: str, reader: Reader) -> str:
    label = document.stages[stage].name
    return stage if label is None else reader.label(label.to_json(), stage)
