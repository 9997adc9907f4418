"""The page after a filing: number, receipt, QR code and promised times. And the pages without a filing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from chalicelib.web.call import Reply
from chalicelib.web.pages.deadlines import shown
from chalicelib.web.pages.organisation import Host
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.rendering import page


def filed_page(host: Host, reader: Reader, filed: dict[str, Any], address: str) -> Reply:
    """`filed`: a `FiledComplaint` as JSON. `address`: the public address of the service.

    The receipt is in the fragment of the QR code's address, which browsers do not send to servers.
    """
    path = f"/t/{host.org.id}/case/{filed['number']}"
    values = {
        "host": host,
        "filed": filed,
        "path": path,
        "code": _code(urlsplit(address + path)._replace(fragment=filed["receipt"]).geturl()),
        "deadlines": shown(filed["deadlines"], host.policy.calendar, reader),
    }
    return page("filing/filed.html", reader, values)


def already_filed_page(host: Host, reader: Reader) -> Reply:
    return page("filing/already.html", reader, {"host": host}, status=409)


def closed_page(host: Host, reader: Reader, why: str) -> Reply:
    """`why`: the name of a text."""
    return page("filing/closed.html", reader, {"host": host, "why": why})


def _code(text: str) -> str:
    """The QR code as a `data:` address of an SVG image. Level M: 15 % of it may be damaged (ISO/IEC 18004)."""
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2, dark="black", light="white")
