"""Answers of the public register: JSON or CSV, with an entity tag, and with a term for caches.

The caller of a public route reads for the public, or also for the organisation's users.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.views import complaint_queries as look
from chalicelib.features.register import notice_view
from chalicelib.features.register.register import RegisterPage
from chalicelib.kit import canonical
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.tenants.people import queries
from chalicelib.web import languages
from chalicelib.web.call import Call, Person, Public, Reply, etag
from chalicelib.web.call_context import credential_of, tenant_of

_STRANGERS: tuple[Audience, ...] = ("public",)
_USERS: tuple[Audience, ...] = ("public", "users")
_Number = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}-[0-9]{6}$")]


class ReaderQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: _Number | None = None


def audiences(call: Call, path: str) -> tuple[Audience, ...]:
    """Those for which the caller may read. A person must be a member, a receipt that of its complaint.

    `call.query` is a `ReaderQuery`.
    """
    if isinstance(call.caller, Public):
        return _STRANGERS
    if isinstance(call.caller, Person):
        queries.load_member(call.wiring.store, tenant_of(call), call.caller.sub)
        return _USERS
    if call.query.complaint is None:
        places = [Place("/query/complaint", "is required with a receipt")]
        raise Problem("invalid", "Give the number of the receipt's complaint.", places=places)
    request = look.ComplaintRequest(
        tenant=tenant_of(call),
        number=call.query.complaint,
        credential=credential_of(call),
        now=call.now,
        route=f"GET {path}",
    )
    look.check_visible(call.wiring, request)
    return _USERS


JSON, CSV = "application/json", "text/csv"


def page_in(call: Call, found: RegisterPage, cursor: str | None) -> Reply:
    """The page as CSV if the caller prefers it. Its `Link` then names the next page (RFC 8288)."""
    if languages.preferred_type(call.accept, (JSON, CSV)) == JSON:
        return Reply({"notices": found.notices, "cursor": cursor})
    language = languages.preferred(call.accept_language)
    more = {} if cursor is None else {"Link": f'<?cursor={cursor}>; rel="next"'}
    headers = {"Content-Type": f"{CSV}; charset=utf-8", "Content-Language": language, **more}
    return Reply(notice_view.notices_as_csv(found.notices, language), headers=headers)


def cached(call: Call, reply: Reply, tag: object) -> Reply:
    """A public answer may be kept for a minute, by any cache. That of a person or a receipt may not.

    `tag`: a JSON value that is the same as long as the answer is.
    """
    term = {"Cache-Control": "public, max-age=60"} if isinstance(call.caller, Public) else {}
    vary = {"Vary": "Authorization, Accept, Accept-Language"}
    return Reply(reply.body, reply.status, {**reply.headers, **etag(canonical.digest(tag)), **vary, **term})
