"""A route's contract: inputs, callers, outputs. The OpenAPI document is generated from the contracts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection
from typing import Any, Literal, NotRequired, TypedDict

import msgspec
from msgspec.structs import force_setattr

from chalicelib.web.problems import PROBLEM_TYPES

Idempotency = Literal["required", "optional", "none"]
AUTHENTICATIONS = frozenset({"public", "receipt", "person", "operator", "session"})
COMMON_PROBLEMS = frozenset({"bad-request", "too-many-requests", "internal", "unavailable"})
"""Problem kinds of every route."""

_PARAMETER = r"\{(\w+)\}"


class Declaration(TypedDict):
    """Arguments of `Api.route`, besides the path."""

    method: str
    summary: str
    allow: Collection[str]
    """Accepted kinds of authentication. Use cases check roles and grants. `session`: of a person on a page."""
    request: NotRequired[Any]
    """The body: a `RequestDocument`. Routes without one ignore the body."""
    response: NotRequired[Any]
    """The response body: any type with a JSON schema."""
    query: NotRequired[Any]
    """The query string: a `RequestDocument`. Routes without one refuse every parameter."""
    status: NotRequired[int]
    accepted: NotRequired[Any]
    """The body of a 202, where the request may have to wait for another person."""
    foreseen: NotRequired[Callable[[], Any]]
    """Returns the type of the body that answers a dry run (`dry_run` in the query), for the OpenAPI document."""
    produces: NotRequired[str]
    """Media type of the response."""
    csv: NotRequired[bool]
    """Whether the response is a table, `text/csv`, for callers who prefer that (`Accept`)."""
    yaml: NotRequired[bool]
    """Whether the response is a policy's text, `application/yaml`, for callers who prefer that."""
    problems: NotRequired[Collection[str]]
    """Kinds that the use case raises. `Contract.problem_kinds` adds those that follow from the other arguments."""
    idempotency: NotRequired[Idempotency]
    if_match: NotRequired[bool]
    if_none_match: NotRequired[bool]
    """A `GET` that answers 304 without a body if the caller has the present version (RFC 9110 section 13.1.2)."""
    reads: NotRequired[bool]
    """A `POST` that changes no data. Allowed wherever reading is."""
    while_closed: NotRequired[bool]
    """A write that suspended and leaving tenants may make too."""
    page: NotRequired[bool]
    """An HTML page for browsers. Its body is a form, its errors are pages, and it is not in the OpenAPI document."""
    programs: NotRequired[bool]
    """Whether the owners can let program accounts use it (`credentials.admit_program`)."""
    weight: NotRequired[int]
    """The number of requests that a call counts as, in the rate limit of its source."""


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    method: str
    summary: str
    name: str
    allow: Collection[str]
    request: Any = None
    response: Any = None
    query: Any = None
    status: int = 200
    accepted: Any = None
    foreseen: Callable[[], Any] | None = None
    produces: str = "application/json"
    csv: bool = False
    yaml: bool = False
    problems: Collection[str] = ()
    idempotency: Idempotency = "none"
    if_match: bool = False
    if_none_match: bool = False
    reads: bool = False
    while_closed: bool = False
    page: bool = False
    programs: bool = False
    weight: int = 1
    params: tuple[str, ...] = ()
    """Computed, like `route_id` and `problem_kinds`."""
    route_id: str = ""
    """Digest of method and path."""
    problem_kinds: frozenset[str] = frozenset()
    """All problem kinds of the route."""

    def __post_init__(self) -> None:
        _check(self)
        force_setattr(self, "params", tuple(re.findall(_PARAMETER, self.path)))
        text = f"{self.method} {self.path}"
        force_setattr(self, "route_id", hashlib.sha256(text.encode()).hexdigest()[:16])
        force_setattr(self, "problem_kinds", frozenset(self.problems) | COMMON_PROBLEMS | _implied_kinds(self))

    @property
    def served_methods(self) -> list[str]:
        """`HEAD` is served wherever `GET` is (RFC 9110 section 9.1)."""
        return ["GET", "HEAD"] if self.method == "GET" else [self.method]

    @property
    def tenanted(self) -> bool:
        return "tenant" in self.params

    @property
    def shows_pages(self) -> bool:
        """Whether its errors are pages too. The routes that modules of pages call answer with JSON."""
        return self.page and self.produces != "application/json"

    @property
    def people_only(self) -> bool:
        return set(self.allow) == {"person"}

    @property
    def by_session(self) -> bool:
        """Whether only people who have signed in on a page may call it."""
        return set(self.allow) == {"session"}

    @property
    def takes_tokens(self) -> bool:
        """Whether it reads `Authorization: Bearer …`."""
        return "person" in self.allow

    @property
    def operators_only(self) -> bool:
        return set(self.allow) == {"operator"}

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.reads


def _check(contract: Contract) -> None:
    if not contract.allow or not set(contract.allow) <= AUTHENTICATIONS:
        raise TypeError(f"{contract.name}: allow must be a non-empty subset of {sorted(AUTHENTICATIONS)}")
    if "operator" in contract.allow and len(set(contract.allow)) > 1:
        raise TypeError(f"{contract.name}: a route for operators takes no other callers")
    if "session" in contract.allow and (len(set(contract.allow)) > 1 or not contract.page):
        raise TypeError(f"{contract.name}: a route for sessions is a page, and takes no other callers")
    if unknown := set(contract.problems) - PROBLEM_TYPES.keys():
        raise TypeError(f"{contract.name}: unknown problem kinds {sorted(unknown)}")
    if contract.programs and not (contract.takes_tokens and "{tenant}" in contract.path):
        raise TypeError(f"{contract.name}: program accounts use routes for members of an organisation")
    for document in (contract.request, contract.query):
        if document is not None and not document.__struct_config__.forbid_unknown_fields:
            raise TypeError(f"{contract.name}: {document.__name__} must forbid unknown fields")


def _implied_kinds(contract: Contract) -> set[str]:
    fields = contract.query.__struct_encode_fields__ if contract.query else ()
    implied = {
        "tenant-unknown": contract.tenanted,
        "not-open": contract.tenanted and not (contract.people_only or contract.by_session),
        "tenant-suspended": contract.tenanted and contract.writes and not contract.while_closed,
        "not-found": bool(contract.params),
        "forbidden": contract.programs,
        "unauthenticated": set(contract.allow) != {"public"},
        "malformed-json": contract.request is not None,
        "payload-too-large": contract.request is not None,
        "unsupported-media-type": contract.request is not None,
        "invalid": contract.request is not None,
        "idempotency-key-missing": contract.idempotency == "required",
        "idempotency-key-reused": contract.idempotency != "none",
        "stale": contract.if_match,
        "invalid-cursor": "cursor" in fields,
    }
    return {kind for kind, applies in implied.items() if applies}
