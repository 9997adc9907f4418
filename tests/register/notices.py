"""Major complaints at the marketplace whose notices are prepared, and acts on these notices."""

from __future__ import annotations

from typing import Any

from tests.clauses.giving import declared
from tests.clauses.offices.marketplace import answered
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer

SUMMARY = "商家发错货，已退款并受到警告。"
DUE = "2026-12-04T18:00:00+08:00"
"""The notice's delay ends: five working days after the closing."""
OBJECTIONS_END = "2026-12-02T18:00:00+08:00"


def closed_major(office: Organisation, summary: str | None = SUMMARY, file: str = "") -> str:
    """Closed on Saturday 2026-11-28. Returns the complaint's number. `file`: the name of the complainant's file."""
    number = answered(office)
    if file:
        assert declared(office, number, "other", name=file).status == 201
    office.act(number, "handler", "classify", severity="major")
    office.act(number, "handler", "decide", opinion="退款。", outcome="upheld", sanctions="warning")
    texts = {} if summary is None else {"summary_for_public": summary}
    office.act(number, "handler", "close", summary="归档。", **texts)
    return number


def prepared(office: Organisation, number: str, who: str = "director") -> dict[str, Any]:
    """The complaint's only notice about the case, as the reader sees it."""
    office.world.settle()  # an effect prepares it
    found = office.get(f"/complaints/{number}/notices", who, number)["notices"]
    [notice] = [one for one in found if one["kind"] == "notice"]
    return dict(notice)


def try_on(office: Organisation, number: str, who: str, act: str, behalf: str | None = None, **fields: Any) -> Answer:
    seen = who if who in ("complainant", "seller") else "director"
    notice = prepared(office, number, seen)
    path = f"{office.path}/complaints/{number}/notices/{notice['id']}/acts/{act}"
    body = {"fields": fields} | ({} if behalf is None else {"on_behalf_of": behalf})
    return office.world.call("POST", path, body, auth=office.auth(who, number))


def on(office: Organisation, number: str, who: str, act: str, behalf: str | None = None, **fields: Any) -> Any:
    answer = try_on(office, number, who, act, behalf, **fields)
    assert answer.status == 200, answer.text
    return answer.json


def agree(office: Organisation, number: str, **fields: Any) -> Any:
    """The complainant consents to the text as it is now."""
    return on(office, number, "complainant", "consent", sha256=prepared(office, number)["sha256"], **fields)


def approve(office: Organisation, number: str, **fields: Any) -> Any:
    """The director approves the text as it is now."""
    return on(office, number, "director", "approve", sha256=prepared(office, number)["sha256"], **fields)


def corrected(office: Organisation, number: str, text: str, **fields: Any) -> Any:
    """The complainant consents to the correction."""
    on(office, number, "director", "correct", texts={"summary_for_public": text}, **fields)
    return agree(office, number)


def allowed(office: Organisation) -> str:
    """The complainant has consented and the director has approved; the time has not come."""
    number = closed_major(office)
    on(office, number, "complainant", "consent")
    on(office, number, "director", "approve")
    return number


def published(office: Organisation) -> str:
    number = allowed(office)
    office.world.move_to(DUE)
    return number
