"""The documentation of the API: operations, schemas and problems, from the OpenAPI document. It needs no scripts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chalicelib.features.service.pages import operations
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.openapi import document as openapi
from chalicelib.web.openapi.localized import localized, say
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page
from chalicelib.web.problems import PROBLEM_TYPES

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_DOCS = "/docs"
_Documents = Callable[[str], operations.Document]
"""The document in a language."""


def register(api: Api) -> None:
    @functools.cache
    def document(language: str) -> operations.Document:
        return localized(openapi.document(api.contracts), language)

    _index(api, document)
    _parts(api, document)

    @get_page(api, _DOCS + "/problems", "The kinds of problems")
    def get_problems_page(call: Call) -> Reply:
        reader = reader_of(call)
        rows = sorted(PROBLEM_TYPES.values(), key=lambda row: (row.status, row.kind))
        shown = [
            {"row": row, "title": _title(row.kind, reader), "text": say(row.explanation, reader.language)}
            for row in rows
        ]
        return _page(call, "problems", {"problems": shown})


def _index(api: Api, document: _Documents) -> None:
    @get_page(api, _DOCS, "The documentation of the API")
    def get_docs_page(call: Call) -> Reply:
        told = document(reader_of(call).language)
        return _page(call, "index", {"tags": operations.by_tag(told), "info": told["info"]})


def _parts(api: Api, document: _Documents) -> None:
    @get_page(api, _DOCS + "/{operation}", "The documentation of one operation")
    def get_operation_page(call: Call) -> Reply:
        reader = reader_of(call)
        found = operations.operation(document(reader.language), call.params["operation"], reader.text)
        if found is None:
            raise Problem("not-found", "The API has no such operation.")
        titles = {kind: _title(kind, reader) for answer in found.answers for kind in answer.kinds}
        return _page(call, "operation", {"operation": found, "titles": titles})

    @get_page(api, _DOCS + "/schemas/{schema}", "The documentation of one schema")
    def get_schema_page(call: Call) -> Reply:
        reader, name = reader_of(call), call.params["schema"]
        found = document(reader.language)["components"]["schemas"].get(name)
        if found is None:
            raise Problem("not-found", "The API has no such schema.")
        shown = {"name": name, "text": found.get("description", ""), "type": operations.type_text(found, reader.text)}
        return _page(call, "schema", {**shown, "members": operations.members(found, reader.text)})


def _title(kind: str, reader: Reader) -> str:
    row = PROBLEM_TYPES[kind]
    return reader.say(row.title)


def _page(call: Call, name: str, values: dict[str, Any]) -> Reply:
    return page(f"reference/{name}.html", reader_of(call), values)
