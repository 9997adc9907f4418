"""Who may do what with a notice: its parties, its approvers, and those who keep it after publication."""

from __future__ import annotations

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.rights import confidentiality, permits
from chalicelib.complaints.rights.permits import (
    COMPLAINANT,
    RESPONDENT,
    Asker,
    Grant,
    covering_grant,
    covers,
    role_grant,
)
from chalicelib.complaints.state import Complaint
from chalicelib.features.register import telling
from chalicelib.features.register.notice import Notice
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PeopleSelector
from chalicelib.tenants.names import OWNER


class NoticeCaller(msgspec.Struct, frozen=True):
    """The caller of an act on a notice. `policy`: the version under which the notice was prepared.

    `behalf`: the party whose act a member records.
    """

    policy: Policy
    present: Policy
    complaint: Complaint
    asker: Asker
    behalf: str | None = None

    def as_party(self, party: str) -> Actor | None:
        """The caller as this party, or as the member who records its act; None if they are neither."""
        asker = self.asker
        if self.behalf is None:
            is_party = asker.kind == party or (party == RESPONDENT and asker.kind == RESPONDENT)
            return asker.actor(covering_grant(asker, self.complaint.unit)) if is_party else None
        if self.behalf != party or permits.is_recused(self.complaint, asker):
            return None
        speaker = confidentiality.speaker_for(self.present, self.complaint, asker, party)
        return None if speaker is None else speaker.actor(speaker.grants[0])

    def as_complainant(self, _notice: Notice) -> Actor | None:
        return self.as_party(COMPLAINANT.kind)

    def as_consenter(self, notice: Notice) -> Actor | None:
        """The complainant, or a member who records the consent: not who approved or corrected the present text."""
        decisions = [step.by for step in notice.steps if step.act in ("approve", "correct")]
        is_present = notice.approval == "given" or notice.pending is not None
        decided = self.behalf is not None and is_present and decisions[-1:] == [self.asker.id]
        return None if decided else self.as_complainant(notice)

    def as_objector(self, notice: Notice) -> Actor | None:
        return None if notice.objection is None else self.as_party(notice.objection.by)

    def as_approver(self, _notice: Notice) -> Actor | None:
        """A member with a role of the approval whom the record does not exclude (`not`, `same`, a recusal)."""
        if self.behalf is not None or self.asker.kind != "staff" or permits.is_recused(self.complaint, self.asker):
            return None
        selectors = telling.approvers(telling.notices_of(self.policy))
        grant = next((one for one in self.asker.grants if self._approves(selectors, one)), None)
        return None if grant is None else self.asker.actor(grant)

    def as_other_approver(self, notice: Notice) -> Actor | None:
        """An approver who did not record the complainant's consent: no person gives both."""
        consents = [step for step in notice.steps if step.act == "consent" and step.on_behalf_of == COMPLAINANT.kind]
        return None if self.asker.id in {step.by for step in consents} else self.as_approver(notice)

    def _approves(self, selectors: list[str | PeopleSelector], grant: Grant) -> bool:
        if not covers(grant, self.complaint.unit):
            return False
        for one in selectors:
            if isinstance(one, str):
                if one == grant.role:
                    return True
            elif one.role == grant.role and permits.fits(one.excluded, one.same, self.complaint, self.asker, grant):
                return True
        return False

    def as_keeper(self, notice: Notice) -> Actor | None:
        """An approver, or an owner: the organisation answers for what it has published."""
        return self.as_approver(notice) or self._owner()

    def as_editor(self, notice: Notice) -> Actor | None:
        """An approver, an owner, or the author of a text."""
        authors = {field.by for field in notice.fields if field.is_text}
        if self.behalf is None and self.asker.kind == "staff" and self.asker.id in authors:
            return self.asker.actor(covering_grant(self.asker, self.complaint.unit))
        return self.as_keeper(notice)

    def _owner(self) -> Actor | None:
        if self.behalf is not None or self.asker.kind != "staff":
            return None
        grant = role_grant(self.asker, [OWNER], self.complaint.unit)
        return None if grant is None else self.asker.actor(grant)
