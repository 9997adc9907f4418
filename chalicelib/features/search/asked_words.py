"""The words that a reader asks for: as a question to the index, and compared with the texts of a candidate."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from chalicelib.complaints.confidentiality import IDENTITY
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.complaints.permits import RESPONDENT, Asker
from chalicelib.features.search import words
from chalicelib.features.search.blind_tokens import Tokens
from chalicelib.features.search.texts import texts_in

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
    """For `Question.all_of`. A word of one character has no bigram: only the comparison with the text finds it."""
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
