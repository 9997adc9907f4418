"""The committed OpenAPI document matches the app's routes."""

from __future__ import annotations

from pathlib import Path

import app
from chalicelib.web.openapi import document

COMMITTED = Path(__file__).parents[4] / "docs" / "openapi.json"


def test_the_committed_document_is_made_from_the_routes() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == document.text(app.app.contracts), "run: make openapi"
