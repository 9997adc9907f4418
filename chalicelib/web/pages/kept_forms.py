"""Forms that were sent and are shown again: with a fault, without a session, or with what came of them.

Browsers do not store the answer to a form. So a form is answered with 303 to its page with `?form=<id>`, which shows it
again with what was typed and what is wrong. The browser has a cookie for each form, with its secret and its id: an id
alone opens nothing, two tabs do not overwrite each other's, and the end of a session finds what it has to forget.

An item is encrypted with a key of the deployment and the browser's secret. Neither opens it alone, so the page of a
report about the office can be kept beside the items of its organisation, and pages without an organisation have it too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

import msgspec

from chalicelib.access import binding
from chalicelib.casework.composing.erased import Erased
from chalicelib.crypto import server_seals
from chalicelib.kit.instants import DAY, HOUR, MINUTE, SECOND, Instant
from chalicelib.limits.sources import network
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Entry, Key, Remove
from chalicelib.store.stored_form import Form
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import CHINESE, ENGLISH, Reader, reader_of
from chalicelib.web.pages.rendering import see_other

KIND = "kept-form"
SHOWN = 10 * MINUTE
"""Real time for which a receipt that was typed is shown again, and a form that tells only who somebody is is kept."""
LASTS = DAY
"""Real time for which a form with a text is kept. What was typed for an act is shown with the receipt only."""
TOLD = HOUR
"""Real time for which the page that a form led to is kept, such as that with a new receipt."""
MOST = 5
"""Kept forms of one browser at an organisation. A further one takes the place of the oldest, and its cookie."""
MAX_BYTES = 100_000
"""A kept form as JSON. An item of the table has at most 400 KB."""
_READ = 2 * MOST
"""Cookies that are read, the newest. Tabs that send forms at the same instant can make some more than `MOST`."""
_COOKIE, _PURPOSE = "draft-form-", "kept-form"
_RECEIPT = "receipt"
_NOT_KEPT = ("lang", "form")
_BYTES, _BYTES_OF_NAME = 16, 6
_NAME = re.compile(rf"{_COOKIE}[A-Za-z0-9_-]{{8}}")
_VALUE = re.compile(r"([0-9]{13})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})")

Saying = Callable[[Reader], Sequence[InputFault]]
"""The faults in a language. A kept form has them in each, so the page can be read in the other one too."""


class StoredForm(msgspec.Struct, frozen=True, kw_only=True):
    """The stored item. `sealed`: a `KeptContent`."""

    sealed: str
    until: Instant


FORM = Form(KIND, StoredForm, keeps=False)


class KeptContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`page`: the only path that shows it. `faults`: by language. `done`: for the page of a form that was done."""

    page: str
    at: Instant
    answers: Mapping[str, Sequence[str]] = {}
    faults: Mapping[str, Sequence[InputFault]] = {}
    done: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return "KeptContent()"  # a log must not contain what was typed


class KeptForm(NamedTuple):
    """`faults`: in the language of the reader who looks at it now. `done`: what came of it, if it is done."""

    id: str
    answers: Answers
    faults: Sequence[InputFault]
    done: Mapping[str, str] | None = None


NONE = KeptForm("", Answers({}), ())
"""In place of a kept form."""


class _OwnForm(NamedTuple):
    """What a cookie of the browser has. `tenant`: empty on pages without an organisation. `at`: when it was kept, in
    milliseconds of real time. `name`: of the cookie."""

    tenant: str
    at: Instant
    secret: str
    id: str
    name: str

    @property
    def key(self) -> Key:
        return keys.kept_form(self.tenant, self.id) if self.tenant else keys.kept_form_without_tenant(self.id)

    def bound(self) -> AbstractContextManager[Any]:
        """The binding for the item. That of an organisation is bound by the request."""
        return nullcontext() if self.tenant else binding.directory()


def again(call: Call, path: str, given: Answers, say: Saying = lambda _: (), *, lasts: Instant = SHOWN) -> Reply | None:
    """Keeps what was typed and leads to `path`, which shows it. Sent again from there, it keeps its address.

    None if it is too large, or if its source has sent too many: the caller shows it without an address.
    """
    faults = {language: list(say(Reader(language, chosen=True))) for language in (CHINESE, ENGLISH)}
    answers = {name: list(values) for name, values in given.given.items() if name not in _NOT_KEPT}
    content = KeptContent(page=path, at=call.wiring.real_clock(), answers=answers, faults=faults)
    return _keep(call, given.one("form"), content, lasts)


def tell(call: Call, path: str, sent: str, done: Mapping[str, str]) -> Reply | None:
    """Leads to `path`, which shows what came of the form. `sent`: its id, if it was kept. None as `again`."""
    return _keep(call, sent, KeptContent(page=path, at=call.wiring.real_clock(), done=done), TOLD)


def _keep(call: Call, sent: str, content: KeptContent, lasts: Instant) -> Reply | None:
    if len(msgspec.json.encode(content)) > MAX_BYTES:
        return None
    own = _own(call)
    known = None if find(call, sent, content.page) is None else _with_id(own, sent)
    if known is None and not call.wiring.wrong_receipts.has_room_for_form(network(call.address)):
        return None
    form = known or _new(call, own)
    retry_on_conflict(lambda: _save(call, form, content, call.wiring.real_clock() + lasts))
    reply = lead(call, content.page, form.id)
    return reply if known is not None else _with_cookie(call, reply, form)


