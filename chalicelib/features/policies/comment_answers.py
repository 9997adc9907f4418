"""Owners answer comments on a draft; a member reads the answers to their own."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.features.policies import comments
from chalicelib.features.policies.comments import Comment, PolicyComment, SealedAnswer
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys, reads
from chalicelib.store.port import CommitConflict, Entry, Put, Update
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

_DRAFT = re.compile("[0-9]{1,12}")
_COMMENT = re.compile("[0-9TZ:.-]{10,40}[0-9a-f]{16}")
_PAGE = 100


class NewAnswer(RequestDocument, frozen=True, kw_only=True):
    """`draft`, `comment`: the ids of the draft and of a comment on it. A later answer replaces an earlier one."""

    draft: str
    comment: str
    text: Annotated[SeenText, msgspec.Meta(max_length=4000)]


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
    if entry is None or entry.kind != comments.KIND:
        raise Problem("not-found", "There is no such comment.")
    before = comments.comment_view(wiring.sealer, tenant, entry)
    if before.answer and before.answer.text == payload.text:
        return before
    sealed = comments.seal(wiring.sealer, tenant, payload.text)
    answer = SealedAnswer(sealed=sealed, at=to_text(request.now), by=request.sub)
    write = _write(entry, replace(comments.FORM.read(entry), answer=answer))
    try:
        store.commit([write])
    except CommitConflict:
        raise Problem("conflict", "Another owner has answered the comment at the same time.") from None
    return comments.comment_view(wiring.sealer, tenant, write.entry)


def _write(before: Entry, after: Comment) -> Put | Update:
    """Comments of an earlier release have no version."""
    if before.version is None:
        return Put(comments.FORM.entry(before.key, after, version=1), if_absent=False)
    return comments.FORM.write(before.key, after, before)


def own_comments(wiring: Wiring, tenant: str, sub: str, draft_id: str) -> list[PolicyComment]:
    """The member's comments on the draft, with the answers, oldest first."""
    within = keys.policy_comments(tenant, draft_id)
    found = reads.items(wiring.store, keys.organisation(tenant), within, _PAGE)
    return [
        comments.comment_view(wiring.sealer, tenant, entry)
        for entry in found
        if entry.kind == comments.KIND and comments.FORM.read(entry).by == sub
    ]
