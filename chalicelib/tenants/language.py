"""The policy language behind the tenants' `PolicySource`: presets, and checked documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.complaints import examples
from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.faults import PolicyFault
from chalicelib.policy.model import Document
from chalicelib.problem import Place, Problem
from chalicelib.tenants.policy_source import Prepared
from chalicelib.tenants.policy_version import PolicyVersion


class PolicyLanguage:
    """`policy_source.PolicySource`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        try:
            return presets.document(name)
        except KeyError:
            known = ", ".join(presets.names())
            place = Place("/preset", f"must be one of: {known}")
            raise Problem("invalid", "There is no such preset.", places=[place]) from None

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        prepared = self.read(document)
        failing = examples.failures(compile_policy(msgspec.json.decode(prepared.body, type=Document), "draft"))
        if failing:
            raise policy_invalid(PolicyFault(failing))
        return prepared

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        try:
            ready = publishing.prepare(document)
        except PolicyFault as fault:
            raise policy_invalid(fault) from fault
        english = any(label.en for label in ready.document.people.values())
        return Prepared(
            body=ready.body, roles=list(ready.document.people), languages=["zh", "en"] if english else ["zh"]
        )


def policy_invalid(fault: PolicyFault) -> Problem:
    """The problem that names each fault's place below `/policy`."""
    places = [
        Place("/policy" + one.pointer, one.message if one.line is None else f"line {one.line}: {one.message}")
        for one in fault.faults
    ]
    return Problem("policy-invalid", "The policy cannot be published as it is.", places=places)


def compile_version(version: PolicyVersion) -> Policy:
    """A published version made ready for use; for `PolicyCache`."""
    return compile_policy(msgspec.json.decode(version.policy, type=Document), version.version)
