"""Query: check a policy document without publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.policies.fault_view import FaultView, fault_view
from chalicelib.kit.decoding import RequestDocument
from chalicelib.ports.policy_source import Document

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import PolicySource


class PolicyCheckRequest(RequestDocument, frozen=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


class PolicyCheck(msgspec.Struct, frozen=True):
    """The policy is valid. `roles`: its roles. `hints`: what its author may not have meant; they block nothing."""

    roles: list[str]
    ok: bool = True
    hints: list[FaultView] = []


def check_policy(policies: PolicySource, request: PolicyCheckRequest) -> PolicyCheck:
    """Raises `Problem("policy-invalid")` with all faults."""
    prepared = policies.prepare(request.policy)
    return PolicyCheck(prepared.roles, hints=[fault_view(hint) for hint in prepared.hints])
