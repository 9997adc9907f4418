"""The criteria of a search, and their checks.

Words are a question to the index, and are compared with a candidate's texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec.structs import asdict

from chalicelib.casework import fact_lookups
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.complaints.filing import SUBJECT
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.features.search.index import words
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.index.texts import texts_in
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text

RESPONDENTS = frozenset({"respondent"})
_OF_PARTIES = frozenset({"content", "respondent"})
_OF_STAFF = _OF_PARTIES | {"internal"}


class AskedWord(msgspec.Struct, frozen=True):
    """A normalised word, and the confidentiality classes of the texts in which it is looked for."""

    word: str
    holders: frozenset[str]


class Match(msgspec.Struct, frozen=True):
    """The names of the values that have a word, and their confidentiality classes."""

    names: list[str]
    holders: frozenset[str]


def asked(asker: Asker, text: str | None, respondent: str | None) -> list[AskedWord]:
    """Words in texts of the classes that the reader may see in any complaint."""
    is_party = all(grant.role == RESPONDENT for grant in asker.grants)
    holders = _OF_PARTIES if is_party else _OF_STAFF
    return [
        *(AskedWord(word, holders) for word in words.normalised(text or "").split()),
        *(AskedWord(word, RESPONDENTS) for word in words.normalised(respondent or "").split()),
    ]


def question_sets(tokens: Tokens, found: Iterable[AskedWord]) -> list[list[Collection[str]]]:
    """For `IndexQuery.all_of`. A word of one character has no bigram: only the comparison with the text finds it."""
    return [
        [tokens.of_bigrams(holder, pairs) for holder in sorted(one.holders)]
        for one in found
        if (pairs := words.bigrams(one.word))
    ]


def match(found: Collection[AskedWord], values: Iterable[PrivateValue], classes: Collection[str]) -> Match | None:
    """None unless the texts of these classes have every word. `classes`: those that the reader may see."""
    texts = [
        (value.holder, name, text)
        for value in values
        if value.holder in classes and value.holder != IDENTITY
        for name, text in texts_in(value)
    ]
    places: dict[str, str] = {}
    for one in found:
        having = {
            name: holder for holder, name, text in texts if holder in one.holders and words.contains(text, one.word)
        }
        if not having:
            return None
        places.update(having)
    return Match(sorted(places), frozenset(places.values()))


MOST = 50
"""Complaints of one answer."""
LONGEST_NAME = 100
"""Characters of the name of a stage, a unit, a category, a field or a choice."""
_NUMBER = r"[0-9]{6}-[0-9]{6}"
_Name = Annotated[SeenText, msgspec.Meta(max_length=LONGEST_NAME)]
_Question = Annotated[SeenText, msgspec.Meta(max_length=words.LONGEST_QUESTION)]
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

    phone: Annotated[SeenText, msgspec.Meta(max_length=100)] | None = None
    email: Annotated[SeenText, msgspec.Meta(max_length=254)] | None = None
    number: Annotated[str, msgspec.Meta(pattern=rf"^{_NUMBER}$")] | None = None
    subject: Annotated[SeenText, msgspec.Meta(max_length=200)] | None = None
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
        place = Place("", "give one of phone and email" if given else "give at least one criterion")
        raise Problem("invalid", _INVALID, places=[place])
    places = [*_word_places(criteria), *_lookup_places(criteria)]
    times = {name: _instant(name, getattr(criteria, name), places) for name in _TIMES}
    if places:
        raise Problem("invalid", _INVALID, places=places)
    return Periods((times["filed_from"], times["filed_to"]), (times["closed_from"], times["closed_to"]))


def _word_places(criteria: ComplaintSearch) -> Iterator[Place]:
    for name, text in (("words", criteria.words), ("respondent", criteria.respondent)):
        if text is not None:
            yield from _wrong_words(f"/{name}", text)


def _wrong_words(pointer: str, text: str) -> Iterator[Place]:
    """At most one."""
    asked = words.normalised(text)
    pairs = words.bigrams(asked)
    if words.has_control_characters(text):
        yield Place(pointer, "must not hold control characters")
    elif not pairs:
        yield Place(pointer, "needs a word of at least two letters or digits")
    elif len(asked.split()) > words.MOST_WORDS:
        yield Place(pointer, Text("has at most {most} words", most=words.MOST_WORDS))
    elif len(pairs) > words.MOST_BIGRAMS:
        yield Place(pointer, Text("must be at most {most} characters", most=words.MOST_BIGRAMS))


def _lookup_places(criteria: ComplaintSearch) -> Iterator[Place]:
    """Values that no look-up can have."""
    wrong = {kind for kind, value in criteria.looked_up.items() if not fact_lookups.can_be_found(kind, value)}
    if fact_lookups.PHONE in wrong:
        yield Place("/phone", Text("has at least {least} digits", least=fact_lookups.SHORTEST_PHONE))
    if fact_lookups.EMAIL in wrong:
        yield Place("/email", "has an @")
    if SUBJECT in wrong:
        yield Place("/subject", "needs a letter or a digit")


def _instant(name: str, text: str | None, places: list[Place]) -> Instant | None:
    try:
        return None if text is None else from_text(text)
    except ValueError as error:
        places.append(Place(f"/{name}", Text("is no time: {error}", error=error)))
        return None
