"""The pages on privacy, of an organisation, and on accessibility, of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.privacy.sentences import sections
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import get_page, page

if TYPE_CHECKING:
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    @get_page(api, "/t/{tenant}/privacy", "What an organisation does with personal data")
    def get_privacy_page(call: Call) -> Reply:
        reader, tenant_page = reader_of(call), tenant_page_of(call)
        values = {"tenant_page": tenant_page, "sections": sections(call.wiring, tenant_page, reader)}
        return page("privacy/privacy.html", reader, values)

    @get_page(api, "/accessibility", "How accessible the pages are")
    def get_accessibility_page(call: Call) -> Reply:
        return page("privacy/accessibility.html", reader_of(call), {})
