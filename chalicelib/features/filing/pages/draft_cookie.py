"""The cookies of drafts: one for each draft that this browser has begun, with its secret and signed start.

They are `SameSite=Lax`, as the way from mails and other pages crosses sites, and live as long as a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.features.filing import brake
from chalicelib.features.filing.drafts import LASTS, DraftRef, is_id, new_ref
from chalicelib.kit.instants import SECOND
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of

_NAME = "draft-"
_READ = 5
"""Drafts of one browser that are looked for."""


class OwnDraft(NamedTuple):
    """`started`: as `brake.start`."""

    ref: DraftRef
    started: str


def new(call: Call) -> OwnDraft:
    return OwnDraft(new_ref(tenant_of(call)), brake.start(call.wiring.secrets, call.wiring.real_clock()))


def own(call: Call) -> list[OwnDraft]:
    """The drafts of this browser at the organisation. Other cookies may be malformed."""
    return list(_found(call))[:_READ]


def find(call: Call, draft: str) -> OwnDraft | None:
    return next((one for one in _found(call) if one.ref.id == draft), None)


def _found(call: Call) -> Iterator[OwnDraft]:
    for part in call.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        secret, _, started = value.partition(".")
        id_ = name.removeprefix(_NAME)
        if name.startswith(_NAME) and is_id(id_) and is_id(secret):
            yield OwnDraft(DraftRef(tenant_of(call), id_, secret), started)


def kept(call: Call, one: OwnDraft) -> dict[str, str]:
    """The header that gives the browser the draft."""
    return {"Set-Cookie": _cookie(call, one.ref.id, f"{one.ref.secret}.{one.started}", LASTS // SECOND)}


def gone(call: Call, draft: str) -> dict[str, str]:
    return {"Set-Cookie": _cookie(call, draft, "", 0)}


def _cookie(call: Call, draft: str, value: str, seconds: int) -> str:
    secure = "; Secure" if call.wiring.address.startswith("https:") else ""
    path = f"/t/{tenant_of(call)}/file"
    return f"{_NAME}{draft}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