def _new(call: Call, own: Sequence[_OwnForm]) -> _OwnForm:
    """A form more of the browser. What has no place any more is removed, and the oldest leaves its cookie."""
    dropped = own[: -(MOST - 1)]
    for one in dropped:
        if _load(call, one) is not None:
            _remove(call, one)
    name = dropped[0].name if dropped else _COOKIE + secrets.token_urlsafe(_BYTES_OF_NAME)
    secret, id_ = secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES)
    at = max(call.wiring.real_clock(), own[-1].at + 1 if own else 0)
    return _OwnForm(_tenant(call), at, secret, id_, name)


def _save(call: Call, own: _OwnForm, content: KeptContent, until: Instant) -> None:
    """Of two tabs that send the same form, the last one wins."""
    key, plain = own.key, msgspec.json.encode(content)
    sealed = server_seals.seal(call.wiring.secrets, _PURPOSE, _name(key), plain, with_secret=own.secret.encode())
    with own.bound():
        before = reads.find(call.wiring.store, key)
        write = FORM.write(key, StoredForm(sealed=sealed, until=until), before, plain=True, expires=until // SECOND)
        call.wiring.store.commit([write])


def _name(key: Key) -> str:
    return f"{key.pk}/{key.sk}"


def lead(call: Call, path: str, id_: str) -> Reply:
    return see_other(reader_of(call).link(path, form=id_))


def find(call: Call, id_: str | None, path: str) -> KeptForm | None:
    """None for a form that is not kept for this page, that another browser sent, or whose time is over."""
    own = _with_id(_own(call), id_)
    content = None if own is None else _load(call, own)
    if id_ is None or content is None or content.page != path:
        return None
    faults = content.faults.get(reader_of(call).language, ())
    if _RECEIPT in content.answers and call.wiring.real_clock() >= content.at + SHOWN:
        rest = {name: given for name, given in content.answers.items() if name != _RECEIPT}
        return KeptForm(id_, Answers(rest), ())
    return KeptForm(id_, Answers(content.answers), faults, content.done)


def _load(call: Call, own: _OwnForm) -> KeptContent | None:
    with own.bound():
        entry = reads.find(call.wiring.store, own.key)
    return None if entry is None else _opened(call, own, entry)


def _opened(call: Call, own: _OwnForm, entry: Entry) -> KeptContent | None:
    stored, secret = FORM.read(entry), own.secret.encode()
    if stored.until <= call.wiring.real_clock():
        return None
    try:
        name = _name(entry.key)
        plain = server_seals.unseal(call.wiring.secrets, _PURPOSE, name, stored.sealed, with_secret=secret)
        return msgspec.json.decode(plain, type=KeptContent)
    except (server_seals.NotOurs, msgspec.DecodeError):
        return None


def merged(call: Call, sent: Answers, path: str) -> Answers:
    """What was sent now, with what its kept form has besides: a page that asks for the receipt sends only its id."""
    before = find(call, sent.one("form"), path)
    return sent if before is None else Answers({**before.answers.given, **sent.given})


def forget(call: Call, path: str = "", *, below: bool = False) -> None:
    """Removes the kept forms of this browser: those of a page, or all. `below`: of pages whose path begins with it."""
    for own in _own(call):
        content = _load(call, own)
        if content is not None and (content.page == path or not path or (below and content.page.startswith(path))):
            _remove(call, own)


def forget_one(call: Call, id_: str) -> None:
    """Removes a kept form of this browser, when it is done. Another tab keeps what was typed there."""
    own = _with_id(_own(call), id_)
    if own is not None and _load(call, own) is not None:
        _remove(call, own)


def _remove(call: Call, own: _OwnForm) -> None:
    with own.bound():
        call.wiring.store.commit([Remove(own.key)])


def _tenant(call: Call) -> str:
    return call.params.get("tenant", "")


def _own(call: Call) -> list[_OwnForm]:
    """Those of the browser's cookies, the oldest first. Malformed cookies are none."""
    found = []
    for part in call.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        read = _VALUE.fullmatch(value) if _NAME.fullmatch(name) else None
        if read is not None:
            found.append(_OwnForm(_tenant(call), int(read[1]), read[2], read[3], name))
    return sorted(found, key=lambda one: one.at)[-_READ:]


def _with_id(own: Sequence[_OwnForm], id_: str | None) -> _OwnForm | None:
    return next((one for one in own if one.id == id_), None)


def _with_cookie(call: Call, reply: Reply, own: _OwnForm) -> Reply:
    secure = "; Secure" if call.wiring.address.startswith("https:") else ""
    value, seconds = f"{own.at}.{own.secret}.{own.id}", LASTS // SECOND
    path = f"/t/{own.tenant}" if own.tenant else "/" + call.path_template.split("/")[1]
    cookie = f"{own.name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    return Reply(reply.body, reply.status, {**reply.headers, "Set-Cookie": cookie})


ERASED = Erased(organisation=lambda leaver: [keys.kept_forms(leaver.tenant)])
