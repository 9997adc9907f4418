"""Queries for evidence: its state, and the copies that the caller may download, with a link for each.

The read log has an entry before a link is given out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.loading import Case
from chalicelib.casework.private_values import Private
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.rights import confidentiality
from chalicelib.features.evidence import authorization, file_limits, item, kinds
from chalicelib.features.evidence.authorization import EvidenceCaller, EvidenceRequest
from chalicelib.features.evidence.item import Evidence, EvidenceState, SealedFile
from chalicelib.features.evidence.refusal import Reason
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.ports import Sealer
from chalicelib.store import object_keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Store
from chalicelib.wiring import Wiring

CONTENT = "content"
"""Files belong to the complaint's content: callers who may not read it (`confidentiality.content`) get no file."""
ORIGINAL, SHOWN, THUMBNAIL = "original", "shown", "thumbnail"


class EvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes, `sha256` as hex digits, instants as UTC text.

    A file that the form of a page sends is declared with its kind only. Until it has arrived, `size` is the most that
    it may have; `media_type` and `sha256` are empty until its check has found them.
    """

    id: str
    state: EvidenceState
    kind: str
    size: int
    media_type: str
    sha256: str
    declared_at: str
    declared_by: str
    """`complainant`, `respondent` or `staff`."""
    on_behalf_of: str | msgspec.UnsetType = msgspec.UNSET
    """`complainant`, only if a member handed in the file for them."""
    demand: str | None
    uploaded_at: str | None
    checking_at: str | None
    """When its last check began."""
    ended_at: str | None
    """When it was sealed, refused, expired or erased."""
    reason: Reason | None
    """The reason for a refusal. Later versions may give further ones."""
    same_as: str | None
    """Evidence of this complaint with the same content."""
    scanner: str | None
    stand_in: bool
    """True if the scanner detects test files only, so the file was not really scanned."""
    copies: list[str]
    """Copies that the caller may download: original, shown (an image or PDF without its metadata), thumbnail."""


class EvidenceList(msgspec.Struct, frozen=True, kw_only=True):
    evidence: list[EvidenceView]


class VisibleEvidence(msgspec.Struct, frozen=True):
    case: Case
    caller: EvidenceCaller
    evidence: Evidence

    @property
    def classes(self) -> frozenset[str]:
        """The confidentiality classes that the caller may read."""
        return confidentiality.visible_classes(self.case.policy, self.case.complaint, self.caller.asker)


class VisibleFiles(NamedTuple):
    """The complaint, the caller, and the files that the caller may see."""

    case: Case
    caller: EvidenceCaller
    files: list[VisibleEvidence]


def get_visible(
    wiring: Wiring, request: EvidenceRequest, evidence_id: str, also: Sequence[Key] = ()
) -> VisibleEvidence:
    """In one read with the items of `also`.

    Raises `Problem("not-found")`, also for evidence that the caller may not see.
    """
    key = item.key_of(request.ref, evidence_id)
    caller, case, entries = authorization.load_case(wiring, request, [key, *also])
    evidence = item.find(entries, key)
    if evidence is not None and may_see(case, caller, evidence):
        return VisibleEvidence(case, caller, evidence)
    raise Problem("not-found", "The complaint has no such evidence.")


def list_visible(wiring: Wiring, request: EvidenceRequest) -> list[VisibleEvidence]:
    """The complaint's evidence that the caller may see, in the order of declaration."""
    return visible_files(wiring, request).files


def visible_files(wiring: Wiring, request: EvidenceRequest) -> VisibleFiles:
    """As `list_visible`, with the complaint and the caller."""
    caller, case, _ = authorization.load_case(wiring, request)
    return files_of(case, caller, item.all_of(wiring.store, request.ref))


def files_of(case: Case, caller: EvidenceCaller, found: Iterable[Evidence]) -> VisibleFiles:
    """As `visible_files`, of evidence that was read."""
    files = [VisibleEvidence(case, caller, evidence) for evidence in found if may_see(case, caller, evidence)]
    return VisibleFiles(case, caller, files)


def may_see(case: Case, caller: EvidenceCaller, evidence: Evidence) -> bool:
    """Members and the complainant see all evidence.

    The respondent sees their own, and sealed evidence of the kinds that the policy shows them. The holder of a demand's
    link sees the evidence given with that link.
    """
    if caller.gave(evidence) or caller.demand is not None:
        return caller.gave(evidence)
    if caller.kind in ("staff", "complainant"):
        return True
    shown_to: list[str] = list(kinds.kind_rule(case.policy, evidence.kind).shown_to)
    return evidence.state == item.SEALED and caller.kind in shown_to


def available_copies(visible: VisibleEvidence) -> list[str]:
    """The copies that the caller may download.

    Members with access to the content, and the person who gave the file, get the original. The complainant gets it too,
    but not of an image. Others, such as the respondent, get no file that may say who made it: only the copy without
    metadata, or the original of a type that has none. No one gets a file that only its lock still keeps.
    """
    sealed = visible.evidence.sealed
    if sealed is None or visible.evidence.state != item.SEALED or visible.case.complaint.erased_at is not None:
        return []
    media_type = visible.evidence.media_type
    own = visible.caller.gave(visible.evidence) or (visible.caller.is_staff and CONTENT in visible.classes)
    if visible.caller.is_staff and not own:
        return []
    is_complainant = visible.caller.kind == "complainant" and not media_type.startswith("image/")
    found = [ORIGINAL] if own or is_complainant or _has_no_metadata(media_type) else []
    found += [SHOWN] if sealed.shown else []
    return found + ([THUMBNAIL] if sealed.thumbnail else [])


def _has_no_metadata(media_type: str) -> bool:
    """False also for a type that this version of the service does not allow (any more)."""
    file_type = FILE_TYPES.get(media_type)
    return file_type is not None and file_type.metadata == "none"


