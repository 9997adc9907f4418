"""Sections of the desk: pages with one index and one navigation, to which features add theirs.

    @section_page(api, "organisation", "people", "The people and their grants", group="people", shown_to=is_owner)
    def get_desk_people(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        return desk.page("people/list.html", {…})

The page has the address `/t/{tenant}/desk/<section>/<name>`. Its label is the text `<section>.menu.<name>` of its
feature, and the index shows its line of `purposes`. Pages and forms below it are declared as usual (`desk_page`,
`desk_form`), and begin with `section_desk`, too. Templates extend `section_layout.html` (blocks `title`, `body`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.kit import catalogue
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Key
from chalicelib.tenants.names import OWNER
from chalicelib.web.call import Call
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api
    from chalicelib.web.dispatch import Handler

GROUPS = {"organisation": ("people", "service", "systems", "data")}
"""By section: the groups of its pages in order. Their texts are `<section>.group.<group>`. Within a group, pages stand
in the order of the features."""


class SectionPage(msgspec.Struct, frozen=True, kw_only=True):
    """`shown_to`: which members may see the page."""

    section: str
    name: str
    group: str
    shown_to: Callable[[Member], bool]

    @property
    def path(self) -> str:
        return f"{DESK}/{self.section}/{self.name}"


class SectionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """`current`: `page` for the page itself, `true` for one below it, as of `aria-current`; empty for others."""

    label: str
    path: str
    purpose: str
    current: str


class SectionGroup(msgspec.Struct, frozen=True):
    label: str
    pages: list[SectionEntry]


_declared: dict[str, SectionPage] = {}
"""By path."""


def is_owner(member: Member) -> bool:
    return member.grant_for_all([OWNER]) is not None


def owner_desk(call: Call, beside: Sequence[Key] = ()) -> Desk:
    """As `desk_of`. Raises `Problem("forbidden")`, too, for all but owners."""
    desk = desk_of(call, beside)
    if not is_owner(desk.member):
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    return desk


def section_page(
    api: Api,
    section: str,
    name: str,
    summary: str,
    *,
    group: str,
    shown_to: Callable[[Member], bool],
    **further: Any,
) -> Callable[[Handler], Handler]:
    """As `desk_page`, and the page stands in the index and in the navigation of its section."""
    if group not in GROUPS[section]:
        raise TypeError(f"{group} is no group of {section}")
    page = SectionPage(section=section, name=name, group=group, shown_to=shown_to)
    _declared[page.path] = page
    return desk_page(api, page.path, summary, **further)


def shows_any(section: str) -> Callable[[Member], bool]:
    """Which members have the section's entry in the menu: those who may see one of its pages."""
    return lambda member: any(one.section == section and one.shown_to(member) for one in _declared.values())


class SectionDesk(Desk, frozen=True, kw_only=True):
    """`section`: to which the page belongs."""

    section: str

    @property
    def index(self) -> str:
        """The address of the section's first page."""
        return f"{self.path}/{self.section}"

    @property
    def groups(self) -> list[SectionGroup]:
        """What the reader may see of the section, for its index and its navigation."""
        return [
            SectionGroup(self.reader.text(f"{self.section}.group.{group}"), pages)
            for group in GROUPS[self.section]
            if (
                pages := [
                    _entry(self, one) for one in _declared.values() if _is_in(one, self.section, group, self.member)
                ]
            )
        ]


def section_desk(call: Call, section: str, beside: Sequence[Key] = ()) -> SectionDesk:
    """As `desk_of`. Raises `Problem("forbidden")`, too, for members who may not see the page to which the path of the
    call belongs; at the index, for those who may see none."""
    desk = desk_of(call, beside)
    page = _at(call.path_template)
    allowed = shows_any(section)(desk.member) if page is None else page.shown_to(desk.member)
    if not allowed:
        raise Problem("forbidden", "This page is for others of the organisation, such as its owners.")
    known = {name: getattr(desk, name) for name in desk.__struct_fields__}
    return SectionDesk(**known, section=section)


def _is_in(page: SectionPage, section: str, group: str, member: Member) -> bool:
    return (page.section, page.group) == (section, group) and page.shown_to(member)


def _entry(desk: Desk, page: SectionPage) -> SectionEntry:
    here, reader = desk.call.path_template, desk.reader
    below = "true" if _at(here) is page else ""
    return SectionEntry(
        label=reader.text(f"{page.section}.menu.{page.name.replace('-', '_')}"),
        path=page.path.format(tenant=desk.member.org.id),
        purpose=reader.say(catalogue.texts("purposes")[page.path]),
        current="page" if here == page.path else below,
    )


def _at(path: str) -> SectionPage | None:
    """The page with this path, or above it."""
    while path.startswith(DESK + "/"):
        if path in _declared:
            return _declared[path]
        path = path.rpartition("/")[0]
    return None
