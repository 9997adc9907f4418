"""The anchors of an organisation, as their items list them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.record.anchoring import FORM, AnchorRow, anchor_key
from chalicelib.features.record.organisation_record import authorized_organisation
from chalicelib.store.port import Store
from chalicelib.tenants.people.queries import MemberRequest

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class AnchorPage(NamedTuple):
    anchors: list[AnchorRow]
    after: Mapping[str, str] | None


def list_anchors(
    store: Store, compiled: CompiledPolicies, request: MemberRequest, limit: int, after: Mapping[str, str] | None
) -> AnchorPage:
    """The latest first. Raises `Problem("forbidden")` for all but owners and the policy's auditors."""
    authorized_organisation(store, compiled, request)
    page = store.query(anchor_key(request.tenant, 0).pk, limit=limit, after=after, newest_first=True)
    return AnchorPage(list(FORM.read_each(page.entries)), page.after)
