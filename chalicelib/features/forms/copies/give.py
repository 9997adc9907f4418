"""Gives a complainant a copy of what is stored about their case (decision 0147)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.erased import Erased, values_erased_since
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.features.forms.case_file import document
from chalicelib.features.forms.case_file.document import ReadCase
from chalicelib.features.forms.copies import contents, enclosed
from chalicelib.features.forms.copies.archive import archive
from chalicelib.features.forms.copies.enclosed import CopiedFile
from chalicelib.features.forms.copy_view import CopyView
from chalicelib.features.forms.page import html_page
from chalicelib.kit.instants import HOUR, SECOND, Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.limits.exceeded import too_many_requests
from chalicelib.ports import Vault
from chalicelib.store import keys, object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CeilingReached, Store
from chalicelib.tenants.directory import erasure_has_begun
from chalicelib.wiring import Wiring

AN_HOUR = 5
"""Copies of one complaint in an hour (UTC, real time)."""
LINK_SECONDS = 300
KIND = "copies"
_VERSIONS = 100
"""Read at once."""


def give(wiring: Wiring, request: ComplaintRequest, language: str) -> CopyView:
    """Raises `Problem`: `forbidden` for other people than the complainant, `too-many-requests`, or as `read_case`."""
    found = document.read_case(wiring, request, language)
    if found.visible.asker.kind != "complainant":
        raise Problem("forbidden", "Only the complainant gets a copy of the case, with the receipt.")
    _count(wiring.store, request.ref, wiring.real_clock())
    files = enclosed.copied(wiring.objects, request.ref, found.files, found.names)
    body = _packed(wiring, found, files)
    disclosure = Disclosure(found.visible.case.policy, found.visible.case.complaint, found.visible.classes)
    read_log.record_file_link(wiring.store, request.tenant, request.context(found.visible.asker), disclosure)
    view = _stored(wiring.vault, request.ref, body, files)
    _check_not_erased(wiring, found)
    return view


def _check_not_erased(wiring: Wiring, found: ReadCase) -> None:
    """Asked once the copy is stored: an erasure that begins after this finds it. Raises `Problem("conflict")`."""
    request, store = found.request, wiring.store
    if erasure_has_begun(store, wiring.real_clock, request.tenant):
        _remove(wiring.vault, request.ref)
        raise Problem("conflict", "The organisation's erasure has begun.")
    if values_erased_since(store, request.ref, found.visible.case.version):
        _remove(wiring.vault, request.ref)
        raise Problem("conflict", "The values of the complaint were erased meanwhile. Ask for the copy again.")


def _count(store: Store, ref: CaseRef, real_now: Instant) -> None:
    """Counted before the copy is made: those who ask many times at once get as few as the others."""
    hour = real_now // HOUR
    until: Instant = (hour + 1) * HOUR
    key = keys.copies_counter(ref.tenant, ref.number, hour)
    try:
        store.count(key, KIND, ceiling=AN_HOUR, expires=(until + HOUR) // SECOND)
    except CeilingReached:
        detail = Text("At most {most} copies of a case are made in an hour.", most=AN_HOUR)
        raise too_many_requests("copies_of_a_case", AN_HOUR, detail, until, real_now) from None


def _packed(wiring: Wiring, found: ReadCase, files: Sequence[CopiedFile]) -> bytes:
    request = found.request
    case_page = f"{wiring.address}/t/{request.tenant}/case/{request.number}"
    messages = contents.all_messages(wiring, found)
    page = html_page(contents.page(wiring, found, messages, files, case_page))
    return archive(page, contents.as_json(wiring, found, messages, files, case_page), files)


def _stored(vault: Vault, ref: CaseRef, body: bytes, files: Sequence[CopiedFile]) -> CopyView:
    key, name = f"{object_keys.copies(ref)}{uuid.uuid4().hex}.zip", f"{ref.tenant}-{ref.number}.zip"
    vault.put(key, body)
    return CopyView(
        url=vault.link(key, seconds=LINK_SECONDS, name=name),
        seconds=LINK_SECONDS,
        name=name,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        files=sum(bool(one.path) for one in files),
        left_out=[one.view.id for one in files if one.is_left_out],
    )


def _erase(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    """With the private values of the case go its copies, which the bucket would keep for a week."""
    _remove(wiring.vault, committed.ref)


def _remove(vault: Vault, ref: CaseRef) -> None:
    while found := vault.versions(object_keys.copies(ref), _VERSIONS):
        vault.erase(found, early=False)


ERASED = Erased(values_of=_erase)
