"""Access to private values: compares the policy's `confidentiality` with a reader's grants (P1.4, P4.9)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.complaints.rights.permits import COMPLAINANT, RESPONDENT, Asker, Grant, as_party, covers, may, oversees
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Confidentiality, RoleSelector

IDENTITY = "complainant"
"""The confidentiality class of all values that identify the complainant."""
CONTENT = "content"
"""The confidentiality class of what the complaint and the work on it are about."""
_CONTENT = frozenset({"respondent", CONTENT, "internal"})
OWN_CLASSES = frozenset({IDENTITY, "respondent", CONTENT})
"""The confidentiality classes that the complainant sees of their own complaint."""
TO_RESPONDENT = frozenset({"respondent", CONTENT})
"""The confidentiality classes that respondents see, with masks (`casework.masking`)."""
_OPEN = Confidentiality()


def visible_classes(policy: Policy, complaint: Complaint, asker: Asker) -> frozenset[str]:
    """The confidentiality classes that the reader may see.

    Respondents never see the complainant's identity or internal values.
    """
    return frozenset(grants_by_class(policy, complaint, asker))


def grants_by_class(policy: Policy, complaint: Complaint, asker: Asker) -> dict[str, Grant]:
    """The visible confidentiality classes, each with its grant. The reader's own grants precede those of a deputy."""
    if asker.kind == "complainant":
        return dict.fromkeys(OWN_CLASSES, Grant(asker.kind))
    rules = rules_of(policy)
    identity = None if asker.kind == RESPONDENT else _permitting_grant(rules.complainant, complaint, asker)
    content = _permitting_grant(rules.content, complaint, asker, identity)
    readable = TO_RESPONDENT if asker.kind == RESPONDENT else _CONTENT
    found = {} if content is None else dict.fromkeys(readable, content)
    return found if identity is None else {**found, IDENTITY: identity}


def speaker_for(policy: Policy, complaint: Complaint, asker: Asker, party: str) -> Asker | None:
    """The member as recorder of the party's statement (`as_party`), or None if they may not record it.

    A member who may not see who the complainant is does not speak for them.
    """
    if party != COMPLAINANT.kind:
        return as_party(asker, party, complaint.unit)
    seeing = who_sees_complainant(policy, complaint, asker)
    return None if seeing is None else as_party(seeing, party, complaint.unit)


def who_sees_complainant(policy: Policy, complaint: Complaint, asker: Asker) -> Asker | None:
    """The asker, if they may see who the complainant is, with the grant that shows it before the others.

    So what the member does for that reason is recorded in the role that permits it, such as that of the absent person.
    """
    shows = grants_by_class(policy, complaint, asker).get(IDENTITY)
    if shows is None:
        return None
    return replace(asker, grants=tuple(sorted(asker.grants, key=lambda grant: grant != shows)))


def respondents_read(policy: Policy) -> bool:
    """Whether respondents can have accounts, which are a unit's, and the policy lets them read the content."""
    content = rules_of(policy).content
    takes_unit = policy.document.intake.unit != "none"
    return takes_unit and (content is None or any(one.role == RESPONDENT for one in content))


def rules_of(policy: Policy) -> Confidentiality:
    return policy.document.confidentiality or _OPEN


def _permitting_grant(
    doers: Sequence[RoleSelector] | None, complaint: Complaint, asker: Asker, preferred: Grant | None = None
) -> Grant | None:
    grants = sorted(asker.grants, key=lambda grant: (grant != preferred, grant.lent_by is not None))
    if doers is None:
        shows = (grant for grant in grants if covers(grant, complaint.unit) or _oversees(grant, complaint))
        return next(shows, Grant(asker.kind))
    return next((grant for grant in grants if any(_reads(doer, grant, complaint, asker) for doer in doers)), None)


def _reads(doer: RoleSelector, grant: Grant, complaint: Complaint, asker: Asker) -> bool:
    """People of the parent unit who see the complaint read as others in their role do."""
    above = doer.of == "any" and doer.role == grant.role and _oversees(grant, complaint)
    return above or may(doer, grant, complaint, asker)


def _oversees(grant: Grant, complaint: Complaint) -> bool:
    return oversees(grant, complaint.unit, complaint.overseers)
