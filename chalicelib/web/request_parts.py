"""Reads body, query string and headers of a request, and checks them against the route's contract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import parse_qs, urlsplit

import msgspec

from chalicelib.kit import canonical
from chalicelib.kit.decoding import InvalidValue, RequestDocument, fields_of, invalid_values
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.web import strict_json
from chalicelib.web.call import Caller, Person
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest, body_bytes, body_size
from chalicelib.web.strict_json import pointer_step

MAX_BODY_BYTES = 1024 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FORM_FIELDS = 2_000
"""Further values of a form are refused."""
MAX_FAULTS = 100
"""Further faults of a document are not reported: that many usually have one cause."""
KEY_PATTERN = "[A-Za-z0-9_-]{22,128}"
_ENTITY_TAG = r'(W/)?"([\x21\x23-\x7e]{1,64})"'


def read_body(contract: Contract, request: GatewayRequest) -> Any:
    """The JSON value, or a form's values. None where the route takes no body. The size is checked before decoding."""
    if contract.request is None and not (contract.page and contract.method == "POST"):
        return None
    if body_size(request) > MAX_BODY_BYTES:
        raise Problem("payload-too-large", Text("A body may have at most {most} bytes.", most=MAX_BODY_BYTES))
    if contract.page:
        return read_form(request)
    _require_json(request.headers)
    return strict_json.parse(body_bytes(request))


def read_form(request: GatewayRequest) -> dict[str, list[str]]:
    """The values of a form by name (`application/x-www-form-urlencoded`). Browsers send line breaks as CR LF.

    White space that is too long is cut, where JSON with it is refused: a person does not see it, and could not mend it.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise Problem("unsupported-media-type", "Send the form as application/x-www-form-urlencoded.")
    try:
        text = body_bytes(request).decode()
        found = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FORM_FIELDS)
    except ValueError:
        raise Problem("bad-request", "The form cannot be read.") from None
    return {name: [_shortened(value.replace("\r\n", "\n")) for value in values] for name, values in found.items()}


def _shortened(text: str) -> str:
    return re.sub(strict_json.LONG_RUN, r"\1", text)


def _require_json(headers: Mapping[str, str]) -> None:
    media_type, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters)
    if media_type.strip() != "application/json" or (charset and charset[1] not in ("utf-8", "utf8")):
        raise Problem("unsupported-media-type", "Send the body as application/json in UTF-8.")


def request_hash(params: dict[str, str], body: Any) -> str:
    """Digest of path parameters and body. An idempotency key that comes with another digest was reused."""
    return canonical.digest({"params": params, "body": body})


def idempotency_key(contract: Contract, caller: Caller, headers: Mapping[str, str]) -> str | None:
    """The key, or None. Signed-in people may omit it: the complaint's version protects their acts from repetition.

    Raises `Problem("idempotency-key-missing")`, or `Problem("bad-request")` for a malformed key.
    """
    key = headers.get("idempotency-key")
    if contract.idempotency == "none":
        return None
    if key is None and contract.idempotency == "required" and not isinstance(caller, Person):
        raise Problem("idempotency-key-missing", "Send an Idempotency-Key with 22 to 128 of A-Z a-z 0-9 _ -.")
    if key is not None and not re.fullmatch(KEY_PATTERN, key):
        raise _bad_header("Idempotency-Key", "An Idempotency-Key is 22 to 128 of A-Z a-z 0-9 _ -.")
    return key


def if_match(contract: Contract, headers: Mapping[str, str]) -> str | None:
    """The entity tag without quotes; None where absent, `*`, or not used by the route.

    A weak tag keeps its `W/`, so it never equals a version (strong comparison, RFC 9110 section 13.1.1).
    """
    text = headers.get("if-match")
    if not contract.if_match or text is None or text.strip() == "*":
        return None
    found = re.fullmatch(_ENTITY_TAG, text.strip())
    if not found:
        raise _bad_header("If-Match", 'If-Match is one entity tag in quotes, such as "12", or *.')
    return (found[1] or "") + found[2]


def _bad_header(name: str, detail: str) -> Problem:
    return Problem("bad-request", "A request header is invalid.", places=[Place(f"/headers/{name}", detail)])


class EmptyQuery(RequestDocument, frozen=True):
    """The query of a route without query parameters."""


def read_query(document: Any, query: Mapping[str, Sequence[str]]) -> Any:
    """An instance of `document`, or None where the route has no query parameters.

    Raises `Problem("bad-request")` for unknown names, and for single values that are sent more than once.
    """
    _check_unicode(query)
    if document is None:
        decode(dict(query), EmptyQuery, kind="bad-request", prefix="/query")
        return None
    repeatable = _list_members(document)
    value = {name: _value(values, name in repeatable) for name, values in query.items()}
    return decode(value, document, kind="bad-request", prefix="/query", strict=False)


def read_page_query(document: Any, query: Mapping[str, Sequence[str]]) -> Any:
    """An instance of `document`. Of a repeated parameter that is no list the last value counts.

    Unknown parameters are ignored: programs by which people share links add some. Raises `Problem("bad-request")`.
    """
    _check_unicode(query)
    known, repeatable = {field.encode_name for field in fields_of(document)}, _list_members(document)
    value = {name: list(found) if name in repeatable else found[-1] for name, found in query.items() if name in known}
    return decode(value, document, kind="bad-request", prefix="/query", strict=False)


def _check_unicode(query: Mapping[str, Sequence[str]]) -> None:
    """Refuse lone surrogates: the gateway passes them on as JSON strings, and a response could not repeat them."""
    for text in (text for name, values in query.items() for text in (name, *values)):
        try:
            text.encode()
        except UnicodeEncodeError:
            places = [Place("/query", "contains half a character")]
            raise Problem("bad-request", "The query is not Unicode text.", places=places) from None


@cache
def _list_members(document: Any) -> frozenset[str]:
    """Names of the list parameters. Cached: reading a struct's annotations takes longer than the rest of a request."""
    fields = msgspec.structs.fields(document)
    return frozenset(field.encode_name for field in fields if _is_list(field.type))


