"""The desk: pages of people who have signed in. How a feature declares one, and draws it.

    @desk_page(api, f"{DESK}/tasks", "The caller's open work", query=TasksPageQuery, menu="tasks")
    def get_desk_tasks(call: Call) -> Reply:
        desk = desk_of(call)
        work = work_list.list_tasks(call.wiring, member_request(call), …)
        return desk.page("worklists/tasks.html", {"tasks": work.tasks})

A desk route has everything that a route of the API with `allow=["person"]` has: `call.caller` is the same `Person`, so
`member_request`, `reader_request`, `owner_command` and `credential_of` work, and use cases decide alike. Limits of the
person and the organisation, the binding and the organisation's state are those of the API. Besides:

- Without a session, or after its end, `GET` leads to `/sign-in?next=…` and back. A form (`desk_form`) gets a page that
  keeps what was typed, and sends it again after signing in. Routes for modules have `produces="application/json"`, and
  get problem documents.
- A form of another site is refused before the session is read. Forms lead to `GET` by `see_other`.
- `Problem("forbidden")` of a use case becomes a page that says so, with a way to the person's other organisations.
- `menu`: the page's name in the navigation (`MENU`). Links exist only for pages that are declared, and with `menu_for`
  only for members for whom it is true.
- `listed`: the menu's entry on whose page this page is listed (`Desk.listed`), with the name of its title's text. With
  `menu_for`, too, it is listed only for members for whom it is true.
- What the page is for is one line under `purposes` of the feature's texts, by its path. The layout shows it.

Templates extend `desk_layout.html` (blocks `title`, `main`) and have `desk`. `desk.member` has the caller's rights and
the policy in force, from one read of organisation and membership, which use cases of the request do not repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec.structs import replace

from chalicelib.casework.authorization import Member, member_among
from chalicelib.kit import catalogue
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import credential_of, sub_of, tenant_of
from chalicelib.web.pages import rendering
from chalicelib.web.pages.reader import CameFrom, CaseQuery, PageQuery, Reader, reader_of

if TYPE_CHECKING:
    from chalicelib.casework.views.complaint_queries import ComplaintRequest
    from chalicelib.web.api import Api
    from chalicelib.web.dispatch import Handler

DESK = "/t/{tenant}/desk"
CASE = DESK + "/complaints/{number}"
"""The page of a complaint. Addresses of what belongs to it begin with this path."""
_ERROR = 400
"""The least status of an answer that is an error: such a page has no mail address."""
MENU = ("queue", "my_work", "tasks", "file", "text_blocks", "reports", "oversight", "organisation", "studio")
"""The navigation's entries in order. Their texts are `desk.menu.<name>`."""
_paths: dict[str, str] = {}
"""By the name of an entry: the path of its page."""
_is_for: dict[str, Callable[[Member], bool]] = {}
"""By path: which members have the page, so that no link leads others to it. By default all."""
_listed: dict[str, ListedAt] = {}
"""By path: the pages that the page of an entry lists."""
_declared: set[str] = set()
"""The paths of all pages and forms."""
_PROBLEMS = (*rendering.PAGE_PROBLEMS, "last-owner", "idempotency-key-missing")


class ListedAt(NamedTuple):
    """`entry`: of the menu. `title`: the name of a text."""

    entry: str
    title: str


class MenuEntry(msgspec.Struct, frozen=True):
    name: str
    path: str


class ListedPage(msgspec.Struct, frozen=True):
    """`title`, `purpose`: in the reader's language."""

    title: str
    purpose: str
    path: str


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What every page of the desk shows: the organisation, the person, the way around."""

    call: Call
    reader: Reader
    member: Member
    person: Membership
    entries: Mapping[Key, Entry] = {}
    """What was read with them."""

    @property
    def path(self) -> str:
        """Of the desk's first page. Addresses of its other pages begin with it."""
        return DESK.format(tenant=self.member.org.id)

    @property
    def menu(self) -> list[MenuEntry]:
        return [
            MenuEntry(name, _paths[name].format(tenant=self.member.org.id))
            for name in MENU
            if name in _paths and _has(self.member, _paths[name])
        ]

    def listed(self, entry: str) -> list[ListedPage]:
        """The pages that this entry's page lists for the member."""
        return [
            ListedPage(self.reader.text(one.title), self._purpose(path), path.format(tenant=self.member.org.id))
            for path, one in _listed.items()
            if one.entry == entry and _has(self.member, path)
        ]

    @property
    def purpose(self) -> str:
        """What this page is for, in one line; empty for the answer of a form."""
        return self._purpose(self.call.path_template)

    def _purpose(self, path: str) -> str:
        text = catalogue.texts("purposes").get(path)
        return "" if text is None else self.reader.say(text)

    @property
    def here(self) -> str:
        """The name of the menu's entry for this page, or for one above it. The queue is above no page."""
        at = self.call.path_template
        above = (name for name, path in _paths.items() if path != DESK and at.startswith(path + "/"))
        return next((name for name, path in _paths.items() if path == at), next(above, ""))

    @property
    def current(self) -> str:
        """What `aria-current` says of that entry: the page itself, or one below it."""
        return "page" if self.call.path_template in _paths.values() else "true"

    @property
    def is_open(self) -> bool:
        """Whether the organisation takes complaints. The request has looked at its state, so this reads nothing."""
        return self.call.wiring.states.is_open(self.member.org.id)

    @property
    def organisations(self) -> list[MenuEntry]:
        """The person's other organisations, by name, with the paths of their desks."""
        found = self.call.caller.organisations if isinstance(self.call.caller, Person) else ()
        return [MenuEntry(one.name, DESK.format(tenant=one.id)) for one in found if one.id != self.member.org.id]

    @property
    def queue(self) -> str:
        """The address of the queue, in the view from which the reader came to this complaint."""
        return self._of_view("")

    @property
    def next_case(self) -> str:
        """The address of what stands behind this complaint in that view; empty if they did not come from one."""
        came = self.reader.came
        number = self.call.params.get("number", "")
        return "" if came is None else self._of_view("/next", number=number, at=came.query["at"])

    def _of_view(self, below: str, **query: str) -> str:
        """The view is text of an address, so only its pairs of names and values are taken."""
        view = [] if self.reader.came is None else parse_qsl(self.reader.came.query["view"])
        language = {"lang": self.reader.language} if self.reader.chosen else {}
        asked = urlencode([*view, *query.items(), *language.items()])
        return self.path + below + (f"?{asked}" if asked else "")

    @property
    def case(self) -> str:
        """Of the complaint that the path of this page names. Addresses of what belongs to it begin with it."""
        return CASE.format(tenant=self.member.org.id, number=self.call.params["number"])

    def has(self, below: str) -> bool:
        """Whether there is a page with this path below that of a complaint."""
        return CASE + below in _declared

    def has_page(self, below: str) -> bool:
        """Whether there is a page for the reader with this path below that of the desk."""
        return DESK + below in _declared and _has(self.member, DESK + below)

    def page(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        upload: str = "",
    ) -> Reply:
        """As `rendering.page`, with `desk` for the template."""
        leading = rendering.leading_to(self.call.wiring.issuer.origin, upload)  # by signing out
        known = {
            "desk": self,
            "searches": f"{DESK}/search" in _declared,
            "who": self.person.name or (self.person.email if status < _ERROR else ""),
            "other_language": _in_other_language(self.call, self.reader),
            "purpose": self.purpose,
        }
        return rendering.page(
            template, self.reader, {**known, **values}, status=status, headers={**leading, **(headers or {})}
        )


