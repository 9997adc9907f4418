"""The pages of the published figures. They show what the JSON routes show to the public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.figures import reading
from chalicelib.features.figures import shown as figures
from chalicelib.policy.language.publicity import Audience
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.declaring import get_page
from chalicelib.web.pages.organisation import host_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import page

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FIGURES = "/t/{tenant}/figures"
_PUBLIC: tuple[Audience, ...] = ("public",)


def register(api: Api) -> None:
    @get_page(api, _FIGURES, "The periods whose figures are published")
    def get_figures_list_page(call: Call) -> Reply:
        found = reading.listed(call.wiring.store, tenant_of(call), _PUBLIC)
        host, reader = host_of(call), reader_of(call)
        publicity = host.policy.document.publicity
        publishes = publicity is not None and publicity.figures is not None
        values = {"host": host, "publishes": publishes, "editions": figures.newest(found, reader)}
        return page("figures/list.html", reader, values)

    @get_page(api, _FIGURES + "/{period}", "The published figures of a period")
    def get_figures_page(call: Call) -> Reply:
        found = reading.find(call.wiring.store, tenant_of(call), _PUBLIC, call.params["period"], None)
        host, reader = host_of(call), reader_of(call)
        return page("figures/edition.html", reader, {"host": host, "edition": figures.shown(found, host, reader)})
