"""Query: check a policy document without publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.tenants.publication.policy_source import Document

if TYPE_CHECKING:
    from chalicelib.tenants.publication.policy_source import PolicySource


class PolicyCheckRequest(RequestDocument, frozen=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


class PolicyCheck(msgspec.Struct, frozen=True):
    """The policy is valid. `roles`: its roles."""

    roles: list[str]
    ok: bool = True


def check_policy(policies: PolicySource, request: PolicyCheckRequest) -> PolicyCheck:
    """Raises `Problem("policy-invalid")` with all faults."""
    return PolicyCheck(policies.prepare(request.policy).roles)
