"""The text that forms of the draft change."""

from __future__ import annotations

from typing import Any, NamedTuple

from chalicelib.features.policies import draft, version_queries
from chalicelib.features.studio import draft_desk
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.tenants.publication import policy_text
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import Desk


class DraftText(NamedTuple):
    """The draft, or the version in force where there is none. `values`: None if it cannot be read."""

    text: str
    etag: str
    in_force: str
    version: str
    values: Any


def of(desk: Desk) -> DraftText:
    """`desk`: with the items of the draft."""
    current = draft_desk.stored(desk)
    in_force = version_queries.version_text(desk.call.wiring.store, member_request(desk.call))
    text = in_force.text if current is None else policy_text.of_document(current.document)
    etag = draft.NONE_YET if current is None else current.draft.etag
    try:
        values = source.read(text)
    except PolicyFault:
        values = None
    return DraftText(text, etag, in_force.text, in_force.version, values)
