"""Pages of the studio that only show: a procedure, its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.studio.pages import comparison, overview, versions

if TYPE_CHECKING:
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    overview.register(api)
    versions.register(api)
    comparison.register(api)
