"""Answers of the public register: JSON or CSV, with an entity tag, and with a term for caches."""

from __future__ import annotations

from chalicelib.features.register import notice_view
from chalicelib.features.register.register import RegisterPage
from chalicelib.kit import canonical
from chalicelib.kit.decoding import CaseNumber, RequestDocument
from chalicelib.web import languages
from chalicelib.web.call import Call, Public, Reply, etag


class ReaderQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: CaseNumber | None = None


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
