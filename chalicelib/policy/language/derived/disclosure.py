"""Who sees complaints, and from when on: respondents only from the acceptance (P1.4, P5.3), people of a parent unit."""

from __future__ import annotations

from chalicelib.policy.language.derived.stage_graph import reachable_stages
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import PARENT
from chalicelib.policy.language.stages import Stage

_ACCEPT, _RESPONDENT = "accept", "respondent"


def is_by_acceptance(document: PolicyDocument) -> bool:
    """True if an `accept` is ahead of the first stage, and no stage before it has an act of the respondent."""
    before = reachable_stages([document.intake.first], {name: _onward(one) for name, one in document.stages.items()})
    return any(_ACCEPT in document.stages[name].acts for name in before) and not any(
        doer.role == _RESPONDENT for name in before for act in document.stages[name].acts.values() for doer in act.by
    )


def _onward(stage: Stage) -> set[str]:
    """The stages to which its acts other than `accept` lead."""
    return {target.stage for name, act in stage.acts.items() if name != _ACCEPT for target in act.targets}


def overseers(document: PolicyDocument) -> set[str]:
    """The roles whose people of a parent unit see complaints. Of `routed`, all to which complaints can be routed."""
    tells = [*document.intake.tells, *(rule for act in document.acts for rule in act.tells)]
    tells += [rule for task in document.tasks.values() for rule in task.tells]
    lowering = document.severity.lowering if document.severity else None
    approvals = [one for act in document.acts for one in act.approvals]
    approvals += [lowering.approval] if lowering and lowering.approval else []
    people = [one for rule in tells for one in rule.to] + [one for each in approvals for one in each.by]
    found = {one.role for one in people if not isinstance(one, str) and one.of == PARENT}
    found |= {one.role for act in document.acts for one in act.by if one.of == PARENT}
    return found | ({route.role for route in document.intake.routing} if "routed" in found else set())
