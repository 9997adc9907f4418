"""Whether respondents see a complaint only from its acceptance on (P1.4, P5.3)."""

from __future__ import annotations

from chalicelib.policy.language.derived.stage_graph import reachable_stages
from chalicelib.policy.language.model import PolicyDocument
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
