"""The reader of a page: the language, and the way back to the same page in the other language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import InBoth
from chalicelib.tenants import names
from chalicelib.web import languages
from chalicelib.web.call import Call

CHINESE, ENGLISH = languages.CHINESE, languages.ENGLISH
_OFFERED = (CHINESE, ENGLISH)
DUE_AT = r"^[0-9TZ:.-]{4,30}$"
"""A due time of a row of the queue, or what stands there without one."""
_SHOWN = ("form", "draft")
"""Parameters of queries that name what was typed."""


class PageQuery(RequestDocument, frozen=True, kw_only=True):
    """The query string of a page. `lang`: the language that the reader chose; by default that of the browser.

    Other programs add parameters to links that people share, so pages ignore what they do not know.
    """

    lang: str | None = None


def written(query: PageQuery, **changed: Any) -> str:
    """The query string of a page, with other parameters. Those with their defaults are left out."""
    asked, usual = {**msgspec.structs.asdict(query), **changed}, _parameters(type(query))
    kept = {name: asked[field] for name, (field, default) in usual.items() if asked[field] != default}
    return urlencode({name: "true" if value is True else value for name, value in kept.items()}, doseq=True)


@cache
def _parameters(query: type[PageQuery]) -> dict[str, tuple[str, Any]]:
    """By name in the address: the field and its default. msgspec evaluates the annotations of a struct each time that
    it is asked for its fields."""
    return {one.encode_name: (one.name, one.default) for one in msgspec.structs.fields(query)}


class CursorQuery(PageQuery, frozen=True, kw_only=True):
    """`cursor`: of a further page of a list."""

    cursor: str | None = None


class KeptQuery(PageQuery, frozen=True, kw_only=True):
    """`form`: the id of a form that was sent and is shown again."""

    form: str | None = None


class ToldQuery(KeptQuery, frozen=True, kw_only=True):
    """`told`: what the page says once about what led to it. `key`: the bucket adds that of the file."""

    told: str | None = None
    key: str | None = None

    @property
    def sent(self) -> str:
        """The id of the file that the browser has just sent. The bucket's event about it may still be on its way."""
        return (self.key or "").rpartition("/")[2] if self.told == "uploaded" else ""


class CaseQuery(ToldQuery, frozen=True, kw_only=True):
    """Of a page or form that belongs to a complaint. `view`: that of the queue from which the reader came, as its query
    string; `at`: the due time at which the complaint stood there. The links to such pages keep both."""

    view: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    at: Annotated[str, msgspec.Meta(pattern=DUE_AT)] | None = None


class CameFrom(NamedTuple):
    """`path`: of the complaint. Links to it and to what belongs to it keep `query`."""

    path: str
    query: dict[str, str]

    def kept(self, path: str) -> dict[str, str]:
        return self.query if path == self.path or path.startswith(f"{self.path}/") else {}


class Reader(msgspec.Struct, frozen=True):
    """`chosen`: the language was chosen on a page, so links keep it. `shown`: what the query names that the page shows
    again, as name and id: the page in the other language shows it too. `came`: from a list of the queue. `practice`:
    the page is one of a practice organisation, and says so.
    """

    language: str
    chosen: bool
    shown: tuple[tuple[str, str], ...] = ()
    came: CameFrom | None = None
    practice: bool = False

    @property
    def other(self) -> str:
        return ENGLISH if self.language == CHINESE else CHINESE

    def link(self, path: str, **query: str) -> str:
        """A path of the service, in the language that the reader chose."""
        came = {} if self.came is None else self.came.kept(path)
        if not (query or self.chosen or came):
            return path
        asked = urlencode(query | came | ({"lang": self.language} if self.chosen else {}))
        return path + (f"?{asked}" if asked else "")

    @property
    def switched(self) -> str:
        """The query of the same page in the other language."""
        return "?" + urlencode([*self.shown, ("lang", self.other)])

    def say(self, text: InBoth) -> str:
        return text.of(self.language)

    def text(self, name: str, /, **values: object) -> str:
        """A text of the pages, by its name in the catalogue."""
        return self.words(name).format(**values)

    def words(self, name: str) -> str:
        """As `text`, with the places of its values."""
        return catalogue.words("pages", self.language)[name]

    def around(self, name: str, value: str) -> tuple[str, str]:
        """What stands in a text before and behind its only value, for a page that says it of many."""
        before, _, after = self.words(name).partition(f"{{{value}}}")
        return before, after

    def of_code(self, group: str, code: str) -> str:
        """The text of a state, kind or event, named by `group` and `code`; the code itself without one."""
        return catalogue.words("pages", self.language).get(group + code, code)

    def label(self, label: Mapping[Any, str] | None, default: str = "") -> str:
        """The text of a policy's label. Chinese stands in for English that the policy lacks."""
        found = label or {}
        return found.get(self.language) or found.get("zh") or default


def reader_of(call: Call) -> Reader:
    """A form's `lang` and the query's come before `Accept-Language`."""
    given = (call.body or {}).get("lang", [""])[0] if isinstance(call.body, dict) else ""
    asked = given or (getattr(call.query, "lang", None) or "")
    shown = tuple((name, id_) for name in _SHOWN if (id_ := getattr(call.query, name, None)))
    practice = call.tenant is not None and names.is_practice(call.tenant)
    if asked in _OFFERED:
        return Reader(asked, chosen=True, shown=shown, practice=practice)
    preferred = languages.preferred(call.accept_language, _OFFERED)
    return Reader(preferred, chosen=False, shown=shown, practice=practice)
