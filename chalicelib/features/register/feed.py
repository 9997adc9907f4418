"""The public register as an Atom feed (RFC 4287).

Written with the standard library: the feed has seven elements, and maintained feed libraries bring lxml, which would
add five megabytes to the package of every function.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode
from xml.etree import ElementTree

import msgspec

from chalicelib.features.register import register
from chalicelib.features.register.notice_view import NoticeView, value_text
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.worktime.explaining.times import named_day
from chalicelib.tenants import organisation, practice
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

MOST_ENTRIES = 50
_CODE = "[a-z][a-z0-9_]*"
"""What policies name their categories by."""
_NAMESPACE = "http://www.w3.org/2005/Atom"


class AskedFeed(msgspec.Struct, frozen=True):
    """What a feed has. `language`: of its words. `category`: a choice of a category, or None for all notices.

    `given`: the query of its address, by which the feed is known.
    """

    tenant: str
    language: str
    category: str | None
    given: Mapping[str, str]


def text(wiring: Wiring, asked: AskedFeed, now: Instant) -> str:
    """The feed with the newest public notices. The caller binds the tenant.

    Raises `Problem("practice")`: who follows a feed sees it beside others, without the mark of its pages.
    """
    tenant, category = asked.tenant, asked.category
    practice.refuse(tenant)
    org = organisation.load(wiring.store, tenant)
    criteria = register.RegisterFilter(category=category, limit=MOST_ENTRIES)
    found = register.page(wiring.store, tenant, ("public",), criteria, None)
    feed = Feed(
        address=f"{wiring.address}/v1/t/{tenant}/notices",
        pages=f"{wiring.address}/t/{tenant}/register",
        name=org.name,
        language=asked.language,
        created=to_text(org.created)[:10],
        given=asked.given,
        category=None if category is None else (category, _category_name(wiring, org, asked, now)),
    )
    return feed.text(found.notices)


def _category_name(wiring: Wiring, org: Organisation, asked: AskedFeed, now: Instant) -> str:
    """As the policy names it now. A category that it no longer has keeps its code. Empty for what is no code: the title
    repeats no text of the address under the organisation's name."""
    groups = wiring.compiled.get(org.id, org.policy_at(now)).document.intake.categories.values()
    label = next((group[asked.category] for group in groups if asked.category in group), None)
    if label is not None:
        return label.to_json()[asked.language]
    return asked.category if asked.category and re.fullmatch(_CODE, asked.category) else ""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """`address`: the URL of the list of notices. `pages`: that of the register's page, which readers follow.

    `name`: of the organisation. `created`: the day of its sign-up. `given`: the query of the feed. `category`: code and
    name of the one that it is about.
    """

    address: str
    pages: str
    name: str
    language: str
    created: str
    given: Mapping[str, str] = {}
    category: tuple[str, str] | None = None

    def text(self, notices: Sequence[NoticeView]) -> str:
        """Days are at midnight UTC: the register tells no time of day."""
        root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": self.language})
        query = f"?{urlencode(self.given)}" if self.given else ""
        about = {"category": self.category[0]} if self.category else {}
        _add(root, "id", self.address + query)
        _add(root, "title", self._title())
        _add(root, "updated", _midnight(max(map(_changed, notices), default=self.created)))
        _add(ElementTree.SubElement(root, "author"), "name", self.name)
        shown = self.pages + (f"?{urlencode(about)}" if about else "")
        ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": shown})
        ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{self.address}.atom{query}"})
        for notice in notices:
            self._entry(root, notice)
        return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")

    def _title(self) -> str:
        words = catalogue.words("feed", self.language)
        if self.category is None or not self.category[1]:
            return words["register"].format(name=self.name)
        return words["category"].format(name=self.name, category=self.category[1])

    def _entry(self, root: ElementTree.Element, notice: NoticeView) -> None:
        words, entry = catalogue.words("feed", self.language), ElementTree.SubElement(root, "entry")
        url = f"{self.address}/{notice.id}"
        _add(entry, "id", url)
        _add(entry, "title", words.get(notice.kind, notice.kind))
        _add(entry, "published", _midnight(notice.published_on))
        _add(entry, "updated", _midnight(_changed(notice)))
        ElementTree.SubElement(entry, "link", {"href": f"{self.pages}/{notice.id}"})
        lines = [
            words["field"].format(name=field.label[self.language], value=value_text(field, self.language))
            for field in notice.fields
        ]
        if notice.corrections:
            last = max(one.on for one in notice.corrections)
            lines.append(words["corrected"].format(day=named_day(date.fromisoformat(last), self.language)))
        for key, other in (("replaced", notice.replaced and notice.replaced.by), ("replaces", notice.replaces)):
            if other is not None:
                lines.append(words[key].format(url=f"{self.pages}/{other}"))
        if notice.withdrawn is not None:
            lines = [words["withdrawn"].format(reason=notice.withdrawn.reason)]
        _add(entry, "content", "\n".join(lines))


_NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Characters that XML 1.0 excludes (section 2.2)."""


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = re.sub(_NO_XML, "\ufffd", text)


def _changed(notice: NoticeView) -> str:
    """The day of the last change."""
    ended = [] if notice.withdrawn is None else [notice.withdrawn.on]
    ended += [] if notice.replaced is None else [notice.replaced.on]
    return max([notice.published_on, *(one.on for one in notice.corrections), *ended])


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"
