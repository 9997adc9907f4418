"""The criteria of a search, and their checks."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import asdict

from chalicelib.casework import fact_lookups
from chalicelib.casework.searching import words
from chalicelib.complaints.filing import SUBJECT
from chalicelib.decoding import RequestDocument
from chalicelib.instants import Instant, from_text
from chalicelib.problem import Place, Problem, Text

MOST = 50
"""Complaints of one answer."""
LONGEST_NAME = 100
"""Characters of the name of a stage, a unit, a category, a field or a choice."""
_NUMBER = r"[0-9]{6}-[0-9]{6}"
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Question = Annotated[str, msgspec.Meta(min_length=1, max_length=words.LONGEST_QUESTION)]
_Names = Annotated[dict[_Name, _Name], msgspec.Meta(min_length=1, max_length=10)]
_Time = Annotated[str, msgspec.Meta(max_length=40)]
_TIMES = ("filed_from", "filed_to", "closed_from", "closed_to")
_PAGING = frozenset({"limit", "cursor"})
_INVALID = "These search criteria are not valid."


class ComplaintSearch(RequestDocument, frozen=True, kw_only=True):
    """At least one criterion; complaints that meet all of them are found, the newest first.

    `words`, `respondent`: each word, of two characters or more, occurs in the content or the summary, or in what is
    said of the respondent. `phone`, `email`, `subject`: as in the complaint; not both of the first two. `outcome`: the
    last choice of a field that an act recorded, by name. `filed_from`, `filed_to`, `closed_from`, `closed_to`: times;
    the ends are included. `cursor`: from the answer before, with the same criteria.
    """

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254)] | None = None
    number: Annotated[str, msgspec.Meta(pattern=rf"^{_NUMBER}$")] | None = None
    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    respondent: _Question | None = None
    words: _Question | None = None
    category: _Names | None = None
    unit: _Name | None = None
    stage: _Name | None = None
    outcome: _Names | None = None
    archived: bool | None = None
    filed_from: _Time | None = None
    filed_to: _Time | None = None
    closed_from: _Time | None = None
    closed_to: _Time | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = MOST
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None

    @property
    def uses_index(self) -> bool:
        return bool(self.words or self.respondent or self.outcome)

    @property
    def looked_up(self) -> dict[str, str]:
        """The values that look-ups find, by their kind."""
        kinds = (fact_lookups.PHONE, fact_lookups.EMAIL, SUBJECT)
        return {kind: value for kind in kinds if (value := getattr(self, kind)) is not None}


class Periods(msgspec.Struct, frozen=True):
    """The times of the criteria, both ends included; None where there is no bound."""

    filed: tuple[Instant | None, Instant | None]
    closed: tuple[Instant | None, Instant | None]


def check(criteria: ComplaintSearch) -> Periods:
    """Raises `Problem("invalid")` with the places: no criterion, or one that cannot be searched for."""
    given = {name for name, value in asdict(criteria).items() if value is not None} - _PAGING
    if not given or {fact_lookups.PHONE, fact_lookups.EMAIL} <= given:
        text = "give one of phone and email" if given else "give at least one criterion"
        raise Problem("invalid", _INVALID, places=[Place("", text)])
    places = [*_word_places(criteria), *_lookup_places(criteria)]
    times = {name: _instant(name, getattr(criteria, name), places) for name in _TIMES}
    if places:
        raise Problem("invalid", _INVALID, places=places)
    return Periods((times["filed_from"], times["filed_to"]), (times["closed_from"], times["closed_to"]))


def _word_places(criteria: ComplaintSearch) -> list[Place]:
    given = (("words", criteria.words), ("respondent", criteria.respondent))
    return [
        place
        for name, text in given
        if text is not None
        for place in [_word_place(f"/{name}", text)]
        if place is not None
    ]


def _word_place(pointer: str, text: str) -> Place | None:
    if words.has_control_characters(text):
        return Place(pointer, "must not hold control characters")
    asked = words.normalised(text)
    if not words.bigrams(asked):
        return Place(pointer, "needs a word of at least two letters or digits")
    if len(asked.split()) > words.MOST_WORDS:
        return Place(pointer, Text("has at most {most} words", most=words.MOST_WORDS))
    if len(words.bigrams(asked)) > words.MOST_BIGRAMS:
        return Place(pointer, Text("must be at most {most} characters", most=words.MOST_BIGRAMS))
    return None


def _lookup_places(criteria: ComplaintSearch) -> list[Place]:
    """A value that no look-up can have."""
    digits = Text("has at least {least} digits", least=fact_lookups.SHORTEST_PHONE)
    least = {
        fact_lookups.PHONE: Place(f"/{fact_lookups.PHONE}", digits),
        fact_lookups.EMAIL: Place(f"/{fact_lookups.EMAIL}", "has an @"),
        SUBJECT: Place(f"/{SUBJECT}", "needs a letter or a digit"),
    }
    return [least[kind] for kind, value in criteria.looked_up.items() if not fact_lookups.can_be_found(kind, value)]


def _instant(name: str, text: str | None, places: list[Place]) -> Instant | None:
    try:
        return None if text is None else from_text(text)
    except ValueError as error:
        places.append(Place(f"/{name}", Text("is no time: {error}", error=error)))
        return None
