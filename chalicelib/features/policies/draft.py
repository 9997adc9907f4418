"""The draft of the next policy version. There is one at a time, and it may have faults until it is opened or published.

Opening for comments applies to one revision: after a change, the draft must be opened again (P4.10).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib.kit import canonical
from chalicelib.kit.decoding import StoredPart, whole_number
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.reading.bounds import MAX_BYTES
from chalicelib.ports.policy_source import Document, PolicyObject
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Remove, Write
from chalicelib.store.stored_form import Form
from chalicelib.tenants.people.membership import Membership

NONE_YET = "none"
"""In place of an ETag: the author found no draft, and begins one."""
MOST_REVISIONS = 20
"""Earlier ones are forgotten."""
KIND = "policy-draft"
JSON_KIND = "policy-draft-json"
YAML_KIND = "policy-draft-yaml"
Group = Literal["departments", "complainants"]
"""`departments`: the members of the organisation. `complainants`: people with a receipt of one of its complaints."""
GROUPS: tuple[Group, ...] = ("departments", "complainants")


class PublicationRequest(StoredPart, frozen=True, kw_only=True):
    """What an owner asked for: another person publishes this revision."""

    by: str
    at: str
    effective_at: str | None = None
    """By default the time of the publication."""
    approvers: list[str]
    """The roles that may publish it. They may read the draft."""


class DraftRevision(StoredPart, frozen=True, kw_only=True):
    """One saving. `changed`: the places that differ from the revision before it (`changes.places`)."""

    revision: int
    saved_at: str
    saved_by: str
    changed: list[str] = []


class PolicyDraft(StoredPart, frozen=True, kw_only=True):
    id: str
    """Unique in the organisation."""
    revision: int
    saved_at: str
    saved_by: str
    opened: dict[str, str | None] = {}
    """Groups that may comment on this revision, with the end of the time for comments, or None."""
    since: dict[str, str] = {}
    """When this revision was first opened to each group."""
    closed: int | msgspec.UnsetType = msgspec.UNSET
    """The latest earlier revision that was open for comments: a change has closed it."""
    asked: PublicationRequest | None = None
    revisions: list[DraftRevision] = []
    """The latest ones, the present one last."""

    @property
    def etag(self) -> str:
        return f"{self.id}-{self.revision}"


FORM = Form(KIND, PolicyDraft, version=4)
JSON = Form(JSON_KIND, str)
YAML = Form(YAML_KIND, str)


class SavedDraft(msgspec.Struct, frozen=True):
    draft: PolicyDraft
    document: Document
    """The document as saved."""


def draft_keys(tenant: str) -> list[Key]:
    return [keys.policy_draft(tenant), keys.policy_draft_document(tenant)]


def stored_draft(entries: Mapping[Key, Entry], tenant: str) -> SavedDraft | None:
    head, document = (entries.get(key) for key in draft_keys(tenant))
    if head is None or document is None:
        return None
    read: Document = document.body if document.kind == YAML_KIND else JSON.read_part(document, PolicyObject)
    return SavedDraft(FORM.read(head), read)


def require_draft(entries: Mapping[Key, Entry], tenant: str, if_match: str | None = None) -> SavedDraft:
    """The stored draft. Raises `Problem`: `not-found`, or `stale` if its ETag differs from `if_match`."""
    saved = stored_draft(entries, tenant)
    if saved is None:
        raise Problem("not-found", "There is no draft.")
    if if_match is not None and if_match != saved.draft.etag:
        since = [msgspec.to_builtins(one) for one in revisions_since(saved.draft, if_match)]
        extra = {"etag": saved.draft.etag, "since": since}
        raise Problem("stale", "The draft has changed since you read it.", extra=extra)
    return saved


def following(before: PolicyDraft, latest: DraftRevision) -> PolicyDraft:
    """Open to no group, and to be published by no one."""
    return msgspec.structs.replace(
        before,
        revision=latest.revision,
        saved_at=latest.saved_at,
        saved_by=latest.saved_by,
        revisions=[*before.revisions, latest][-MOST_REVISIONS:],
        opened={},
        since={},
        closed=before.revision if before.opened else before.closed,
        asked=None,
    )


def revisions_since(draft: PolicyDraft, etag: str) -> list[DraftRevision]:
    """The savings since the revision with this ETag; of another draft, all that are known."""
    of, _, revision = etag.rpartition("-")
    read = whole_number(revision) or 0 if of == draft.id else 0
    return [one for one in draft.revisions if one.revision > read]


def head_put(tenant: str, draft: PolicyDraft) -> Put:
    """Write of the draft's head. Unconditional: the same commit changes the organisation's snapshot conditionally."""
    return Put(FORM.entry(keys.policy_draft(tenant), draft), if_absent=False)


def document_put(tenant: str, document: Document) -> Put:
    """Raises `Problem("policy-invalid")` if the document cannot be written as JSON, or is larger than 256 KiB."""
    try:
        body = document if isinstance(document, str) else _json(document)
        size = len(body.encode())
    except ValueError as error:
        raise _refused("The draft cannot be written as text.", str(error)) from error
    if size > MAX_BYTES:
        raise _refused(
            "The draft is too large.", Text("the document is larger than {most} KiB", most=MAX_BYTES // 1024)
        )
    key = draft_keys(tenant)[1]
    return Put((YAML if isinstance(document, str) else JSON).entry(key, body), if_absent=False)


def _json(document: PolicyObject) -> str:
    """In the author's order, which says how people read choices and which class is the lowest."""
    canonical.encode(document)
    return msgspec.json.encode(document).decode()


def _refused(detail: str, why: str) -> Problem:
    return Problem("policy-invalid", detail, places=[Place("/policy", why)])


def draft_removals(tenant: str) -> list[Write]:
    return [Remove(key) for key in draft_keys(tenant)]


def may_read(saved: SavedDraft, person: Membership | None) -> bool:
    """Owners always may; other members, and complainants (None), may after the draft was opened for them."""
    if person is None:
        return "complainants" in saved.draft.opened
    return person.owner or "departments" in saved.draft.opened


def check_open(draft: PolicyDraft, group: Group, now: Instant) -> None:
    """Raises `Problem("comments-closed")` if this group cannot comment now."""
    until = draft.opened.get(group)
    if group not in draft.opened or (until is not None and from_text(until) <= now):
        raise Problem("comments-closed", "The draft is not open for your comments.")
