"""Implementation of `PolicySource` with the policy language, and compilation of published versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.kit import observability
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.problem import LaterRelease, Place, Problem, Text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.ports.policy_source import Prepared

if TYPE_CHECKING:
    from chalicelib.policy.publishing import Publishable
    from chalicelib.wiring import StoredPolicy


class PolicyLanguage:
    """`policy_source.PolicySource`. Imports readers and checks at first use, because most requests do not need them."""

    def preset(self, name: str) -> Mapping[str, Any]:
        from chalicelib.policy import presets

        try:
            return presets.document(name)
        except KeyError:
            names = ", ".join(presets.names())
            place = Place("/preset", Text("must be one of: {known}", known=names))
            raise Problem("invalid", "There is no such preset.", places=[place]) from None

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        from chalicelib.complaints.trial.examples import check_publishable

        try:
            return _prepared(check_publishable(document))
        except PolicyFault as fault:
            raise policy_invalid(fault) from fault

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        from chalicelib.policy import publishing

        try:
            return _prepared(publishing.prepare(document))
        except PolicyFault as fault:
            raise policy_invalid(fault) from fault


def _prepared(ready: Publishable) -> Prepared:
    return Prepared(body=ready.body, roles=list(ready.document.people), hints=[_place(one) for one in ready.hints])


def policy_invalid(fault: PolicyFault) -> Problem:
    """The problem with each fault's place below `/policy`, and its correction."""
    places = [_place(one) for one in fault.faults]
    return Problem("policy-invalid", "The policy cannot be published as it is.", places=places)


def _place(fault: Fault) -> Place:
    more: dict[str, Any] = {member: fault.text(part) for member, part in _PARTS.items()}
    if fault.line is not None:
        more["line"] = fault.line
    return Place("/policy" + fault.pointer, fault.message, more=more)


_PARTS = {"detail_zh": "zh", "mend": "mend_en", "mend_zh": "mend_zh"}
"""Keys of a `Place`, with the parts of the fault's text."""


def compile_version(version: StoredPolicy) -> Policy:
    """Compile a published version, for `PolicyCache`. Raises `LaterRelease` if nothing of it may be read."""
    is_later = isinstance(version, StoredPart) and version.later is not msgspec.UNSET
    try:
        if not is_later:
            return compile_policy(msgspec.json.decode(version.policy, type=PolicyDocument), version.version)
    except (ValueError, LookupError) as error:
        observability.error("A policy cannot be compiled", error=observability.frames(error))
    from chalicelib.policy.reading import published  # only during an update

    try:
        return published.compile_known(version.policy, version.version)
    except LaterRelease:
        observability.error("A policy cannot be read without words of a later release")
        observability.measure("LaterRelease")
        raise
