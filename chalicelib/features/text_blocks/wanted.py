"""What a member writes as a text block, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec

from chalicelib.features.register.input import cleaned
from chalicelib.features.text_blocks.block import Language
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import is_public_time
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import PROGRESS
from chalicelib.policy.language.wording.default_wording import PLACEHOLDERS

MAX_NAME = 40
"""Characters."""
MAX_TEXT = 4_000
"""Characters: as many as a text of an act has, unless the policy allows another number."""
MOST_PLACES = 50
"""Categories, and stages, that a block names."""
OF_EVENTS = frozenset({"event", "points", "said", PROGRESS})
"""Placeholders of wordings for what one event says. A text block is about a case, which has no value for them."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_WRONG = "The text block cannot be taken as it is."
_Names = Annotated[list[Annotated[SeenText, msgspec.Meta(max_length=100)]], msgspec.Meta(max_length=MOST_PLACES)]


class WriteTextBlock(RequestDocument, frozen=True, kw_only=True):
    """`text`: with placeholders of wordings in braces. `categories` and `stages`: of the complaints that it fits;
    without any, it fits all."""

    name: Annotated[SeenText, msgspec.Meta(max_length=MAX_NAME)]
    language: Language
    text: Annotated[SeenText, msgspec.Meta(max_length=MAX_TEXT)]
    categories: _Names = []
    stages: _Names = []


def placeholders(document: PolicyDocument) -> list[str]:
    """The names that a block may use: those of the policy's wordings that a case can fill, and its public times."""
    own = {**document.intake.facts, **document.fields}
    times = {name for name, fact in own.items() if is_public_time(fact)}
    return sorted((PLACEHOLDERS - OF_EVENTS) | times)


def checked(policy: Policy, wanted: WriteTextBlock) -> WriteTextBlock:
    """With its texts as they are stored. Raises `Problem("invalid")` with the place of each fault."""
    texts = cleaned({"name": wanted.name, "text": wanted.text}, "")
    name = " ".join(texts["name"].split())
    faults = [*_of_text(policy.document, texts["text"]), *_of_lists(policy.document, wanted)]
    if faults:
        raise Problem("invalid", _WRONG, places=faults)
    return msgspec.structs.replace(
        wanted,
        name=name,
        text=texts["text"],
        categories=list(dict.fromkeys(wanted.categories)),
        stages=list(dict.fromkeys(wanted.stages)),
    )


def unknown_braces(document: PolicyDocument, text: str) -> Iterator[tuple[str, int]]:
    """What is in braces and is no placeholder, with its place, from 1."""
    known = placeholders(document)
    for found in _BRACES.finditer(text):
        if found[1] not in known:
            yield found[0], found.start() + 1


def known_text(document: PolicyDocument) -> str:
    """The placeholders, for an error."""
    return ", ".join(f"{{{one}}}" for one in placeholders(document))


def _of_text(document: PolicyDocument, text: str) -> Iterator[Place]:
    for name, at in unknown_braces(document, text):
        why = Text(
            "{name} at character {at} is no placeholder; there are: {known}",
            name=name,
            at=at,
            known=known_text(document),
        )
        yield Place("/text", why)


def _of_lists(document: PolicyDocument, wanted: WriteTextBlock) -> Iterator[Place]:
    categories = [value for values in document.intake.categories.values() for value in values]
    for part, given, known in (
        ("categories", wanted.categories, categories),
        ("stages", wanted.stages, list(document.stages)),
    ):
        for index, name in enumerate(given):
            if name not in known:
                why = Text("must be one of: {known}", known=", ".join(known))
                yield Place(f"/{part}/{index}", why)
