"""Evaluates whether policies allow a request, for the IAM features that the project uses.

IAM User Guide, "Policy evaluation logic", for one account: an explicit deny wins; otherwise an allow is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from infra.iam.conditions import holds
from infra.iam.patterns import Context, matches

Document = Mapping[str, Any]
"""A policy with resolved intrinsic functions."""
Decision = Literal["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"]

_KNOWN = {"Sid", "Effect", "Action", "Resource", "Condition", "Principal"}


@dataclass(frozen=True, slots=True)
class IamRequest:
    action: str
    resource: str
    context: Context = field(default_factory=dict)


def decide(policies: Iterable[Document], request: IamRequest) -> Decision:
    """Decides by the caller's identity policies. Raises ValueError for an unsupported policy element."""
    effects = {
        statement["Effect"] for policy in policies for statement in policy["Statement"] if _applies(statement, request)
    }
    return _decision(effects)


def decide_with_resource_policy(
    identity: Iterable[Document], own: Document, principal: str, request: IamRequest
) -> Decision:
    """Decides for a resource whose own policy must allow the request too: a role's trust policy, a key policy.

    `principal`: the caller's ARN in the resource policy `own`: a role's, or the account's (`…:root`).
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


def _applies(statement: Mapping[str, Any], request: IamRequest, resourceless: bool = False) -> bool:
    if unknown := statement.keys() - _KNOWN:
        raise ValueError(f"the evaluator does not support {sorted(unknown)}")
    actions = [action.lower() for action in _listed(statement["Action"])]
    resources = ["*"] if resourceless else _listed(statement["Resource"])
    return (
        any(matches(action, request.action.lower(), {}) for action in actions)
        and any(matches(arn, request.resource, request.context) for arn in resources)
        and holds(statement.get("Condition", {}), request.context)
    )


def _names(principal: Mapping[str, Any], arn: str) -> bool:
    """True where the policy names the ARN. A wildcard would include every principal, so it is an error."""
    named = _listed(principal.get("AWS", []))
    if any("*" in each for each in named):
        raise ValueError("a trust policy must name complete role ARNs")
    return arn in named


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]
