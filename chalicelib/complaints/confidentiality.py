"""Who sees what is private of a complaint: the policy's `confidentiality` against a reader's grants (P1.4, P4.9)."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.complaints.permits import RESPONDENT, Asker, Grant, covers, may
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Confidentiality, RoleSelector

IDENTITY = "complainant"
"""The class of everything by which the complainant is known."""
_CONTENT = frozenset({"respondent", "content", "internal"})
OWN_CLASSES = frozenset({IDENTITY, "respondent", "content"})
_OPEN = Confidentiality()


def visible_classes(policy: Policy, complaint: Complaint, asker: Asker) -> frozenset[str]:
    """The classes of private values that the reader sees. The respondent never has the complainant's, nor internals."""
    return frozenset(grants_by_class(policy, complaint, asker))


def grants_by_class(policy: Policy, complaint: Complaint, asker: Asker) -> dict[str, Grant]:
    """The same with the grant by which each is seen: the reader's own before one that is lent to them."""
    if asker.kind == "complainant":
        return dict.fromkeys(OWN_CLASSES, Grant(asker.kind))
    rules = rules_of(policy)
    knows = None if asker.kind == RESPONDENT else _permitting_grant(rules.complainant, complaint, asker)
    reads = _permitting_grant(rules.content, complaint, asker, knows)
    told = OWN_CLASSES - {IDENTITY} if asker.kind == RESPONDENT else _CONTENT
    found = {} if reads is None else dict.fromkeys(told, reads)
    return found if knows is None else {**found, IDENTITY: knows}


def rules_of(policy: Policy) -> Confidentiality:
    return policy.document.confidentiality or _OPEN


def _permitting_grant(
    doers: Sequence[RoleSelector] | None, complaint: Complaint, asker: Asker, preferred: Grant | None = None
) -> Grant | None:
    held = sorted(asker.grants, key=lambda grant: (grant != preferred, grant.lent_by is not None))
    if doers is None:
        return next((grant for grant in held if covers(grant, complaint.unit)), Grant(asker.kind))
    return next((grant for grant in held if any(may(doer, grant, complaint, asker) for doer in doers)), None)
