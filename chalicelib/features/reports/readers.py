"""Who reads reports: members, of the units for which they have a grant."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework.authorization import read_asker
from chalicelib.complaints.permits import RESPONDENT, Asker
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics.question import Question
from chalicelib.store.port import Store


def reader_of(store: Store, tenant: str, sub: str, now: Instant) -> Asker:
    """Raises `Problem("forbidden")` for other people, and for respondents, who are no part of the organisation."""
    asker = read_asker(store, tenant, sub, now)
    if all(grant.role == RESPONDENT for grant in asker.grants):
        raise Problem("forbidden", "Only people of the organisation read its reports.")
    return asker


def restricted(asker: Asker, question: Question) -> Question:
    """The question about the units that the reader may see. `Problem("forbidden")` if it names another one."""
    grants = [grant for grant in asker.grants if grant.role != RESPONDENT]
    if any(grant.unit is None for grant in grants):
        return question
    own = frozenset(grant.unit for grant in grants if grant.unit is not None)
    asked = question.filters.get("unit", own)
    if not asked <= own:
        places = [Place("/query/unit", "is a unit whose complaints you may not see")]
        raise Problem("forbidden", "You may not see the complaints of this unit.", places=places)
    return replace(question, filters={**question.filters, "unit": asked})
