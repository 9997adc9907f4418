"""Submits evidence over the API: declaration, upload to the bucket, and state after the check."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import PDF, sha256


def declared(
    organisation: Organisation,
    number: str,
    kind: str,
    content: bytes = PDF,
    media_type: str = "application/pdf",
    *,
    auth: str | None = None,
    **changes: Any,
) -> Answer:
    """Declares a file as the complainant, or with `auth` as another caller. Returns the response."""
    file = {"kind": kind, "name": "文件", "size": len(content), "media_type": media_type, "sha256": sha256(content)}
    path = f"{organisation.path}/complaints/{number}/evidence"
    shown = auth or organisation.auth("complainant", number)
    return organisation.world.call("POST", path, {**file, **changes}, auth=shown)


def given(
    organisation: Organisation,
    number: str,
    kind: str,
    content: bytes = PDF,
    media_type: str = "application/pdf",
    *,
    auth: str | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """The evidence after its upload and check, as shown to the person who submitted it."""
    answer = declared(organisation, number, kind, content, media_type, auth=auth, **changes)
    assert answer.status == 201, answer.text
    organisation.world.upload(answer.json["ticket"], content)
    return looked_at(organisation, number, answer.json["id"], auth)


def looked_at(organisation: Organisation, number: str, evidence: str, auth: str | None = None) -> dict[str, Any]:
    path = f"{organisation.path}/complaints/{number}/evidence/{evidence}"
    answer = organisation.world.call("GET", path, auth=auth or organisation.auth("complainant", number))
    assert answer.status == 200, answer.text
    shown: dict[str, Any] = answer.json
    return shown
