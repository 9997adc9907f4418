"""Comments on a draft by members and complainants (P4.10). They stay on record after the draft.

Their texts are encrypted like private values of complaints, and only owners can read them. Complainants are not named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.casework.composing.archived import Archived
from chalicelib.casework.views.complaint_queries import ReaderRequest, load_reader
from chalicelib.features.policies import draft
from chalicelib.features.policies.draft import Group
from chalicelib.kit import canonical
from chalicelib.kit.decoding import CaseNumber, RequestDocument, SeenText, StoredPart
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem, Text
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.port import CeilingReached, CommitConflict, Entry, Put, Require, Store, Update, Write
from chalicelib.store.stored_form import Form
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

KIND = "policy-comment"
COUNTER_KIND = "counter"
MAX_PER_AUTHOR = 50
"""Comments on a draft from one member, or from the complainant of one complaint."""
_SEALED_AS = "policy-comments"
"""Takes the place of the complaint's number in the encryption context."""
_DRAFT = re.compile("[0-9]{1,12}")
_COMMENT = re.compile("[0-9TZ:.-]{10,40}[0-9a-f]{16}")
_PAGE = 100


class NewComment(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: number of the complaint, with a receipt. `place`: JSON Pointer to the part of the document."""

    text: Annotated[SeenText, msgspec.Meta(max_length=4000)]
    place: Annotated[str, msgspec.Meta(max_length=200, pattern="^(/.*)?$")] = ""
    complaint: CaseNumber | None = None


class NewAnswer(RequestDocument, frozen=True, kw_only=True):
    """`draft`, `comment`: the ids of the draft and of a comment on it. A later answer replaces an earlier one."""

    draft: str
    comment: str
    text: Annotated[SeenText, msgspec.Meta(max_length=4000)]


class PostedComment(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    draft: str
    revision: int
    at: str


class CommentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: the owner who answered."""

    text: str
    at: str
    by: str


class PolicyComment(msgspec.Struct, frozen=True, kw_only=True):
    """`place`: JSON Pointer to the part of the document; empty for the whole. `answer`: of an owner, if any."""

    id: str
    draft: str
    revision: int
    at: str
    group: str
    by: str | None
    text: str
    place: str
    answer: CommentAnswer | msgspec.UnsetType = msgspec.UNSET


class _SealedText(msgspec.Struct, frozen=True):
    """The plain form of `Comment.sealed`, which is encrypted. Both members as in `NewComment`."""

    text: str
    place: str


class SealedAnswer(StoredPart, frozen=True, kw_only=True):
    """`sealed`: the encrypted text."""

    sealed: str
    at: str
    by: str


class Comment(StoredPart, frozen=True, kw_only=True):
    """The stored item."""

    id: str
    draft: str
    revision: int
    at: str
    group: str
    by: str | None
    sealed: str
    answer: SealedAnswer | msgspec.UnsetType = msgspec.UNSET


FORM = Form(KIND, Comment, version=2)


def add_comment(wiring: Wiring, reader: ReaderRequest, payload: NewComment, request: Request | None) -> Answer:
    """201 with the comment's id.

    Raises `Problem`: `not-found`, `comments-closed`, `limit-reached`, `conflict`; and as `load_reader`.
    """
    tenant, now = reader.tenant, reader.now
    author = load_reader(wiring, reader, "/complaint")
    group: Group = "complainants" if author.member is None else "departments"
    record = [request.record_key] if request else []
    entries = wiring.store.get([*draft.draft_keys(tenant), *record])
    if request and (first := idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())):
        return first
    current = draft.require_draft(entries, tenant).draft
    draft.check_open(current, group, now)
    number = _count(wiring.store, tenant, current.id, author.id)
    found = Comment(
        id=f"{to_text(now)}-{canonical.digest([author.id, number])[:16]}",
        draft=current.id,
        revision=current.revision,
        at=to_text(now),
        group=group,
        by=None if author.member is None else author.id,
        sealed=seal(wiring.sealer, tenant, payload.text, payload.place),
    )
    answer = Answer.of(201, PostedComment(id=found.id, draft=found.draft, revision=found.revision, at=found.at))
    writes: list[Write] = [
        FORM.write(keys.policy_comment(tenant, current.id, found.id), found, None),
        Require(keys.policy_draft(tenant)),
    ]
    if request:
        writes.append(
            idempotency_records.put(request, answer, wiring.real_clock(), found=entries.get(request.record_key))
        )
    try:
        wiring.store.commit(writes)
    except CommitConflict:
        raise Problem(
            "conflict", "The draft has changed, or the same comment was sent twice. Repeat the request."
        ) from None
    return answer


