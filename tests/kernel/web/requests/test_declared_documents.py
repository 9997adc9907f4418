"""Where the documents of requests are declared: a body with its use case, a query string with its route."""

from __future__ import annotations

import re

import app
from chalicelib.kit.decoding import RequestDocument

BODIES = {one.request for one in app.app.contracts if one.request is not None}
QUERIES = {one.query for one in app.app.contracts if one.query is not None}


ROUTES = r"chalicelib\.web\.|\b(\w+_)?routes$|\bpages\b|\b(query|answers)$"
"""Names of modules with routes or pages, and of two that several of them share."""


def beside_routes(documents: set[type]) -> set[type]:
    return {one for one in documents if re.search(ROUTES, one.__module__)}


def test_every_request_is_a_request_document() -> None:
    assert {one for one in BODIES | QUERIES if not issubclass(one, RequestDocument)} == set()


def test_a_body_is_declared_with_its_use_case() -> None:
    assert len(BODIES) > 20
    assert beside_routes(BODIES) == set()


def test_a_query_string_is_declared_with_its_route() -> None:
    assert beside_routes(QUERIES) == QUERIES
