"""A file on a page of its own: an image or a PDF in its copy without metadata, and the copies to download.

The copy comes from the bucket. Only the policy of this page allows the bucket as a source. Each view and each download
is a link that the read log has, as over the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.features.evidence import evidence_queries, kinds
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.pages import listing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.pages.file_pages import origin_of
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.organisation import tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import PageQuery, reader_of
from chalicelib.web.pages.rendering import page, security_policy, see_other


class CopyQuery(PageQuery, frozen=True, kw_only=True):
    copy: Literal["original", "shown"] = "original"


class Viewed(NamedTuple):
    """`url`: of the copy that the page shows; empty if it shows none. `kind`: `image` or `document`."""

    url: str
    kind: str
    headers: Mapping[str, str]


def viewed(call: Call, access: CaseAccess, visible: VisibleEvidence, leads_to: str = "") -> Viewed:
    """`leads_to`: as in `security_policy`."""
    url = kind = ""
    if evidence_queries.is_viewable(visible):
        url = evidence_queries.to_view(call.wiring, access.request(call), visible, read_route(call))
        kind = "image" if visible.evidence.media_type.startswith("image/") else "document"
    origin = origin_of(url) if url else ""
    policy = security_policy(
        leads_to=leads_to,
        images=origin if kind == "image" else "",
        frames=origin if kind == "document" else "",
    )
    return Viewed(url, kind, {"Content-Security-Policy": policy})


def copies(visible: VisibleEvidence) -> list[str]:
    """The copies that the page offers to download."""
    return [one for one in evidence_queries.available_copies(visible) if one != evidence_queries.THUMBNAIL]


def name_of(call: Call, access: CaseAccess, visible: VisibleEvidence) -> str:
    """The name of the file; empty if the reader may not read it. That a member reads it is logged."""
    wiring, request, found = call.wiring, access.request(call), visible.evidence
    name = evidence_queries.stored_names(wiring.store, wiring.sealer, request.ref, [visible]).get(found.id, "")
    if name:
        context = ReadContext(visible.caller.asker, read_route(call), request.now)
        disclosure = Disclosure(visible.case.policy, visible.case.complaint, {found.name_class})
        read_log.record_reads(wiring.store, request.tenant, context, [disclosure])
    return name


def show(call: Call, access: CaseAccess) -> Reply:
    """The page of a file on the pages of a complaint or a demand.

    Raises `Problem("not-found")` for a file that the reader may not see, or of which there is nothing to open.
    """
    reader = reader_of(call)
    visible = evidence_queries.get_visible(
        call.wiring, access.request(call), call.params["file"], [tenant_page_key(call)]
    )
    if not copies(visible):
        raise Problem("not-found", "There is no such copy that you may download.")
    found, policy = visible.evidence, visible.case.policy
    shown = viewed(call, access, visible)
    values = {
        "tenant_page": tenant_page_in(call, visible.case.entries),
        "case_access": access,
        "id": found.id,
        "name": name_of(call, access, visible),
        "kind": kinds.called(policy, found, reader.language),
        "state": listing.state_text(found, reader),
        "size": listing.size_text(found.size),
        "copies": copies(visible),
        "viewed": shown.url,
        "as_": shown.kind,
    }
    return page("files/file.html", reader, values, headers=shown.headers)


def download(call: Call, access: CaseAccess) -> Reply:
    """Leads to a link that saves a copy of the file."""
    request, file, copy = access.request(call), call.params["file"], call.query.copy
    return see_other(evidence_queries.download(call.wiring, request, file, copy, read_route(call)).url)


def read_route(call: Call) -> str:
    """For the read log."""
    return f"page {call.path_template}"
