"""The documentation of the API: its operations and schemas, from the OpenAPI document. It needs no scripts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from chalicelib.http.call import Call, Reply
from chalicelib.http.openapi import document as openapi
from chalicelib.pages.declaring import get_page
from chalicelib.pages.reader import reader_of
from chalicelib.pages.reference import operations, schemas
from chalicelib.pages.rendering import page
from chalicelib.problem import Problem

if TYPE_CHECKING:
    from chalicelib.http.api import Api

_DOCS = "/docs"


def register(api: Api) -> None:
    @functools.cache
    def document() -> operations.Document:
        return openapi.document(api.contracts)

    @get_page(api, _DOCS, "The documentation of the API")
    def get_docs_page(call: Call) -> Reply:
        return _page(call, "index", {"tags": operations.by_tag(document()), "info": document()["info"]})

    @get_page(api, _DOCS + "/{operation}", "The documentation of one operation")
    def get_operation_page(call: Call) -> Reply:
        found = operations.operation(document(), call.params["operation"])
        if found is None:
            raise Problem("not-found", "The API has no such operation.")
        return _page(call, "operation", {"operation": found})

    @get_page(api, _DOCS + "/schemas/{schema}", "The documentation of one schema")
    def get_schema_page(call: Call) -> Reply:
        name = call.params["schema"]
        found = document()["components"]["schemas"].get(name)
        if found is None:
            raise Problem("not-found", "The API has no such schema.")
        shown = {"name": name, "text": found.get("description", ""), "type": schemas.type_text(found)}
        return _page(call, "schema", {**shown, "members": schemas.members(found)})


def _page(call: Call, name: str, values: dict[str, Any]) -> Reply:
    return page(f"reference/{name}.html", reader_of(call), values)
