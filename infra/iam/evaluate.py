"""Evaluator: whether policies allow a request, for the part of IAM that the project uses.

IAM User Guide, "Policy evaluation logic": an explicit deny wins; then an allow is needed; all within one account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from infra.iam.conditions import holds
from infra.iam.patterns import Context, matches

Document = Mapping[str, Any]
"""A policy with every intrinsic resolved."""
Decision = Literal["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"]

_KNOWN = {"Sid", "Effect", "Action", "Resource", "Condition", "Principal"}


@dataclass(frozen=True, slots=True)
class Request:
    action: str
    resource: str
    context: Context = field(default_factory=dict)


def decide(policies: Iterable[Document], request: Request) -> Decision:
    """By the policies of the identity that asks. Raises ValueError for an element that this does not know."""
    effects = {
        statement["Effect"] for policy in policies for statement in policy["Statement"] if _applies(statement, request)
    }
    return _decision(effects)


def decide_with_resource_policy(
    identity: Iterable[Document], own: Document, principal: str, request: Request
) -> Decision:
    """For what has a policy of its own that must allow as well: a role's trust, a key's policy.

    `principal`: the ARN that `own` knows the asker by, a role's or the whole account's (`…:root`).
    """
    effects = {
        statement["Effect"]
        for statement in own["Statement"]
        if _names(statement["Principal"], principal) and _applies(statement, request, resourceless=True)
    }
    decisions = (decide(identity, request), _decision(effects))
    if "ExplicitlyDenied" in decisions:
        return "ExplicitlyDenied"
    return "Allowed" if decisions == ("Allowed", "Allowed") else "ImplicitlyDenied"


def _decision(effects: set[str]) -> Decision:
    if "Deny" in effects:
        return "ExplicitlyDenied"
    return "Allowed" if "Allow" in effects else "ImplicitlyDenied"


def _applies(statement: Mapping[str, Any], request: Request, resourceless: bool = False) -> bool:
    if unknown := statement.keys() - _KNOWN:
        raise ValueError(f"the evaluator does not know {sorted(unknown)}")
    actions = [action.lower() for action in _listed(statement["Action"])]
    resources = ["*"] if resourceless else _listed(statement["Resource"])
    return (
        any(matches(action, request.action.lower(), {}) for action in actions)
        and any(matches(arn, request.resource, request.context) for arn in resources)
        and holds(statement.get("Condition", {}), request.context)
    )


def _names(principal: Mapping[str, Any], arn: str) -> bool:
    """Roles are named whole here: a wildcard would name every principal, and is an error."""
    named = _listed(principal.get("AWS", []))
    if any("*" in each for each in named):
        raise ValueError("a trust policy must name whole roles")
    return arn in named


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]