def _count(store: Store, tenant: str, draft_id: str, author: str) -> int:
    key = keys.policy_comment_counter(tenant, draft_id, canonical.digest(author)[:32])
    try:
        return store.count(key, COUNTER_KIND, ceiling=MAX_PER_AUTHOR)
    except CeilingReached:
        raise Problem(
            "limit-reached",
            Text("A draft accepts at most {most} comments per person.", most=MAX_PER_AUTHOR),
        ) from None


def seal(sealer: Sealer, tenant: str, text: str, place: str = "") -> str:
    plain = msgspec.json.encode(_SealedText(text, place))
    return sealer.seal(tenant, _SEALED_AS, plain)


class CommentPage(msgspec.Struct, frozen=True):
    comments: list[PolicyComment]
    after: Mapping[str, str] | None


def list_comments(
    wiring: Wiring, request: MemberRequest, draft_id: str | None, limit: int, after: Mapping[str, str] | None
) -> CommentPage:
    """Comments, oldest first. `draft_id`: None for the current draft.

    Raises `Problem`: `forbidden` for all but owners, `not-found`.
    """
    store, sealer, tenant = wiring.store, wiring.sealer, request.tenant
    _, person = queries.load_member(store, tenant, request.sub)
    if not person.owner:
        raise Problem("forbidden", "Only owners may read comments.")
    asked = draft_id or draft.require_draft(store.get(draft.draft_keys(tenant)), tenant).draft.id
    within = keys.policy_comments(tenant, asked)
    page = store.query(keys.organisation(tenant), first=within.first, last=within.last, limit=limit, after=after)
    return CommentPage([_view(sealer, tenant, one) for one in FORM.read_each(page.entries)], page.after)


def comment_view(sealer: Sealer, tenant: str, entry: Entry) -> PolicyComment:
    """The comment of an item, with its decrypted text."""
    return _view(sealer, tenant, FORM.read(entry))


def _view(sealer: Sealer, tenant: str, one: Comment) -> PolicyComment:
    plain = _opened(sealer, tenant, one.sealed)
    answer = one.answer
    return PolicyComment(
        id=one.id,
        draft=one.draft,
        revision=one.revision,
        at=one.at,
        group=one.group,
        by=one.by,
        text=plain.text,
        place=plain.place,
        answer=msgspec.UNSET
        if answer is msgspec.UNSET
        else CommentAnswer(text=_opened(sealer, tenant, answer.sealed).text, at=answer.at, by=answer.by),
    )


def _opened(sealer: Sealer, tenant: str, sealed: str) -> _SealedText:
    return msgspec.json.decode(sealer.open(tenant, _SEALED_AS, sealed), type=_SealedText)


def answer_comment(wiring: Wiring, request: MemberRequest, payload: NewAnswer) -> PolicyComment:
    """The comment with its answer. The same answer again changes nothing.

    Raises `Problem`: `forbidden` for all but owners, `not-found`, `conflict`.
    """
    store, tenant = wiring.store, request.tenant
    _, person = queries.load_member(store, tenant, request.sub)
    if not person.owner:
        raise Problem("forbidden", "Only owners may answer comments.")
    known = _DRAFT.fullmatch(payload.draft) and _COMMENT.fullmatch(payload.comment)
    key = keys.policy_comment(tenant, payload.draft, payload.comment)
    entry = reads.find(store, key) if known else None
    if entry is None or entry.kind != KIND:
        raise Problem("not-found", "There is no such comment.")
    before = comment_view(wiring.sealer, tenant, entry)
    if before.answer and before.answer.text == payload.text:
        return before
    sealed = seal(wiring.sealer, tenant, payload.text)
    answer = SealedAnswer(sealed=sealed, at=to_text(request.now), by=request.sub)
    write = _write(entry, replace(FORM.read(entry), answer=answer))
    try:
        store.commit([write])
    except CommitConflict:
        raise Problem("conflict", "Another owner has answered the comment at the same time.") from None
    return comment_view(wiring.sealer, tenant, write.entry)


def _write(before: Entry, after: Comment) -> Put | Update:
    """Comments of an earlier release have no version."""
    if before.version is None:
        return Put(FORM.entry(before.key, after, version=1), if_absent=False)
    return FORM.write(before.key, after, before)


def own_comments(wiring: Wiring, tenant: str, sub: str, draft_id: str) -> list[PolicyComment]:
    """The member's comments on the draft, with the answers, oldest first."""
    within = keys.policy_comments(tenant, draft_id)
    found = reads.items(wiring.store, keys.organisation(tenant), within, _PAGE)
    return [
        comment_view(wiring.sealer, tenant, entry)
        for entry in found
        if entry.kind == KIND and FORM.read(entry).by == sub
    ]


ARCHIVED = Archived(
    policies={
        KIND: lambda sealer, tenant, entry: msgspec.to_builtins(comment_view(sealer, tenant, entry)),
        draft.YAML_KIND: lambda sealer, tenant, entry: entry.body,
    }
)
"""Comments have their texts decrypted. The text of a draft is a string."""
