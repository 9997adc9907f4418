"""What holds for a complaint that has come to the archive."""

from __future__ import annotations

from chalicelib.complaints.envelope import break_in_chain
from tests.clauses.organisation import Organisation


def is_archived(organisation: Organisation, number: str, who: str) -> bool:
    """True if the complaint is on the shelf of the archive and its record is intact."""
    shelf = organisation.get("/complaints?shelf=archived", who)["complaints"]
    return number in [row["number"] for row in shelf] and break_in_chain(organisation.events(number)) is None
