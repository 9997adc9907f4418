"""The mails that people got."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.mailer import Mail


def mails_to(office: Organisation, address: str) -> list[Mail]:
    """Oldest first."""
    assert isinstance(office.world, InProcess)
    office.world.settle()
    return list(office.world.fakes.mailer.to(address))


def subjects_to(office: Organisation, who: str) -> list[str]:
    """Of the mails to this member, oldest first."""
    return [mail.subject for mail in mails_to(office, office.emails[who])]