def view(visible: VisibleEvidence) -> EvidenceView:
    """The API's representation. It names the declaring party, but never a member of the organisation."""
    evidence, verdict = visible.evidence, visible.evidence.verdict
    return EvidenceView(
        id=evidence.id,
        state=evidence.state,
        kind=evidence.kind,
        size=evidence.size,
        media_type=evidence.media_type,
        sha256=evidence.sha256,
        declared_at=evidence.declared_at,
        declared_by=evidence.by.kind,
        on_behalf_of=evidence.by.gives_for if evidence.by.gives_for != evidence.by.kind else msgspec.UNSET,
        demand=evidence.demand,
        uploaded_at=evidence.uploaded_at,
        checking_at=evidence.checking_at,
        ended_at=evidence.ended_at,
        reason=evidence.reason,
        same_as=evidence.same_as,
        scanner=None if verdict is None else verdict.scanner,
        stand_in=verdict is not None and verdict.stand_in,
        copies=available_copies(visible),
    )


_JPEG = "image/jpeg"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seconds: int
    name: str
    media_type: str


def download(wiring: Wiring, request: EvidenceRequest, evidence_id: str, copy: str, route: str) -> Link:
    """Raises `Problem("not-found")` for a copy that the caller may not have."""
    visible = get_visible(wiring, request, evidence_id)
    key, version, media_type = _available(request, visible, copy)
    name = _file_name(wiring.store, wiring.sealer, request, visible, copy, media_type)
    _record_link(wiring.store, request, visible, route)
    url = wiring.objects.link(key, version, name=name, media_type=media_type, seconds=file_limits.LINK_SECONDS)
    return Link(url=url, seconds=file_limits.LINK_SECONDS, name=name, media_type=media_type)


def is_viewable(visible: VisibleEvidence) -> bool:
    """Whether a page can show the file to the caller: an image or a PDF, without its metadata."""
    return SHOWN in available_copies(visible)


def to_view(wiring: Wiring, request: EvidenceRequest, visible: VisibleEvidence, route: str) -> str:
    """A URL of the copy that a page shows. Raises `Problem("not-found")` unless `is_viewable`."""
    key, version, media_type = _available(request, visible, SHOWN)
    _record_link(wiring.store, request, visible, route)
    return wiring.objects.to_view(key, version, media_type=media_type, seconds=file_limits.LINK_SECONDS)


def _record_link(store: Store, request: EvidenceRequest, visible: VisibleEvidence, route: str) -> None:
    context = ReadContext(visible.caller.asker, route, request.now, visible.evidence.id)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, {CONTENT})
    read_log.record_file_link(store, request.tenant, context, disclosure)


class StoredCopy(NamedTuple):
    """A stored object: its key, its version, and its media type."""

    key: str
    version: str
    media_type: str


def best_copy(ref: CaseRef, visible: VisibleEvidence) -> StoredCopy | None:
    """The original, or the copy without metadata of a file of which the caller gets no original. None without both."""
    sealed, copies = visible.evidence.sealed, available_copies(visible)
    copy = next((one for one in (ORIGINAL, SHOWN) if one in copies), None)
    return None if sealed is None or copy is None else _object(ref, visible.evidence, sealed, copy)


def _available(request: EvidenceRequest, visible: VisibleEvidence, copy: str) -> StoredCopy:
    sealed = visible.evidence.sealed
    if sealed is None or copy not in available_copies(visible):
        raise Problem("not-found", "There is no such copy that you may download.")
    return _object(request.ref, visible.evidence, sealed, copy)


def _object(ref: CaseRef, evidence: Evidence, sealed: SealedFile, copy: str) -> StoredCopy:
    """A duplicate's copies are stored under the first evidence's id."""
    location = (ref, evidence.same_as or evidence.id)
    if copy == THUMBNAIL:
        return StoredCopy(object_keys.thumbnail(*location), sealed.thumbnail or "", _JPEG)
    if copy == SHOWN:
        return StoredCopy(object_keys.shown(*location), sealed.shown or "", evidence.media_type)
    return StoredCopy(sealed.key, sealed.version, evidence.media_type)


def _file_name(
    store: Store, sealer: Sealer, request: EvidenceRequest, visible: VisibleEvidence, copy: str, media_type: str
) -> str:
    """The declared name, for callers who may have the original. It may identify a person; others get a neutral name."""
    evidence, caller = visible.evidence, visible.caller
    if copy == ORIGINAL and (caller.gave(evidence) or caller.is_staff):
        name = stored_names(store, sealer, request.ref, [visible]).get(evidence.id)
        if name:
            return file_limits.download_name(name, media_type)
    return file_limits.neutral_name(evidence.kind, evidence.id, media_type)


def names_in(private: Private, found: Iterable[VisibleEvidence]) -> dict[str, str]:
    """By id, the names of the files that the caller may read. `private`: the private values of the record."""
    names = {}
    for one in found:
        for value in private.get(one.evidence.named_by, ()):
            if "name" in value.values and (value.holder in one.classes or one.caller.gave(one.evidence)):
                names[one.evidence.id] = str(value.values["name"])
    return names


def stored_names(store: Store, sealer: Sealer, ref: CaseRef, found: Sequence[VisibleEvidence]) -> dict[str, str]:
    """As `names_in`, in one read. The event of a name has no other private value."""
    keys = {private_values.key(ref, one.evidence.named_by, 0): one.evidence.named_by for one in found}
    entries = reads.read_all(store, list(keys)) if keys else {}
    opened = {keys[key]: private_values.try_open(sealer, ref, entry) for key, entry in entries.items()}
    return names_in({seq: [value] for seq, value in opened.items() if value is not None}, found)
