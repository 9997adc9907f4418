"""What a copy of a case holds besides the files: the page, and the JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from chalicelib.casework.views import complaint_queries as queries
from chalicelib.features.forms.case_file import document, sections
from chalicelib.features.forms.case_file.document import ReadCase
from chalicelib.features.forms.copies.enclosed import CopiedFile
from chalicelib.features.forms.filled_form import FilledForm
from chalicelib.features.messages.inbox.enclosing import read_inbox
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.kit.instants import to_text
from chalicelib.store import keys, reads
from chalicelib.wiring import Wiring

FORMAT = "redress-copy/1"
_A_PAGE = 100
"""Messages that are read at once."""


def all_messages(wiring: Wiring, found: ReadCase) -> list[MessageView]:
    """Those to the complainant, newest first."""
    reader = keys.complainant(found.request.number)
    fetch = partial(read_inbox, wiring, found.request.tenant, reader, _A_PAGE)
    return [message for page in reads.pages(fetch) for message in page.messages]


def page(
    wiring: Wiring, found: ReadCase, messages: Iterable[MessageView], files: Sequence[CopiedFile], case_page: str
) -> FilledForm:
    """The case file with the messages. `case_page`: the URL that has the files that are left out."""
    file = found.file
    elsewhere = file.text("not_in_copy").format(page=case_page)
    listed = [(one.view, one.name, one.path or (elsewhere if one.is_left_out else "")) for one in files]
    more = (sections.messages(file, messages), sections.files(file, listed))
    return document.document(wiring, found, file.text("copy"), *more)


def as_json(
    wiring: Wiring, found: ReadCase, messages: Iterable[MessageView], files: Sequence[CopiedFile], case_page: str
) -> dict[str, Any]:
    """As the operations of the API answer the complainant."""
    request, visible, record = found.request, found.visible, found.record
    context = request.context(visible.asker)
    return {
        "format": FORMAT,
        "made_at": to_text(request.now),
        "case_page": case_page,
        "complaint": msgspec.to_builtins(queries.state_view(wiring.store, request, visible, record)),
        "deadlines": msgspec.to_builtins(queries.deadlines_of(wiring.compiled, request, visible, record.events)),
        "messages": msgspec.to_builtins(list(messages)),
        "record": msgspec.to_builtins(queries.record_view(wiring.store, request.ref, visible, context, record)),
        "files": [_file(one) for one in files],
    }


def _file(one: CopiedFile) -> dict[str, Any]:
    """`path`: in the ZIP file, null for a file that is not in it; `copied_sha256`: of what is there."""
    view: dict[str, Any] = msgspec.to_builtins(one.view)
    return {**view, "name": one.name or None, "path": one.path or None, "copied_sha256": one.sha256}
