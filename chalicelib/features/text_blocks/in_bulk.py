"""The texts of an act on many complaints: they keep placeholders of text blocks, which each complaint fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.complaints import fields
from chalicelib.complaints.rights.permits import UsedTextBlock
from chalicelib.features.text_blocks import block, queries, wanted
from chalicelib.features.text_blocks.block import Language
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.wiring import Wiring


class BulkTexts(NamedTuple):
    """`given`: the values of the act, the same for all complaints. `used`: the text blocks in them."""

    tenant: str
    sub: str
    given: Mapping[str, Any]
    used: Sequence[UsedTextBlock]


def language_of(wiring: Wiring, texts: BulkTexts, now: Instant) -> Language:
    """In which each complaint fills the texts: that of the text blocks.

    Raises `Problem`: `forbidden` for people who see no text blocks; `invalid` for a version that never was, for text
    blocks of two languages, and for braces that are no placeholder of the policy in force.
    """
    caller = queries.caller_of(wiring, texts.tenant, texts.sub, now)
    keys = [block.version_key(texts.tenant, one.block, one.version) for one in texts.used]
    found = wiring.store.get(list(dict.fromkeys(keys)))
    unknown = [at for at, key in enumerate(keys) if key not in found]
    if unknown:
        places = [Place(f"/text_blocks/{at}", "names no text block of the organisation") for at in unknown]
        raise Problem("invalid", "The act names a text block that does not exist.", places=places)
    languages = {block.VERSION.read(found[key]).language for key in keys}
    if len(languages) > 1:
        place = Place("/text_blocks", "have two languages")
        raise Problem("invalid", "The text blocks of an act on many complaints have one language.", places=[place])
    if faults := list(_faults(caller.member.policy.document, texts.given)):
        raise Problem("invalid", "A text of the act cannot be filled.", places=faults)
    return languages.pop()


def _faults(document: PolicyDocument, given: Mapping[str, Any]) -> Iterator[Place]:
    """An error does not repeat what was typed."""
    for name, text in given.items():
        for _, at in wanted.unknown_braces(document, text) if isinstance(text, str) else ():
            why = Text(
                "the braces at character {at} are no placeholder; there are: {known}",
                at=at,
                known=wanted.known_text(document),
            )
            yield Place(fields.pointer("fields", name), why)
