"""What the page of the register offers besides its notices: for whom they are, and the feeds of them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.policy.language.publicity import Publicity
from chalicelib.web.pages.inputs import Option, options
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader


class OfferedFeed(msgspec.Struct, frozen=True):
    """`label`, `code`: of the category; empty for the feed of all notices."""

    label: str
    code: str
    path: str


def audience(publicity: Publicity | None, reader: Reader) -> list[str]:
    """A sentence for each group of readers: who reads what, and where."""
    parts = {} if publicity is None else {"notice": publicity.notices, "result": publicity.results}
    found = []
    for group in ("public", "users"):
        kinds = [kind for kind, part in parts.items() if part is not None and part.audience == group]
        named = [reader.text(f"register.of_{kind}_{group}") for kind in kinds]
        if named:
            found.append(reader.text(f"register.for_{group}", what=reader.text("register.and").join(named)))
    return found


def feeds(tenant_page: TenantPage, reader: Reader) -> list[OfferedFeed]:
    """First that of all public notices, then one for each category that public notices show."""
    path = f"/v1/t/{tenant_page.org.id}/notices.atom"
    return [
        OfferedFeed(label, code, reader.link(path, **({"category": code} if code else {})))
        for label, code in [("", ""), *((one.label, one.value) for one in categories(tenant_page, reader))]
    ]


def category_label(tenant_page: TenantPage, reader: Reader) -> str:
    """The name of the only group of categories, as the notices have it."""
    names, groups = tenant_page.policy.document.intake.category_names, tenant_page.policy.document.intake.categories
    named = [names[group].to_json() for group in groups if group in names] if len(groups) == 1 else []
    return reader.label(named[0]) if named else reader.text("file.category_label")


def categories(tenant_page: TenantPage, reader: Reader) -> Iterator[Option]:
    """Those that public notices show."""
    publicity = tenant_page.policy.document.publicity
    parts = () if publicity is None else (publicity.notices, publicity.results)
    shown = {name for part in parts if part is not None and part.audience == "public" for name in part.shows}
    for name, group in tenant_page.policy.document.intake.categories.items():
        if shown & {"category", name}:
            yield from options(group, reader)
