"""P1 `platform` organisations: brings complaints to a stage of the procedure.

Complaints are about the unit `seller`, which has an account, unless a filing names another unit or none.
"""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import World

FOUND = {"findings": "聊天记录属实。"}
DECISION = {"opinion": "商家退款。", "outcome": "upheld"}
REVERSED = {"opinion": "证据不足。", "outcome": "not_upheld"}
RECEIVED = {"received": "店铺寄来的发货单。"}
ASKED = {"asked_how": "电话联系店铺。", "came_back": "店铺承认发错货。"}


def marketplace_in(world: World, named: str | None = None) -> Organisation:
    marketplace = sign_up(world, "platform", named=named)
    unit(marketplace, "seller")
    hire(marketplace, "respondent", name="seller", unit="seller")
    return marketplace


def unit(marketplace: Organisation, name: str) -> str:
    """A unit, not yet with an account."""
    body = {"id": name, "name": name}
    answer = marketplace.world.call("POST", f"{marketplace.path}/units", body, auth=marketplace.auth("owner"))
    assert answer.status == 201, answer.text
    return name


def accepted(marketplace: Organisation, handler: str = "handler", **filing: Any) -> str:
    """The screener named the responsible party."""
    number = marketplace.file(**{"unit": "seller", **filing})
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs[handler])
    return number


assigned = accepted
"""The acceptance assigns the complaint."""


def demanded(marketplace: Organisation, **filing: Any) -> str:
    """The complainant gave no evidence. The handler inspected, and asked the respondent."""
    number = accepted(marketplace, **filing)
    marketplace.world.move_to(to_text(marketplace.world.now() + DAY))
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.act(number, "handler", "demand_evidence")
    return number


def answered(marketplace: Organisation) -> str:
    number = demanded(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)
    return number


def asked_otherwise(marketplace: Organisation) -> str:
    """The respondent has no unit; how it was asked is on record."""
    number = accepted(marketplace, unit=None)
    marketplace.act(number, "handler", "notify", **ASKED)
    marketplace.act(number, "handler", "inspect", **FOUND)
    return number


def decided(marketplace: Organisation, **decision: Any) -> str:
    number = answered(marketplace)
    marketplace.act(number, "handler", "decide", **{**DECISION, **decision})
    return number


def closed(marketplace: Organisation, **decision: Any) -> str:
    number = decided(marketplace, **decision)
    marketplace.act(number, "handler", "close", summary="退款后归档。")
    return number


def archived(marketplace: Organisation, **decision: Any) -> str:
    number = closed(marketplace, **decision)
    marketplace.act(number, "archivist", "archive")
    return number


def reopened(marketplace: Organisation, **decision: Any) -> str:
    """Archived, and given to another handler (`second`) to be examined again."""
    number = archived(marketplace, **decision)
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    return number


def examined_again(marketplace: Organisation, **decision: Any) -> str:
    """The other handler (`second`) inspected and asked the respondent again."""
    number = reopened(marketplace, **decision)
    marketplace.act(number, "second", "inspect", **FOUND)
    marketplace.act(number, "second", "demand_evidence")
    marketplace.act(number, "second", "receive_evidence", **RECEIVED)
    return number


def reopened_elsewhere(marketplace: Organisation, **decision: Any) -> str:
    """The same about a respondent that is not in the system."""
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **{**DECISION, **decision})
    marketplace.act(number, "handler", "notify", told_how="挂号信。")
    marketplace.act(number, "handler", "close", summary="已退款。")
    marketplace.act(number, "archivist", "archive")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    return number


def asked_elsewhere_again(marketplace: Organisation, **decision: Any) -> str:
    """The other handler inspected, and recorded how the respondent was asked again."""
    number = reopened_elsewhere(marketplace, **decision)
    marketplace.act(number, "second", "notify", **ASKED)
    marketplace.act(number, "second", "inspect", **FOUND)
    return number


def kept(marketplace: Organisation) -> str:
    """The re-examination has the same outcome: the complaint is upheld."""
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **DECISION)
    return number


def changed(marketplace: Organisation) -> str:
    """The re-examination has another outcome: the complaint is not upheld."""
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)
    return number


def now_upheld(marketplace: Organisation) -> str:
    """The first decision was that the complaint is not upheld."""
    number = examined_again(marketplace, **REVERSED)
    marketplace.act(number, "second", "decide", **DECISION)
    return number


def deputised(marketplace: Organisation, absent: str, deputy: str) -> None:
    body = {
        "sub": marketplace.subs[deputy],
        "from": "2026-11-27T00:00:00Z",
        "until": "2026-12-27T00:00:00Z",
    }
    path = f"{marketplace.path}/people/me/deputy"
    assert marketplace.world.call("PUT", path, body, auth=marketplace.auth(absent)).status == 200
