"""The query string, into the contract's struct: unknown names and repeated single values are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import msgspec

from chalicelib.http.call import RequestDocument
from chalicelib.http.decode import decode
from chalicelib.problem import Place, Problem


class Nothing(RequestDocument, frozen=True):
    """The query of a route that takes none."""


def read(document: Any, query: Mapping[str, Sequence[str]]) -> Any:
    """An instance of `document`; None where the route has none. Raises `Problem("bad-request")`."""
    _check_text(query)
    if document is None:
        decode(dict(query), Nothing, kind="bad-request", prefix="/query")
        return None
    several = _several(document)
    value = {name: _value(values, name in several) for name, values in query.items()}
    return decode(value, document, kind="bad-request", prefix="/query", strict=False)


def _check_text(query: Mapping[str, Sequence[str]]) -> None:
    """Half a surrogate pair is a JSON string, which the gateway passes on, but no text that could be answered with."""
    for text in (text for name, values in query.items() for text in (name, *values)):
        try:
            text.encode()
        except UnicodeEncodeError:
            places = [Place("/query", "holds half a character")]
            raise Problem("bad-request", "The query is not Unicode text.", places=places) from None


@cache
def _several(document: Any) -> frozenset[str]:
    """Names of the members that are lists. Reading a struct's annotations takes longer than the rest of a request."""
    fields = msgspec.structs.fields(document)
    return frozenset(field.encode_name for field in fields if _takes_several(field.type))


def _value(values: Sequence[str], several: bool) -> Any:
    return list(values) if several or len(values) != 1 else values[0]


def _takes_several(expected: Any) -> bool:
    if get_origin(expected) is Annotated:
        return _takes_several(get_args(expected)[0])
    return get_origin(expected) in (list, tuple) or any(_takes_several(one) for one in get_args(expected))
