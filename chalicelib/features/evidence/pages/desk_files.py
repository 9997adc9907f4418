"""The desk's pages of a file: handed in for the complainant, shown, and downloaded.

The tickets, links and entries in the read log are those of the API. Images and PDFs are shown in their copies without
metadata, which come from the bucket: the policy of that page alone allows the bucket as a source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.evidence import evidence_queries, item, kinds
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.pages import file_pages as pages
from chalicelib.features.evidence.pages import listing, uploads, viewing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.pages.desk import CASE, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FILES, _UPLOADS = CASE + "/files", CASE + "/uploads"
_JSON = "application/json"


class DeskFile(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: empty if the reader may not read it. `times`: label and time of each step.

    `copies`: those that the reader may download. `closed`: the reader may not read the content.
    """

    id: str
    kind: str
    name: str
    size: str
    state: str
    by: str
    times: list[tuple[str, str]]
    copies: list[str]
    closed: bool


def register(api: Api) -> None:
    _handing_in(api)
    _reading(api)
    _for_modules(api)


def _handing_in(api: Api) -> None:
    @desk_page(api, _FILES, "The kinds of files that a member can hand in for the complainant", query=ToldQuery)
    def get_desk_files(call: Call) -> Reply:
        return pages.choice(call, _access(call))

    @desk_form(api, _FILES, "Begin to hand in a file for the complainant")
    def post_desk_files(call: Call) -> Reply:
        return pages.begin(call, _access(call))


def _reading(api: Api) -> None:
    @desk_page(api, _FILES + "/{file}", "A file of a complaint, with its content if it can be shown")
    def get_desk_file_page(call: Call) -> Reply:
        access = _access(call)
        visible = evidence_queries.get_visible(call.wiring, access.request(call), call.params["file"])
        found = visible.evidence
        if found.by_form and found.state == item.DECLARED and visible.caller.gave(found):
            return pages.upload(call, access)
        return _shown(call, access, visible)

    @desk_page(api, _FILES + "/{file}/copy", "Download a file", query=viewing.CopyQuery)
    def get_desk_file_copy(call: Call) -> Reply:
        return viewing.download(call, _access(call))


def _for_modules(api: Api) -> None:
    @desk_page(api, _UPLOADS, "The states of the files, for modules of the desk", produces=_JSON)
    def get_desk_file_states(call: Call) -> Reply:
        return uploads.states(call, _access(call))

    @desk_form(api, _UPLOADS, "Declare a file that a module of the desk sends", produces=_JSON, status=201)
    def post_desk_upload(call: Call) -> Reply:
        desk_of(call)  # who is no member is refused before what was sent is read
        return uploads.begin(call, _access(call))

    @desk_form(api, _UPLOADS + "/{file}/complete", "Complete an upload in parts at the desk", produces=_JSON)
    def post_desk_upload_end(call: Call) -> Reply:
        desk_of(call)  # as above
        return uploads.end(call, _access(call))


def _access(call: Call) -> CaseAccess:
    number = call.params["number"]
    path = CASE.format(tenant=tenant_of(call), number=number)
    return CaseAccess(path, number, credential_of(call), on_behalf_of="complainant")


def _shown(call: Call, access: CaseAccess, visible: VisibleEvidence) -> Reply:
    desk, shown = desk_of(call), viewing.viewed(call, access, visible, call.wiring.issuer.origin)
    file = _file(visible, desk, viewing.name_of(call, access, visible))
    values = {"number": access.number, "file": file, "viewed": shown.url, "as_": shown.kind}
    return desk.page("files/desk_file.html", values, headers=shown.headers)


def _file(visible: VisibleEvidence, desk: Desk, name: str) -> DeskFile:
    found, policy, reader = visible.evidence, visible.case.policy, desk.reader
    times = (("declared", found.declared_at), ("uploaded", found.uploaded_at), ("ended", found.ended_at))
    is_open = found.by_form and found.state == item.DECLARED
    return DeskFile(
        id=found.id,
        kind=kinds.called(policy, found, reader.language),
        name=name,
        size="" if is_open else listing.size_text(found.size),
        state=listing.state_text(found, reader),
        by=listing.giver(found, reader),
        times=[(reader.text(f"desk_file.{name}"), time_text(policy.calendar, reader, at)) for name, at in times if at],
        copies=viewing.copies(visible),
        closed=evidence_queries.CONTENT not in visible.classes,
    )
