"""Kinds of evidence: the policy's rules for each kind, and the validation of a declared file against them."""

from __future__ import annotations

from chalicelib.evidence import file_limits
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.file_types import FILE_TYPES, MIB
from chalicelib.policy.language.intake import EvidenceKind
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVIDENCE_KINDS
from chalicelib.problem import Place, Text

_NO_RULES = EvidenceKind(name=Label(zh=""))


def kind_names(policy: Policy) -> list[str]:
    """The policy's own kinds, or the language's standard kinds if it defines none."""
    return list(policy.document.intake.evidence) or list(EVIDENCE_KINDS)


def kind_rule(policy: Policy, kind: str) -> EvidenceKind:
    """The policy's rules for a kind. A standard kind has none."""
    return policy.document.intake.evidence.get(kind, _NO_RULES)


def declaration_faults(
    policy: Policy, plan_bytes: int, *, kind: str, name: str, size: int, media_type: str
) -> list[Place]:
    """The faults of a declared file. `plan_bytes`: the evidence quota of the organisation's plan."""
    places = []
    known = kind_names(policy)
    if kind not in known:
        places.append(Place("/kind", Text("must be one of: {known}", known=", ".join(known))))
    rule = kind_rule(policy, kind)
    types = rule.types or list(FILE_TYPES)
    most = 0
    if media_type not in types:
        places.append(Place("/media_type", Text("must be one of: {known}", known=", ".join(sorted(types)))))
    else:
        policy_limit = (rule.megabytes or file_limits.LARGEST // MIB) * MIB
        most = min(file_limits.largest(media_type, plan_bytes), policy_limit)
    if most and not 1 <= size <= most:
        places.append(Place("/size", Text("must be 1 to {most} bytes", most=most)))
    elif size < 1:
        places.append(Place("/size", "must be at least 1 byte"))
    if fault := file_limits.name_fault(name):
        places.append(Place("/name", fault))
    return places