def _value(values: Sequence[str], repeatable: bool) -> Any:
    return list(values) if repeatable or len(values) != 1 else values[0]


def _is_list(expected: Any) -> bool:
    if get_origin(expected) is Annotated:
        return _is_list(get_args(expected)[0])
    return get_origin(expected) in (list, tuple) or any(_is_list(one) for one in get_args(expected))


def decode(value: Any, document: Any, *, kind: str = "invalid", prefix: str = "", strict: bool = True) -> Any:
    """An instance of `document`. Raises `Problem(kind)` with a place for each fault. Pointers start with `prefix`.

    With `strict=False`, text is also accepted for numbers and booleans, as query strings need.
    """
    found = islice(invalid_values(value, document, strict=strict), MAX_FAULTS)
    places = sorted((_place(prefix, fault) for fault in found), key=lambda place: place.pointer)
    if not places:
        return msgspec.convert(value, document, strict=strict)
    detail = "One value is invalid." if len(places) == 1 else Text("{count} values are invalid.", count=len(places))
    raise Problem(kind, detail, places=places)


def _place(prefix: str, fault: InvalidValue) -> Place:
    return Place(prefix + "".join("/" + pointer_step(str(step)) for step in fault.path), fault.message)


def require_own_origin(headers: Mapping[str, str], address: str, *, always: bool = True) -> None:
    """Raises `Problem("forbidden")` for a form that a page of another site sent (`Origin`, RFC 6454 section 7).

    `address`: our public URL. `always`: also for a request without `Origin`, which browsers send with every form.
    """
    origin = headers.get("origin")
    if origin is None and not always:
        return
    if _host(origin or "") not in {urlsplit(address).netloc, headers.get("host")}:
        raise Problem("forbidden", "The form was not sent from a page of this service.")


def is_from_own_page(headers: Mapping[str, str]) -> bool:
    """Whether the browser says so. Without our public URL, so false for some requests that passed a distribution."""
    origin = headers.get("origin")
    is_same_host = origin is not None and _host(origin) == headers.get("host")
    return headers.get("sec-fetch-site") == "same-origin" or ("sec-fetch-site" not in headers and is_same_host)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc or origin
    except ValueError:
        return origin
