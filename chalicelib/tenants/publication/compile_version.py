"""A published version made ready for use. Apart from `language`, because most requests check no policy."""

from __future__ import annotations

import msgspec

from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.tenants.publication.policy_version import PolicyVersion


def compile_version(version: PolicyVersion) -> Policy:
    """For `PolicyCache`."""
    return compile_policy(msgspec.json.decode(version.policy, type=PolicyDocument), version.version)
