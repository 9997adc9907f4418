"""Who sees what is private of a complaint: the policy's `confidentiality` against a reader's grants (P1.4, P4.9)."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.complaints.permits import Asker, may
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.readers import Confidentiality, Doer

IDENTITY = "complainant"
"""The class of everything by which the complainant is known."""
_CONTENT = frozenset({"respondent", "content", "internal"})
OF_THEIR_OWN = frozenset({IDENTITY, "respondent", "content"})
_OPEN = Confidentiality()


def classes(policy: Policy, complaint: Complaint, asker: Asker) -> frozenset[str]:
    """The classes of private values that the reader sees. The respondent never has the complainant's, nor internals."""
    if asker.kind == "complainant":
        return OF_THEIR_OWN
    rules = rules_of(policy)
    found = _CONTENT if _listed(rules.content, complaint, asker) else frozenset()
    if asker.kind == "respondent":
        return found - {"internal"}
    return found | {IDENTITY} if _listed(rules.complainant, complaint, asker) else found


def rules_of(policy: Policy) -> Confidentiality:
    return policy.document.confidentiality or _OPEN


def _listed(doers: Sequence[Doer] | None, complaint: Complaint, asker: Asker) -> bool:
    return doers is None or any(may(doer, grant, complaint, asker) for doer in doers for grant in asker.grants)