def is_listed_for(entry: str, member: Member) -> bool:
    """Whether the page of this entry lists one that is for some members only, and for this one."""
    return any(one.entry == entry and path in _is_for and _has(member, path) for path, one in _listed.items())


def _has(member: Member, path: str) -> bool:
    return path not in _is_for or _is_for[path](member)


def _in_other_language(call: Call, reader: Reader) -> str:
    """The query of this page in the other language. Filters stay."""
    asked = {} if call.query is None else msgspec.to_builtins(call.query)
    kept = {name: value for name, value in asked.items() if value not in (None, "", []) and name != "lang"}
    return "?" + urlencode({**kept, "lang": reader.other}, doseq=True)


def desk_of(call: Call, beside: Sequence[Key] = ()) -> Desk:
    """One read of organisation and membership, and of the items `beside` them.

    Raises `Problem("forbidden")` if the caller is no member.
    """
    tenant, sub = tenant_of(call), sub_of(call)
    entries = call.wiring.store.get([organisation.key(tenant), membership.key(tenant, sub), *beside])
    person = membership.parse(entries.get(membership.key(tenant, sub)))
    member = member_among(call.wiring, tenant, sub, call.now, entries)
    return Desk(call=call, reader=_reader(call, person), member=member, person=person, entries=entries)


def case_reader(call: Call) -> Reader:
    """As `reader_of`. On pages of a complaint its links lead back to the list of the queue from which they came."""
    found, query = reader_of(call), call.query
    if not isinstance(query, CaseQuery) or not query.view or not query.at:
        return found
    return replace(found, came=CameFrom(CASE.format(**call.params), {"view": query.view, "at": query.at}))


def _reader(call: Call, person: Membership) -> Reader:
    """A language that the person chose for all pages stands behind one that they chose on a page."""
    found = case_reader(call)
    if found.chosen or person.chosen.language == "browser":
        return found
    return replace(found, language=person.chosen.language, shown=())


def case_request(call: Call) -> ComplaintRequest:
    """Of the complaint that the path names."""
    from chalicelib.casework.views.complaint_queries import ComplaintRequest  # only pages of a complaint

    return ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        now=call.now,
        route=read_route(call),
    )


def read_route(call: Call) -> str:
    """For the read log."""
    return f"page {call.path_template}"


def desk_page(
    api: Api,
    path: str,
    summary: str,
    *,
    menu: str = "",
    is_for: Callable[[Member], bool] | None = None,
    listed: tuple[str, str] | None = None,
    **further: Any,
) -> Callable[[Handler], Handler]:
    """A page that changes nothing. `further`: as for `Api.route`, such as `query`, whose members are texts."""
    if listed is not None:
        _listed[path] = ListedAt(*listed)
    if menu:
        if menu not in MENU:
            raise TypeError(f"{menu} is no entry of the menu")
        _paths[menu] = path
    if is_for is not None:
        _is_for[path] = is_for
    return _declare(api, path, {"method": "GET", "summary": summary, "produces": rendering.HTML, **further})


def desk_form(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A form: `call.body` has its values by name. With `reads=True` it changes nothing."""
    return _declare(api, path, {"method": "POST", "summary": summary, "produces": rendering.HTML, **further})


def _declare(api: Api, path: str, declared: dict[str, Any]) -> Callable[[Handler], Handler]:
    _declared.add(path)
    return api.route(path, allow=["session"], page=True, **{"problems": _PROBLEMS, "query": PageQuery, **declared})
