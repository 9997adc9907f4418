"""What a complaint waits for: the act that the reader should do next, what opens others, and whom an event told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.features.handling.forms_of_acts import ActFails, ActFormView, Words
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.duties import ending_events
from chalicelib.policy.language.stages import Stage
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENT_OF_ACT
from chalicelib.web.pages.labels import CaseLabels

_NOTIFIED = "notified"
_FIELD = "field."
_PARTIES = ("complainant", "respondent", "owner")


def next_act(
    forms: Iterable[ActFormView], policy: Policy, stage: str, running: Sequence[Mapping[str, Any]]
) -> ActFormView | None:
    """The open act that ends the earliest deadline that one can end, or the stage's first one that leads on.

    `running`: the open deadlines, the earliest first.
    """
    own = [one for one in forms if one.open and one.on_behalf_of != "complainant" and _leads_on(one)]
    for run in running:
        clock = policy.clocks.get(run["clock"])
        ends = () if clock is None else ending_events(policy.document, clock.clock, stage)
        for one in own:
            if EVENT_OF_ACT.get(one.act) in ends:
                return one
    return next(iter(own), None)


def _leads_on(form: ActFormView) -> bool:
    """Not an act that exists under every policy, nor one that leads away from the course of most complaints."""
    term = ACT_TERMS.get(form.act)
    return form.office is not True and term is not None and term.is_duty and term.part != "aside"


def told_by(events: Iterable[EnvelopeView]) -> dict[str, list[EnvelopeView]]:
    """By the id of an event: the messages that the service sent on account of it. Others stand alone."""
    found: dict[str, list[EnvelopeView]] = {}
    cause: EnvelopeView | None = None
    for event in events:
        if not _is_message(event):
            cause = event
        elif cause is not None and cause.at == event.at:
            found.setdefault(cause.id, []).append(event)
    return found


def recipients(messages: Iterable[EnvelopeView], names: Mapping[str, str], labels: CaseLabels) -> str:
    """Whom these messages told, each once."""
    told = [one for message in messages for one in message.fields.get("to", ())]
    return labels.joined([_recipient(one, names, labels) for one in dict.fromkeys(told)])


def _recipient(to: str, names: Mapping[str, str], labels: CaseLabels) -> str:
    if to.startswith("@"):
        return names.get(to[1:]) or labels.reader.of_code("desk_case.by.", "staff")
    return labels.reader.of_code("desk_case.by.", to) if to in _PARTIES else labels.role(to)


def _is_message(event: EnvelopeView) -> bool:
    """Of the service itself: the act of telling somebody stands in the record as an act."""
    return event.type == _NOTIFIED and event.actor.kind == "system"


class ClosedAct(NamedTuple):
    """An act that is not open. `why`: what fails. `remedies`: the acts open to the reader that change this."""

    act: str
    label: Words
    why: Words
    remedies: list[ActFormView]


def closed_acts(forms: Sequence[ActFormView], stage: Stage) -> list[ClosedAct]:
    """`stage`: the present one."""
    own = [one for one in forms if one.open and one.on_behalf_of != "complainant"]
    return [
        ClosedAct(one.act, one.label, one.fails.text, [act for act in own if _mends(one.fails, act, stage)])
        for one in forms
        if one.fails is not UNSET
    ]


def _mends(fails: ActFails, act: ActFormView, stage: Stage) -> bool:
    """Whether the act is an event that has to happen before, or can give one of the values that are needed."""
    after = () if fails.after is UNSET else fails.after
    condition = {} if fails.condition is UNSET else fails.condition
    if EVENT_OF_ACT.get(act.act) in after:
        return True
    defined = stage.acts.get(act.act)
    sets = {} if defined is None else defined.sets
    return any(
        _sets(act, sets[name], values) if name in sets else _chooses(act, name, values)
        for name, values in condition.items()
    )


def _sets(act: ActFormView, value: str, wanted: Sequence[str]) -> bool:
    """`value`: as an act of the policy sets it: a text, or `field.<name>`."""
    if not value.startswith(_FIELD):
        return value in wanted
    name = value.removeprefix(_FIELD)
    return any(one.name == name and one.choices is UNSET for one in act.fields) or _chooses(act, name, wanted)


def _chooses(act: ActFormView, name: str, wanted: Sequence[str]) -> bool:
    """Whether a field offers one of the values. A field without choices can be about something else."""
    offered = (one.choices for one in act.fields if one.name == name and one.choices is not UNSET)
    return any(option.value in wanted for choices in offered for option in choices)
