"""What the subjects of mails say."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


def subjects_to(office: Organisation, who: str) -> list[str]:
    """Of the mails to this member, oldest first."""
    assert isinstance(office.world, InProcess)
    office.world.settle()
    return [mail.subject for mail in office.world.fakes.mailer.to(office.emails[who])]
