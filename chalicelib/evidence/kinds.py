"""Kinds of evidence: what the complaint's policy takes as each."""

from __future__ import annotations

from chalicelib.evidence import file_names, limits
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.file_types import FILE_TYPES, MIB
from chalicelib.policy.language.model import EvidenceKind
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVIDENCE_KINDS
from chalicelib.problem import Place

_ANY = EvidenceKind(name=Label(zh=""))


def names_of(policy: Policy) -> list[str]:
    return list(policy.document.intake.evidence) or list(EVIDENCE_KINDS)


def said(policy: Policy, kind: str) -> EvidenceKind:
    """What the policy says of a kind; of those of the language, nothing."""
    return policy.document.intake.evidence.get(kind, _ANY)


def faults(policy: Policy, plans: int, *, kind: str, name: str, size: int, media_type: str) -> list[Place]:
    """What is wrong with a file as it is declared. `plans`: the bytes that the organisation's plan allows."""
    places = []
    known = names_of(policy)
    if kind not in known:
        places.append(Place("/kind", "must be one of: " + ", ".join(known)))
    rule = said(policy, kind)
    types = rule.types or list(FILE_TYPES)
    most = 0
    if media_type not in types:
        places.append(Place("/media_type", "must be one of: " + ", ".join(sorted(types))))
    else:
        most = min(limits.largest(media_type, plans), (rule.megabytes or limits.LARGEST // MIB) * MIB)
    if most and not 1 <= size <= most:
        places.append(Place("/size", f"must be 1 to {most} bytes"))
    elif size < 1:
        places.append(Place("/size", "must be at least 1 byte"))
    if wrong := file_names.wrong(name):
        places.append(Place("/name", wrong))
    return places
