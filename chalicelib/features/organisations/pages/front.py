"""The first pages, of the service and of an organisation, and the files that all pages use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalicelib.features.organisations.pages.promises import promises
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.intake import Intake
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import assets
from chalicelib.web.pages.inputs import options
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import PageQuery, Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page

if TYPE_CHECKING:
    from chalicelib.policy.language.intake import Intake
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    @get_page(api, "/", "The first page of the service")
    def get_home_page(call: Call) -> Reply:
        return page("front/home.html", reader_of(call), {"address": call.wiring.address})

    @get_page(api, "/t/{tenant}", "An organisation's first page: what it handles and promises")
    def get_organisation_page(call: Call) -> Reply:
        return _organisation_page(call)

    @get_page(api, "/static/{file}", "A file of the pages", query=PageQuery)
    def get_static_file(call: Call) -> Reply:
        found = assets.find(call.params["file"])
        if found is None:
            raise Problem("not-found", "There is no such file.")
        content, media_type = found
        return Reply(content, headers={"Content-Type": media_type, "Cache-Control": assets.FOR_EVER})


def _matters(intake: Intake, reader: Reader) -> Iterator[tuple[str, list[str]]]:
    """The kinds by which complainants sort a complaint: the name, empty without one, and the choices."""
    for name, choices in intake.categories.items():
        if name not in intake.chosen_by_staff:
            label = intake.category_names.get(name)
            named = "" if label is None else reader.label(label.to_json())
            yield named, [one.label for one in options(choices, reader)]


def _organisation_page(call: Call) -> Reply:
    reader, tenant_page = reader_of(call), tenant_page_of(call)
    intake, publicity = tenant_page.policy.document.intake, tenant_page.policy.document.publicity
    values = {
        "tenant_page": tenant_page,
        "closed": tenant_page.why_closed,
        "register": publicity is not None and publicity.has_register,
        "figures": publicity is not None and publicity.figures is not None,
        "matters": list(_matters(intake, reader)),
        "channels": [reader.label(one.to_json()) for one in intake.channels.values()],
        "promises": promises(tenant_page.policy, reader),
    }
    return page("front/organisation.html", reader, values)


def _name(intake: Intake, dimension: str, reader: Reader) -> str:
    """Of a kind of category; empty where the policy names none, or there is one kind only."""
    label = intake.category_names.get(dimension) if len(intake.categories) > 1 else None
    return "" if label is None else reader.label(label.to_json())
