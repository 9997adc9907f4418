"""Parses a part that is XML, in pieces. A document type declaration is refused: it can load files and multiply text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from xml.parsers import expat

from chalicelib.features.evidence.refusal import Refusal

MOST_DEPTH = 1_000
"""Elements inside one another."""
LONGEST_TAG = 8 * 1024 * 1024
"""Bytes of a tag with its attributes: the parser keeps them. Drawings have copies of their pictures in an attribute."""


class ElementReader:
    """What a reader does at each element. `space`: the namespace; `name`: without the prefix.

    The keys of `attributes` are names, of those with a prefix after their namespace and a space (`local`).
    """

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        """At the begin of an element."""

    def text(self, text: str) -> None:
        """At a piece of text."""

    def end(self, space: str, name: str) -> None:
        """At the end of an element."""

    def finish(self) -> None:
        """At the end of the part."""


def parse(pieces: Iterable[bytes], reader: ElementReader) -> None:
    """Raises `Refusal`: `broken` for a part that is no XML, `active-content` for a document type declaration, `bomb`
    for too many elements inside one another or too long a tag.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = fed = 0

    def start(name: str, found: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise Refusal("bomb")
        reader.start(*_split(name), found)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(*_split(name))

    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise Refusal("bomb")
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refusal("broken") from None
    reader.finish()


def local(key: str) -> str:
    """The name of an attribute, without its namespace."""
    return key.rpartition(" ")[2]


@lru_cache(1024)
def _split(name: str) -> tuple[str, str]:
    space, _, found = name.rpartition(" ")
    return space, found


def _refuse(*_: object) -> None:
    raise Refusal("active-content")
