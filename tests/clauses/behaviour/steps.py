"""Plays a case act by act, and says after each one where the case stands and who was told what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.clauses.organisation import Organisation

Told = dict[str, list[str]]
"""By reader: the new messages, oldest first, with `{}` for the number of the complaint."""


class Step(NamedTuple):
    """`fields`: `@handler` stands for a person, `#task` for the id of the only open task."""

    who: str
    act: str
    fields: dict[str, Any]
    stage: str
    told: Told


def played(organisation: Organisation, number: str, steps: Sequence[Step]) -> Iterator[Step]:
    """The steps with the stages and messages that they led to, up to the first act that is refused.

    The first step is the filing, whose fields `played` ignores. The act `wait` moves the clock to `until`.
    """
    known: dict[str, int] = {}
    for step in steps:
        refused = _done(organisation, number, step)
        stage = organisation.complaint(number)["stage"]
        yield step._replace(stage=refused or stage, told=_new(organisation, number, known))
        if refused:
            return


def _done(organisation: Organisation, number: str, step: Step) -> str:
    """Why it was refused; empty if it was not."""
    if step.act == "wait":
        organisation.world.move_to(step.fields["until"])
    elif step.act != "file":
        fields = {name: _value(organisation, number, step.who, value) for name, value in step.fields.items()}
        return organisation.try_act(number, step.who, step.act, **fields).problem
    return ""


def _new(organisation: Organisation, number: str, known: dict[str, int]) -> Told:
    found = {}
    for who in sorted({*organisation.tokens, "complainant"}):
        texts = [text.replace(number, "{}") for text in reversed(organisation.told(who, number))]
        if len(texts) > known.get(who, 0):
            found[who] = texts[known.get(who, 0) :]
        known[who] = len(texts)
    return found


def _value(organisation: Organisation, number: str, who: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(organisation, number, who, one) for one in value]
    if value == "#task":
        [task] = organisation.complaint(number, who)["tasks"]
        return task["id"]
    return organisation.subs[value[1:]] if isinstance(value, str) and value.startswith("@") else value
